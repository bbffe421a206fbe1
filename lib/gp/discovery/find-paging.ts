import type { QuerySettings } from '../profiles/site-profile';
import type { FoundRows } from '../response/find-rows';

/** Names services usually have for these, asked for all at once first. */
const LIMITS = ['limit', 'pageSize', 'page_size', 'per_page', 'top', 'take', 'size', 'maxRecords'];
const OFFSETS = ['offset', 'skip', 'start', 'startIndex', 'startRow', 'from'];
const PAGES = ['page', 'pageNumber', 'page_number', 'pageNo', 'pageIndex', 'currentPage'];
const FEW = 3;

type Ask = (query: Record<string, string>) => Promise<FoundRows | 'refused'>;
export type FoundPaging = Pick<QuerySettings, 'firstPage'> & {
	names: Pick<QuerySettings['names'], 'limit' | 'offset' | 'page'>;
};

/**
 * Finds by asking how a service that knows neither OData nor the configured names gives its lists in
 * pages: the parameter that limits, the one that skips or counts pages, and the number of the first
 * page. Null when none of the usual names does anything. Costs two requests where none does.
 *
 * @param whole what came without any of them
 */
export async function findPaging(ask: Ask, whole: FoundRows): Promise<FoundPaging | null> {
	const begin = mark(whole);
	if (whole.rows.length <= FEW || begin === null) return null;
	const limit = await nameOf(LIMITS, String(FEW), ask, ({ rows }) => rows.length === FEW);
	const limited: Record<string, string> = limit ? { [limit]: String(FEW) } : {};
	const second = JSON.stringify(whole.rows[1]);
	const offset = await nameOf(
		OFFSETS,
		'1',
		async (query) => await ask({ ...limited, ...query }),
		(found) => mark(found) === second,
	);
	if (offset) return { names: { limit, offset, page: null }, firstPage: null };
	const page = await nameOf(
		PAGES,
		'2',
		async (query) => await ask({ ...limited, ...query }),
		(found) => mark(found) !== begin,
	);
	if (!page) return null;
	const one = await ask({ ...limited, [page]: '1' });
	const firstPage = one !== 'refused' && mark(one) === begin ? 1 : 0;
	return { names: { limit, offset: null, page }, firstPage };
}

/** The name that works; they are only tried one by one when all of them together do something. */
async function nameOf(
	names: readonly string[],
	value: string,
	ask: Ask,
	works: (found: FoundRows) => boolean,
): Promise<string | null> {
	const together = await ask(Object.fromEntries(names.map((name) => [name, value])));
	if (together !== 'refused' && !works(together)) return null;
	for (const name of names) {
		const found = await ask({ [name]: value });
		if (found !== 'refused' && works(found)) return name;
	}
	return null;
}

function mark({ rows }: FoundRows): string | null {
	return rows.length === 0 ? null : JSON.stringify(rows[0]);
}
