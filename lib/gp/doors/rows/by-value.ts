import { canonicalKey } from '../../../model/keys';
import { GpRecordMalformed } from '../../errors/records';
import type { RawRecord } from '../../normalise/field-reader';
import { VALUES_PER_REQUEST, type AskRows } from './ask-rows';
import type { RowSetName } from './row-sets';

/** Rows whose column has one of the values, in canonical form by that value. */
export type RowsByValue = (
	rows: RowSetName,
	column: string,
	values: Iterable<string>,
) => Promise<Map<string, RawRecord[]>>;

/** Reads rows by values of a column, all of them or an error: half of them would look like the whole. */
export function createRowsByValue(services: {
	ask: AskRows;
	mustBeCompany(): Promise<void>;
}): RowsByValue {
	return async (rows, column, values) => {
		await services.mustBeCompany();
		const found = new Map<string, RawRecord[]>();
		const all = [...new Set([...values].map((value) => value.trim()))].filter(Boolean);
		for (let at = 0; at < all.length; at += VALUES_PER_REQUEST) {
			const only = { column, values: all.slice(at, at + VALUES_PER_REQUEST) };
			const take = (row: RawRecord) => {
				const key = canonicalKey(row[column]);
				const known = found.get(key);
				if (known) known.push(row);
				else found.set(key, [row]);
			};
			const { completeness } = await services.ask(rows, { only }, take, {});
			if (!completeness.proven)
				throw new GpRecordMalformed({}, `the rows ${rows}`, completeness.why);
		}
		return found;
	};
}
