import { idInWord } from './idWord';
import { leftExpression } from './leftExpression';

/** The ID of a service, empty where none was given; or what is wrong, continuing the name of the field. */
export type ServiceIdReading = { id: string } | { problem: string };

/** "102 - Likes", "102: Likes", "#102 | Likes": how people write a service into a sheet, beside its name. */
const idBesideName = /^(#?\d+)\s*(?:[–—:|]|(?<=\s)-|-(?=\s))\s*.{0,100}?\p{L}/su;

const longestShown = 60;

/**
 * Reads the ID of a service from a parameter or a cell: `102`, `"102"`, `#102`, `102.0` and `102 - Likes` are 102.
 * What may be another number (`1,02`, `1.2E+3`) and a name without an ID are refused.
 */
export function readServiceId(value: unknown): ServiceIdReading {
	if (value === undefined || value === null) return { id: '' };
	if (typeof value !== 'string' && typeof value !== 'number')
		return { problem: 'must be the ID of one service, but holds a list or an object' };
	const left = leftExpression(value);
	if (left) return { problem: left };
	const text = String(value).trim();
	if (text === '') return { id: '' };
	const reading = idInWord(idBesideName.exec(text)?.[1] ?? text);
	if ('id' in reading) return reading;
	const shown = text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
	return { problem: `is "${shown}", ${reading.why}: enter the ID alone, such as 102` };
}
