import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { toNodeError } from '../../shared/to-node-error';
import { openGpConnection } from '../transport/gp-connection';

/** More than a person would scroll through; typing narrows it down. */
const MOST_RESULTS = 100;

export async function searchVendors(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search.call(this, 'vendor', filter);
}

export async function searchAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search.call(this, 'account', filter);
}

async function search(
	this: ILoadOptionsFunctions,
	entity: 'vendor' | 'account',
	filter?: string,
): Promise<INodeListSearchResult> {
	const connection = await openGpConnection.call(this);
	try {
		const records = await connection.client.list(entity, {
			search: filter?.trim() || undefined,
			limit: MOST_RESULTS,
		});
		const results = records.map((record) => ({
			name: [record.key, record.kind === 'vendor' ? record.name : descriptionOf(record)]
				.filter(Boolean)
				.join(' · '),
			value: record.key,
		}));
		return { results };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	} finally {
		connection.close();
	}
}

function descriptionOf(record: object): string | null {
	return (record as { description?: string | null }).description ?? null;
}
