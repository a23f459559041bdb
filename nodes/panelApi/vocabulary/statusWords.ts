/**
 * The status words of panels, normalised to a few states that workflows can rely on. Panels spell them freely
 * ("In progress", "in_progress", "Inprogress"; "Canceled", "Cancelled"), so words are compared by their letters
 * alone. The words come from the seed and from the dialects around it; the set is open.
 */
interface StateRow {
	isFinal: boolean;
	words: readonly string[];
}

const orderTable = {
	pending: {
		isFinal: false,
		words: ['pending', 'awaiting', 'awaitingapproval', 'creating', 'submitted'],
	},
	processing: { isFinal: false, words: ['processing', 'processingorder'] },
	inProgress: { isFinal: false, words: ['inprogress', 'cancelling', 'canceling'] },
	completed: { isFinal: true, words: ['completed', 'complete', 'success'] },
	partial: { isFinal: true, words: ['partial'] },
	canceled: { isFinal: true, words: ['canceled', 'cancelled', 'cancel', 'canscelled'] },
	refunded: { isFinal: true, words: ['refunded', 'refund', 'refunds'] },
	failed: { isFinal: true, words: ['failed', 'fail', 'error'] },
	active: { isFinal: false, words: ['active'] },
	paused: { isFinal: false, words: ['paused'] },
	expired: { isFinal: true, words: ['expired'] },
	unknown: { isFinal: false, words: [] },
} satisfies Record<string, StateRow>;

const refillTable = {
	pending: {
		isFinal: false,
		words: ['pending', 'awaiting', 'approved', 'requested', 'queued', 'submitted'],
	},
	inProgress: {
		isFinal: false,
		words: ['inprogress', 'inprocess', 'processing', 'refilling', 'canceling', 'cancelling'],
	},
	completed: { isFinal: true, words: ['completed', 'complete', 'refilled'] },
	rejected: { isFinal: true, words: ['rejected', 'declined', 'refused', 'denied'] },
	canceled: { isFinal: true, words: ['canceled', 'cancelled', 'cancel', 'canscelled'] },
	failed: { isFinal: true, words: ['failed', 'fail', 'error'] },
	unknown: { isFinal: false, words: [] },
} satisfies Record<string, StateRow>;

export type OrderState = keyof typeof orderTable;
export type RefillState = keyof typeof refillTable;

/** All states an order can have, in the order of its life. */
export const orderStates = Object.keys(orderTable) as [OrderState, ...OrderState[]];
/** All states a refill can have, in the order of its life. */
export const refillStates = Object.keys(refillTable) as [RefillState, ...RefillState[]];

interface StateMeaning<State> {
	state: State;
	/** Whether the panel will not change it any more. Never true for a word that is not in the table. */
	isFinal: boolean;
}

function stateReader<State extends string>(table: Record<State, StateRow> & { unknown: StateRow }) {
	const byWord = new Map<string, StateMeaning<State>>();
	for (const [state, row] of Object.entries<StateRow>(table)) {
		for (const word of row.words) byWord.set(word, { state: state as State, isFinal: row.isFinal });
	}
	const unknown: StateMeaning<State> = { state: 'unknown' as State, isFinal: false };
	return (word: string): StateMeaning<State> => {
		const meaning = byWord.get(lettersOf(word)) ?? unknown;
		// "Completed 40%" is not completed.
		return meaning.isFinal && wordOf(word) !== lettersOf(word) ? unknown : meaning;
	};
}

/** What is left of a panel's spelling when only letters count, in lower case. */
export function lettersOf(text: string): string {
	return text.toLowerCase().replace(/[^a-z]/g, '');
}

/** What is left when signs and blanks do not count, in lower case: letters of all scripts, and digits. */
export function wordOf(text: string): string {
	return text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** The state behind a panel's word for an order. An unknown word is `unknown` and never final. */
export const orderStateOf = stateReader(orderTable);
/** The state behind a panel's word for a refill. An unknown word is `unknown` and never final. */
export const refillStateOf = stateReader(refillTable);
