/**
 * What a redirect of the panel means for the API URL in the credential, as a sentence; undefined where nothing can be
 * said of it. Only the address is shown, without a password, query and fragment: some put the key there.
 * @param from the address that was asked
 * @param to the `location` that it names, whole or relative to `from`
 */
export function redirectAdvice(from: string, to: string): string | undefined {
	if (!URL.canParse(from) || !URL.canParse(to, from)) return undefined;
	const asked = new URL(from);
	const target = new URL(to, from);
	if (!/^https?:$/.test(target.protocol)) return undefined;
	const correction = `Change the API URL in the credential to ${shown(target)}`;
	if (asked.protocol === 'https:' && target.protocol === 'http:') {
		return `The target, ${shown(target)}, is not encrypted: copy the API URL from the API page of the panel.`;
	}
	const isSamePath = withoutSlash(asked.pathname) === withoutSlash(target.pathname);
	if (!isSamePath) {
		return `If ${shown(target)} is the address on the API page of the panel, change the API URL in the credential to it.`;
	}
	if (asked.hostname !== target.hostname)
		return `${correction}, if that is the panel's own address.`;
	if (asked.protocol !== target.protocol) return `${correction}: this panel wants https.`;
	if (asked.pathname.endsWith('/') === target.pathname.endsWith('/')) return undefined;
	return target.pathname.endsWith('/')
		? `${correction}: the slash at the end is missing.`
		: `${correction}, without the slash at the end.`;
}

/** An address as a message may show it. */
export function shown({ origin, pathname }: URL): string {
	return origin + pathname;
}

function withoutSlash(path: string): string {
	return path.endsWith('/') ? path.slice(0, -1) : path;
}
