import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

import { mainConnection } from '../n8n/mainConnection';
import { getCategories } from '../catalogue/getCategories';
import { pollEvent } from './polling/pollEvent';
import { PollMemory } from './polling/pollMemory';
import { properties } from './properties';

const memory = new PollMemory();

export class SmmPanelTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMM Panel Trigger',
		name: 'smmPanelTrigger',
		icon: { light: 'file:../../icons/smmPanel.svg', dark: 'file:../../icons/smmPanel.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"].replace(/([A-Z])/g, " $1").toLowerCase() }}',
		description: 'Starts the workflow when an SMM panel order, refill, balance, or service changes',
		eventTriggerDescription: 'Waiting for a change on the panel',
		activationMessage:
			'The current state of the panel is saved. Your workflow will run when something changes.',
		defaults: { name: 'SMM Panel Trigger' },
		polling: true,
		inputs: [],
		outputs: [mainConnection],
		credentials: [
			{ name: 'smmPanelApi', required: true },
			{
				name: 'smmPanelWatchListApi',
				required: false,
				displayOptions: {
					show: {
						event: ['orderStatusChanged', 'orderStuck', 'refillStatusChanged'],
						watchFrom: ['url'],
					},
				},
			},
		],
		properties,
	};

	methods = { loadOptions: { getCategories } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollEvent(this, memory);
	}
}
