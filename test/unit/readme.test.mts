import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';

import { outputSchemas } from '../../nodes/SmmPanel/outputSchemas';
import { events } from '../../nodes/SmmPanelTrigger/events';
import { classifyWords, errorKinds } from '../../nodes/panelApi/vocabulary/errorKinds';
import { failurePhrases } from '../../nodes/panelApi/vocabulary/failurePhrases';
import type { ErrorKind } from '../../nodes/panelApi/vocabulary/errorKinds';
import { orderFields } from '../../nodes/panelApi/vocabulary/orderFields';
import type { OrderFieldName } from '../../nodes/panelApi/vocabulary/orderFields';
import { orderTypeNames, orderTypes } from '../../nodes/panelApi/vocabulary/orderTypes';
import {
	foldOrderStatus,
	foldRefillStatus,
	orderStates,
	refillStates,
} from '../../nodes/panelApi/vocabulary/statusWords';

const file = path.resolve('README.md');

/**
 * What panels and the client write for each kind of trouble, and what that means. What to do is the advice of the
 * vocabulary.
 */
const asShown: Record<ErrorKind, { texts: string[]; meaning: string }> = {
	key: {
		texts: ['Invalid API key', 'Incorrect key', 'Unauthorized'],
		meaning: 'The panel does not know the API key.',
	},
	account: { texts: ['Your account is suspended'], meaning: 'The account is closed or blocked.' },
	funds: {
		texts: ['Not enough funds on balance', 'Insufficient balance'],
		meaning: 'The balance does not cover the order. Nothing was ordered.',
	},
	rateLimit: {
		texts: ['Too many requests', 'Rate limit exceeded'],
		meaning: 'More requests than the panel allows. Reads were repeated several times before.',
	},
	duplicateLink: {
		texts: ['You have active order with this link. Please wait until order being completed.'],
		meaning: 'An order for this link is still running.',
	},
	refillId: {
		texts: ['Refill not found', 'Refill Request Not found'],
		meaning: 'The panel does not know this refill ID.',
	},
	orderId: {
		texts: ['Incorrect order ID', 'Order not found'],
		meaning: 'The panel does not know this order ID.',
	},
	unsupportedAction: {
		texts: ['Incorrect action', 'Incorrect request'],
		meaning: 'The panel does not know this action.',
	},
	panelFault: {
		texts: ['Internal server error', 'Something went wrong', 'Please try again later'],
		meaning: 'The panel is broken at the moment. Reads were repeated several times before.',
	},
	refillRefused: {
		texts: ['Order not eligible for refill.', 'Refill is disabled for this service'],
		meaning: 'The panel grants no refill for this order now.',
	},
	cancelRefused: {
		texts: ['Order not eligible for cancellation.', 'Order cannot be cancelled'],
		meaning: 'The panel does not cancel this order.',
	},
	fields: {
		texts: ['Missing required parameter: comments', 'Incorrect parameters: runs'],
		meaning: 'Fields are missing or do not fit. Nothing was ordered.',
	},
	service: {
		texts: ['Incorrect service ID', 'Service not found'],
		meaning: 'The panel does not offer this service. Nothing was ordered.',
	},
	quantity: {
		texts: ['Quantity less than minimal 10', 'Quantity more than maximum 50000'],
		meaning: 'The quantity is outside the limits of the service. Nothing was ordered.',
	},
	link: { texts: ['Bad link'], meaning: 'The panel does not take this link. Nothing was ordered.' },
	refused: { texts: ['Any other words of the panel'], meaning: 'The panel refused.' },
	noAnswer: {
		texts: ['no answer for order 23501'],
		meaning: 'The panel answered for other IDs, not for this one.',
	},
	unreachable: {
		texts: ['The panel cannot be reached'],
		meaning: 'No connection. Nothing was sent.',
	},
	connectionLost: {
		texts: ['The connection to the panel was lost'],
		meaning: 'The connection broke while waiting for the answer.',
	},
	notAPanel: {
		texts: [
			'The panel answered with a web page (HTTP status 200)',
			'The panel answered with an empty answer (HTTP status 200)',
			'The panel redirects to another address',
		],
		meaning: 'What answered is no API.',
	},
	stopped: {
		texts: ['The execution was stopped before this was sent'],
		meaning: 'Somebody stopped the execution. Nothing was sent for this item.',
	},
	outcomeUnknown: {
		texts: ['Outcome unknown: ...'],
		meaning:
			'The request was sent, but no proper answer came back. The order may have been placed. See [money safety](#when-the-outcome-is-unknown).',
	},
};

/** The parts of the README that are made from the vocabulary, by the name of their markers. */
const sections: Record<string, () => string> = {
	states: () =>
		table(
			['State of an order', 'Final', 'State of a refill', 'Final'],
			Array.from({ length: Math.max(orderStates.length, refillStates.length) }, (_, row) => [
				...stateCells(orderStates[row], foldOrderStatus),
				...stateCells(refillStates[row], foldRefillStatus),
			]),
		),
	'order types': () =>
		table(
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
		),
	errors: () =>
		table(
			['Text as shown', 'Kind', 'Meaning', 'What to do'],
			(Object.keys(errorKinds) as ErrorKind[]).map((kind) => {
				const { texts, meaning } = asShown[kind];
				return [texts.join('<br>'), `\`${kind}\``, meaning, errorKinds[kind].advice];
			}),
		),
};

function stateCells(
	state: string | undefined,
	fold: (word: string) => { isFinal: boolean },
): string[] {
	if (state === undefined) return ['', ''];
	return [`\`${state}\``, fold(state).isFinal ? 'yes' : ''];
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

/** The text between the two markers of a section. */
function partOf(name: string): RegExp {
	return new RegExp(`(?<=<!-- ${name}: [^>]*-->\n)[\\s\\S]*?(?=<!-- /${name} -->)`);
}

/** What is put out under each of the headings that show an example of it. */
const outputs: Record<string, z.ZodTypeAny | undefined> = {
	'Create Order': operation('order/create'),
	'Get Order Status': operation('order/getStatus'),
	'Cancel Order': operation('order/cancel'),
	'Quote Order': operation('order/quote'),
	'Create Refill': operation('refill/create'),
	'Get Refill Status': operation('refill/getStatus'),
	'Get Many Services': operation('service/getMany'),
	'Get Balance': operation('account/getBalance'),
	...Object.fromEntries(Object.values(events).map(({ name, output }) => [name, output])),
};

function operation(name: string): z.ZodTypeAny | undefined {
	return outputSchemas[`SmmPanel/__schema__/v1.0.0/${name}.json`];
}

describe('README', () => {
	if (process.env.UPDATE_README) {
		let text = readFileSync(file, 'utf8');
		for (const [name, make] of Object.entries(sections)) {
			text = text.replace(partOf(name), () => `\n${make()}\n\n`);
		}
		writeFileSync(file, text);
	}
	const readme = readFileSync(file, 'utf8');

	it.each(Object.keys(sections))(
		'has the table of %s as the vocabulary has it (UPDATE_README=1 writes it)',
		(name) => {
			expect(partOf(name).exec(readme)?.[0].trim()).toBe(sections[name]?.());
		},
	);

	const kindsOfPanels = (Object.keys(errorKinds) as ErrorKind[]).filter(
		(kind) => failurePhrases[kind],
	);
	it.each(kindsOfPanels)('shows texts that are taken for "%s"', (kind) => {
		const { texts } = asShown[kind];
		expect(texts.map((text) => classifyWords(text, 200))).toEqual(texts.map(() => kind));
	});

	it.each(Object.entries(outputs))('shows what %s puts out', (heading, schema) => {
		const section = readme.split(`\n### ${heading}\n`)[1]?.split(/\n##+ /)[0];
		const example = JSON.parse(/```json\n([\s\S]*?)```/.exec(section ?? '')?.[1] ?? '{}') as object;

		expect(schema?.safeParse(example).error?.issues).toBeUndefined();
		const fields = Object.keys((schema as z.AnyZodObject).shape as object);
		const shown = Object.keys(example);
		expect(shown).toEqual(fields.filter((field) => shown.includes(field)));
		const shape = (schema as z.AnyZodObject).shape as Record<string, z.ZodTypeAny>;
		const always = fields.filter((field) => shape[field]?.isOptional() === false);
		// The fields of the order type are output too, and which these are depends on the type.
		if (heading !== 'Create Order') expect(shown).toEqual(always);
	});

	it('links to what is there', () => {
		const anchors = new Set(
			[...readme.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
				title
					.toLowerCase()
					.replace(/[^\w\s-]/g, '')
					.replace(/\s/g, '-'),
			),
		);
		const targets = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
		const dead = targets
			.filter((target) => !target.startsWith('http'))
			.filter((target) =>
				target.startsWith('#') ? !anchors.has(target.slice(1)) : !existsSync(target),
			);
		expect(dead).toEqual([]);
	});
});
