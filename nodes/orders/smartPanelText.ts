import type { Service } from '../panelApi/answers/services';

/**
 * What panels made from SmartPanel do to the texts of an order. They decode a form a second time, so that a `+` becomes
 * a blank and `%26` an `&`, and they charge comments by the parts between commas (3.x) or between ` | ` (4.0) as well as
 * by lines. No spelling of a link is safe on all panels: `%2B` becomes `+` there and stays `%2B` on the others.
 * Source: the code of both versions.
 */

/** `custom_comments`: no other panel whose catalogue is known writes its types in this way. */
const snakeCase = /^[a-z]+(_[a-z]+)+$/;

/**
 * Whether a service is one of a SmartPanel: its type is written in snake case, or in small letters in a row with a
 * drip-feed flag and without those for refills and cancellations.
 */
export function isOfSmartPanel({ type, dripfeed, refill, cancel }: Service): boolean {
	const hasItsFlags = dripfeed !== null && refill === null && cancel === null;
	return snakeCase.test(type) || (/^[a-z]+$/.test(type) && hasItsFlags);
}

/** How many comments such a panel charges at most for these lines: it decodes them before it splits them. */
export function mostCommentsCharged(lines: readonly string[]): number {
	const text = decodedAgain(lines.join('\n'));
	return Math.max(text.split(/[\n,]/).length, text.split(/\n| \| /).length);
}

/** Whether such a panel reads a text differently from how it is written. */
export function isChangedByDecoding(text: string): boolean {
	return decodedAgain(text) !== text;
}

/** As PHP's `urldecode`, as far as single letters matter. */
function decodedAgain(text: string): string {
	return text
		.replaceAll('+', ' ')
		.replace(/%([0-9a-f]{2})/gi, (_match, code: string) => String.fromCharCode(parseInt(code, 16)));
}
