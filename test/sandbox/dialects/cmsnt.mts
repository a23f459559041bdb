import type { Form, SandboxOrder, SandboxService } from '../contract.mts';
import type { PanelLife } from '../life.mts';
import { decimalText } from '../money.mts';
import { ORDER_TYPES } from '../orderTypes.mts';
import { Refusal } from '../refusal.mts';
import type { RefusalReason } from '../refusal.mts';
import { askEach, ok, readIds, say } from './dialect.mts';
import type { DialectRules, Sentences } from './dialect.mts';
import { COMMON_SENTENCES } from './sentences.mts';

/** What it says to people, in Vietnamese; sentences that it has in English only are English here too. */
const SENTENCES: Sentences = {
	...COMMON_SENTENCES,
	missingField: 'Vui lòng nhập số lượng',
	unknownService: 'Dịch vụ không tồn tại',
	badLink: 'Vui lòng nhập liên kết',
	belowMinimum: 'Số lượng tối thiểu là {limit}',
	aboveMaximum: 'Số lượng tối đa là {limit}',
	notEnoughFunds: 'Số dư không đủ, vui lòng nạp thêm',
	refillDisabled: 'Dịch vụ này không hỗ trợ bảo hành',
	orderNotCompleted: 'Đơn hàng phải ở trạng thái hoàn thành mới có thể bảo hành',
	refillRequested: 'Đơn hàng này đã được yêu cầu bảo hành trước đó',
	unknownRefill: 'Incorrect refill ID',
	cancelDisabled: 'Dịch vụ này không hỗ trợ hủy đơn',
	orderNotOpen: 'Đơn hàng này đã hoàn thành hoặc đã bị hủy',
	cancelRequested: 'Đơn hàng này đang trong quá trình hủy',
};

/** The codes that stand beside its sentences where a whole request is refused. */
const CODES: Partial<Record<RefusalReason, string>> = {
	missingField: 'neworder.error.min_quantity',
	unknownService: 'error.incorrect_service_id',
	badLink: 'neworder.error.link',
	belowMinimum: 'neworder.error.min_quantity',
	aboveMaximum: 'neworder.error.max_quantity',
	notEnoughFunds: 'neworder.error.insufficient_balance',
};
const MISSING_ORDER = {
	status: 'error',
	msg: 'Vui lòng nhập mã đơn hàng',
	error: 'error.incorrect_order_id',
};

/**
 * The CMSNT script: sentences in Vietnamese beside codes, cancellation by list only, refills under the ID of their
 * order, `quantity` for every type but Custom Comments Package. Its order IDs with letters are not imitated.
 */
export const cmsnt: DialectRules = {
	orderWords: {
		pending: 'Pending',
		processing: 'Processing',
		inProgress: 'In progress',
		completed: 'Completed',
		partial: 'Partial',
		cancelled: 'Canceled',
		active: 'In progress',
	},
	refillWords: {
		pending: 'Pending',
		inProgress: 'Pending',
		completed: 'Completed',
		rejected: 'Rejected',
	},
	dripFeed: { needsBoth: false, limitsOnTotal: false },
	refuse(refusal) {
		const msg = say(SENTENCES, refusal);
		if (refusal.reason === 'unknownOrder') return ok({ error: msg });
		return ok({ status: 'error', msg, error: CODES[refusal.reason] ?? msg });
	},
	actions: {
		add(form, life) {
			const service = life.serviceOf(form.service);
			if (service && service.type !== 'customCommentsPackage' && !form.quantity) {
				throw new Refusal('missingField', { field: 'quantity' });
			}
			return ok({
				status: 'success',
				msg: 'Đơn hàng đã được tạo thành công',
				order: life.placeOrder(form).order,
			});
		},

		status(form, life) {
			if (!form.orders) return ok(statusOf(life.findOrder(form.order?.trim() ?? ''), life));
			const rows = askEach(
				readIds(form.orders),
				'unknownOrder',
				(id) => life.findOrder(id),
				(id, order) => [id, statusOf(order, life)],
				(id, refusal) => [id, errorOf(refusal)],
			);
			return ok(Object.fromEntries(rows));
		},

		refill(form, life) {
			if (!form.orders && !form.order) return ok(MISSING_ORDER);
			const rows = askEach<unknown, { order: string; refill: unknown }>(
				readIds(form.orders || form.order),
				'unknownOrder',
				(id) => life.requestRefill(id),
				(id) => ({ order: id, refill: id }),
				(id, refusal) => ({ order: id, refill: errorOf(refusal) }),
			);
			return ok(form.orders ? rows : { refill: rows[0]?.refill });
		},

		refill_status: (form, life) =>
			ok(
				askEach<unknown, unknown>(
					readIds(form.refills || form.refill),
					'unknownRefill',
					(id) => refillOf(id, life),
					(id, status) => ({ refill: id, status }),
					(id, refusal) => ({ refill: id, status: errorOf(refusal) }),
				),
			),

		cancel(form, life) {
			if (!form.orders) return ok(MISSING_ORDER);
			return ok(
				askEach<unknown, unknown>(
					readIds(form.orders),
					'unknownOrder',
					(id) => life.requestCancel(id),
					(id) => ({ order: id, cancel: 1 }),
					(id, refusal) => ({ order: id, cancel: errorOf(refusal) }),
				),
			);
		},

		services: (_form: Form, life) => ok(life.services.map(serviceRow)),

		balance: (_form, life) =>
			ok({ balance: decimalText(life.balance, 5), currency: life.settings.currency }),
	},
};

function errorOf(refusal: Refusal): { error: string } {
	return { error: say(SENTENCES, refusal) };
}

/** Refills go by the ID of their order. */
function refillOf(orderId: string, life: PanelLife): string {
	const refill = [...life.refills.values()].find(({ order }) => order === orderId);
	if (!refill) throw new Refusal('unknownRefill');
	return refill.status;
}

function statusOf(order: SandboxOrder, life: PanelLife): unknown {
	return {
		charge: decimalText(order.charge, 5),
		start_count: String(order.startCount),
		status: order.status,
		remains: String(order.remains),
		currency: life.settings.currency,
	};
}

function serviceRow(service: SandboxService): unknown {
	return {
		service: service.service,
		name: service.name,
		desc: service.description,
		type: ORDER_TYPES[service.type].title,
		category: service.category,
		platform: service.category,
		rate: String(service.rate),
		min: String(service.min),
		max: String(service.max),
		refill: service.refill,
		cancel: service.cancel,
		dripfeed: service.dripfeed,
	};
}
