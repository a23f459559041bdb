/**
 * Cuts ids into the lists that go into one call each. Numbers and other ids never share a list: a panel whose ids are
 * numbers drops a text among them without a word, refuses the whole list for it (NOVA), or answers as if the rest had
 * been the whole question (smmdoc), and nobody knows any more what an answer is about.
 * @param size how many ids go into one call at most; below 1, or no number: 1
 */
export function splitIntoBatches(ids: Iterable<string>, size: number): string[][] {
	const numbers: string[] = [];
	const others: string[] = [];
	for (const id of new Set(ids)) (/^\d+$/.test(id) ? numbers : others).push(id);
	const most = Math.max(1, Math.floor(size) || 1);
	return [...pieces(numbers, most), ...pieces(others, most)];
}

function pieces(ids: readonly string[], size: number): string[][] {
	const cut: string[][] = [];
	for (let start = 0; start < ids.length; start += size) cut.push(ids.slice(start, start + size));
	return cut;
}
