/**
 * One row per action of the API v2.
 * - `timeoutMs`: how long the whole answer may take. Clients of panels use 30 s; the catalogue is the slow call.
 * - `largestBytes`: how large an answer may be, after decompression. The largest catalogues have about 20 MB.
 * - `effect`: `none` for a read, which may be asked again; `once` for a request whose repetition the panel itself
 *   refuses; `money` for one that costs each time.
 * - `one`, `many`: the fields that carry one id or a comma list of ids, for the actions that ask about ids.
 */
interface ActionRow {
	timeoutMs: number;
	largestBytes: number;
	effect: 'none' | 'once' | 'money';
	one?: 'order' | 'refill';
	many?: 'orders' | 'refills';
}

const usual = { timeoutMs: 30_000, largestBytes: 8_000_000 };
const unhurried = { ...usual, timeoutMs: 60_000 };

const table = {
	services: { timeoutMs: 120_000, largestBytes: 64_000_000, effect: 'none' },
	balance: { ...usual, effect: 'none' },
	add: { ...unhurried, effect: 'money' },
	status: { ...usual, effect: 'none', one: 'order', many: 'orders' },
	refill: { ...unhurried, effect: 'once', one: 'order', many: 'orders' },
	refill_status: { ...usual, effect: 'none', one: 'refill', many: 'refills' },
	cancel: { ...unhurried, effect: 'once', one: 'order', many: 'orders' },
} satisfies Record<string, ActionRow>;

export type Action = keyof typeof table;

/** What each action is: see the rows. */
export const actions: Readonly<Record<Action, ActionRow>> = table;

/** The actions that ask about ids. */
export type IdAction = {
	[Name in Action]: (typeof table)[Name] extends { one: string } ? Name : never;
}[Action];
