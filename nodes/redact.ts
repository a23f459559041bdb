/** Short keys would blank out ordinary words; no panel gives out keys this short. */
export const shortestKey = 6;

/**
 * A function that blanks out a secret wherever a foreign text repeats it, in the spellings that programs make of it:
 *
 * - as it is, without the blanks around it, in capitals or small letters
 * - escaped for a URL or a form (`%2F`, `%2f`, `+`), for JSON (`\"`, `\/`, `\u00e9`) or for HTML (`&amp;`, `&#38;`),
 *   in parts or as a whole, once or several times over
 * - in base64, alone or within something longer such as `user:key`
 *
 * It takes time in proportion to the text. A secret of less than six signs stays: it would blank out ordinary words.
 * @param label what stands in the place of the secret
 */
export function concealer(secret: string, label = '[API key]'): (text: string) => string {
	const key = secret.trim();
	if (key.length < shortestKey) return (text) => text;
	// Apart, each of them is searched for several times faster than in one pattern.
	const patterns = [
		new RegExp([...key].map(spellingsOf).join(''), 'gi'),
		new RegExp(`(?:${inBase64(key).map(base64Pattern).join('|')})[\\w+/-]?={0,2}`, 'g'),
	];
	return (text) =>
		patterns.reduce((concealed, pattern) => concealed.replace(pattern, () => label), text);
}

/**
 * The same for a text that was cut off: the beginning of a secret at its end goes too.
 * @param label what stands in the place of the secret
 */
export function cutTextConcealer(secret: string, label = '[API key]'): (text: string) => string {
	const key = secret.trim();
	const conceal = concealer(secret, label);
	if (key.length < shortestKey) return conceal;
	return (text) => {
		const concealed = conceal(text);
		for (let length = key.length - 1; length >= shortestCut; length--) {
			if (concealed.endsWith(key.slice(0, length))) return concealed.slice(0, -length) + label;
		}
		return concealed;
	};
}

/** Fewer signs of a key give nothing away, and end many a word. */
const shortestCut = 4;

const htmlNames: Readonly<Record<string, string>> = {
	'&': 'amp',
	'<': 'lt',
	'>': 'gt',
	'"': 'quot',
	"'": 'apos',
};

/** A pattern for one sign of a secret. No program escapes letters and digits. */
function spellingsOf(sign: string): string {
	if (/[a-z\d]/i.test(sign)) return sign;
	const code = sign.codePointAt(0) ?? 0;
	const units = sign.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
	const bytes = [...Buffer.from(sign)].map((byte) => byte.toString(16).padStart(2, '0'));
	const name = htmlNames[sign];
	const alternatives = [
		sign === '\\' ? String.raw`\\{1,16}` : String.raw`\\{0,8}` + literal(sign),
		units.map((unit) => String.raw`\\{1,8}u` + unit).join(''),
		bytes.map((byte) => `%(?:25){0,4}${byte}`).join(''),
		`&(?:amp;){0,4}#(?:0{0,6}${code}|x0{0,6}${code.toString(16)});`,
		...(name ? [`&(?:amp;){0,4}${name};`] : []),
		...(sign === ' ' ? [String.raw`\+`] : []),
	];
	return `(?:${alternatives.join('|')})`;
}

/** What a secret becomes in base64: it depends on how many bytes before it share its first group of three. */
export function inBase64(secret: string): string[] {
	const bytes = Buffer.from(secret);
	return [0, 1, 2].map((before) => {
		const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
		// Without the signs that are made of a part of what stands before or behind it.
		const first = Math.ceil((before * 8) / 6);
		const last = Math.floor(((before + bytes.length) * 8) / 6);
		return encoded.slice(first, last);
	});
}

function base64Pattern(encoded: string): string {
	return [...encoded].map((sign) => base64Signs[sign] ?? sign).join('');
}

/** Base64 for URLs has signs of its own, and what escapes the usual ones does it in URLs and JSON. */
const base64Signs: Readonly<Record<string, string>> = {
	'+': '(?:[+-]|%2[Bb])',
	'/': String.raw`(?:\\{0,4}/|_|%2[Ff])`,
};

function literal(sign: string): string {
	return sign.replace(/[.*+?^${}()|[\]\\/]/, String.raw`\$&`);
}
