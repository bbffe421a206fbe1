import { stampToEpoch } from '../company/calendar';
import { BadFilter, compileFilter, compileOrder, propertiesOf } from './filter-expression';
import type { WireRecord } from './sba-records';
import type { Switches } from './switches';

/** Names are matched without case; `$` needs no escaping. */
export function queryParameters(rawQuery: string): Map<string, string> {
	const parameters = new Map<string, string>();
	for (const [name, value] of new URLSearchParams(rawQuery))
		parameters.set(name.toLowerCase(), value);
	return parameters;
}

/**
 * Filters, orders and cuts a list in the dialect of the site. `view` gives what conditions look at,
 * so that only the rows of the page need be written in full; of a condition on the stamp alone, which a
 * database has an answer to at once, no more than that. Throws BadFilter.
 */
export function applyQuery<Row>(
	rows: Row[],
	view: (row: Row, only?: 'stamp') => WireRecord,
	parameters: Map<string, string>,
	switches: Switches,
): Row[] {
	const unasked = switches.defaultPageSize || Infinity;
	if (switches.dialect === 'none') return cutAsSwitched(rows, switches).slice(0, unasked);
	const { kept, skip, top } =
		switches.dialect === 'odata'
			? odata(rows, view, parameters, unasked)
			: simple(rows, view, parameters, switches);
	const limit = switches.maxPageSize > 0 ? Math.min(top, switches.maxPageSize) : top;
	return cutAsSwitched(kept, switches).slice(skip, skip + limit);
}

/** What a list that ends too early shows of its rows. */
export function cutAsSwitched<Row>(rows: Row[], { cutListsAt }: Switches): Row[] {
	return cutListsAt > 0 ? rows.slice(0, cutListsAt) : rows;
}

function odata<Row>(
	rows: Row[],
	view: (row: Row, only?: 'stamp') => WireRecord,
	parameters: Map<string, string>,
	unasked: number,
) {
	const page = {
		skip: count(parameters.get('$skip'), 0),
		top: count(parameters.get('$top'), unasked),
	};
	const filter = parameters.get('$filter');
	const order = parameters.get('$orderby');
	if (!filter && !order) return { kept: rows, ...page };
	let kept = rows;
	if (filter) {
		const test = compileFilter(filter);
		const only = [...propertiesOf(filter)].every((name) => name === 'ModifiedDate')
			? 'stamp'
			: undefined;
		kept = rows.filter((row) => test(view(row, only)));
	}
	if (!order) return { kept, ...page };
	const compare = compileOrder(order);
	const viewed = kept.map((row) => ({ row, record: view(row) }));
	viewed.sort((left, right) => compare(left.record, right.record));
	return { kept: viewed.map(({ row }) => row), ...page };
}

function simple<Row>(
	rows: Row[],
	view: (row: Row, only?: 'stamp') => WireRecord,
	parameters: Map<string, string>,
	switches: Switches,
) {
	const names = switches.simpleNames;
	const since = parameters.get(names.modifiedSince.toLowerCase());
	const from =
		since === undefined ? null : stampToEpoch(since.length === 10 ? `${since}T00:00:00` : since);
	if (from !== null && Number.isNaN(from)) throw new BadFilter(`"${since}" is not a date`);
	// A site without stamps has nothing to compare with and ignores the parameter.
	const kept =
		from === null || switches.stampMode === 'absent'
			? rows
			: rows.filter((row) => rowEpoch(view(row, 'stamp')) >= from);
	const top = count(
		parameters.get(names.limit.toLowerCase()),
		switches.defaultPageSize || Infinity,
	);
	if (names.page === '')
		return { kept, skip: count(parameters.get(names.offset.toLowerCase()), 0), top };
	const size = Math.min(top, switches.maxPageSize || Infinity);
	const asked = count(parameters.get(names.page.toLowerCase()), switches.firstPage);
	const last = Math.max(0, Math.ceil(kept.length / size) - 1);
	const page = asked - switches.firstPage;
	if (page < 0) return { kept: [], skip: 0, top };
	const skip = switches.beyondLastPage === 'lastPage' ? Math.min(page, last) : page;
	return { kept, skip: Number.isFinite(size) ? skip * size : 0, top };
}

function rowEpoch(row: WireRecord): number {
	const stamp = String(row.ModifiedDate);
	const wcf = /^\/Date\((-?\d+)/.exec(stamp);
	return wcf ? Number(wcf[1]) : stampToEpoch(stamp);
}

export function count(text: string | undefined, otherwise: number): number {
	if (text === undefined) return otherwise;
	if (!/^\d+$/.test(text)) throw new BadFilter(`"${text}" is not a count`);
	return Number(text);
}
