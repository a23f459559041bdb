import { balance } from '../../../panelApi/answers/balance';
import { simplify } from '../../fields/common';
import type { Operation } from '../../operation';
import { forEachItem, once } from '../../run/forEachItem';
import { rawJson } from '../../run/items';
import { openClient } from '../../run/accounts';

export const getBalance: Operation = {
	name: 'Get Balance',
	action: 'Get the balance of an account',
	description: 'Get the money left in the account on the panel, in its currency',
	fields: [simplify],
	output: balance,
	async execute(node) {
		const client = await openClient(node);
		const asked = once(async () => await client.balance());
		return await forEachItem(node, async (itemIndex) => {
			const { value, raw } = await asked();
			return [node.getNodeParameter('simplify', itemIndex, true) ? { ...value } : rawJson(raw)];
		});
	},
};
