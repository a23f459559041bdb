import { makeCatalogue } from './catalogue.mts';
import type { Dialect, Fault, SandboxOptions, SandboxPanel } from './contract.mts';
import { cmsnt } from './dialects/cmsnt.mts';
import type { DialectRules } from './dialects/dialect.mts';
import { httpStatus } from './dialects/httpStatus.mts';
import { laravel } from './dialects/laravel.mts';
import { perfectPanel } from './dialects/perfectPanel.mts';
import { perfectPanelClone } from './dialects/perfectPanelClone.mts';
import { seed } from './dialects/seed.mts';
import { smartPanel } from './dialects/smartPanel.mts';
import { FaultQueue } from './faultQueue.mts';
import { PanelLife } from './life.mts';
import { servePage } from './page/handler.mts';
import { PanelServer } from './server.mts';

export type * from './contract.mts';

/** The key of every sandbox that was not given another. */
export const SANDBOX_KEY = '5a4d0b0c9f3e4d7f8b1c6a2e7d9f0b3c';

const DIALECTS: Record<Dialect, DialectRules> = {
	seed,
	perfectPanel,
	smartPanel,
	httpStatus,
	cmsnt,
	perfectPanelClone,
	laravel,
};

/** Starts a panel of its own on 127.0.0.1; resolves once it listens. */
export async function startSandboxPanel(options: SandboxOptions = {}): Promise<SandboxPanel> {
	const dialectName = options.dialect ?? 'seed';
	const dialect = DIALECTS[dialectName];
	const apiKey = options.apiKey ?? SANDBOX_KEY;
	const life = new PanelLife({
		balance: options.balance ?? 100,
		currency: options.currency ?? 'USD',
		makeCatalogue: () => makeCatalogue(options.catalogueSize, options.descriptionLength),
		orderLife: options.orderLife ?? 'still',
		oneOrderPerLink: options.oneOrderPerLink ?? false,
		requestIds: options.requestIds ?? false,
		dripFeed: dialect.dripFeed,
		orderWords: dialect.orderWords,
		refillWords: dialect.refillWords,
	});
	const faults = new FaultQueue();
	const server = new PanelServer(
		{
			port: options.port ?? 0,
			apiKey,
			latencyMs: options.latencyMs ?? 0,
			jitterMs: options.jitterMs ?? Number(process.env.SANDBOX_JITTER ?? 0),
			requestsPerSecond: options.requestsPerSecond ?? Infinity,
		},
		dialect,
		life,
		faults,
		servePage(life, faults, { dialect: dialectName, apiKey }),
	);
	const origin = await server.listen();

	return {
		url: `${origin}/api/v2`,
		pageUrl: `${origin}/`,
		apiKey,
		requests: server.requests,
		requestsFor: (action) => server.requests.filter((request) => request.action === action),
		get peakParallel() {
			return server.peakParallel;
		},
		get orders() {
			life.catchUp();
			return life.orders;
		},
		get refills() {
			life.catchUp();
			return life.refills;
		},
		services: life.services,
		get balance() {
			life.catchUp();
			return life.balance;
		},
		set balance(amount) {
			life.balance = amount;
		},
		seedOrders: (count, template = {}) =>
			Array.from({ length: count }, (_, position) => {
				const { order, ...others } = template;
				return life.addOrder(position === 0 ? template : others).order;
			}),
		setOrder: (id, change) => life.setOrder(id, change),
		setRefill: (id, change) => life.setRefill(id, change),
		misbehave: (fault: Fault) => faults.add(fault),
		reset() {
			life.reset();
			faults.clear();
			server.forgetRequests();
		},
		forgetRequests: () => server.forgetRequests(),
		close: () => server.close(),
	};
}
