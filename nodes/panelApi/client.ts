import type { z } from 'zod';

import type { PlacedOrder } from './answers/add';
import { balanceAnswer, type Balance } from './answers/balance';
import { cancelAnswer, type RequestedCancel } from './answers/cancel';
import { excerptOfValue } from './answers/readBody';
import { withQuantityAdvice } from './answers/missedQuantity';
import { refillAnswer, type AcceptedRefill } from './answers/refill';
import { refillStatusAnswer, type RefillStatus } from './answers/refillStatus';
import { readCatalogue, type Service } from './answers/services';
import { readOrderStatus, type OrderStatus } from './answers/status';
import {
	askAboutIds,
	type AskOptions,
	type FormsByAction,
	type IdOutcome,
	type Reading,
} from './batches/askAboutIds';
import { Caller, usualPatience } from './calls/caller';
import type { Clock } from './calls/clock';
import type { Pace } from './calls/pace';
import type { Patience } from './calls/retryPolicy';
import { PanelError } from './panelError';
import type { Form, Wire } from './transport/wire';

export type { Form } from './transport/wire';

/** A value in our form and the answer it was read from, as the panel sent it. */
export interface Answered<Value, Raw = unknown> {
	value: Value;
	raw: Raw;
}

/** What became of each id that was asked about. */
export type IdOutcomes<Value> = Map<string, IdOutcome<Value>>;

/** One panel account: every action of the API v2, in and out in our terms. All methods throw PanelError. */
export class PanelClient {
	private readonly caller: Caller;
	private readonly forms: FormsByAction = new Map();

	/** @param pace shared by all clients of the same account; one of its own if absent */
	constructor(wire: Wire, clock: Clock, patience: Patience = usualPatience, pace?: Pace) {
		this.caller = new Caller(wire, clock, patience, pace);
	}

	/**
	 * Money left, in the account's currency. Source: seed.
	 * @param isAskedOnce whether it is not worth a second try
	 */
	async balance({ isAskedOnce = false } = {}): Promise<Answered<Balance>> {
		const raw = await this.caller.call('balance', {}, isAskedOnce);
		return { value: readAs(balanceAnswer, raw, 'a balance'), raw };
	}

	/**
	 * The whole catalogue; no panel can filter or page it. Rates are per 1,000 in the account's currency.
	 * Source: seed, and the shapes that `readCatalogue` names.
	 * @returns the services, as `raw` their rows in the same order, and how many rows were left out
	 */
	async services(): Promise<Answered<Service[], unknown[]> & { leftOut: number }> {
		const answer = await this.caller.call('services');
		const catalogue = readCatalogue(answer);
		if (!catalogue) throw unexpected(answer, 'a list of services');
		const { services, rows, leftOut } = catalogue;
		return { value: services, raw: rows, leftOut };
	}

	/**
	 * Places one order: one request, repeated only while the panel surely refuses it because of its rate limit.
	 * @param form the fields of the order by their names on the wire (see `checkOrder`)
	 * @throws PanelError with what is certain about the order; of kind `outcomeUnknown` when it may have been placed
	 * although no ID came back
	 */
	async add(form: Form): Promise<Answered<PlacedOrder>> {
		try {
			const { order, raw } = await this.caller.order(form);
			return { value: { order }, raw };
		} catch (error) {
			throw withQuantityAdvice(form, error);
		}
	}

	/** The states of orders. Source: seed. */
	async orderStatus(
		ids: readonly string[],
		options?: AskOptions,
	): Promise<IdOutcomes<OrderStatus>> {
		return await askAboutIds(this.caller, 'status', readOrderStatus, ids, options, this.forms);
	}

	/** Asks for refills of orders. Source: seed; without an id in the RAJA dialect. */
	async refill(ids: readonly string[], options?: AskOptions): Promise<IdOutcomes<AcceptedRefill>> {
		return await askAboutIds(
			this.caller,
			'refill',
			reading(refillAnswer),
			ids,
			options,
			this.forms,
		);
	}

	/** The states of refills. Source: seed. */
	async refillStatus(
		ids: readonly string[],
		options?: AskOptions,
	): Promise<IdOutcomes<RefillStatus>> {
		return await askAboutIds(
			this.caller,
			'refill_status',
			reading(refillStatusAnswer),
			ids,
			options,
			this.forms,
		);
	}

	/** Asks for cancellations; success means asked, in every dialect. Source: seed (one id), Perfect Panel (lists). */
	async cancel(ids: readonly string[], options?: AskOptions): Promise<IdOutcomes<RequestedCancel>> {
		return await askAboutIds(
			this.caller,
			'cancel',
			reading(cancelAnswer),
			ids,
			options,
			this.forms,
		);
	}
}

function reading<Schema extends z.ZodTypeAny>(schema: Schema): Reading<z.output<Schema>> {
	return (entry) => schema.safeParse(entry).data as z.output<Schema> | undefined;
}

function readAs<Schema extends z.ZodTypeAny>(
	schema: Schema,
	raw: unknown,
	what: string,
): z.output<Schema> {
	const value = reading(schema)(raw);
	if (value === undefined) throw unexpected(raw, what);
	return value;
}

function unexpected(raw: unknown, what: string): PanelError {
	const excerpt = excerptOfValue(raw, 160);
	return new PanelError('notAPanel', `The panel answered without ${what}`, {
		detail: `It answered ${excerpt}.`,
	});
}
