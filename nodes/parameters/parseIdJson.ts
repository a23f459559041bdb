import { isNestedTooDeep } from '../json';

/**
 * The value of a JSON text that holds IDs; undefined for a text that is not JSON or is nested too deep. Numbers that JSON would change (more
 * digits than a number holds, decimals, exponents) come as the text that stands there, so that they are judged as
 * they were written. Takes time in proportion to the text.
 */
export function parseIdJson(text: string): unknown {
	if (isNestedTooDeep(text)) return undefined;
	try {
		return JSON.parse(withInexactNumbersQuoted(text)) as unknown;
	} catch {
		return undefined;
	}
}

const numberStart = /[-\d]/;
const number = /-?\d[\d.eE+-]*/y;

function withInexactNumbersQuoted(json: string): string {
	const pieces: string[] = [];
	let copied = 0;
	for (let place = 0; place < json.length; place++) {
		const letter = json[place] as string;
		if (letter === '"') {
			place = endOfText(json, place);
		} else if (numberStart.test(letter)) {
			number.lastIndex = place;
			const [written = letter] = number.exec(json) ?? [];
			if (!isExact(written)) {
				pieces.push(json.slice(copied, place), `"${written}"`);
				copied = place + written.length;
			}
			place += written.length - 1;
		}
	}
	return copied === 0 ? json : pieces.join('') + json.slice(copied);
}

/** The place of the quote that ends the text in quotes which begins at `start`. */
function endOfText(json: string, start: number): number {
	for (let place = start + 1; place < json.length; place++) {
		if (json[place] === '\\') place++;
		else if (json[place] === '"') return place;
	}
	return json.length;
}

/** Whether JSON reads a number as it stands there. "1.0" would become 1, and 12.5 stays a number that is not whole. */
function isExact(written: string): boolean {
	if (written.length > 15) return false;
	return /^-?\d+$/.test(written) || (/^-?\d+\.\d+$/.test(written) && !/\.0*$/.test(written));
}
