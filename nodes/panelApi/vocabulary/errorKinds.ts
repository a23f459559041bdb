/**
 * One row for each kind of trouble that a panel call can end in. How panels word it is in `failurePhrases`.
 *
 * The whole table is in this file, however long it gets: whoever adds a kind finds every question about it here, and
 * nowhere else.
 */
interface ErrorKindRow {
	/** What is certain about the request where nothing else is known of it: see `Certainty`. */
	certainty: 'notSent' | 'refused' | 'unknown';
	/**
	 * What the trouble is about.
	 * - `request`: what was asked for, so other requests may succeed. - `panel`: the panel at this moment, whatever it is
	 *   asked. - `account`: every further call of this account ends the same way until somebody acts. - `run`: nothing more
	 *   is sent in this execution.
	 */
	scope: 'request' | 'panel' | 'account' | 'run';
	/** Whether asking again can help soon. */
	retry: boolean;
	/**
	 * True when panels check it before they take an order, so that the words mean no order even where they come with a
	 * breakdown (HTTP 5xx).
	 */
	saysNoFirst?: true;
	/** True when an order that was surely not placed for this reason may be placed on another panel. */
	anotherPanelMay?: true;
	/**
	 * Which requests may have been refused for their form alone, because the panel knows only the other one (a single ID,
	 * or a list): a list, a list or a cancellation of one ID, or any. See `batchPolicy`.
	 */
	formMayBeWrong?: 'list' | 'listOrCancel' | 'any';
	/** True when a panel that says so surely understood the form of the request. */
	provesForm?: true;
	/** The HTTP statuses that stand for it where there are no words. All from 500 up stand for `panelFault`. */
	httpStatuses?: readonly number[];
	/** Examples of the message, as panels or the client write it; the page about errors shows them. */
	shown: readonly string[];
	/** What it means, for the same page. */
	meaning: string;
	/** What the user can do, shown under the panel's own words; `adviceByWords` knows better for some of them. */
	advice: string;
}

/** The message for a request that may have been carried out. Panels never say so themselves. */
export function outcomeUnknownText(why: string): string {
	return `Outcome unknown: ${why}`;
}

const table = {
	rateLimit: {
		certainty: 'refused',
		scope: 'panel',
		retry: true,
		anotherPanelMay: true,
		httpStatuses: [429],
		shown: ['Too many requests', 'Rate limit exceeded'],
		meaning:
			'More requests than the panel allows. Everything is repeated first, unless the panel asks for a pause of more than a minute.',
		advice:
			'The panel is limiting requests. Wait a minute and try again, or run the workflow less often.',
	},
	key: {
		certainty: 'refused',
		scope: 'account',
		retry: false,
		saysNoFirst: true,
		anotherPanelMay: true,
		httpStatuses: [401],
		shown: ['Invalid API key', 'Incorrect key', 'Unauthorized'],
		meaning: "The panel doesn't know the API key.",
		advice:
			'Check the API key and the URL in the SMM Panel credential. A panel shows the current key on its API page; generating a new one there makes the old one invalid.',
	},
	account: {
		certainty: 'refused',
		scope: 'account',
		retry: false,
		saysNoFirst: true,
		anotherPanelMay: true,
		shown: ['Your account is suspended'],
		meaning: 'The account is closed or blocked.',
		advice: "The panel doesn't let this account in. Ask the panel's support.",
	},
	funds: {
		certainty: 'refused',
		scope: 'request',
		retry: false,
		saysNoFirst: true,
		anotherPanelMay: true,
		httpStatuses: [402],
		shown: ['Not enough funds on balance', 'Insufficient balance'],
		meaning: "The balance doesn't cover the order. Nothing was ordered.",
		advice:
			'Add funds on the panel, then retry this execution. Starting a new run places earlier items again unless they have an Idempotency Key.',
	},
	duplicateLink: {
		certainty: 'refused',
		scope: 'request',
		retry: false,
		saysNoFirst: true,
		shown: ['You have active order with this link. Please wait until order being completed.'],
		meaning: 'An order for this link is still running.',
		advice:
			'Panels take one order per link at a time. Wait until the running order for this link is finished, then order again. The running order may be one of yours: check the order list on the panel.',
	},
	refillId: {
		certainty: 'refused',
		scope: 'request',
		retry: false,
		formMayBeWrong: 'list',
		shown: ['Refill not found', 'Refill Request Not found'],
		meaning: "The panel doesn't know this refill ID.",
		advice:
			'Use the "refill" value returned by Create Refill, not the order ID, and the credential of the panel that gave it.',
	},
	orderId: {
		certainty: 'refused',
		scope: 'request',
		retry: false,
		formMayBeWrong: 'listOrCancel',
		shown: ['Incorrect order ID', 'Order not found'],
		meaning: "The panel doesn't know this order ID.",
		advice:
			'Check that the ID belongs to an order of this account on this panel. Some panels know a new order only after a few seconds.',
	},
	unsupportedAction: {
		certainty: 'refused',
		scope: 'account',
		retry: false,
		anotherPanelMay: true,
		formMayBeWrong: 'any',
		shown: ['Incorrect action', 'Incorrect request'],
		meaning: "The panel doesn't know this action.",
		advice:
			"This panel doesn't offer this action over its API. Do it on the panel's website instead.",
	},
	panelFault: {
		certainty: 'unknown',
		scope: 'panel',
		retry: true,
		anotherPanelMay: true,
		httpStatuses: [408],
		shown: ['Internal server error', 'Something went wrong', 'Please try again later'],
		meaning: 'The panel has a fault at the moment. Reads are repeated several times first.',
		advice: 'The panel has a problem of its own at the moment. Try again in a few minutes.',
	},
	refillRefused: {
		certainty: 'refused',
		scope: 'request',
		retry: false,
		formMayBeWrong: 'list',
		provesForm: true,
		shown: ['Order not eligible for refill.', 'Refill is disabled for this service'],
		meaning: "The panel doesn't grant a refill for this order now.",
		advice:
			'Panels refill only finished orders of services with refill, not within 24 hours of the last request and only during the refill period.',
	},
	cancelRefused: {
		certainty: 'refused',
		scope: 'request',
		retry: false,
		formMayBeWrong: 'list',
		provesForm: true,
		shown: ['Order not eligible for cancellation.', 'Order cannot be cancelled'],
		meaning: "The panel doesn't cancel this order.",
		advice:
			'Panels cancel only orders that are not finished yet, of services that allow it ("cancel" in "Get Many Services").',
	},
	fields: {
		certainty: 'refused',
		scope: 'request',
		retry: false,
		saysNoFirst: true,
		formMayBeWrong: 'any',
		shown: ['Missing required parameter: comments', 'Incorrect parameters: runs'],
		meaning: "Fields are missing or don't fit. Nothing was ordered.",
		advice:
			'Check that the order type fits the service ("orderType" in "Get Many Services") and that all of its fields are filled in.',
	},
	service: {
		certainty: 'refused',
		scope: 'request',
		retry: false,
		saysNoFirst: true,
		anotherPanelMay: true,
		shown: ['Incorrect service ID', 'Service not found'],
		meaning: "The panel doesn't offer this service. Nothing was ordered.",
		advice:
			'The panel no longer offers this service, or not at the moment. Panels renumber and switch off services: look it up again, in the list of the Service field or with "Get Many Services".',
	},
	quantity: {
		certainty: 'refused',
		scope: 'request',
		retry: false,
		saysNoFirst: true,
		anotherPanelMay: true,
		shown: ['Quantity less than minimal 10', 'Quantity more than maximum 50000'],
		meaning: 'The quantity is outside the limits of the service. Nothing was ordered.',
		advice:
			'Keep the quantity between the minimum and maximum of the service ("min" and "max" in "Get Many Services"). With drip-feed, runs times quantity counts.',
	},
	link: {
		certainty: 'refused',
		scope: 'request',
		retry: false,
		saysNoFirst: true,
		shown: ['Bad link'],
		meaning: "The panel doesn't accept this link. Nothing was ordered.",
		advice:
			'Check the link: it has to be public, and of the kind the description of the service asks for.',
	},
	refused: {
		certainty: 'refused',
		scope: 'request',
		retry: false,
		formMayBeWrong: 'listOrCancel',
		shown: ['Any other words of the panel'],
		meaning: 'The panel refused.',
		advice: 'The panel refused this in the words above. Its support can say more.',
	},
	noAnswer: {
		certainty: 'unknown',
		scope: 'request',
		retry: false,
		shown: ['no answer for order 23501'],
		meaning: 'The panel answered for other IDs, not for this one.',
		advice:
			'The panel answered, but not for this ID. Nothing is known about it now; ask again later, and check the ID if it stays so.',
	},
	unreachable: {
		certainty: 'notSent',
		scope: 'panel',
		retry: true,
		anotherPanelMay: true,
		shown: ['The panel cannot be reached'],
		meaning: 'No connection. Nothing was sent.',
		advice: 'Check the URL in the SMM Panel credential, and whether the panel is online.',
	},
	connectionLost: {
		certainty: 'unknown',
		scope: 'panel',
		retry: true,
		shown: ['The connection to the panel was lost'],
		meaning: 'The connection broke while waiting for the answer.',
		advice:
			'The connection to the panel broke, or the panel took too long. Try again in a few minutes.',
	},
	notAPanel: {
		certainty: 'unknown',
		scope: 'panel',
		retry: false,
		anotherPanelMay: true,
		shown: [
			'The panel answered with a web page (HTTP status 200)',
			'The panel answered with an empty answer (HTTP status 200)',
			'The panel redirects to another address',
		],
		meaning: "What answered isn't the API.",
		advice:
			'Check the URL in the SMM Panel credential: it has to be the whole API address, such as https://example.com/api/v2. If it is right, the panel may be down for maintenance or may block requests from servers.',
	},
	stopped: {
		certainty: 'notSent',
		scope: 'run',
		retry: false,
		shown: ['The execution was stopped before this was sent'],
		meaning: 'Somebody stopped the execution. Nothing was sent for this item.',
		advice: 'Retry this execution to send the rest. A new run starts over from the first item.',
	},
	outcomeUnknown: {
		certainty: 'unknown',
		scope: 'request',
		retry: false,
		shown: [outcomeUnknownText('...')],
		meaning:
			'The request was sent, but no proper answer came back. The order may have been placed: see money safety.',
		advice: "Check on the panel whether it was carried out. This execution won't send it again.",
	},
} satisfies Record<string, ErrorKindRow>;

/** The name of one kind of trouble, such as `funds` or `outcomeUnknown`. */
export type ErrorKind = keyof typeof table;

/** What each kind means: see the rows. */
export const errorKinds: Readonly<Record<ErrorKind, ErrorKindRow>> = table;

/** All kinds, in the order of the table. */
export const errorKindNames = Object.keys(table) as ErrorKind[];
