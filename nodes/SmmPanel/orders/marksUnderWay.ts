/** The marks of orders that are being placed in this process, each with the end of that. */
const underWay = new Map<string, Promise<void>>();

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
	for (const mark of marks) underWay.set(mark, ended);
	return () => {
		for (const mark of marks) if (underWay.get(mark) === ended) underWay.delete(mark);
		end();
	};
}
