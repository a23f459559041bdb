/** The marks of orders that are being placed in this process, each with the end of that. */
const underWay = new Map<string, Promise<void>>();

/** Marks that stay recorded although nobody is placing their orders any more: there is nothing to wait for. */
const left = new Set<string>();
const keptLeft = 10_000;

export function noteLeft(marks: readonly string[]): void {
	for (const mark of marks) left.add(mark);
	for (const oldest of left) {
		if (left.size <= keptLeft) break;
		left.delete(oldest);
	}
}

export function areLeft(marks: readonly string[]): boolean {
	return marks.some((mark) => left.has(mark));
}

/** Waits until no order with one of these marks is being placed in this process. */
export async function untilQuiet(marks: readonly string[]): Promise<void> {
	for (;;) {
		const busy = marks.map((mark) => underWay.get(mark)).find(Boolean);
		if (!busy) return;
		await busy;
	}
}

/** Notes that an order with these marks is being placed; returns the function that notes its end. */
export function noteUnderWay(marks: readonly string[]): () => void {
	let end: () => void = () => {};
	const ended = new Promise<void>((resolve) => (end = resolve));
	for (const mark of marks) {
		left.delete(mark);
		underWay.set(mark, ended);
	}
	return () => {
		for (const mark of marks) if (underWay.get(mark) === ended) underWay.delete(mark);
		end();
	};
}
