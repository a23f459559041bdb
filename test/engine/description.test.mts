import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { loadPackage } from './loadedPackage.mts';

/** Every parameter with the ones inside it. n8n's lint reads only literals in the class, so these rules stand here. */
function everyParameter(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => [
		property,
		...everyParameter(
			(property.options ?? []).flatMap((option) => {
				if ('values' in option) return (option as INodePropertyCollection).values;
				return 'type' in option ? [option as INodeProperties] : [];
			}),
		),
	]);
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { n8n: { nodes: string[] } };
const nodeNames = manifest.n8n.nodes.map((file) => {
	const className = path.basename(file, '.node.js');
	return className.charAt(0).toLowerCase() + className.slice(1);
});

describe.each(nodeNames)('the description of %s', (name) => {
	let properties: INodeProperties[];
	let all: INodeProperties[];
	beforeAll(async () => {
		const { loader } = await loadPackage();
		const node = loader.getNode(name).type;
		const own = ('nodeVersions' in node ? [] : node.description.properties) as INodeProperties[];
		// n8n adds it to every polling trigger.
		properties = own.filter(({ name: parameter }) => parameter !== 'pollTimes');
		all = everyParameter(properties);
	});

	it('has parameters', () => expect(all.length).toBeGreaterThan(5));

	it('describes every parameter, without a full stop at the end of a single sentence', () => {
		for (const { name: parameter, type, description, displayName } of all) {
			if (type === 'notice' || ['resource', 'operation', 'event'].includes(parameter)) continue;
			if (['collection', 'fixedCollection'].includes(type) && parameter !== 'extraFields') continue;
			expect(`${displayName}: ${description}`).toMatch(/: [A-Z"{].{8,}/s);
			const isOneSentence = !/[.?!] [A-Z]/.test(description ?? '');
			if (isOneSentence) expect(`${displayName}: ${description}`).not.toMatch(/\.$/);
		}
	});

	it('begins the description of every switch with Whether', () => {
		for (const { type, description } of all) {
			if (type === 'boolean') expect(description).toMatch(/^Whether /);
		}
	});

	it('begins every placeholder of a text with "e.g."', () => {
		for (const { type, placeholder } of all) {
			if (placeholder && (type === 'string' || type === 'number'))
				expect(placeholder).toMatch(/^e\.g\. /);
		}
	});

	it('gives every parameter a default', () => {
		for (const property of all) expect(property).toHaveProperty('default');
	});

	it('sorts the options of collections by name', () => {
		for (const { type, options, name: parameter } of all) {
			if (type !== 'collection') continue;
			const names = (options ?? []).map((option) =>
				'displayName' in option ? option.displayName : option.name,
			);
			expect([parameter, ...names]).toEqual([
				parameter,
				...[...names].sort((a, b) => a.localeCompare(b)),
			]);
		}
	});

	it('tests the resource and the operation first where visibility hangs on them', () => {
		for (const { displayOptions } of all) {
			const shown = Object.keys(displayOptions?.show ?? {});
			if (shown.includes('operation')) expect(shown.slice(0, 2)).toEqual(['resource', 'operation']);
		}
	});

	it('never insists on a field that hangs on a dropdown an expression may fill', () => {
		for (const { displayOptions, required, name: parameter } of all) {
			const { show, hide } = displayOptions ?? {};
			if (show?.orderType ?? hide?.orderType)
				expect([parameter, required]).toEqual([parameter, undefined]);
		}
	});
});

describe('the operations of smmPanel', () => {
	it('have the names that workflows rely on, a schema of their output, and a tool text each', async () => {
		const { loader } = await loadPackage();
		const node = loader.getNode('smmPanel').type;
		if ('nodeVersions' in node) throw new Error('versioned');
		const dropdowns = node.description.properties.filter(({ name }) => name === 'operation');
		const operations = dropdowns.flatMap(({ displayOptions, options }) =>
			(options as INodePropertyOptions[]).map(({ value, action }) => {
				const resource = String(displayOptions?.show?.resource?.[0]);
				const file = path.join(
					'dist/nodes/SmmPanel/__schema__/v1.0.0',
					resource,
					`${String(value)}.json`,
				);
				expect(existsSync(file)).toBe(true);
				expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).properties)).not.toHaveLength(0);
				expect(action).toMatch(/^[A-Z][a-z]+ (?!an? .* an? )/);
				return `${resource}.${String(value)}`;
			}),
		);
		expect(operations.sort()).toEqual(
			[
				'account.getBalance',
				'order.cancel',
				'order.create',
				'order.getStatus',
				'order.quote',
				'refill.create',
				'refill.getStatus',
				'service.getMany',
			].sort(),
		);
	});
});
