/** How much room a name has in the picker, in small Latin letters. */
const room = 26;

/** Signs that take no room are not endless either. */
const longest = 100;

/** Each takes about the room of two letters: signs of East Asia, pictures, flags, bold letters of advertising, M and W. */
const wide =
	/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}\p{Regional_Indicator}\u{FF01}-\u{FF60}\u{1D400}-\u{1D7FF}MWЖШЩЮ]/u;
/** What is drawn over the sign before it, or joins two. */
const without = /\p{M}|[\u200B-\u200F]/u;
const capital = /\p{Lu}/u;
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * The name of a service, clipped to the room it has in a row of the picker. Without bars, which part a row. One that is
 * read from right to left is set apart, or the price would be drawn on its other side.
 */
export function clippedName(name: string): string {
	const text = name.replaceAll('|', '/').replace(/\s+/g, ' ').trim();
	const clipped = clippedTo(room, text);
	return rightToLeft.test(clipped) ? `\u2068${clipped}\u2069` : clipped;
}

function clippedTo(width: number, text: string): string {
	let taken = 0;
	let kept = '';
	for (const sign of text) {
		if (taken + widthOf(sign) <= width - 1) kept += sign;
		taken += widthOf(sign);
		if (taken > width || kept.length > longest) return `${kept.trimEnd()}…`;
	}
	return text;
}

function widthOf(sign: string): number {
	if (without.test(sign)) return 0;
	if (wide.test(sign)) return 2;
	return capital.test(sign) ? 1.4 : 1;
}
