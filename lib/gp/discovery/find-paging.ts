import type { QuerySettings } from '../profiles/site-profile';
import type { FoundRows } from '../response/find-rows';

/** Names services usually have for these, asked for all at once first. */
const LIMITS = ['limit', 'pageSize', 'page_size', 'per_page', 'top', 'take', 'size', 'maxRecords'];
const OFFSETS = ['offset', 'skip', 'start', 'startIndex', 'startRow', 'from', '$skip'];
const PAGES = ['page', 'pageNumber', 'page_number', 'pageNo', 'pageIndex', 'currentPage'];
/** Rows asked for where few do. */
export const FEW = 3;

type Ask = (query: Record<string, string>) => Promise<FoundRows | 'refused'>;
export type FoundPaging = Pick<QuerySettings, 'firstPage'> & {
	names: Pick<QuerySettings['names'], 'limit' | 'offset' | 'page'>;
};

/**
 * Finds by asking how a service that pages by names of its own does it: the parameter that limits, the
 * one that skips or counts pages, and the number of the first page. Null when none of the usual names
 * brings other rows. Costs two or three requests where none does.
 *
 * @param whole what came without any of them, or with the limit alone
 * @param limit the parameter that was found to limit already
 */
export async function findPaging(
	ask: Ask,
	whole: FoundRows,
	limit: string | null = null,
): Promise<FoundPaging | null> {
	const begin = mark(whole);
	if (begin === null) return null;
	const known = new Set(whole.rows.map((row) => JSON.stringify(row)));
	limit ??=
		whole.rows.length > FEW
			? await nameOf(LIMITS, String(FEW), ask, ({ rows }) => rows.length === FEW)
			: null;
	const limited: Record<string, string> = limit ? { [limit]: String(FEW) } : {};
	const askLimited: Ask = async (query) => await ask({ ...limited, ...query });
	const second = whole.rows[1] && JSON.stringify(whole.rows[1]);
	const offset = await nameOf(OFFSETS, '1', askLimited, (found) =>
		second === undefined ? isOther(found, begin) : mark(found) === second,
	);
	if (offset) return { names: { limit, offset, page: null }, firstPage: null };
	// Nothing on page 2 is an answer too: without it there were rows.
	const page = await nameOf(PAGES, '2', askLimited, (found) => mark(found) !== begin);
	if (!page) return null;
	for (const firstPage of [1, 0] as const) {
		const first = await askLimited({ [page]: String(firstPage) });
		if (first !== 'refused' && mark(first) === begin)
			return { names: { limit, offset: null, page }, firstPage };
	}
	// It moved, but neither number gives the beginning: the reader finds out with each list.
	const other = await askLimited({ [page]: '2' });
	const unseen = other !== 'refused' && other.rows.some((row) => !known.has(JSON.stringify(row)));
	return unseen ? { names: { limit, offset: null, page }, firstPage: null } : null;
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

/** A list of few rows has no second page: nothing is shown by an empty answer. */
function isOther(found: FoundRows, begin: string): boolean {
	const first = mark(found);
	return first !== null && first !== begin;
}
