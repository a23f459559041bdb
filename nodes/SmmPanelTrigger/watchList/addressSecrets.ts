import { concealer } from '../../redact';

/** An address as a text may show it: links to private lists hold their secret in the query, some in a password. */
export function shownAddress(address: string): string {
	const [shown = ''] = address.split(/[?#]/);
	return shown.replace(/^([a-z][a-z\d+.-]*:)?(\/\/)?[^/]*@/i, '$1$2');
}

/** Blanks out what an address holds beside its path, wherever a text repeats it. */
export function addressConcealer(url: URL): (text: string) => string {
	const secrets = [url.search.slice(1), ...url.searchParams.values(), url.password];
	const concealers = secrets.map((secret) => concealer(secret));
	return (text) => concealers.reduce((concealed, conceal) => conceal(concealed), text);
}
