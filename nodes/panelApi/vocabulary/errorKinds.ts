/**
 * One row per kind of trouble a panel call can end in.
 *
 * - `words`: what panels write (matched in the order of this table, case-insensitively). Panels send nothing
 *   machine readable, so the words are all there is; they come from the seed and the dialects it stands among.
 * - `decisiveWords`: words that count before those of all kinds: a panel that broke down on the way refused nothing,
 *   whatever else it says ("Server error: order not found").
 * - `isVague`: true when the words are so common that an HTTP status, where a panel uses them, says more
 *   ("Service unavailable" at 503 is not about a service).
 * - `acted`: whether the panel may have carried out the request all the same. Decides between a failure and
 *   an unknown outcome for everything that is not a mere read.
 * - `retry`: whether asking again can help soon.
 * - `isKnownBeforeOrdering`: true when a panel knows it before it takes an order, so that the words mean no order even
 *   where they come with a breakdown (HTTP 5xx).
 * - `accountWide`: true when every further call of this account would end the same way.
 * - `advice`: what the user can do, shown under the panel's own words.
 */
interface ErrorKindRow {
	words?: RegExp;
	decisiveWords?: RegExp;
	isVague?: boolean;
	acted: 'no' | 'maybe';
	retry: boolean;
	isKnownBeforeOrdering?: boolean;
	accountWide?: boolean;
	advice: string;
}

const table = {
	rateLimit: {
		words: /rate limit|too many requests|throttl/i,
		acted: 'no',
		retry: true,
		advice:
			'The panel allows fewer requests in this time. Run the workflow less often, or ask for more IDs at once.',
	},
	key: {
		words:
			/\bapi[ _-]?key|(incorrect|invalid|wrong|missing) (key|token)\b|api is disable|unauthori[sz]ed/i,
		acted: 'no',
		retry: false,
		isKnownBeforeOrdering: true,
		accountWide: true,
		advice:
			'Check the API key and the URL in the SMM Panel credential. A panel shows the current key on its API page; generating a new one there makes the old one invalid.',
	},
	account: {
		words:
			/\b(account|user|you|access)\b.*suspend|^suspended|account (is |has been )?(restricted|blocked|banned|disabled)/i,
		acted: 'no',
		retry: false,
		isKnownBeforeOrdering: true,
		accountWide: true,
		advice: 'The panel does not let this account in. Ask the support of the panel.',
	},
	funds: {
		words:
			/(not )?enough (funds|balance)|insufficient (\w+ )?(funds?|balance|credits?|money)|(funds?|balance|credits?) (is |are )?(insufficient|not enough|too low)|low balance/i,
		acted: 'no',
		retry: false,
		isKnownBeforeOrdering: true,
		advice: 'Add funds to the account on the panel, then run this again.',
	},
	duplicateLink: {
		words: /active order (with|for|on) this link|active order.*link|order more than \d+ per link/i,
		acted: 'no',
		retry: false,
		isKnownBeforeOrdering: true,
		advice:
			'Panels take one order for a link at a time. Wait until the running order for this link is finished, then order again. It does not prove that an order of yours got through: look at the panel.',
	},
	refillId: {
		words: /refill( request)? (was )?not found|(incorrect|invalid|wrong) refill( id)?/i,
		acted: 'no',
		retry: false,
		advice:
			'Use the ID that "Create Refill" put out as "refill", not the ID of the order, and the credential of the panel that gave it.',
	},
	orderId: {
		words: /(incorrect|invalid|wrong) order|order( id)? (was )?not found/i,
		acted: 'no',
		retry: false,
		advice:
			'Check that the ID belongs to an order of this account on this panel. Some panels know a new order only after a few seconds.',
	},
	unsupportedAction: {
		words: /(incorrect|invalid|unknown|unsupported) action|action is invalid|incorrect request/i,
		acted: 'no',
		retry: false,
		accountWide: true,
		advice:
			'This panel does not offer this action over its API. Do it on the website of the panel.',
	},
	panelFault: {
		decisiveWords: /\b(server|internal|database) error\b|sqlstate/i,
		words:
			/(server|internal|unexpected|database|unknown|system|network|connection|curl) error|error (occurred|processing your request)|exception|status code 5\d\d|gone away|hang up|econnreset|went wrong|timed?[ -]?out|provider not found|maintenance|gateway|try again later/i,
		acted: 'maybe',
		retry: true,
		advice: 'The panel has a fault of its own at the moment. Try again in a few minutes.',
	},
	refillRefused: {
		words: /refill|order (is|was) (not )?completed|^invalid request$/i,
		isVague: true,
		acted: 'no',
		retry: false,
		advice:
			'Panels refill only finished orders of services with refill, not within 24 hours of the last request and only during the refill period.',
	},
	cancelRefused: {
		words: /cancel/i,
		isVague: true,
		acted: 'no',
		retry: false,
		advice:
			'Panels cancel only orders that are not finished yet, of services that allow it ("cancel" in "Get Many Services").',
	},
	fields: {
		words: /missing|incorrect parameters|drip|interval|runs (is|are) required/i,
		isVague: true,
		acted: 'no',
		retry: false,
		advice:
			'Check that the order type fits the service ("orderType" in "Get Many Services") and that all of its fields are filled in.',
	},
	service: {
		words: /service/i,
		isVague: true,
		acted: 'no',
		retry: false,
		advice:
			'The service is not on offer (any more). Panels renumber and switch off services: pick it again from the list.',
	},
	quantity: {
		words: /quantity|minim(al|um)|maxim(al|um)/i,
		isVague: true,
		acted: 'no',
		retry: false,
		advice:
			'Keep the quantity between the minimum and maximum of the service ("min" and "max" in "Get Many Services"). With drip-feed, runs times quantity counts.',
	},
	link: {
		words: /link|url/i,
		isVague: true,
		acted: 'no',
		retry: false,
		advice:
			'Check the link: it has to be public, and of the kind the description of the service asks for.',
	},
	refused: {
		acted: 'no',
		retry: false,
		advice: 'The panel refused this in the words above. Its support can tell more.',
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
		advice:
			'Check the URL in the SMM Panel credential: it has to be the whole API address, such as https://example.com/api/v2. If it is right, the panel may be down for maintenance or may block requests from servers.',
	},
	stopped: {
		acted: 'no',
		retry: false,
		accountWide: true,
		advice: 'Run the workflow again for what was not sent.',
	},
	outcomeUnknown: {
		acted: 'maybe',
		retry: false,
		advice: 'Look at the panel before trying again.',
	},
} satisfies Record<string, ErrorKindRow>;

/** The name of one kind of trouble, such as `funds` or `outcomeUnknown`. */
export type ErrorKind = keyof typeof table;

/** What each kind means: see the rows. */
export const errorKinds: Readonly<Record<ErrorKind, ErrorKindRow>> = table;

const kinds = Object.keys(table) as ErrorKind[];

const kindsByHttpStatus: Readonly<Record<number, ErrorKind>> = {
	401: 'key',
	402: 'funds',
	408: 'panelFault',
	429: 'rateLimit',
};

/**
 * The kind that a panel's own words stand for. The words decide; the HTTP status is only a hint, because most
 * panels answer 200 to everything (Perfect Panel, SmartPanel) and others use real codes.
 */
export function classifyWords(words: string, httpStatus: number): ErrorKind {
	const decided = kinds.find((kind) => errorKinds[kind].decisiveWords?.test(words));
	if (decided) return decided;
	const kindOf = (isVague: boolean) =>
		kinds.find((kind) => {
			const row = errorKinds[kind];
			return (row.isVague ?? false) === isVague && row.words?.test(words);
		});
	return kindOf(false) ?? classifyHttpStatus(httpStatus) ?? kindOf(true) ?? 'refused';
}

/** The kind an HTTP status alone stands for, if it says anything. */
export function classifyHttpStatus(httpStatus: number): ErrorKind | undefined {
	return kindsByHttpStatus[httpStatus] ?? (httpStatus >= 500 ? 'panelFault' : undefined);
}
