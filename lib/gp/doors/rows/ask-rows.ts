import type { Completeness } from '../../../model/gp-changes';
import { canonicalKey } from '../../../model/keys';
import type { GpErrorContext } from '../../errors/gp-error';
import { GpRowAnswerWrong } from '../../errors/other-doors';
import type { RawRecord } from '../../normalise/field-reader';
import type { PageSource } from '../../reading/pages';
import { text } from '../../normalise/values';
import {
	checkAnswer,
	type CheckedAnswer,
	checkedRequest,
	MOST_ROWS,
	MOST_VALUES,
	MOST_WINDOW,
} from './row-checks';
import {
	type KeyColumn,
	type KeyType,
	type KeyValue,
	type RowRequest,
	rowSet,
	type RowSet,
	type RowSetName,
	type RowSource,
	TYPE_COLUMN,
} from './row-sets';

/** A statement both SQL Server and PostgreSQL read; `$1` stands for the first parameter, as in n8n's SQL nodes. */
export interface SqlQuery {
	query: string;
	parameters: KeyValue[];
}

/**
 * The statement for a request. Names in it come from the catalogue alone, values go as parameters, each
 * cast to the type of its column. The inner SELECT walks at most `window` (or `limit`) rows of the key,
 * so that no statement scans a table; the outer one keeps those that changed, and the last one walked,
 * which says where to go on. GPP_COUNT says how many rows there are to give, so that none is lost unseen.
 *
 * @throws GpRowRequestRefused what no reader of this package asks for
 */
export function writeSql(request: RowRequest): SqlQuery {
	const set = checkedRequest(request);
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
		const types = request.only.types?.map((type) => parameter(type, TYPE_COLUMN.type));
		// The key of documents begins with their type: by the number alone all of its index is read.
		if (types) conditions.push(`v.${TYPE_COLUMN.column} IN (${types.join(', ')})`);
		conditions.push(`v.${by.column} IN (${values.join(', ')})`);
	}
	if (request.after) {
		const after = set.key.map(({ type }, at) => parameter(request.after![at]!, type));
		conditions.push(...behind(set.key, after, request.look === 'backward' ? '<' : '>'));
	}
	const asked = new Set(request.columns);
	const columns = set.columns.filter((name) => asked.has(name));
	const direction = request.look === 'backward' ? ' DESC' : '';
	const order = set.key.map(({ column }) => `v.${column}${direction}`).join(', ');
	const { changed } = request.since === null ? { changed: null } : set;
	const since = changed === null ? null : parameter(request.since!, 'datetime');
	const walked = changed === null ? request.limit : request.window;
	const given = (names: readonly string[]): string[] => [
		`SELECT ${names.map((name) => `p.${name}`).join(', ')}, p.GPP_PLACE, COUNT(*) OVER () AS GPP_COUNT`,
		`FROM (SELECT ${[...names, ...(changed === null ? [] : [changed])].map((name) => `v.${name}`).join(', ')},`,
		`ROW_NUMBER() OVER (ORDER BY ${order}) AS GPP_PLACE FROM ${set.view} AS v`,
		conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '',
		`ORDER BY ${order} OFFSET 0 ROWS FETCH NEXT ${walked} ROWS ONLY) AS p`,
		since === null ? '' : `WHERE p.${changed} >= ${since} OR p.GPP_PLACE = ${walked}`,
		`ORDER BY p.GPP_PLACE OFFSET 0 ROWS FETCH NEXT ${request.limit} ROWS ONLY`,
	];
	// Where a key may come twice it is no way to look a row up.
	const query =
		changed === null || set.repeats ? given(columns) : lookedUp(set, columns, given, request);
	return { query: query.filter(Boolean).join(' '), parameters };
}

/**
 * Of many rows walked few have changed: only their keys and stamps are walked, and the other columns, with what
 * is joined to them, looked up for those that are given. One that has left the table meanwhile is not given, as
 * if it had been read a moment later, unless somebody has to read on from it.
 */
function lookedUp(
	{ view, key }: RowSet,
	columns: readonly string[],
	given: (names: readonly string[]) => string[],
	{ limit, window }: RowRequest,
): string[] {
	const keys = key.map(({ column }) => column);
	const shown = columns.map((name) => (keys.includes(name) ? `g.${name}` : `v.${name}`));
	return [
		`SELECT ${shown.join(', ')}, g.GPP_PLACE,`,
		// Those that are not given are not counted either.
		`CASE WHEN g.GPP_COUNT > ${limit} THEN g.GPP_COUNT ELSE COUNT(*) OVER () END AS GPP_COUNT FROM (`,
		...given(keys),
		`) AS g LEFT OUTER JOIN ${view} AS v ON ${keys.map((name) => `v.${name} = g.${name}`).join(' AND ')}`,
		`WHERE v.${keys[0]} IS NOT NULL OR g.GPP_PLACE = ${window} OR g.GPP_COUNT > ${limit}`,
		'ORDER BY g.GPP_PLACE',
	];
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

export interface RowsFilter {
	/** Changed at or after this moment or day in UTC. */
	since?: string | null;
	/** Rows to go through per answer in search of changed ones, and more of them while answers come quickly; absent = a page. */
	window?: number;
	only?: RowRequest['only'];
	pageSize?: number;
}

/** Reads a set of rows, answer by answer, to its proven end. */
export type AskRows = (
	rows: RowSetName,
	filter: RowsFilter,
	context: GpErrorContext,
) => PageSource<RawRecord, Completeness>;

export interface AskRowsParts {
	source: RowSource;
	company: string;
	/** Rows of one answer, unless the wish says otherwise. */
	pageSize: number;
	/** Runs a request in its turn, see ServerLimiter. */
	inTurn<Result>(task: () => Promise<Result>): Promise<Result>;
	/** Milliseconds of a clock. */
	now(): number;
	signal?: AbortSignal;
}

/** After an answer within so many milliseconds the next window is so many times as large. */
const QUICK_MS = 500;
const WIDER = 5;

/** Answers to one question; with a page of 500, ten million rows. */
const MOST_REQUESTS = 20_000;
/** Values of a column in one question: as many as a batch has documents. Each question is an execution of a workflow. */
export const VALUES_PER_REQUEST = MOST_VALUES;
/** Lines are short: so many times more of them make a page. */
const LINES_PER_ROW = 4;

/**
 * Pages by key: each answer begins after the last key of the one before. The end is shown by the
 * source's own count (nothing was left to give, and the rows gone through ended before the window did),
 * or else by an empty answer past the last key. Nothing is concluded from a short answer.
 */
export function createAskRows(parts: AskRowsParts): AskRows {
	let asked = 0;

	async function answerTo(
		request: RowRequest,
		context: GpErrorContext,
	): Promise<CheckedAnswer & { quick: boolean }> {
		parts.signal?.throwIfAborted();
		let took = 0;
		const items = await parts.inTurn(async () => {
			const began = parts.now();
			const answer = await parts.source(request, parts.signal);
			took = parts.now() - began;
			return answer;
		});
		return { ...checkAnswer(items, request, context), quick: took < QUICK_MS };
	}

	return async function* (name, filter, context) {
		const set = rowSet(name);
		const most = Math.min(MOST_ROWS, parts.pageSize * (filter.only ? LINES_PER_ROW : 1));
		const limit = Math.max(2, Math.min(most, filter.pageSize ?? Infinity));
		const given = Math.max(limit, filter.window ?? limit);
		const wide = filter.window ? Math.min(MOST_WINDOW, given * WIDER) : given;
		let window = given;
		const since = set.changed === null ? null : momentOf(filter.since);
		let after: KeyValue[] | null = null;
		const seen = new Set<string>();
		for (let requests = 1; ; requests += 1) {
			if (requests > MOST_REQUESTS) {
				return { proven: false, why: `it had not ended after ${MOST_REQUESTS} requests` };
			}
			asked += 1;
			const { rows, count, lastPlace, quick } = await answerTo(
				{
					request: `${name} ${asked}`,
					company: parts.company,
					rows: name,
					columns: set.columns,
					key: set.key.map(({ column }) => column),
					after,
					since,
					only: filter.only ?? null,
					limit,
					window,
				},
				context,
			);
			if (!set.repeats) refuseTwice(rows, set, seen, name, context);
			// Of a list only neighbours are compared: a whole table of keys is not kept.
			if (!filter.only) seen.clear();
			yield rows;
			const last = rows.at(-1);
			if (!last) return { proven: true, by: 'nothingBehind' };
			const walked = since === null ? limit : window;
			if (count !== null && count <= limit && lastPlace !== null && lastPlace < walked)
				return { proven: true, by: 'count' };
			const next = set.key.map((column) => keyValue(last, column, name, context));
			if (after !== null && next.every((value, at) => same(value, after![at]!))) {
				throw new GpRowAnswerWrong(
					context,
					name,
					`after ${next.join(', ')} it gave that row again, so it does not page by key`,
				);
			}
			after = next;
			window = quick ? wide : given;
		}
	};
}

/** A row that comes twice would be a cost that counts twice. */
function refuseTwice(
	rows: readonly RawRecord[],
	{ key }: RowSet,
	seen: Set<string>,
	name: string,
	context: GpErrorContext,
): void {
	for (const row of rows) {
		const values = key.map(({ column }) => canonicalKey(row[column]));
		const one = JSON.stringify(values);
		if (seen.has(one))
			throw new GpRowAnswerWrong(context, name, `it gave the row ${values.join(', ')} twice`);
		seen.add(one);
	}
}

function keyValue(
	row: RawRecord,
	{ column, type }: KeyColumn,
	rows: string,
	context: GpErrorContext,
): KeyValue {
	const value = row[column];
	if (type.startsWith('char')) {
		// Blanks in front are a part of it, and none at all is the first key there is.
		if (typeof value === 'string') return value.trimEnd();
		const written = text(value);
		if (written !== null) return written;
	} else {
		const number = Number(text(value) ?? Number.NaN);
		if (Number.isSafeInteger(number)) return number;
	}
	throw new GpRowAnswerWrong(context, rows, `a row has no ${column}, by which it is read on`);
}

/** Databases compare keys without case and trailing blanks. */
function same(left: KeyValue, right: KeyValue): boolean {
	return String(left).toLowerCase() === String(right).toLowerCase();
}

/** A stamp as a moment without a zone, in UTC, which every date type of SQL takes. */
function momentOf(stamp: string | null | undefined): string | null {
	if (!stamp) return null;
	return stamp.length === 10 ? `${stamp}T00:00:00.000` : stamp.slice(0, 23).replace(/Z$/, '');
}
