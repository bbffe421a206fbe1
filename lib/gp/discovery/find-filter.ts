import type { Stamp } from '../../model/gp-records';
import type { QuerySettings } from '../profiles/site-profile';
import { shiftMilliseconds } from '../reading/stamps';
import { FEW } from './find-paging';
import type { Given, Questions } from './questions';
import { FAR_FUTURE, type FilterAnswer } from './survey.types';

export interface FoundFilter {
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
