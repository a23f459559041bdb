import type { PanelError } from '../../panelApi/panelError';
import type { ItemProblem } from '../run/itemProblems';

/** Why an order was not placed a second time: by its key, by another retry of the execution, or by an agent's call. */
export type Twin = 'key' | 'retry' | 'tool';

/** What became of one row of Create Order. */
export type RowResult =
	| { outcome: 'placed'; order: string; answer: string; isRecalled: boolean }
	/** `order` is empty where only n8n's log and the execution that placed it know the ID. */
	| { outcome: 'duplicate'; order: string; twin: Twin }
	/** Nothing was sent: the row is wrong (`input`), or a limit that the user set says no (`guard`). */
	| { outcome: 'invalid'; kind: 'input' | 'guard'; problems: readonly ItemProblem[] }
	/** `isShared` for what kept all orders of the account from being placed, told once for all. */
	| { outcome: 'failed'; error: PanelError | Error; note?: string };
