import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { userFailure } from '../../n8n/nodeError';
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
} from '../catalogue/catalogueChanges';
import { isSame, jumpFrom } from '../catalogue/doubt';
import { type KnownCatalogue, readCatalogue, writeCatalogue } from '../catalogue/knownCatalogue';
import { sampleChange } from '../catalogue/sampleChange';
import { baselineMs, type Sight, type TriggerEvent } from '../event';
import type { PollRun } from '../polling/pollRun';

const event = 'catalogueChanged';
/** How soon a change is saved that the user does not want to hear of, but whose way back is one. */
const laterMs = 3_600_000;
const comesBack: readonly ChangeKind[] = ['added', 'removed'];

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
	description:
		'Triggers for each service that was added, removed, or changed, with the values before',
	fields: [
		{
			displayName:
				'Each poll downloads the full catalogue. Change Poll Times from Every Minute to every 15 minutes or hourly. Use filters to watch only what you sell.',
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
				'Only trigger for these kinds of changes, once for each kind. Leave empty for all. A catalogue that lost or gained more than a tenth of its services at once is believed when the next poll says the same.',
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

	async look(run, known): Promise<Sight<KnownCatalogue>> {
		const { filters, isWanted } = wishes(run);
		const services = await catalogue(run);
		const doubt = doubtIn(run, known, services, filters, isWanted);
		if (known && doubt) return { items: [], known, ...doubt };

		const kinds = wantedKinds(run);
		const comparison = compareCatalogue(known, services, filters, isWanted);
		const isOfWantedKind = ({ change }: CatalogueChange) => kinds.includes(change);
		const isSilent = comparison.changes.some(
			(change) => !isOfWantedKind(change) && comesBack.includes(change.change),
		);
		return {
			items: comparison.changes.filter(isOfWantedKind).map(toItem),
			known: comparison.known,
			saveWithinMs: known?.filters === filters ? (isSilent ? laterMs : undefined) : baselineMs,
			notes: { ...run.notes, doubted: undefined },
		};
	},

	/** What was before is made up: the item is marked with `sample`, which no other has. */
	async sample(run) {
		const service = (await catalogue(run)).find(wishes(run).isWanted);
		if (service) return [{ ...toItem(sampleChange(service, wantedKinds(run))), sample: true }];
		throw userFailure(run.poll.getNode(), 'No service matches the filters', {
			description: 'Services that match them later are reported as added.',
		});
	},
};

/** What to note and to log about a catalogue that is too far from the known one; undefined for one that is believed. */
function doubtIn(
	{ poll, notes }: PollRun,
	known: KnownCatalogue | undefined,
	services: readonly Service[],
	filters: string,
	isWanted: (service: Service) => boolean,
): Pick<Sight<KnownCatalogue>, 'notes' | 'log'> | undefined {
	const ids = new Set(services.map(({ service }) => service));
	const wanted = new Set(services.filter(isWanted).map(({ service }) => service));
	const jump = jumpFrom(known, ids, wanted, filters);
	if (!jump || (notes.doubted && isSame(notes.doubted, ids))) return undefined;
	const line = `The catalogue that the trigger "${poll.getNode().name}" watches lost ${jump.lost} services and gained ${jump.gained} at once. It is believed when the next poll says the same.`;
	return { notes: { ...notes, doubted: ids }, log: [line] };
}

function wantedKinds({ poll }: PollRun): readonly ChangeKind[] {
	const kinds = poll.getNodeParameter('changes', []) as ChangeKind[];
	return kinds.length > 0 ? kinds : changeNames;
}

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
