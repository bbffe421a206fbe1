import { Pages } from '../../../lib/gp/reading/pages';
import type { Page, PageRequest, PagingOptions } from '../../../lib/gp/reading/paging/page';
import { pageThrough } from '../../../lib/gp/reading/paging/page-through';

/** The service refuses what it was asked. */
export class Refused extends Error {}

export const rowNames = (count: number, from = 0): string[] =>
	Array.from({ length: count }, (_, index) => `r${from + index}`);

export const page = (rows: string[], more: Partial<Page<string>> = {}): Page<string> => ({
	rows,
	next: null,
	...more,
});

/** A question in short: `8+10` ten rows behind eight, `#2+10` page 2 of ten, `>link` a link, `*` everything. */
function inShort(request: PageRequest): string {
	if ('next' in request) return `>${request.next}`;
	if ('everything' in request) return '*';
	return 'page' in request ? `#${request.page}+${request.top}` : `${request.skip}+${request.top}`;
}

/**
 * Reads a list to its end, in pages of ten unless said otherwise: what was asked, which rows came, how
 * the end was shown (or why it was not), and whether the service ignored paging.
 */
export async function readPages(
	serve: (request: PageRequest, answered: number) => Page<string>,
	options: Partial<PagingOptions<string>> = {},
) {
	const asked: string[] = [];
	const rows = new Set<string>();
	const reading = new Pages(
		pageThrough<string>({
			paging: 'offset',
			pageSize: 10,
			fetch: async (request) => {
				asked.push(inShort(request));
				return await Promise.resolve(serve(request, asked.length - 1));
			},
			keyOf: (row) => row,
			isRefusal: (error) => error instanceof Refused,
			unstable: (why) => {
				throw new Error(`unstable: ${why}`);
			},
			...options,
		}),
	);
	const outcome = await (async () => {
		for await (const some of reading) for (const row of some) rows.add(row);
	})().catch((error: Error) => error.message);
	const { completeness, ...report } = reading.end ?? { completeness: null };
	return {
		asked: asked.join(' '),
		rows: rows.size,
		end: completeness ? (completeness.proven ? completeness.by : completeness.why) : outcome,
		...report,
	};
}
