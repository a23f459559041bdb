import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { mainConnection } from '../n8n/mainConnection';
import { getCategories } from '../catalogue/getCategories';
import { searchServices } from '../catalogue/searchServices';
import { properties } from './operationProperties';
import { route } from './router';
import { failAllItems, markFailedItems } from './run/errorOutput';

export class SmmPanel implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMM Panel',
		name: 'smmPanel',
		icon: { light: 'file:../../icons/smmPanel.svg', dark: 'file:../../icons/smmPanel.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"].replace(/([A-Z])/g, " $1").toLowerCase() + ": " + $parameter["resource"] }}',
		description: 'Place, track, refill, and cancel orders on SMM panels',
		defaults: { name: 'SMM Panel' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'Places, follows, refills and cancels orders on SMM panels. Create spends money: set maxCost and idempotencyKey, quote first where a person or an agent decides, and set onError to continueErrorOutput where there are several rows. On the error output, order at another panel only where details.canOrderElsewhere is true.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-smm-panel.smmPanelTrigger',
					relationHint: 'Starts a workflow when an order, refill, balance or service changes',
				},
				{
					nodeType: 'n8n-nodes-base.dataTable',
					relationHint: 'Keeps the order IDs that Create returns: panels cannot list orders',
				},
				{
					nodeType: '@n8n/n8n-nodes-langchain.chatHitlTool',
					relationHint: 'Between an agent and Create, so that a person approves each order',
				},
			],
		},
		inputs: [mainConnection],
		outputs: [mainConnection],
		credentials: [{ name: 'smmPanelApi', required: true }],
		hints: [
			{
				message:
					'Without an <b>Idempotency Key</b>, each new run orders every item again. After an error, retry the execution instead.',
				type: 'info',
				location: 'outputPane',
				whenToDisplay: 'always',
				displayCondition:
					'={{ $rawParameter.resource === "order" && $rawParameter.operation === "create" && !$rawParameter.idempotencyKey }}',
			},
		],
		properties,
	};

	methods = { listSearch: { searchServices }, loadOptions: { getCategories } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = await route(this).catch((error: unknown) => {
			if (this.continueOnFail()) return failAllItems(this, error);
			throw error;
		});
		markFailedItems(this, items);
		return [items];
	}
}
