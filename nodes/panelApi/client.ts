import type { z } from 'zod';

import { addAnswer, namedOrder, type PlacedOrder } from './answers/add';
import { balanceAnswer, type Balance } from './answers/balance';
import { cancelAnswer, type RequestedCancel } from './answers/cancel';
import { refillAnswer, type AcceptedRefill } from './answers/refill';
import { refillStatusAnswer, type RefillStatus } from './answers/refillStatus';
import { readService, type Service } from './answers/services';
import { readOrderStatus, type OrderStatus } from './answers/status';
import { askAboutIds, type AskOptions, type IdOutcome, type Reading } from './batches/askAboutIds';
import {
	Caller,
	orderExcerptLength,
	outcomeUnknown,
	type Patience,
	usualPatience,
} from './calls/caller';
import { PanelError } from './panelError';
import type { Form, Wire } from './transport/wire';

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

	constructor(wire: Wire, patience: Patience = usualPatience) {
		this.caller = new Caller(wire, patience);
	}

	/** Money left, in the account's currency. Source: seed. */
	async balance(): Promise<Answered<Balance>> {
		const raw = await this.caller.call('balance');
		return { value: readAs(balanceAnswer, raw, 'a balance'), raw };
	}

	/**
	 * The whole catalogue; no panel can filter or page it. Rates are per 1,000 in the account's currency.
	 * Source: seed; `{services: [...]}` of some panels and SmartPanel's "Empty Data" are read as well.
	 * @returns the services, and as `raw` their rows in the same order
	 */
	async services(): Promise<Answered<Service[], unknown[]>> {
		const raw = serviceRows(await this.caller.call('services'));
		const value = raw.map((row) => {
			const read = readService(row);
			if (!read) throw unexpected(row, 'a service');
			return read;
		});
		return { value, raw };
	}

	/**
	 * Places one order: exactly one request, whatever happens.
	 * @param form the fields of the order by their names on the wire (see `checkOrder`)
	 * @throws PanelError of kind `outcomeUnknown` when the order may have been placed although no id came back
	 */
	async add(form: Form): Promise<Answered<PlacedOrder>> {
		const sentAt = new Date();
		const unknown = (answer: unknown) => {
			const what = namedOrder.safeParse(answer).success
				? 'the panel answered with an order ID, but with an error too'
				: 'the panel answered without an order ID';
			const why = `The panel answered ${JSON.stringify(answer)?.slice(0, orderExcerptLength)}.`;
			return outcomeUnknown('add', what, why, sentAt);
		};
		let raw: unknown;
		try {
			raw = await this.caller.call('add', form);
		} catch (error) {
			// An order that has an ID was hardly refused.
			const { answer } = error as PanelError;
			throw namedOrder.safeParse(answer).success ? unknown(answer) : (error as Error);
		}
		const reading = addAnswer.safeParse(raw);
		if (reading.success) return { value: reading.data, raw };
		throw unknown(raw);
	}

	/** The states of orders. Source: seed. */
	async orderStatus(
		ids: readonly string[],
		options?: AskOptions,
	): Promise<IdOutcomes<OrderStatus>> {
		return await askAboutIds(this.caller, 'status', readOrderStatus, ids, options);
	}

	/** Asks for refills of orders. Source: seed; without an id in the RAJA dialect. */
	async refill(ids: readonly string[], options?: AskOptions): Promise<IdOutcomes<AcceptedRefill>> {
		return await askAboutIds(this.caller, 'refill', reading(refillAnswer), ids, options);
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
		);
	}

	/** Asks for cancellations; success means asked, in every dialect. Source: seed (one id), Perfect Panel (lists). */
	async cancel(ids: readonly string[], options?: AskOptions): Promise<IdOutcomes<RequestedCancel>> {
		return await askAboutIds(this.caller, 'cancel', reading(cancelAnswer), ids, options);
	}
}

function serviceRows(raw: unknown): unknown[] {
	if (Array.isArray(raw)) return raw;
	if (typeof raw === 'object' && raw !== null) {
		const { services, data } = raw as Record<string, unknown>;
		if (Array.isArray(services)) return services;
		if (typeof data === 'string' && /empty/i.test(data)) return [];
	}
	throw unexpected(raw, 'a list of services');
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
	const excerpt = JSON.stringify(raw)?.slice(0, 160);
	return new PanelError('notAPanel', `The panel answered without ${what}`, {
		detail: `It answered ${excerpt}.`,
	});
}
