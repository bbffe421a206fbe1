import { jsonBeginning, messageOf } from '../../../model/foreign-text';
import { GpRowRequestRefused } from '../../errors/rows';
import type { KeyValue, RowRequest } from './contract.types';
import { ROW_SETS, rowSet, type KeyColumn, type KeyType, type RowSet } from './row-sets';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?$/;

/** A statement both SQL Server and PostgreSQL read; `$1` stands for the first parameter, as in n8n's SQL nodes. */
export interface SqlQuery {
	query: string;
	parameters: KeyValue[];
}

/** More than any request of the reader asks for. */
export const MOST_ROWS = 5_000;
const MOST_WINDOW = 1_000_000;
const MOST_VALUES = 500;
/** Longer than any key of GP. */
const LONGEST_VALUE = 150;

/**
 * The statement for a request. Names in it come from the catalogue alone, values go as parameters, each
 * cast to the type of its column. The inner SELECT walks at most `window` (or `limit`) rows of the key,
 * so that no statement scans a table; the outer one keeps those that changed, and the last one walked,
 * which says where to go on. GPP_COUNT says how many rows there are to give, so that none is lost unseen.
 *
 * @throws GpRowRequestRefused what no reader of this package asks for
 */
export function writeSql(request: RowRequest): SqlQuery {
	const set = checked(request);
	if (request.look === 'count')
		return { query: `SELECT COUNT(*) AS GPP_TOTAL FROM ${set.view} AS v`, parameters: [] };
	const parameters: KeyValue[] = [];
	const parameter = (value: KeyValue, type: KeyType | 'datetime'): string => {
		parameters.push(value);
		return `CAST($${parameters.length} AS ${type})`;
	};
	const conditions: string[] = [];
	if (request.only) {
		const by = set.by.find(({ column }) => column === request.only!.column)!;
		const values = request.only.values.map((value) => parameter(value, by.type));
		conditions.push(`v.${by.column} IN (${values.join(', ')})`);
	}
	if (request.after) {
		const after = set.key.map(({ type }, at) => parameter(request.after![at]!, type));
		conditions.push(...behind(set.key, after, request.look === 'backward' ? '<' : '>'));
	}
	const walks = request.since !== null && set.changed !== null;
	const walked = walks ? request.window : request.limit;
	const since = walks ? parameter(request.since!, 'datetime') : null;
	const direction = request.look === 'backward' ? ' DESC' : '';
	const order = set.key.map(({ column }) => `v.${column}${direction}`).join(', ');
	const asked = new Set(request.columns);
	const columns = set.columns.filter((name) => asked.has(name));
	const inner = [...columns, ...(walks ? [set.changed!] : [])]
		.map((name) => `v.${name}`)
		.join(', ');
	const query = [
		`SELECT ${columns.map((name) => `p.${name}`).join(', ')}, p.GPP_PLACE, COUNT(*) OVER () AS GPP_COUNT`,
		`FROM (SELECT ${inner}, ROW_NUMBER() OVER (ORDER BY ${order}) AS GPP_PLACE`,
		`FROM ${set.view} AS v`,
		conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '',
		`ORDER BY ${order} OFFSET 0 ROWS FETCH NEXT ${walked} ROWS ONLY) AS p`,
		since ? `WHERE p.${set.changed} >= ${since} OR p.GPP_PLACE = ${walked}` : '',
		`ORDER BY p.GPP_PLACE OFFSET 0 ROWS FETCH NEXT ${request.limit} ROWS ONLY`,
	];
	return { query: query.filter(Boolean).join(' '), parameters };
}

/** Rows behind a key of several columns; the first condition lets the server seek instead of scan. */
function behind(key: readonly KeyColumn[], after: readonly string[], beyond: '>' | '<'): string[] {
	const [first] = key;
	const last = key.length - 1;
	if (last === 0) return [`v.${first!.column} ${beyond} ${after[0]}`];
	let condition = `v.${key[last]!.column} ${beyond} ${after[last]}`;
	for (let at = last - 1; at >= 0; at -= 1) {
		const column = `v.${key[at]!.column}`;
		condition = `(${column} ${beyond} ${after[at]} OR (${column} = ${after[at]} AND ${condition}))`;
	}
	return [`v.${first!.column} ${beyond}= ${after[0]}`, condition];
}

const shown = (given: unknown) => messageOf(jsonBeginning(given), 60);

/** The request as one this package makes; whoever may call the workflow could send anything. */
function checked(request: RowRequest): RowSet {
	const refuse = (why: string): never => {
		throw new GpRowRequestRefused(why);
	};
	if (request === null || typeof request !== 'object') refuse('it is no object');
	if (typeof request.rows !== 'string' || !Object.hasOwn(ROW_SETS, request.rows))
		refuse(`there are no rows ${shown(request.rows)}`);
	const set = rowSet(request.rows);
	const whole = (value: unknown, most: number, what: string) => {
		if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > most)
			refuse(`${what} has to be a whole number from 1 to ${most}`);
	};
	if (request.look !== undefined && !['backward', 'count'].includes(request.look))
		refuse('look has to be backward or count');
	const unknown = request.columns?.find((name) => !set.columns.includes(name));
	if (request.look !== 'count' && (!Array.isArray(request.columns) || unknown !== undefined))
		refuse(`there is no column "${String(unknown)}" in ${request.rows}`);
	whole(request.limit, MOST_ROWS, 'limit');
	whole(request.window, MOST_WINDOW, 'window');
	const value = (given: unknown, { column, type }: KeyColumn) => {
		const fits = type.startsWith('char')
			? typeof given === 'string' && given.length <= LONGEST_VALUE
			: Number.isSafeInteger(given);
		if (!fits) refuse(`a value of ${column} is no ${type}`);
	};
	if (request.after) {
		if (!Array.isArray(request.after) || request.after.length !== set.key.length)
			refuse(`after has to have ${set.key.length} values`);
		set.key.forEach((column, at) => value(request.after![at], column));
	}
	if (request.only) {
		const by = set.by.find(({ column }) => column === request.only!.column);
		if (!by) return refuse(`${request.rows} cannot be asked for by ${shown(request.only.column)}`);
		const { values } = request.only;
		if (!Array.isArray(values) || values.length < 1 || values.length > MOST_VALUES)
			refuse(`only has to have 1 to ${MOST_VALUES} values`);
		values.forEach((one) => value(one, by));
	}
	if (
		request.since !== null &&
		(typeof request.since !== 'string' ||
			!MOMENT.test(request.since) ||
			Number.isNaN(Date.parse(request.since)))
	)
		refuse('since has to be a moment such as 2026-05-31T00:00:00.000');
	return set;
}
