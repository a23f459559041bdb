import {
	isChangedByDecoding,
	isOfSmartPanel,
	mostCommentsCharged,
} from '../../../nodes/orders/smartPanelText.ts';
import { readCatalogue } from '../../../nodes/panelApi/answers/services.ts';
import { startSandboxPanel } from '../../sandbox/panel.mts';
import type { Dialect } from '../../sandbox/panel.mts';
import { clientOf, willAnswer } from '../../support/client.mts';

const serviceFrom = (row: object) => readCatalogue([{ service: 1, ...row }])!.services[0]!;

it.each<[string, object, boolean]>([
	['a type in snake case', { type: 'custom_comments' }, true],
	['such a type beside flags, as its copies have them', { type: 'comment_likes', refill: 1 }, true],
	['a type in small letters, drip-feed and no other flag', { type: 'default', dripfeed: 0 }, true],
	['the same with flags (seed)', { type: 'default', dripfeed: true, refill: true }, false],
	['the same without drip-feed', { type: 'default' }, false],
	['Title Case (Perfect Panel)', { type: 'Custom Comments', dripfeed: 0 }, false],
	['camel case', { type: 'customComments', dripfeed: 0 }, false],
	['no type', { dripfeed: 0 }, false],
])('a service with %s: of a SmartPanel %#', (_what, row, isOf) => {
	expect(isOfSmartPanel(serviceFrom(row))).toBe(isOf);
});

it.each<[Dialect, boolean]>([
	['seed', false],
	['perfectPanel', false],
	['smartPanel', true],
	['httpStatus', false],
	['cmsnt', false],
	['perfectPanelClone', false],
	['laravel', false],
])('all services of the dialect %s are of a SmartPanel: %s', async (dialect, areOf) => {
	const panel = await startSandboxPanel({ dialect });
	try {
		const services = (await clientOf(panel).services()).value;
		expect(new Set(services.map(isOfSmartPanel))).toEqual(new Set([areOf]));
	} finally {
		await panel.close();
	}
});

/** Counted by hand from what the code of SmartPanel 3 and of 4.0 do. */
it.each<[string[], number]>([
	[['Nice', 'Wow'], 2],
	[['Nice, wow, great', 'A, B, C', 'D, E, F'], 9],
	[['Nice,'], 2],
	[[',,'], 3],
	[['Nice | wow', 'So good'], 3],
	[['Nice|wow'], 1],
	[['Nice | wow, great, good'], 3],
	[['One%2CTwo'], 2],
	[['One%2cTwo%0AThree'], 3],
	[['One+|+Two'], 2],
	[['100% cool'], 1],
])('%j may be charged as %i comments', (lines, most) => {
	expect(mostCommentsCharged(lines)).toBe(most);
});

describe('the sandbox as a SmartPanel', () => {
	const links = [
		['https://t.me/+AbC', 'https://t.me/ AbC'],
		['https://t.me/%2BAbC', 'https://t.me/+AbC'],
		['https://x.example/?a=1%26b', 'https://x.example/?a=1&b'],
		['https://x.example/?a=1&b=2', 'https://x.example/?a=1&b=2'],
		['https://x.example/100%', 'https://x.example/100%'],
		['https://x.example/ü', 'https://x.example/ü'],
	] as const;

	it.each(links)('reads the link %s as %s, and our warning knows', async (link, stored) => {
		const panel = await startSandboxPanel({ dialect: 'smartPanel' });
		try {
			const { value } = await clientOf(panel).add({ service: '101', link, quantity: '100' });
			expect(panel.orders.get(value.order)?.link).toBe(stored);
			expect(isChangedByDecoding(link)).toBe(stored !== link);
		} finally {
			await panel.close();
		}
	});

	it.each(links)('a panel that decodes once keeps the link %s', async (link) => {
		const panel = await startSandboxPanel({ dialect: 'perfectPanel' });
		try {
			const { value } = await clientOf(panel).add({ service: '101', link, quantity: '100' });
			expect(panel.orders.get(value.order)?.link).toBe(link);
		} finally {
			await panel.close();
		}
	});

	it('charges nine comments for three lines with commas, and wants a quantity of packages', async () => {
		const panel = await startSandboxPanel({ dialect: 'smartPanel' });
		try {
			const comments = 'A, B, C\nD, E, F\nG, H, I';
			const link = 'https://x.example';
			const { value } = await clientOf(panel).add({
				service: '107',
				link,
				comments,
				quantity: '3',
			});
			expect(panel.orders.get(value.order)?.quantity).toBe(9);
			const refusal = await clientOf(panel)
				.add({ service: '105', link })
				.catch((error: Error) => error);
			expect(refusal).toMatchObject({ message: 'Quantity is required', kind: 'quantity' });
			await clientOf(panel).add({ service: '105', link: `${link}/2`, quantity: '1' });
			expect(panel.orders.size).toBe(2);
		} finally {
			await panel.close();
		}
	});
});

it('keeps working where a catalogue names no types', async () => {
	const panel = await startSandboxPanel();
	try {
		willAnswer(panel, [{ service: 1 }]);
		const [service] = (await clientOf(panel).services()).value;
		expect(isOfSmartPanel(service!)).toBe(false);
	} finally {
		await panel.close();
	}
});
