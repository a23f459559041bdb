import { balance } from '../../../panelApi/answers/balance';
import { simplify } from '../../fields/common';
import type { Operation } from '../../operation';
import { accountsOf, askedPerAccount } from '../../run/accounts';
import { forEachItem } from '../../run/forEachItem';
import { rawJson } from '../../run/items';

export const getBalance: Operation = {
	name: 'Get Balance',
	action: 'Get account balance',
	description: 'Get the remaining balance and its currency',
	fields: [simplify],
	output: balance,
	async execute(node) {
		const balanceFor = askedPerAccount(
			await accountsOf(node),
			async (client) => await client.balance(),
		);
		return await forEachItem(node, async (itemIndex) => {
			const { value, raw } = await balanceFor(itemIndex);
			return [node.getNodeParameter('simplify', itemIndex, true) ? { ...value } : rawJson(raw)];
		});
	},
};
