import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod';

import { outputSchemas } from '../../nodes/SmmPanel/outputSchemas';
import { resources } from '../../nodes/SmmPanel/resources';
import { events } from '../../nodes/SmmPanelTrigger/events';
import { classifyWords } from '../../nodes/panelApi/vocabulary/classify';
import { errorKindNames, errorKinds } from '../../nodes/panelApi/vocabulary/errorKinds';
import { failurePhrases } from '../../nodes/panelApi/vocabulary/failurePhrases';
import { exampleFiles, exampleNamed, madeTables, site } from '../support/docTables.mts';

const mostWords = 2000;
const pages = [
	'README.md',
	...readdirSync(path.resolve('docs'))
		.filter((file) => file.endsWith('.md'))
		.map((file) => `docs/${file}`),
];

/** The text between the two markers of a table. */
function partOf(name: string): RegExp {
	return new RegExp(`(?<=<!-- ${name}: [^>]*-->\n)[\\s\\S]*?(?=<!-- /${name} -->)`);
}

function read(page: string): string {
	return readFileSync(path.resolve(page), 'utf8');
}

function operation(name: string): z.ZodTypeAny | undefined {
	return outputSchemas[`SmmPanel/__schema__/v1.0.0/${name}.json`];
}

/** The page and the heading that show an example of an output, and its schema. */
const outputs: ReadonlyArray<[heading: string, page: string, schema: z.ZodTypeAny | undefined]> = [
	['Create Order', 'docs/operations.md', operation('order/create')],
	['Get Order Status', 'docs/operations.md', operation('order/getStatus')],
	['Cancel Order', 'docs/operations.md', operation('order/cancel')],
	['Quote Order', 'docs/operations.md', operation('order/quote')],
	['Create Refill', 'docs/operations.md', operation('refill/create')],
	['Get Refill Status', 'docs/operations.md', operation('refill/getStatus')],
	['Get Many Services', 'docs/operations.md', operation('service/getMany')],
	['Get Balance', 'docs/operations.md', operation('account/getBalance')],
	...Object.values(events).map(({ name, output }): [string, string, z.ZodTypeAny] => [
		name,
		'docs/trigger.md',
		output,
	]),
];

function sectionOf(page: string, heading: string): string {
	return (
		read(page)
			.split(`\n### ${heading}\n`)[1]
			?.split(/\n##+ /)[0] ?? ''
	);
}

/** The anchors of a page, as they are made from its headings. */
function anchorsOf(page: string): Set<string> {
	return new Set(
		[...read(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
			title
				.toLowerCase()
				.replace(/[*`]/g, '')
				.replace(/[^\p{L}\p{N}\s_-]/gu, '')
				.replace(/\s/g, '-'),
		),
	);
}

describe('the README', () => {
	it(`can be read in a few minutes: at most ${mostWords} words`, () => {
		const shown = read('README.md')
			.replace(/<[^>]*>/g, ' ')
			.replace(/\]\([^)]*\)/g, '] ');
		expect(shown.split(/\s+/).filter((word) => /\p{L}|\d/u.test(word)).length).toBeLessThanOrEqual(
			mostWords,
		);
	});

	it('leads to every page', () => {
		const readme = read('README.md');
		const missing = pages.slice(1).filter((page) => !readme.includes(`${site}/${page})`));
		expect(missing).toEqual([]);
	});

	it.each(
		resources.flatMap(({ name: resource, operations }) =>
			Object.values(operations).map(({ name }) => ({ resource, name })),
		),
	)('lists $resource: $name', ({ resource, name }) => {
		expect(read('README.md')).toContain(`| ${resource}: [${name}](`);
	});

	it.each(Object.values(events))('lists the event $name', ({ name }) => {
		expect(read('README.md')).toContain(`| [${name}](`);
	});
});

describe('the pages', () => {
	if (process.env.UPDATE_DOCS) {
		for (const [name, { page, make }] of Object.entries(madeTables)) {
			const text = read(page).replace(partOf(name), () => `\n${make()}\n\n`);
			writeFileSync(path.resolve(page), text);
		}
	}

	it.each(Object.entries(madeTables))(
		'have the table of %s as the code has it (UPDATE_DOCS=1 writes it)',
		(name, { page, make }) => {
			expect(partOf(name).exec(read(page))?.[0].trim()).toBe(make());
		},
	);

	const kindsOfPanels = errorKindNames.filter((kind) => failurePhrases[kind]);
	it.each(kindsOfPanels)('show texts that are read as "%s"', (kind) => {
		const { shown } = errorKinds[kind];
		expect(shown.map((text) => classifyWords(text, 200))).toEqual(shown.map(() => kind));
	});

	it.each(outputs)('show the output of %s', (heading, page, schema) => {
		const text = /```json\n([\s\S]*?)```/.exec(sectionOf(page, heading))?.[1] ?? '{}';
		const example = JSON.parse(text) as object;

		expect(schema?.safeParse(example).error?.issues).toBeUndefined();
		const shape = (schema as z.AnyZodObject).shape as Record<string, z.ZodTypeAny>;
		const fields = Object.keys(shape);
		const shown = Object.keys(example);
		expect(shown).toEqual(fields.filter((field) => shown.includes(field)));
		const always = fields.filter((field) => shape[field]?.isOptional() === false);
		// The fields of the order type are output too, and which these are depends on the type.
		if (heading !== 'Create Order') expect(shown).toEqual(always);
	});

	it.each(
		resources.flatMap(({ name: resource, operations }) =>
			Object.values(operations).map(({ name, fields }) => ({
				operation: name,
				resource,
				heading: headingOf(resource, name),
				options: optionsIn(fields, 'options'),
			})),
		),
	)('name every option of $resource: $operation', ({ heading, options }) => {
		const section = sectionOf('docs/operations.md', heading);
		const known = /options are those of Get Order Status/i.test(section)
			? section + sectionOf('docs/operations.md', 'Get Order Status')
			: section;
		expect(options.filter((option) => !known.includes(option))).toEqual([]);
	});

	it.each(pages)('lead to what is there: %s', (page) => {
		const targets = [
			...[...read(page).matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target),
			...[...read(page).matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, target = '']) => target),
		];
		expect(targets.filter((target) => !isThere(page, target))).toEqual([]);
	});
});

describe.each(exampleFiles)('the recipe %s', (file) => {
	it('has one name: in n8n, in its note, and on the page about recipes', () => {
		const { name, nodes } = exampleNamed(file);
		const notes = nodes.map(({ parameters }) => (parameters as { content?: string }).content ?? '');
		expect(notes.filter((note) => note.startsWith(`## ${name}\n`))).toHaveLength(1);
		expect(read('docs/recipes.md')).toContain(`\n## ${name}\n\n[${file}.json]`);
		expect(read('README.md')).toContain(`| [${name}](${site}/examples/${file}.json) |`);
	});
});

function headingOf(resource: string, name: string): string {
	const [verb = '', ...rest] = name.split(' ');
	if (resource === 'Service') return 'Get Many Services';
	return resource === 'Account' ? name : [verb, resource, ...rest].join(' ');
}

function optionsIn(fields: INodeProperties[], collection: string): string[] {
	const { options = [] } = fields.find(({ name }) => name === collection) ?? {};
	return (options as INodeProperties[]).map(({ displayName }) => displayName);
}

/** Whether a link leads to a page, a heading, or a file of this repository. Other websites are taken at their word. */
function isThere(page: string, target: string): boolean {
	if (target.startsWith('#')) return anchorsOf(page).has(target.slice(1));
	const local = [site, site.replace('/blob/', '/raw/')].find((start) =>
		target.startsWith(`${start}/`),
	);
	if (!local) return target.startsWith('https://');
	const [file = '', anchor] = target.slice(local.length + 1).split('#');
	if (!existsSync(path.resolve(file))) return false;
	return anchor === undefined || anchorsOf(file).has(anchor);
}
