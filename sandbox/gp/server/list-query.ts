import { stampToEpoch } from '../company/calendar';
import { BadFilter, compileFilter, compileOrder } from './filter-expression';
import type { WireRecord } from './sba-records';
import type { Switches } from './switches';

/** Names are matched without case; `$` needs no escaping. */
export function queryParameters(rawQuery: string): Map<string, string> {
	const parameters = new Map<string, string>();
	for (const [name, value] of new URLSearchParams(rawQuery)) parameters.set(name.toLowerCase(), value);
	return parameters;
}

/** Filters, orders and cuts a list in the dialect of the site. Throws BadFilter. */
export function applyQuery(rows: WireRecord[], parameters: Map<string, string>, switches: Switches): WireRecord[] {
	if (switches.dialect === 'none') return rows;
	const { skip, top, ...rest } =
		switches.dialect === 'odata' ? odata(rows, parameters) : simple(rows, parameters, switches);
	const limit = switches.maxPageSize > 0 ? Math.min(top, switches.maxPageSize) : top;
	return rest.rows.slice(skip, skip + limit);
}

function odata(rows: WireRecord[], parameters: Map<string, string>) {
	const filter = parameters.get('$filter');
	const order = parameters.get('$orderby');
	let kept = filter ? rows.filter(compileFilter(filter)) : rows;
	if (order) kept = [...kept].sort(compileOrder(order));
	return { rows: kept, skip: count(parameters.get('$skip'), 0), top: count(parameters.get('$top'), Infinity) };
}

function simple(rows: WireRecord[], parameters: Map<string, string>, switches: Switches) {
	const names = switches.simpleNames;
	const since = parameters.get(names.modifiedSince.toLowerCase());
	const from = since === undefined ? null : stampToEpoch(since.length === 10 ? `${since}T00:00:00` : since);
	if (from !== null && Number.isNaN(from)) throw new BadFilter(`"${since}" is not a date`);
	// A site without stamps has nothing to compare with and ignores the parameter.
	const kept = from === null || switches.stampMode === 'absent' ? rows : rows.filter((row) => rowEpoch(row) >= from);
	return {
		rows: kept,
		skip: count(parameters.get(names.offset.toLowerCase()), 0),
		top: count(parameters.get(names.limit.toLowerCase()), Infinity),
	};
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
