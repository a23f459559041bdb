import {
	type KnownStatus,
	readStatuses,
	writeStatuses,
} from '../../../nodes/SmmPanelTrigger/watching/knownStatuses.ts';
import {
	type KnownService,
	readCatalogue,
	writeCatalogue,
} from '../../../nodes/SmmPanelTrigger/catalogue/knownCatalogue.ts';

const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const throughDatabase = <Value,>(value: Value) => JSON.parse(JSON.stringify(value)) as Value;

describe('what is known of orders', () => {
	it('comes back from the database as it was', () => {
		const known = new Map<string, KnownStatus>([
			['23501', { status: 'Pending', remains: 0 }],
			['ord_01HG:x', { status: 'In progress', remains: 950.5 }],
			['7', { status: 'Pending' }],
			['8', { status: '__proto__' }],
			['9', { status: '' }],
		]);
		expect(readStatuses(throughDatabase(writeStatuses({ byId: known })))).toEqual({
			byId: new Map([...known].sort(([left], [right]) => order(known, left) - order(known, right))),
		});
	});

	it('comes back with the times, marks and absence of its orders', () => {
		const known = {
			byId: new Map<string, KnownStatus>([
				['1', { status: 'Pending', remains: 100, movedAt: 475_000 }],
				['2', { status: 'Pending', movedAt: 475_000 }],
				['3', { status: 'Pending', remains: 0, movedAt: -5, isTold: true }],
				['4', { status: 'Pending', missingSince: 500_000 }],
				['5', { status: 'Completed', missingSince: 500_001 }],
			]),
			longestList: { length: 7, seenAt: 500_000 },
		};
		expect(readStatuses(throughDatabase(writeStatuses(known)))).toEqual(known);
	});

	it('is read as the first version of the package wrote it', () => {
		const first = {
			statuses: [
				['Pending', '7,8'],
				['In progress', '9 50'],
			],
		};
		expect(readStatuses(first)).toEqual({
			byId: new Map([
				['7', { status: 'Pending' }],
				['8', { status: 'Pending' }],
				['9', { status: 'In progress', remains: 50 }],
			]),
		});
	});

	it.each([
		['with the time of its last move', { movedAt: 475_000 }],
		['with what remains and the time', { remains: 999_999, movedAt: 475_000 }],
		[
			'that stood still and went out',
			{ remains: 999_999, movedAt: 475_000, isTold: true as const },
		],
		['that is missing from the list', { remains: 999_999, missingSince: 500_000 }],
	])('takes at most 24 bytes for an order %s', (_what, more) => {
		const ids = Array.from({ length: 10_000 }, (_, index) => String(9_990_000_000 + index));
		const byId = new Map(ids.map((id) => [id, { status: 'In progress', ...more }]));
		expect(sizeOf(writeStatuses({ byId })) / ids.length).toBeLessThanOrEqual(24);
	});

	it.each([{}, { statuses: 'x' }, { statuses: [['Pending']] }, { statuses: [[1, '2']] }])(
		'is not read from something else: %j',
		(stored) => expect(readStatuses(stored as never)).toBeUndefined(),
	);

	it.each([
		['open', 'In progress', 24],
		['finished', 'Completed', 12],
	])('takes few bytes for an order that is %s', (_what, status, most) => {
		const ids = Array.from({ length: 10_000 }, (_, index) => String(9_990_000_000 + index));
		const known = new Map(ids.map((id) => [id, { status }]));
		expect(sizeOf(writeStatuses({ byId: known })) / ids.length).toBeLessThanOrEqual(most);
	});
});

/** Orders are kept by status word: only the order of the words and of the IDs in each is kept. */
function order(known: Map<string, KnownStatus>, id: string): number {
	const words = [...new Set([...known.values()].map(({ status }) => status))];
	return words.indexOf(known.get(id)?.status ?? '') * 100 + [...known.keys()].indexOf(id);
}

describe('what is known of a catalogue', () => {
	const service = (more: Partial<KnownService> = {}): KnownService => ({
		name: 'Instagram Followers | R30 "fast" 🚀',
		rate: 0.9,
		min: 100,
		max: 10_000,
		dripfeed: null,
		refill: true,
		cancel: false,
		...more,
	});

	it('comes back from the database as it was, for every combination of switches', () => {
		const flags = [null, false, true];
		const services = new Map<string, KnownService>();
		for (const dripfeed of flags)
			for (const refill of flags)
				for (const cancel of flags)
					services.set(`${services.size}`, service({ dripfeed, refill, cancel, rate: null }));
		const known = { filters: '{"search":"x"}', services };
		expect(readCatalogue(throughDatabase(writeCatalogue(known)))).toEqual(known);
	});

	it('leaves the names out when the whole would become too large', () => {
		const services = new Map(
			Array.from({ length: 10_000 }, (_, index) => [
				String(100_000 + index),
				service({ rate: 0.12345 + index, max: 10_000_000 }),
			]),
		);
		const stored = writeCatalogue({ filters: '{}', services });
		expect(sizeOf(stored)).toBeLessThan(400_000);
		expect(readCatalogue(throughDatabase(stored))?.services.get('100007')).toEqual(
			service({ name: '', rate: 7.12345, max: 10_000_000 }),
		);
	});

	it.each([{}, { filters: '', services: [['1']] }, { services: [] }])(
		'is not read from something else: %j',
		(stored) => expect(readCatalogue(stored as never)).toBeUndefined(),
	);
});
