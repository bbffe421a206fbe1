import type { Stamp } from '../../model/gp-records';
import type { QuerySettings } from '../profiles/site-profile';
import type { PageWindow } from '../query/list-query';
import { looksLikeCap } from '../reading/paging/page';
import { shiftMilliseconds } from '../reading/stamps';
import type { FoundRows } from '../response/find-rows';
import type { Given, Questions } from './questions';
import { type EntitySurvey, FAR_FUTURE, FEW, type FilterAnswer } from './survey.types';

/** How a list was found to be gone through; `ask` gives one page of it. */
export type Way =
	| { kind: 'offset' | 'number'; firstPage: 0 | 1; ask(page: PageWindow): Promise<Given> }
	| { kind: 'whole'; ask(): Promise<Given> };

export type Bounds = Pick<EntitySurvey, 'cap' | 'links' | 'mayBeCut'>;

/**
 * The most rows one answer holds, what links to a next page are worth, and whether the list may be cut:
 * asked with the number of rows the reader asks for, and once more for what stands behind them.
 */
export async function findBounds(
	way: Way,
	questions: Pick<Questions, 'follow'>,
	pageSize: number,
): Promise<Bounds & { rows: number }> {
	const bounds: Bounds & { rows: number } = { cap: null, links: 'none', mayBeCut: null, rows: 0 };
	const first =
		way.kind === 'whole'
			? await way.ask()
			: await way.ask({ skip: 0, page: way.firstPage, top: pageSize });
	if (first === 'refused') {
		bounds.mayBeCut = `the service refuses ${pageSize} rows at once: set query.pageSize lower`;
		return bounds;
	}
	const rows = first.rows.length;
	bounds.rows = rows;
	if (first.next !== null) bounds.links = 'given';
	if (way.kind === 'whole') {
		// The link of a whole list may lead to a page without rows.
		const linked = first.next === null ? null : await questions.follow(first.next);
		const goesOn = linked === 'refused' || (linked !== null && countOther(linked, first) > 0);
		if (goesOn) bounds.cap = rows;
		else bounds.mayBeCut = whyCut({ ...first, next: null });
		return bounds;
	}
	if (rows === 0 || rows > pageSize) return bounds;
	// Page numbers count in pages of the same size.
	const behind = { skip: rows, page: way.firstPage + 1 };
	const next = await way.ask({ ...behind, top: way.kind === 'number' ? pageSize : FEW });
	const further = next === 'refused' ? 0 : countOther(next, first);
	if (further === 0) {
		// Nothing stands behind it, unless the service says so.
		bounds.mayBeCut = whyCut(
			{ ...first, total: first.total?.standard ? first.total : null },
			false,
		);
		return bounds;
	}
	if (rows < pageSize) bounds.cap = rows;
	if (bounds.links === 'given' && way.kind === 'offset' && further >= FEW)
		bounds.links = await linksOf(way, questions, rows);
	return bounds;
}

/** Rows of an answer that are not those of another one. */
function countOther(found: FoundRows, other: FoundRows): number {
	const known = new Set(other.rows.map((row) => JSON.stringify(row)));
	return found.rows.filter((row) => !known.has(JSON.stringify(row))).length;
}

/** `$top` two rows beyond the cap: a link that leads to these two and no further ends there. */
async function linksOf(
	way: Exclude<Way, { kind: 'whole' }>,
	questions: Pick<Questions, 'follow'>,
	cap: number,
): Promise<EntitySurvey['links']> {
	const asked = await way.ask({ skip: 0, top: cap + 2 });
	if (asked === 'refused' || asked.next === null) return 'given';
	const behind = await questions.follow(asked.next);
	if (behind === 'refused') return 'given';
	return behind.next === null && behind.rows.length <= 2 ? 'endAtTop' : 'given';
}

/** Why an answer behind which nothing could be asked for may not be all; null when nothing speaks for it. */
function whyCut({ rows, next, more, total }: FoundRows, judgeSize = true): string | null {
	const count = rows.length;
	if (total && total.count > count)
		return `${count} rows came, the service counts ${total.count}, and none of the usual parameters asks for the rest`;
	if (next !== null || more === true)
		return `the service says that more follow after ${count} rows, and none of the usual parameters asks for them`;
	return judgeSize && looksLikeCap(count)
		? `exactly ${count} rows came: the service may give no more at once, and none of the usual parameters asks for the rest`
		: null;
}

/** How the service tells the number of rows, asked for with a page of one row. */
export async function findCount(
	questions: Pick<Questions, 'list'>,
	dialect: QuerySettings['dialect'],
	seen: { answers: readonly FoundRows[]; atLeast: number },
): Promise<EntitySurvey['count']> {
	const isCount = (total: FoundRows['total']) =>
		total !== null && total.count >= Math.max(seen.atLeast, 2);
	if (dialect === 'odata') {
		for (const count of ['odata4', 'odata3'] as const) {
			const found = await questions.list(dialect, {}, { top: 1 }, { query: { count } });
			if (found !== 'refused' && found.total?.standard && isCount(found.total)) return count;
		}
	}
	return seen.answers.some(({ total }) => isCount(total)) ? 'own' : 'none';
}

/** What the service makes of a descending order. */
export async function findDescending(
	questions: Pick<Questions, 'list'>,
	dialect: QuerySettings['dialect'],
	field: string,
	ascending: FoundRows,
): Promise<EntitySurvey['descending']> {
	const found = await questions.list(dialect, {}, { top: FEW }, { orderBy: [`${field} desc`] });
	if (found === 'refused') return 'refused';
	if (found.rows.length < 2) return 'unclear';
	const same = JSON.stringify(found.rows) === JSON.stringify(ascending.rows.slice(0, FEW));
	return same ? 'ignored' : 'honoured';
}

interface FoundFilter {
	answer: FilterAnswer;
	/** How instants have to be written, where not as the profile says. */
	dateLiteral: QuerySettings['dateLiteral'] | null;
	/** Parameter of the change stamp, where it is another than the profile's. */
	since: string | null;
}

const DAY_MS = 86_400_000;
/** Names services usually have for "changed since", asked for all at once first. */
const SINCE = ['modifiedSince', 'changedSince', 'updatedSince', 'since', 'modified_since'];

/**
 * Whether the filter on the change stamp can be trusted: far in the future it has to leave all out, and
 * at the stamp of a row that is there it has to give that row.
 *
 * @param seen stamp of the first row, null where it has none
 */
export async function findFilter(
	questions: Pick<Questions, 'list'>,
	query: QuerySettings,
	dialect: QuerySettings['dialect'],
	seen: Stamp | null,
): Promise<FoundFilter> {
	const ask = async (since: Stamp, settings: Partial<QuerySettings>): Promise<Given> =>
		await questions.list(dialect, { since }, { top: FEW }, { query: settings });
	const found: FoundFilter = { answer: 'refused', dateLiteral: null, since: null };
	for (const settings of waysToAsk(query, dialect)) {
		const future = await ask(FAR_FUTURE, settings);
		if (future === 'refused') continue;
		if (future.rows.length > 0) {
			found.answer = 'ignored';
			continue;
		}
		const { dateLiteral, names } = settings;
		return {
			answer: seen === null ? 'honoured' : await givesWhatIsThere(seen, settings),
			dateLiteral: dateLiteral && dateLiteral !== query.dateLiteral ? dateLiteral : null,
			since: names?.since && names.since !== query.names.since ? names.since : null,
		};
	}
	return found;

	async function givesWhatIsThere(
		stamp: Stamp,
		settings: Partial<QuerySettings>,
	): Promise<FilterAnswer> {
		const gives = async (since: Stamp) => {
			const answer = await ask(since, settings);
			return answer !== 'refused' && answer.rows.length > 0;
		};
		if (await gives(stamp)) return 'honoured';
		const dayBefore =
			stamp.length === 10
				? shiftMilliseconds(`${stamp}T00:00:00.000Z`, -DAY_MS).slice(0, 10)
				: shiftMilliseconds(stamp, -DAY_MS);
		return (await gives(dayBefore)) ? 'shifted' : 'losesRows';
	}
}

/** As the profile says first; then the other literals of OData, or other names of the parameter. */
function waysToAsk(
	query: QuerySettings,
	dialect: QuerySettings['dialect'],
): Array<Partial<QuerySettings>> {
	if (dialect === 'odata') {
		const literals = [query.dateLiteral, 'odata3', 'odata4', 'iso', 'date'] as const;
		return [...new Set(literals)].map((dateLiteral) => ({ dateLiteral }));
	}
	const names = [query.names.since, ...SINCE].filter((name) => name !== null);
	return [...new Set(names)].map((since) => ({ names: { ...query.names, since } }));
}

/** What was found of one entity, and how to say it in a profile. */
export interface Surveyed {
	result: EntitySurvey;
	/** Dialect in which the service limits its lists; null where none does. */
	dialect: QuerySettings['dialect'] | null;
	filter: FoundFilter | null;
	/** The order asked for is refused, without it the question is answered. */
	refusesOrder: boolean;
	/** List rows have the member for distributions and leave it empty. */
	listLeavesOut: boolean;
	/** Fields that decide, told by the record and not by a list row that looks complete. */
	onlyInDetail: string[];
	/** Rows the largest answer held that was taken for the whole list. */
	wholeRows: number | null;
}
