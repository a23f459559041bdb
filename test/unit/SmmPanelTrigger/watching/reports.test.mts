import { report } from '../../../../nodes/SmmPanelTrigger/watching/reports.ts';
import { PanelError } from '../../../../nodes/panelApi/panelError.ts';
import { emptyNotes } from '../../../../nodes/SmmPanelTrigger/polling/pollNotes.ts';

const findings = (messageFor: (id: string) => string) => ({
	trigger: 'Trigger',
	idField: 'order',
	outcomes: new Map(
		Array.from({ length: 5_000 }, (_, index): [string, { error: PanelError }] => [
			String(23_501 + index),
			{ error: new PanelError('orderId', messageFor(String(23_501 + index))) },
		]),
	),
	faults: [],
});
const lengthOf = (lines: readonly string[]) => lines.join('').length;

describe("what a poll writes into n8n's log about IDs that the panel refuses", () => {
	it('is one line where the panel says the same of all', () => {
		const { lines } = report(
			findings(() => 'Incorrect order ID'),
			emptyNotes,
		);
		expect(lines).toEqual([
			expect.stringMatching(/watches order 23501, .* and 4980 more, but the panel says: Incorrect/),
		]);
	});

	it('is not a line for each where the panel repeats the ID, or sends long texts', () => {
		const { lines } = report(
			findings((id) => `${id} is unknown ${'x'.repeat(10_000)}`),
			emptyNotes,
		);
		expect(lines).toHaveLength(11);
		expect(lines.at(-1)).toMatch(/4990 more IDs/);
		expect(lengthOf(lines)).toBeLessThan(10_000);
	});

	it('comes once', () => {
		const first = report(
			findings(() => 'Incorrect order ID'),
			emptyNotes,
		);
		expect(
			report(
				findings(() => 'Incorrect order ID'),
				first.notes,
			).lines,
		).toEqual([]);
	});
});
