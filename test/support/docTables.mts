import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { errorKindNames, errorKinds } from '../../nodes/panelApi/vocabulary/errorKinds';
import type { ErrorKind } from '../../nodes/panelApi/vocabulary/errorKinds';
import { orderFields } from '../../nodes/panelApi/vocabulary/orderFields';
import type { OrderFieldName } from '../../nodes/panelApi/vocabulary/orderFields';
import { orderTypeNames, orderTypes } from '../../nodes/panelApi/vocabulary/orderTypes';
import {
	orderStateOf,
	refillStateOf,
	orderStates,
	refillStates,
} from '../../nodes/panelApi/vocabulary/statusWords';

/** Where the pages are on the web: links are whole addresses, so that they work wherever the README is shown. */
export const site = 'https://github.com/n8n-nodes-smm-panel/n8n-nodes-smm-panel/blob/main';

const commonKinds: readonly ErrorKind[] = [
	'key',
	'notAPanel',
	'funds',
	'rateLimit',
	'outcomeUnknown',
];

/** Where each example stands, by what it needs of its user. */
const recipesByFile: ReadonlyArray<readonly [file: string, what: string]> = [
	['spreadsheet-orders', 'Places the orders of a CSV or XLSX file and writes IDs and states back'],
	['google-sheets-orders', 'The same on a schedule, for a shared sheet'],
	['place-order-and-wait', 'One order, and a loop until it is finished'],
	['data-table-follow-orders', 'Checks the open orders of an n8n table on a schedule'],
	['data-table-watch-list', 'The same table, read by the trigger: one execution per change'],
	['trigger-status-message', 'Telegram, Slack, or mail when an order changes'],
	['refill-dropped-orders', 'Requests refills every morning and follows them'],
	['balance-and-price-alarm', 'A message when the balance is low or a price changes'],
	['quote-ask-order', 'A form that shows the price and orders after a Yes'],
	['second-panel', 'Orders elsewhere what the first panel surely did not take, and nothing else'],
	[
		'shop-orders',
		'WooCommerce and Shopify: one order per line, once however often the shop reports it',
	],
	['cheapest-panel', 'Quotes each order on several panels and orders where it costs least'],
	['mass-order-text', 'A form for many orders as text: the total first, orders after a Yes'],
	['chat-orders', 'Customers ask for status, refill, or cancellation of their own orders'],
	['price-list', 'Your prices with a margin, kept in step with the panel'],
	['stuck-orders', 'A message for each order that stands still, with cancel and refill on a page'],
	['ai-agent', 'An agent that looks things up, and asks before it orders'],
	['mcp-server', 'Your panel as tools of Claude, Cursor, and other MCP clients'],
];

/** The workflow of an example, by the name of its file. */
export function exampleNamed(file: string): {
	name: string;
	nodes: Array<Record<string, unknown>>;
} {
	return JSON.parse(readFileSync(path.resolve('examples', `${file}.json`), 'utf8')) as ReturnType<
		typeof exampleNamed
	>;
}

export const exampleFiles = readdirSync(path.resolve('examples'))
	.filter((file) => file.endsWith('.json'))
	.map((file) => path.basename(file, '.json'));

function states(): string {
	return table(
		['State of an order', 'Final', 'State of a refill', 'Final'],
		Array.from({ length: Math.max(orderStates.length, refillStates.length) }, (_, row) => [
			...stateCells(orderStates[row], orderStateOf),
			...stateCells(refillStates[row], refillStateOf),
		]),
	);
}

function types(): string {
	return table(
		['Order type', 'In expressions', 'Fields', 'Charged by'],
		orderTypeNames.map((name) => {
			const { label, needs, may = [], countedBy, isPackage } = orderTypes[name];
			const fields = [
				...needs.map((field) => fieldCell(field, isConditional(field))),
				...may.map((field) => fieldCell(field, true)),
			];
			const unit = isPackage
				? 'package'
				: countedBy
					? `line of ${orderFields[countedBy].label}`
					: needs.includes('quantity')
						? 'quantity'
						: 'post';
			return [label, `\`${name}\``, fields.join(', '), unit];
		}),
	);
}

function errors(): string {
	return table(
		['Text as shown', 'Kind', 'Meaning', 'What to do'],
		errorKindNames.map((kind) => {
			const { shown, meaning, advice } = errorKinds[kind];
			const linked = meaning.replace(
				'money safety',
				`[money safety](${site}/docs/money-safety.md#when-the-outcome-is-unknown)`,
			);
			return [shown.join('<br>'), `\`${kind}\``, linked, advice];
		}),
	);
}

function commonErrors(): string {
	return table(
		['The panel says', 'What to do'],
		commonKinds.map((kind) => [errorKinds[kind].shown[0] ?? '', errorKinds[kind].advice]),
	);
}

function recipes(): string {
	return table(
		['Recipe', 'What it does'],
		recipesByFile.map(([file, what]) => [
			`[${exampleNamed(file).name}](${site}/examples/${file}.json)`,
			what,
		]),
	);
}

/** The tables that are made from the code, by the name of their markers, and the page that each stands on. */
export const madeTables: Record<string, { page: string; make: () => string }> = {
	recipes: { page: 'README.md', make: recipes },
	'common errors': { page: 'README.md', make: commonErrors },
	states: { page: 'docs/operations.md', make: states },
	'order types': { page: 'docs/order-types.md', make: types },
	errors: { page: 'docs/errors.md', make: errors },
};

function stateCells(
	state: string | undefined,
	stateOf: (word: string) => { isFinal: boolean },
): string[] {
	if (state === undefined) return ['', ''];
	return [`\`${state}\``, stateOf(state).isFinal ? 'yes' : ''];
}

function isConditional(field: OrderFieldName): boolean {
	return orderFields[field].onlyWith !== undefined;
}

function fieldCell(field: OrderFieldName, mayBeEmpty: boolean): string {
	const { label, onlyWith } = orderFields[field];
	const choice = orderFields[onlyWith?.field as OrderFieldName]?.choices?.find(
		({ value }) => value === onlyWith?.value,
	);
	if (choice) return `${label} (\`${field}\`, with ${choice.label})`;
	return mayBeEmpty ? `_${label}_ (\`${field}\`)` : `${label} (\`${field}\`)`;
}

function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
