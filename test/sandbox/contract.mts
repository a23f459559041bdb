import type { IncomingHttpHeaders } from 'node:http';
import type { OrderEnding } from './clock.mts';
import type { OrderType } from './orderTypes.mts';

/** Whose wire format the panel speaks: the seed document, or one of the families of other panels. */
export type Dialect =
	| 'seed'
	| 'perfectPanel'
	| 'smartPanel'
	| 'httpStatus'
	| 'cmsnt'
	| 'perfectPanelClone'
	| 'laravel';

/** The body fields of a request, decoded. */
export type Form = Record<string, string>;

/** How long an order stays Pending and how long its delivery then takes, in milliseconds. */
export interface MovingLife {
	pendingMs: number;
	deliveryMs: number;
}

export interface SandboxOptions {
	/** 0, the default, takes a free port. */
	port?: number;
	dialect?: Dialect;
	apiKey?: string;
	/** Default 100. */
	balance?: number;
	/** Default 'USD'. */
	currency?: string;
	/** Generated services beyond the hand-written ones. */
	catalogueSize?: number;
	/** Length in characters to which every description is stretched. */
	descriptionLength?: number;
	/** 'still', the default: orders and refills move only when told. With times they move by the clock. */
	orderLife?: MovingLife | 'still';
	/** Milliseconds that every API request waits before the panel acts on it. */
	latencyMs?: number;
	/**
	 * Each request waits up to so many milliseconds before it counts as arrived, so that what was sent at once arrives
	 * in any order, as on a real network. Default: the environment's SANDBOX_JITTER, else 0.
	 */
	jitterMs?: number;
	/** Beyond this many in one second: 429 with Retry-After. */
	requestsPerSecond?: number;
	/** Honour `request_id` on add: the same id and body give the same order again. */
	requestIds?: boolean;
	/** Refuse an order for a link that still has an open one. */
	oneOrderPerLink?: boolean;
}

export interface SandboxService {
	service: number;
	name: string;
	category: string;
	type: OrderType;
	/** Price of 1000, or of the whole package, in the panel's currency. */
	rate: number;
	min: number;
	max: number;
	dripfeed: boolean;
	refill: boolean;
	cancel: boolean;
	description: string;
	/** How orders of this service end when they move by the clock. */
	ending: OrderEnding;
}

export interface SandboxOrder {
	order: string;
	service: string;
	/** Empty for orders without a link (subscriptions). */
	link: string;
	/** Everything to be delivered: a drip-feed's runs multiplied out, comments counted. */
	quantity: number;
	/** The fields of the `add` that placed it. */
	form: Form;
	/** What it costs now; after Partial or Cancelled what the delivered part costs. */
	charge: number;
	/** What was taken from the balance; 0 for orders that no `add` placed. */
	paid: number;
	startCount: number;
	remains: number;
	/** The word as the dialect writes it. */
	status: string;
	/** Milliseconds since the epoch. */
	createdAt: number;
	cancelRequestedAt?: number;
	/** How it ends when it moves by the clock. */
	ending: OrderEnding;
	/** The refill that was asked for. */
	refill?: string;
	/** Its status was set by hand, so that the clock no longer moves it. */
	held: boolean;
}

export interface SandboxRefill {
	refill: string;
	order: string;
	/** The word as the dialect writes it. */
	status: string;
	/** Milliseconds since the epoch. */
	createdAt: number;
	/** Its status was set by hand, so that the clock no longer moves it. */
	held: boolean;
}

export interface RecordedRequest {
	/** Milliseconds since the epoch. */
	at: number;
	method: string;
	/** With the query, if there was one. */
	path: string;
	headers: IncomingHttpHeaders;
	contentType: string | undefined;
	rawBody: string;
	/** Empty when the body was no form. */
	form: Form;
	action: string | undefined;
	/** HTTP status that was answered; absent while waiting and when the connection was dropped unanswered. */
	answered?: number;
}

/** What a fault makes of the request that it meets. `acts`: do the work, but answer this. */
export type FaultEffect =
	| { kind: 'delay'; milliseconds: number }
	| { kind: 'dropBefore' }
	| { kind: 'dropAfter' }
	| { kind: 'cutAfter' }
	| {
			kind: 'status';
			status: number;
			body?: string;
			headers?: Record<string, string>;
			acts?: boolean;
	  }
	| { kind: 'html'; status?: number; acts?: boolean }
	| { kind: 'empty'; status?: number; acts?: boolean }
	| { kind: 'cutJson'; acts?: boolean }
	| { kind: 'dirtyJson' }
	| { kind: 'byteOrderMark' }
	| { kind: 'phpWarning' }
	| { kind: 'redirect'; to: string; status?: number }
	| { kind: 'withoutOrderId' }
	| { kind: 'leaveOut'; ids: string[] }
	| { kind: 'refuse'; error: string; status?: number }
	| { kind: 'echoKey' }
	| {
			kind: 'answer';
			body: string;
			status?: number;
			headers?: Record<string, string>;
			acts?: boolean;
	  }
	| HostileEffect;

/**
 * Answers that no panel gives which means well. Each goes on until the client goes away; `acts`: does the work first.
 * - `drip`: sends the reply, a half of it or nothing, and then a blank every so many milliseconds; or a header line
 * - `endless`: sends the same piece again and again, as fast as it is taken
 * - `bomb`: so many megabytes of blanks in a few kilobytes of gzip
 * - `upgrade`: HTTP 101, to a protocol that nobody asked for
 * - `silence`: takes the request and says nothing
 */
export type HostileEffect =
	| {
			kind: 'drip';
			everyMs: number;
			sends?: 'all' | 'half' | 'nothing';
			/** What drips after that; default: the body. */
			drips?: 'body' | 'headers';
			acts?: boolean;
	  }
	| { kind: 'endless'; piece?: string; acts?: boolean }
	| { kind: 'bomb'; megabytes: number; acts?: boolean }
	| { kind: 'upgrade'; acts?: boolean }
	| { kind: 'silence'; acts?: boolean };

export interface Fault {
	/** The action it waits for; absent: any. */
	on?: string;
	when?: (form: Form) => boolean;
	/** So many matching requests, counted from now on, pass before it strikes. Default 0. */
	skip?: number;
	/** How often it strikes. Default 1; Infinity: always. */
	times?: number;
	does: FaultEffect;
}

export interface SandboxPanel {
	/** The whole endpoint, `http://127.0.0.1:<port>/api/v2`. */
	readonly url: string;
	/** The page for people, `http://127.0.0.1:<port>/`. */
	readonly pageUrl: string;
	readonly apiKey: string;
	/** Every request but those of the page, in order of arrival. */
	readonly requests: RecordedRequest[];
	requestsFor(action: string): RecordedRequest[];
	/** Highest number of API requests in flight at once. */
	readonly peakParallel: number;
	/** As they stand now: a moving life is brought up to date by looking. */
	readonly orders: Map<string, SandboxOrder>;
	readonly refills: Map<string, SandboxRefill>;
	/** Change, add or remove rows at will; `reset` restores them. */
	readonly services: SandboxService[];
	balance: number;
	/**
	 * Puts orders into existence without an `add` and without a charge to the balance.
	 * A `status` in the template holds them still; an `order` in it names the first one.
	 */
	seedOrders(count: number, template?: Partial<SandboxOrder>): string[];
	/**
	 * Changes an order. A status set this way holds it still; Completed empties `remains`,
	 * Partial and Cancelled refund it, unless the change itself says otherwise.
	 */
	setOrder(id: string, change: Partial<SandboxOrder>): void;
	setRefill(id: string, change: Partial<SandboxRefill>): void;
	/** Queues a fault; a request meets the first one that matches and is not spent. */
	misbehave(fault: Fault): void;
	/** Forgets requests, faults, orders and refills; restores balance, catalogue and first ids. */
	reset(): void;
	forgetRequests(): void;
	/** Stops listening and destroys open connections. */
	close(): Promise<void>;
}
