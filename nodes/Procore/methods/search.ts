import { NodeOperationError } from 'n8n-workflow';
import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { readPage } from '../../../lib/procore/list-pages';
import type { ProcoreClient } from '../../../lib/procore/procore-client';
import { readId } from '../../../lib/procore/wire';
import { toNodeError } from '../../shared/to-node-error';
import { locatorText } from '../parameters/read-parameters';
import { connect } from '../transport/connect';

/** Rows a picker loads at once; more come while somebody scrolls. */
const PER_PAGE = 100;
/** While looking for a text Procore cannot look for itself. */
const PER_PAGE_SEARCHED = 500;
/** Enough matches to show before more are looked for. */
const ENOUGH = 20;

export interface PickerSource {
	list(client: ProcoreClient): Promise<unknown[]>;
	/** What a row is called in the list, e.g. number and name. */
	name(row: Record<string, unknown>): string;
}

/**
 * One page of a searchable list. A filter that Procore did not apply itself is applied here, page
 * after page until there is something to show. Several sources follow one another.
 */
export async function search(
	context: ILoadOptionsFunctions,
	sources: (client: ProcoreClient) => PickerSource[],
	{ filter, token, searched = false }: { filter?: string; token?: string; searched?: boolean },
): Promise<INodeListSearchResult> {
	const wanted = searched ? '' : (filter?.trim().toLowerCase() ?? '');
	const perPage = wanted ? PER_PAGE_SEARCHED : PER_PAGE;
	const results: INodeListSearchItems[] = [];
	let [source, page] = readToken(token);
	try {
		const client = await connectForPicker(context);
		const all = sources(client);
		while (source < all.length) {
			const { list, name } = all[source];
			const { rows, more } = await readPage(client, page, perPage, list);
			const found = (rows as Array<Record<string, unknown>>).flatMap((row) => {
				const value = readId(row.id);
				const shown = name(row);
				return value && shown.toLowerCase().includes(wanted) ? [{ name: shown, value }] : [];
			});
			results.push(...found.sort((left, right) => left.name.localeCompare(right.name)));
			if (more) page++;
			else [source, page] = [source + 1, 1];
			if (results.length >= ENOUGH) break;
		}
		return { results, ...(source < all.length ? { paginationToken: `${source} ${page}` } : {}) };
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

function readToken(token: string | undefined): [source: number, page: number] {
	const [source, page] = String(token ?? '0 1')
		.split(' ')
		.map(Number);
	return [source || 0, page || 1];
}

/** Of the company chosen in the node, else of the credential. */
export async function connectForPicker(context: ILoadOptionsFunctions): Promise<ProcoreClient> {
	return await connect(context, { companyId: chosen(context, 'company') });
}

/** What is chosen in another field of the node so far. */
export function chosen(context: ILoadOptionsFunctions, name: string): string | undefined {
	const id = locatorText(context.getCurrentNodeParameter(name));
	return /^\d+$/.test(id) ? id : undefined;
}

/** The same where the list cannot be loaded without. */
export function needed(context: ILoadOptionsFunctions, name: string, title: string): string {
	const id = chosen(context, name);
	if (id) return id;
	throw new NodeOperationError(context.getNode(), `Choose the ${title} first`, {
		description: `The list depends on the ${title}. Where it comes from an expression, switch to 'By ID' here.`,
	});
}

/** "100 · Harborview Medical Offices": the parts that are there. */
export function label(...parts: unknown[]): string {
	return parts
		.map((part) => String(part ?? '').trim())
		.filter((part) => part !== '')
		.join(' · ');
}
