import type { IExecuteFunctions } from 'n8n-workflow';

/** Shows something that a user should know and could not see in the items; n8n before 1.79 shows no hints. */
export function showHint(node: IExecuteFunctions, message: string): void {
	const { addExecutionHints }: Partial<Pick<IExecuteFunctions, 'addExecutionHints'>> = node;
	addExecutionHints?.call(node, { message, location: 'outputPane' });
}

/** Says that a catalogue is not whole, if it is not. */
export function hintAtRowsLeftOut(node: IExecuteFunctions, leftOut: number): void {
	if (leftOut === 0) return;
	const rows = leftOut === 1 ? '1 row' : `${leftOut} rows`;
	showHint(
		node,
		`${rows} of the panel's catalogue could not be read as services and were left out.`,
	);
}
