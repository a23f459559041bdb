/**
 * One row per action of the API v2.
 * - `timeoutMs`: how long an answer may take. Clients of panels use 30 s; the catalogue is the slow call.
 * - `effect`: `none` for a read, which may be asked again; `once` for a request whose repetition the panel itself
 *   refuses; `money` for one that costs each time.
 * - `one`, `many`: the fields that carry one id or a comma list of ids, for the actions that ask about ids.
 */
interface ActionRow {
	timeoutMs: number;
	effect: 'none' | 'once' | 'money';
	one?: 'order' | 'refill';
	many?: 'orders' | 'refills';
}

const table = {
	services: { timeoutMs: 120_000, effect: 'none' },
	balance: { timeoutMs: 30_000, effect: 'none' },
	add: { timeoutMs: 60_000, effect: 'money' },
	status: { timeoutMs: 30_000, effect: 'none', one: 'order', many: 'orders' },
	refill: { timeoutMs: 60_000, effect: 'once', one: 'order', many: 'orders' },
	refill_status: { timeoutMs: 30_000, effect: 'none', one: 'refill', many: 'refills' },
	cancel: { timeoutMs: 60_000, effect: 'once', one: 'order', many: 'orders' },
} satisfies Record<string, ActionRow>;

export type Action = keyof typeof table;

/** What each action is: see the rows. */
export const actions: Readonly<Record<Action, ActionRow>> = table;

/** The actions that ask about ids. */
export type IdAction = {
	[Name in Action]: (typeof table)[Name] extends { one: string } ? Name : never;
}[Action];
