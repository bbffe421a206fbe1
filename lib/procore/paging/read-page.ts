import type { ListCall, ProcoreClient } from '../procore-client';
import { hasNextPage, notAList, rowsOf } from '../transport';

export interface Page {
	rows: unknown[];
	/** Whether another page follows. */
	more: boolean;
}

/**
 * One page of a list, for pickers that load while somebody scrolls. `list` is any of the list
 * functions of this room; the client it is given stops after page number `page` (from 1).
 *
 * @throws ProcoreUnexpectedAnswerError when the answer is no list
 */
export async function readPage(
	client: ProcoreClient,
	page: number,
	perPage: number,
	list: (client: ProcoreClient) => Promise<unknown[]>,
): Promise<Page> {
	let more = false;
	const rows = await list({
		...client,
		async list({ limit: _limit, ...call }: ListCall) {
			const size = Math.min(perPage, call.perPage ?? perPage);
			const query = { ...call.query, page, per_page: size };
			const answer = await client.call({ ...call, method: 'GET', query });
			const { body, headers } = answer;
			const found = rowsOf(body);
			if (found === null) throw notAList(answer, call.what, client.apiBaseUrl + call.path);
			const rowsSoFar = (page - 1) * size + found.length;
			more = hasNextPage({ headers, asked: size, rowsOnPage: found.length, rowsSoFar });
			return found;
		},
	});
	return { rows, more };
}
