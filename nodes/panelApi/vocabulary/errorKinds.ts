import { adviceByWords } from './adviceByWords';
import { brokeDown, failurePhrases, plainWords } from './failurePhrases';

/**
 * One row per kind of trouble a panel call can end in; how panels word it stands in `failurePhrases`.
 *
 * - `acted`: whether the panel may have carried out the request all the same. Decides between a failure and
 *   an unknown outcome for everything that is not a mere read.
 * - `retry`: whether asking again can help soon.
 * - `saysNoFirst`: true when panels check it before they take an order, so that the words mean no order even where they
 *   come with a breakdown (HTTP 5xx).
 * - `anotherPanelMay`: true when an order that was surely not placed for this reason may be placed on another panel.
 * - `accountWide`: true when every further call of this account would end the same way.
 * - `advice`: what the user can do, shown under the panel's own words; see `adviceFor`.
 */
interface ErrorKindRow {
	acted: 'no' | 'maybe';
	retry: boolean;
	saysNoFirst?: boolean;
	anotherPanelMay?: boolean;
	accountWide?: boolean;
	advice: string;
}

const table = {
	rateLimit: {
		acted: 'no',
		retry: true,
		anotherPanelMay: true,
		advice:
			'The panel is limiting requests. Wait a minute and try again, or run the workflow less often.',
	},
	key: {
		acted: 'no',
		retry: false,
		saysNoFirst: true,
		anotherPanelMay: true,
		accountWide: true,
		advice:
			'Check the API key and the URL in the SMM Panel credential. A panel shows the current key on its API page; generating a new one there makes the old one invalid.',
	},
	account: {
		acted: 'no',
		retry: false,
		saysNoFirst: true,
		anotherPanelMay: true,
		accountWide: true,
		advice: "The panel doesn't let this account in. Ask the panel's support.",
	},
	funds: {
		acted: 'no',
		retry: false,
		saysNoFirst: true,
		anotherPanelMay: true,
		advice:
			'Add funds on the panel, then retry this execution. Starting a new run places earlier items again unless they have an Idempotency Key.',
	},
	duplicateLink: {
		acted: 'no',
		retry: false,
		saysNoFirst: true,
		advice:
			'Panels take one order per link at a time. Wait until the running order for this link is finished, then order again. The running order may be one of yours: check the order list on the panel.',
	},
	refillId: {
		acted: 'no',
		retry: false,
		advice:
			'Use the "refill" value returned by Create Refill, not the order ID, and the credential of the panel that gave it.',
	},
	orderId: {
		acted: 'no',
		retry: false,
		advice:
			'Check that the ID belongs to an order of this account on this panel. Some panels know a new order only after a few seconds.',
	},
	unsupportedAction: {
		acted: 'no',
		retry: false,
		accountWide: true,
		anotherPanelMay: true,
		advice:
			"This panel doesn't offer this action over its API. Do it on the panel's website instead.",
	},
	panelFault: {
		acted: 'maybe',
		retry: true,
		anotherPanelMay: true,
		advice: 'The panel has a problem of its own at the moment. Try again in a few minutes.',
	},
	refillRefused: {
		acted: 'no',
		retry: false,
		advice:
			'Panels refill only finished orders of services with refill, not within 24 hours of the last request and only during the refill period.',
	},
	cancelRefused: {
		acted: 'no',
		retry: false,
		advice:
			'Panels cancel only orders that are not finished yet, of services that allow it ("cancel" in "Get Many Services").',
	},
	fields: {
		acted: 'no',
		retry: false,
		saysNoFirst: true,
		advice:
			'Check that the order type fits the service ("orderType" in "Get Many Services") and that all of its fields are filled in.',
	},
	service: {
		acted: 'no',
		retry: false,
		saysNoFirst: true,
		anotherPanelMay: true,
		advice:
			'The panel no longer offers this service, or not at the moment. Panels renumber and switch off services: pick it again from the list.',
	},
	quantity: {
		acted: 'no',
		retry: false,
		saysNoFirst: true,
		anotherPanelMay: true,
		advice:
			'Keep the quantity between the minimum and maximum of the service ("min" and "max" in "Get Many Services"). With drip-feed, runs times quantity counts.',
	},
	link: {
		acted: 'no',
		retry: false,
		saysNoFirst: true,
		advice:
			'Check the link: it has to be public, and of the kind the description of the service asks for.',
	},
	refused: {
		acted: 'no',
		retry: false,
		advice: 'The panel refused this in the words above. Its support can say more.',
	},
	noAnswer: {
		acted: 'maybe',
		retry: false,
		advice:
			'The panel answered, but not for this ID. Nothing is known about it now; ask again later, and check the ID if it stays so.',
	},
	unreachable: {
		acted: 'no',
		retry: true,
		anotherPanelMay: true,
		advice: 'Check the URL in the SMM Panel credential, and whether the panel is online.',
	},
	connectionLost: {
		acted: 'maybe',
		retry: true,
		advice:
			'The connection to the panel broke, or the panel took too long. Try again in a few minutes.',
	},
	notAPanel: {
		acted: 'maybe',
		retry: false,
		anotherPanelMay: true,
		advice:
			'Check the URL in the SMM Panel credential: it has to be the whole API address, such as https://example.com/api/v2. If it is right, the panel may be down for maintenance or may block requests from servers.',
	},
	stopped: {
		acted: 'no',
		retry: false,
		accountWide: true,
		advice: 'Retry this execution to send the rest. A new run starts over from the first item.',
	},
	outcomeUnknown: {
		acted: 'maybe',
		retry: false,
		advice: "Check on the panel whether it was carried out. This execution won't send it again.",
	},
} satisfies Record<string, ErrorKindRow>;

/** The name of one kind of trouble, such as `funds` or `outcomeUnknown`. */
export type ErrorKind = keyof typeof table;

/** What each kind means: see the rows. */
export const errorKinds: Readonly<Record<ErrorKind, ErrorKindRow>> = table;

const wordedKinds = Object.keys(failurePhrases) as ErrorKind[];

const kindsByHttpStatus: Readonly<Record<number, ErrorKind>> = {
	401: 'key',
	402: 'funds',
	408: 'panelFault',
	429: 'rateLimit',
};

/** What words of a panel stand for, and whether they stand for nothing else. */
export interface Classification {
	kind: ErrorKind;
	isSure: boolean;
}

/**
 * The kind that a panel's own words stand for. The words decide; the HTTP status is only a hint, because most
 * panels answer 200 to everything (Perfect Panel, SmartPanel) and others use real codes.
 */
export function classify(words: string, httpStatus: number): Classification {
	const plain = plainWords(words);
	const worded = (degree: 'decisive' | 'sure' | 'vague') =>
		wordedKinds.find((kind) => failurePhrases[kind]?.[degree]?.test(plain));
	const byStatus = classifyHttpStatus(httpStatus);
	const decisive = worded('decisive');
	if (decisive) return { kind: decisive, isSure: true };
	const sure = worded('sure');
	// Of a status that says so a web server may have written the words ("Service temporarily unavailable" at 503).
	if (sure && !(byStatus && failurePhrases[sure]?.vague)) return { kind: sure, isSure: true };
	if (brokeDown.test(plain)) return { kind: 'panelFault', isSure: true };
	if (byStatus) return { kind: byStatus, isSure: sure !== undefined };
	return { kind: worded('vague') ?? 'refused', isSure: false };
}

/** See `classify`. */
export function classifyWords(words: string, httpStatus: number): ErrorKind {
	return classify(words, httpStatus).kind;
}

/** The kind an HTTP status alone stands for, if it says anything. */
export function classifyHttpStatus(httpStatus: number): ErrorKind | undefined {
	return kindsByHttpStatus[httpStatus] ?? (httpStatus >= 500 ? 'panelFault' : undefined);
}

/** What the user can do about a failure of this kind in these words. */
export function adviceFor(kind: ErrorKind, words: string): string {
	const plain = plainWords(words);
	const row = adviceByWords.find(({ kinds, says }) => kinds.includes(kind) && says.test(plain));
	return row?.advice ?? errorKinds[kind].advice;
}

/** What a web server, or a panel that is down, may say as well as a panel that has switched a service off. */
const saidOfProviders = /(?<!service )\bprovider\b/;
const saidOfWebsites = /service (is )?(temporarily )?(unavailable|not available|down)/;

/**
 * The kind of words that a panel only says before it takes an order; undefined for all other words, and for those that
 * come with a breakdown which may have happened later.
 */
export function failsBeforeOrdering(words: string, httpStatus: number): ErrorKind | undefined {
	const plain = plainWords(words);
	const isDecisive = wordedKinds.some((kind) => failurePhrases[kind]?.decisive?.test(plain));
	if (isDecisive || (httpStatus >= 500 && saidOfWebsites.test(plain))) return undefined;
	// Whose funds are short there, or whose service is off, is known only once the order has been passed on.
	if (saidOfProviders.test(plain)) return undefined;
	return wordedKinds.find(
		(kind) => errorKinds[kind].saysNoFirst && failurePhrases[kind]?.sure?.test(plain),
	);
}
