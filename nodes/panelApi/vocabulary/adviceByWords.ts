import { type ErrorKind, errorKinds } from './errorKinds';
import { plainWords } from './failurePhrases';

/** What helps with certain words of a panel better than the advice for their kind. */
interface AdviceRow {
	/** The kinds of the failures that are meant. */
	kinds: readonly ErrorKind[];
	/** A pattern over `plainWords`, under the same rule as those of `failurePhrases`. */
	says: RegExp;
	advice: string;
}

/** What to do where a panel wants a quantity of an order that carries none by itself, such as a package. */
export const quantityAdvice =
	'Some panels want a quantity for packages too: add an Extra Field with the name quantity and the value 1, or the minimum of the service.';

/** In the order in which they are looked for. */
const adviceByWords: readonly AdviceRow[] = [
	{
		kinds: ['quantity', 'fields'],
		says: /quantity (field )?is (required|missing)|(missing|required) (parameter|field)s?:? .{0,20}\bquantity\b|link,? and quantity are required/,
		advice: quantityAdvice,
	},
	{
		kinds: ['quantity'],
		says: /multiple of|in steps of|increment/,
		advice:
			'This service takes quantities in steps only: order a multiple of the number that the panel names, within the minimum and maximum of the service.',
	},
	{
		kinds: ['fields'],
		says: /support drip ?-?feed|drip ?-?feed (is not|not)/,
		advice: 'Remove Drip-Feed, or pick a service that has it ("dripfeed" in "Get Many Services").',
	},
	{
		kinds: ['fields'],
		says: /\b(runs|interval)\b/,
		advice:
			'Check Drip-Feed: it needs both runs and interval. Most panels want at least 2 runs, and some take only intervals of 5, 10, 15, 30, 60 or 90 minutes.',
	},
	{
		kinds: ['fields', 'refused'],
		says: /comments? (field )?(is|are) required|(incorrect|invalid|missing|enter|error).{0,20}\bcomments?\b/,
		advice:
			'This service wants comments: set Order Type to Custom Comments, or to the type that the description of the service names, and enter one comment per line.',
	},
	{
		kinds: ['fields'],
		says: /\brequest ?id\b/,
		advice:
			"This panel wants a key of its own for each order: set Idempotency Key, and Panel's Key Field to the name of the panel's field, such as request_id.",
	},
	{
		kinds: ['fields'],
		says: /\bstart at\b|\bschedule/,
		advice:
			'Check the time in Extra Fields: it has to be in the future, in the time zone of the panel.',
	},
	{
		kinds: ['fields', 'orderId', 'refillRefused'],
		says: /(order ids?|orders?|refills?) (is |are )?required|missing (order|refill)s?( or (order|refill)s?)?( parameter)?/,
		advice:
			'The panel did not find the IDs where it looks for them. Try another Batch Size: 1 for panels that take single IDs, 2 or more for those that take lists.',
	},
	{
		kinds: ['fields'],
		says: /fill in the required|missing required parameters|required fields/,
		advice:
			'The panel does not say which field is missing. Check that the order type fits the service ("orderType" in "Get Many Services"), and see what the description of the service asks for.',
	},
	{
		kinds: ['refillRefused', 'cancelRefused', 'refused'],
		says: /already an? (open|active|pending) request|(refill|cancel(lation)?)( was| has been)? already (been )?request|request already exists/,
		advice:
			'The panel is still working on an earlier request for this order. Wait until it is done, and check the status.',
	},
	{
		kinds: ['refillRefused'],
		says: /24 hours/,
		advice:
			'Ask again when 24 hours have passed since the order was completed or a refill was asked for.',
	},
	{
		kinds: ['refillRefused'],
		says: /days (are|is) over|period.{0,20}(over|ended|expired)|expired/,
		advice: 'The refill period of this order is over: no further refill will be granted.',
	},
	{
		kinds: ['refillRefused'],
		says: /refill (is )?(disabled|not allowed)|(not|n[o'’]t) support (the )?refill|no refill/,
		advice: 'This service comes without refills ("refill" in "Get Many Services").',
	},
	{
		kinds: ['account'],
		says: /\bapi\b/,
		advice:
			"The API is switched off for this account. Switch it on on the panel's API page, or ask the panel's support to.",
	},
	{
		kinds: ['account'],
		says: /inactive|not active|deactivated|not (verified|confirmed)/,
		advice:
			'The account has to be active first: log in on the panel and see what it asks for, such as a confirmed email address, or ask its support.',
	},
	{
		kinds: ['service'],
		says: /\bprovider\b|not configured/,
		advice:
			"The panel has no provider for this service at the moment. Pick another service, or ask the panel's support.",
	},
	{
		kinds: ['service'],
		says: /temporar|maintenance/,
		advice:
			'The panel has switched this service off for a while. Try again later, or pick another.',
	},
];

/** What the user can do about a failure of this kind in these words. */
export function adviceFor(kind: ErrorKind, words: string): string {
	const plain = plainWords(words);
	const row = adviceByWords.find(({ kinds, says }) => kinds.includes(kind) && says.test(plain));
	return row?.advice ?? errorKinds[kind].advice;
}
