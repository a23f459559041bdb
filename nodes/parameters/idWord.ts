/** What one word of a text is: an ID, or why it is none, continuing a sentence about it. */
export type WordReading = { id: string } | { why: string };

/** Panels exist whose IDs are not numbers: letters, digits and the signs that random texts and encodings hold. */
const name = /^[\p{L}\p{M}0-9_-](?:[\p{L}\p{M}0-9_\-.:/+=]*[\p{L}\p{M}0-9_=-])?$/u;
const longestId = 128;
/** `="23501"` keeps a sheet from changing a number; `#` and `'` are put before one, quotes around one. */
const wrappers = [/^="(.+)"$/, /^"(.+)"$/, /^#(.*\d.*)$/, /^['‘’](.+)$/];
/** What stands in a cell in place of a value: in sheets, in programs, and while a sheet is still loading. */
const placeholders = new Set(
	'false infinity loading na nan nil none null tbd true undefined'.split(' '),
);

const tooLong = 'which is too long for an ID';
const notAnId = 'which is not an ID';
const noValue = 'which stands in a cell for a missing value';

interface Shape {
	form: RegExp;
	why: string;
}

/** Forms of a number that are not an ID. Programs of panels read "12.5" as 12 and "1e5" as 100000. */
const numberForms: readonly Shape[] = [
	{
		form: /^[+-]?\d{1,3}(?:[.'’‘ʼ´`_]\d{3})+(?:\.\d+)?$/,
		why: 'a number written in groups: format the column as plain text, or separate IDs by line breaks',
	},
	{
		form: /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+(?:\.\d+)?$/i,
		why: 'a number that a sheet has shortened: format the column as plain text',
	},
	{ form: /^[+-]?\d*[.,]\d/, why: 'a number with decimals, which is not an ID' },
	{ form: /^[+-]\d/, why: 'a number with a sign, which is not an ID' },
	{ form: /^0+$/, why: notAnId },
];

/**
 * Reads one word: `23501`, `ord_01HG`, `#23501`, `'23501`, `="23501"` and `23501.0` (as programs write whole numbers)
 * are IDs. Numbers in any other form, errors of a sheet and all else are none.
 */
export function idInWord(word: string): WordReading {
	if (/^[1-9]\d{0,29}$/.test(word)) return { id: word };
	if (word.length > longestId) return { why: tooLong };
	const bare = unwrapped(word);
	const whole = /^(\d+)\.0$/.exec(bare)?.[1] ?? bare;
	const form = numberForms.find((shape) => shape.form.test(whole));
	if (form) return { why: form.why };
	if (isPlaceholder(word)) return { why: noValue };
	const isNumber = /^\d+$/.test(whole);
	const isName = name.test(whole) && /\p{L}/u.test(whole) && !whole.includes('://');
	return isNumber || isName ? { id: whole } : { why: notAnId };
}

function unwrapped(word: string): string {
	const wrapper = wrappers.find((form) => form.test(word));
	return wrapper ? word.replace(wrapper, '$1') : word;
}

/** `#REF!`, `#N/A`, `Loading...`, `null`: no ID has such a form. */
function isPlaceholder(word: string): boolean {
	const letters = word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
	return placeholders.has(letters) || /^#(\D*|.*[!?])$/.test(word);
}
