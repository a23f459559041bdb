import { type IDataObject, NodeOperationError } from 'n8n-workflow';
import { z } from 'zod';

import { readServiceFilters } from '../../catalogue/readFilters';
import { serviceFilterFields } from '../../catalogue/filterParameters';
import type { Service } from '../../panelApi/answers/services';
import { PanelError } from '../../panelApi/panelError';
import { serviceFilter } from '../../catalogue/filter';
import { orderTypeNames } from '../../panelApi/vocabulary/orderTypes';
import {
	type CatalogueChange,
	changeKinds,
	changeNames,
	type ChangeKind,
	compareCatalogue,
	offerOf,
} from '../catalogue/catalogueChanges';
import { type KnownCatalogue, readCatalogue, writeCatalogue } from '../catalogue/knownCatalogue';
import type { TriggerEvent } from '../event';
import type { PollRun } from '../polling/pollRun';

const event = 'catalogueChanged';
const mostSamples = 3;

const offer = z.object({
	rate: z.number().nullable(),
	min: z.number().nullable(),
	max: z.number().nullable(),
	dripfeed: z.boolean().nullable(),
	refill: z.boolean().nullable(),
	cancel: z.boolean().nullable(),
});

export const catalogueChanged: TriggerEvent<KnownCatalogue> = {
	name: 'Catalogue Changed',
	action: 'On catalogue change',
	description: 'Fires for each service that was added, removed or changed, with the values before',
	fields: [
		{
			displayName:
				'Each poll fetches the whole catalogue, which is a slow call on most panels: every 15 minutes or hourly is often enough. Filters keep what is stored and compared small.',
			name: 'catalogueNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Changes',
			name: 'changes',
			type: 'multiOptions',
			options: changeNames.map((value) => ({ value, ...changeKinds[value] })),
			default: [...changeNames],
			description:
				'Fire only for these kinds of changes, once for each kind. Empty: for all of them. An empty catalogue counts as a fault of the panel, not as the removal of all services.',
		},
		serviceFilterFields,
	],
	output: z.object({
		event: z.literal(event),
		change: z.enum(changeNames),
		service: z.string(),
		name: z.string(),
		category: z.string(),
		type: z.string(),
		orderType: z.enum(orderTypeNames).nullable(),
		...offer.shape,
		description: z.string(),
		previous: offer.nullable(),
	}),
	state: { key: 'catalogue', write: writeCatalogue, read: readCatalogue },
	dependsOnAccount: true,

	async look(run, known) {
		const { filters, isWanted } = wishes(run);
		const kinds = run.poll.getNodeParameter('changes', []) as ChangeKind[];
		const comparison = compareCatalogue(known, await catalogue(run), filters, isWanted);
		const wanted = comparison.changes.filter(
			({ change }) => kinds.length === 0 || kinds.includes(change),
		);
		return { items: wanted.map(toItem), known: comparison.known };
	},

	async sample(run) {
		const [change = 'rateChanged'] = run.poll.getNodeParameter('changes', []) as ChangeKind[];
		const services = (await catalogue(run)).filter(wishes(run).isWanted).slice(0, mostSamples);
		if (services.length === 0) {
			throw new NodeOperationError(run.poll.getNode(), 'No service matches the filters', {
				description: 'Services that match them later are put out as added.',
			});
		}
		return services.map((service) =>
			toItem({ change, service, previous: change === 'added' ? null : offerOf(service) }),
		);
	},
};

/**
 * The whole catalogue of the panel.
 * @throws PanelError also when it is empty: a panel without services sells nothing, but a panel with a fault may
 * well answer so
 */
async function catalogue({ client }: PollRun): Promise<Service[]> {
	const services = (await client.services()).value;
	if (services.length > 0) return services;
	throw new PanelError('panelFault', 'The panel answered with an empty catalogue');
}

function wishes({ poll }: PollRun): { filters: string; isWanted: (service: Service) => boolean } {
	const parameter = poll.getNodeParameter('filters', {}) as IDataObject;
	const filters = readServiceFilters(poll.getNode(), parameter);
	return { filters: JSON.stringify(filters), isWanted: serviceFilter(filters) };
}

function toItem({ change, service, previous }: CatalogueChange): IDataObject {
	return { event, change, ...service, previous };
}
