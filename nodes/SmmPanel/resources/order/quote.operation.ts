import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { readField } from '../../../orders/readField';
import { fromService, readOrderTypeChoice } from '../../../orders/orderTypeChoice';
import {
	type PresentCatalogue,
	type PresentService,
	readPresentCatalogue,
} from '../../../orders/presentCatalogue';
import { isOfSmartPanel } from '../../../orders/smartPanelText';
import { areOtherCurrencies, valueOrder } from '../../../orders/valuation';
import { orderFields } from '../../../panelApi/vocabulary/orderFields';
import { fieldsOf, orderTypeNames, orderTypes } from '../../../panelApi/vocabulary/orderTypes';
import { problemInWords } from '../../../parameters/problem';
import type { Operation } from '../../operation';
import { dripFeedOption } from '../../orders/orderOptions';
import { orderType, serviceLocator, shownWithTypes } from '../../orders/orderParameters';
import { chosenService } from '../../orders/chosenService';
import { scheduleIn } from '../../orders/readOptions';
import { accountsOf, askedPerAccount } from '../../run/accounts';
import { showHint } from '../../run/executionHint';
import { forEachItem } from '../../run/forEachItem';

/** Order types whose cost depends on a quantity, given or counted in lines. */
const typesWithQuantity = orderTypeNames.filter(
	(type) => orderTypes[type].countedBy !== undefined || fieldsOf(type).includes('quantity'),
);

const quantity: INodeProperties = {
	displayName: orderFields.quantity.label,
	name: 'quantity',
	type: 'string',
	default: '',
	placeholder: orderFields.quantity.placeholder,
	hint: orderFields.quantity.hint,
	description:
		'Number to deliver, or number of lines for comments and usernames. With drip-feed: per run.',
};

export const quote: Operation = {
	name: 'Quote',
	action: 'Quote an order',
	description:
		'Calculate the current cost of an order and check it against the service, without placing it',
	fields: [
		serviceLocator,
		orderType,
		...shownWithTypes(quantity, typesWithQuantity),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [dripFeedOption],
		},
	],
	output: z.object({
		service: z.string(),
		name: z.string(),
		rate: z.number().nullable(),
		totalQuantity: z.number().nullable(),
		cost: z.number().nullable(),
		currency: z.string(),
		valid: z.boolean(),
		problems: z.array(z.string()),
	}),
	async execute(node) {
		const accounts = await accountsOf(node);
		const catalogueFor = askedPerAccount(accounts, readPresentCatalogue);
		const balanceFor = askedPerAccount(accounts, async (client) => await client.balance());

		const hints = new Set<string>();
		const items = await forEachItem(node, async (itemIndex) => {
			const catalogue = await catalogueFor(itemIndex);
			const { currency } = (await balanceFor(itemIndex)).value;
			const quoted = quoteFor(node, itemIndex, catalogue);
			const found = catalogue.find(String(quoted.service));
			if (!found) return [{ ...quoted, currency }];
			for (const hint of hintsAbout(found)) hints.add(hint);
			const isOther = areOtherCurrencies(found.currency, currency);
			// Rate and cost are in the currency of the catalogue.
			return [{ ...quoted, currency: isOther ? found.currency : currency }];
		});
		for (const hint of hints) showHint(node, hint);
		return items;
	},
};

/** What Quote cannot see: it has neither the comments nor the link. */
function hintsAbout({ service }: PresentService): string[] {
	if (!isOfSmartPanel(service)) return [];
	const links =
		'This panel seems to be a SmartPanel. Those change links that hold + or % codes: check such a link on the panel.';
	const comments =
		'This panel seems to be a SmartPanel. Those also split comments at commas and " | ", and charge each part: count the parts, not the lines.';
	const isCounted = orderTypes[service.orderType ?? 'default'].countedBy === 'comments';
	return isCounted ? [comments, links] : [links];
}

function quoteFor(
	node: IExecuteFunctions,
	itemIndex: number,
	catalogue: PresentCatalogue,
): IDataObject {
	const read = (name: string, extractValue = false): unknown =>
		node.getNodeParameter(name, itemIndex, '', { extractValue });
	const problems: string[] = [];
	const wholeNumber = (name: 'quantity' | 'runs' | 'interval', value: unknown): number | null => {
		const reading = readField(name, value);
		if (!('problem' in reading)) return typeof reading.value === 'number' ? reading.value : null;
		problems.push(`${orderFields[name].label} ${reading.problem}`);
		return null;
	};

	const { id, picked, problem } = chosenService(read('service'), read('service', true));
	if (problem) problems.push(`Service ${problem}`);
	const service = catalogue.find(id)?.service;
	const chosen = readOrderTypeChoice(node.getNodeParameter('orderType', itemIndex, fromService));
	if ('problem' in chosen) problems.push(`Order Type ${chosen.problem}`);
	const choice = 'choice' in chosen ? chosen.choice : fromService;
	const type =
		choice === fromService ? (picked?.orderType ?? service?.orderType ?? 'default') : choice;
	const schedule = scheduleIn((read('options') || {}) as IDataObject);
	const runs = wholeNumber('runs', schedule.runs);
	wholeNumber('interval', schedule.interval);
	const hasQuantity = typesWithQuantity.includes(type);
	const perRun = hasQuantity ? wholeNumber('quantity', read('quantity')) : null;
	if (hasQuantity && perRun === null && problems.length === 0)
		problems.push(`${orderFields.quantity.label} is required`);
	if (runs !== null && !fieldsOf(type).includes('runs')) {
		problems.push(`${orderFields.runs.label} isn't available for ${orderTypes[type].label} orders`);
	}
	const totalQuantity = perRun === null ? null : perRun * (runs ?? 1);
	const valuation = valueOrder(
		{ service: id, orderType: type, totalQuantity, quantity: perRun, hasRuns: runs !== null },
		catalogue,
		'',
	);
	if (!problem) problems.push(...valuation.problems.map(problemInWords));
	return {
		service: id,
		name: service?.name ?? '',
		rate: service?.rate ?? null,
		totalQuantity,
		cost: valuation.cost,
		currency: '',
		valid: problems.length === 0,
		problems,
	};
}
