/** What a note says to do first, once accounts and IDs are filled in. */
export type FirstStep =
	/** Press the big button, which has one trigger to run. */
	| { does: 'press' }
	/** Choose this trigger beside the big button. */
	| { does: 'choose'; trigger: string }
	| { does: 'publish' }
	| { does: 'chat' };

const STEPS: Array<[RegExp, (found: RegExpExecArray) => FirstStep]> = [
	[
		/Press the arrow beside \*\*Execute workflow\*\*, choose \*\*(.+?)\*\*/,
		([, trigger = '']) => ({ does: 'choose', trigger }),
	],
	[/press \*\*Execute workflow\*\*/i, () => ({ does: 'press' })],
	[/Publish the workflow/, () => ({ does: 'publish' })],
	[/Open the chat/, () => ({ does: 'chat' })],
];

/** @throws when the note says of nothing that runs the workflow how it is done */
export function firstStepOf(note: string): FirstStep {
	const found = STEPS.flatMap(([pattern, read]) => {
		const match = pattern.exec(note);
		return match ? [{ at: match.index, step: read(match) }] : [];
	}).sort((one, other) => one.at - other.at);
	if (!found[0]) throw new Error(`This note does not say how to run the workflow:\n${note}`);
	return found[0].step;
}
