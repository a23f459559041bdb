/** The most that messages and lines of the log show of a text from elsewhere, in characters. */
export const mostForeignText = 500;

/** A text cut to a length that can be shown. */
export function clipped(text: string, longest = mostForeignText): string {
	return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
