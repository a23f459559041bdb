import { type ErrorKind, errorKindNames, errorKinds } from './errorKinds';
import { brokeDown, failurePhrases, plainWords } from './failurePhrases';

const wordedKinds = Object.keys(failurePhrases) as ErrorKind[];

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
	const known = errorKindNames.find((kind) => errorKinds[kind].httpStatuses?.includes(httpStatus));
	return known ?? (httpStatus >= 500 ? 'panelFault' : undefined);
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
