import { ROW_SETS, type RowRequest } from '../../../lib/gp/doors/rows/row-sets';
import { writeSql } from '../../../lib/gp/doors/rows/ask-rows';
import type { Kind } from '../case.types';
import { writtenOut } from './written-out';

/** Words of a statement that come from the package itself, whatever was asked. */
const WORDS = `SELECT FROM WHERE AND OR IN AS IS NOT NULL ON LEFT OUTER JOIN CASE WHEN THEN ELSE END ROW_NUMBER OVER
	ORDER BY DESC OFFSET ROWS FETCH NEXT ONLY COUNT CAST char int smallint datetime v p g
	GPP_PLACE GPP_COUNT GPP_TOTAL CHANGED \\d+`;
const OURS = new RegExp(`^(?:[\\s(),.=<>*]|\\$\\d+|\\b(?:${WORDS.split(/\s+/).join('|')})\\b)*$`);
const NAMES = new Set<string>(
	Object.values(ROW_SETS).flatMap(({ view, columns, key, by }) => [
		view,
		...columns,
		...[...key, ...by].map(({ column }) => column),
	]),
);

/** A request of anybody who may call the workflow, as the node turns it into a statement. */
export const sql: Kind = async ({ input, show }) => {
	const request = writtenOut(input.request) as RowRequest;
	const { query, parameters } = writeSql(request);
	const foreign = query.replace(/\w+/g, (word) => (NAMES.has(word) ? ' ' : word));
	if (!OURS.test(foreign))
		throw new Error(`a statement with foreign words: ${query.slice(0, 200)}`);
	const odd = parameters.find((one) => typeof one !== 'string' && typeof one !== 'number');
	if (odd !== undefined) throw new Error(`a parameter that is no plain value: ${typeof odd}`);
	const held = [...query.matchAll(/\$(\d+)/g)].every(([, at]) => Number(at) <= parameters.length);
	if (!held) throw new Error('a parameter that nobody gives');
	show(query);
	return parameters.length;
};
