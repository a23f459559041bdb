import { idInWord } from './idWord';

/** What a text says: the IDs in it, or the part that is not one, cut to a size that can be shown, and why. */
export type TextReading = { ids: string[] } | { refused: string; why: string };

/** Line breaks and semicolons part IDs whatever stands beside them: nobody writes them into a number. */
const surelyBetween = /[;\r\n\u0085\u2028\u2029]+/;
/** Characters that are not seen, as a text copied from a web page brings them along. */
const unseen = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g;
/** A reason shows this much of a text, in characters. */
export const longestShown = 60;

const grouped =
	'a number written in groups: format the column as plain text, or separate IDs by line breaks';
const decimal =
	'a number with decimals: format the column as plain text, or separate IDs by line breaks';

/**
 * The IDs in a text, separated by commas, semicolons, blanks or line breaks. In doubt it refuses the whole text: a
 * number that somebody wrote in groups ("23,501", "1 234 567", "1.234.567", "1'234'567") is not a list of short IDs,
 * which would be orders of somebody else.
 */
export function idsInText(text: string): TextReading {
	const ids: string[] = [];
	for (const line of text.replace(unseen, '').split(surelyBetween)) {
		const reading = idsInLine(line.trim());
		if (!('ids' in reading)) return reading;
		for (const id of reading.ids) ids.push(id);
	}
	return { ids };
}

/** A number alone is read at once: lists have thousands of them. */
const plainNumber = /^[1-9]\d{0,29}$/;

function idsInLine(line: string): TextReading {
	if (line === '') return { ids: [] };
	if (plainNumber.test(line)) return { ids: [line] };
	const words = line.split(/[\s,]+/).filter((word) => word !== '');
	const gaps = line.match(/[\s,]+/g) ?? [];
	// The gap before the first word is one only where the line begins with a comma.
	const firstGap = /^[\s,]/.test(line) ? 1 : 0;

	if (runsOf(words, gaps.slice(firstGap)).some(isGrouped)) return refusal(line, grouped);
	const [left = '', right = ''] = words;
	if (words.length === 2 && gaps[firstGap] === ',' && isDecimal(left, right)) {
		return refusal(line, decimal);
	}

	const ids: string[] = [];
	for (const word of words) {
		const reading = idInWord(word);
		if ('why' in reading) return refusal(word, reading.why);
		ids.push(reading.id);
	}
	const isSentence =
		gaps.some((gap) => !gap.includes(',')) && ids.some(hasDigit) && !ids.every(hasDigit);
	return isSentence ? refusal(line, 'which is more than an ID: give the ID alone') : { ids };
}

/** Words with single commas between them, or single blanks: a number in groups is one such run. */
function runsOf(words: readonly string[], gaps: readonly string[]): string[][] {
	const runs: string[][] = [];
	let kind = '';
	words.forEach((word, place) => {
		const gap = gaps[place - 1] ?? '';
		const sign = gap.length > 1 ? '' : gap === ',' ? ',' : gap && ' ';
		if (sign !== '' && sign === kind) runs.at(-1)?.push(word);
		else if (sign !== '') runs.push([words[place - 1] ?? '', word]);
		kind = sign;
	});
	return runs;
}

const threeDigits = /^\d{3}$/;
const twoDigits = /^\d\d$/;

/** Groups of three digits behind up to three, or as in India of two digits and three at the end; then decimals. */
function isGrouped([first = '', ...others]: readonly string[]): boolean {
	if (!/^[#'‘’"=+-]{0,2}\d{1,3}$/.test(first)) return false;
	if (/^\d{1,2}(?!\w)/.test(others.at(-1) ?? '')) others.pop();
	const last = others.pop() ?? '';
	const areAll = (form: RegExp) => others.every((group) => form.test(group));
	return /^\d{3}(?!\d)/.test(last) && (areAll(twoDigits) || areAll(threeDigits));
}

/**
 * Whether two words with a comma between them are rather a number with decimals: "23501,5" and "12,05". A list of IDs
 * that were given out one after the other does not go from four digits down to two, and no ID begins with a zero.
 */
function isDecimal(left: string, right: string): boolean {
	const isLong = /^\W*\d{4,}$/.test(left) && /^\d{1,2}(?!\w)/.test(right);
	return isLong || (/^\W*\d+$/.test(left) && /^0\d*(?!\w)/.test(right));
}

function hasDigit(id: string): boolean {
	return /\d/.test(id);
}

function refusal(part: string, why: string): TextReading {
	return { refused: part.length > longestShown ? `${part.slice(0, longestShown)}…` : part, why };
}
