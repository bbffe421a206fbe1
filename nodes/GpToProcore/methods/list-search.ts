import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import type { ProcoreClient } from '../../../lib/procore/procore-client';
import { listCostCodes, listCostTypes } from '../../../lib/procore/resources/cost-codes';
import {
	listStandardCostCodeLists,
	listStandardCostCodes,
} from '../../../lib/procore/resources/standard-cost-codes';
import { readId } from '../../../lib/procore/wire';
import { chosen, connectForPicker, label } from '../../Procore/methods/search';
import { toNodeError } from '../../shared/to-node-error';

export {
	searchProjects,
	searchStandardCostCodeLists,
	searchTaxCodes,
} from '../../Procore/methods/list-search';

type Row = Record<string, unknown>;

/** Full numbers of cost codes: those of the project chosen beside the field, else the standard ones. */
export async function searchCostCodeNumbers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const projectId = chosen(this, '&projectId');
	return await numbers(this, filter, async (client) =>
		projectId ? await listCostCodes(client, projectId) : await standardCodes(client),
	);
}

export async function searchCostTypeCodes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await numbers(this, filter, async (client) => await listCostTypes(client));
}

/** Lists of rows whose number, and not whose id, is what the mapping wants. */
async function numbers(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	list: (client: ProcoreClient) => Promise<unknown[]>,
): Promise<INodeListSearchResult> {
	const wanted = filter?.trim().toLowerCase() ?? '';
	try {
		const rows = (await list(await connectForPicker(context))) as Row[];
		const byNumber = new Map<string, INodeListSearchItems>();
		for (const row of rows) {
			const value = String(row.full_code ?? row.code ?? '').trim();
			const name = label(value, row.name);
			if (value !== '' && name.toLowerCase().includes(wanted)) byNumber.set(value, { name, value });
		}
		const results = [...byNumber.values()];
		return { results: results.sort((left, right) => left.name.localeCompare(right.name)) };
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

async function standardCodes(client: ProcoreClient): Promise<unknown[]> {
	const codes: unknown[] = [];
	for (const list of await listStandardCostCodeLists(client)) {
		const id = readId((list as Row).id);
		if (id) codes.push(...(await listStandardCostCodes(client, id)));
	}
	return codes;
}
