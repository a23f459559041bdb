import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { PanelClient } from '../../panelApi/client';
import { openWire } from '../../panelApi/n8nWire';
import { serviceFilter } from '../../panelApi/serviceFilter';

const pageSize = 100;

/** The rows of the service picker: those that match what was typed, a page at a time. */
export async function searchServices(
	this: ILoadOptionsFunctions,
	search?: string,
	page?: string,
): Promise<INodeListSearchResult> {
	const services = await new PanelClient(await openWire(this)).services();
	const isWanted = serviceFilter({ search });
	const found = services.map(({ value }) => value).filter(isWanted);
	const start = Number(page ?? 0);
	const end = start + pageSize;
	return {
		results: found.slice(start, end).map(({ service, name, rate, min, max }) => ({
			name: `${service} - ${name} (${rate ?? '?'} per 1,000, ${min ?? '?'} to ${max ?? '?'})`,
			value: service,
		})),
		paginationToken: end < found.length ? String(end) : undefined,
	};
}
