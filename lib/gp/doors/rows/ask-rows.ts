import { canonicalKey } from '../../../model/keys';
import type { Completeness } from '../../../model/gp-changes';
import type { GpErrorContext } from '../../errors/gp-error';
import { GpRowAnswerWrong } from '../../errors/rows';
import type { RawRecord } from '../../normalise/field-reader';
import { text } from '../../normalise/values';
import { checkAnswer, type CheckedAnswer } from './check-answer';
import type { KeyValue, RowRequest, RowSource } from './contract.types';
import { rowSet, type KeyColumn, type RowSet, type RowSetName } from './row-sets';
import { MOST_ROWS } from './write-sql';

export interface RowsFilter {
	/** Changed at or after this moment or day in UTC. */
	since?: string | null;
	/** Rows to go through per answer in search of changed ones; absent = a page. */
	window?: number;
	only?: RowRequest['only'];
	/** True when nothing more is wanted. */
	enough?(): boolean;
	pageSize?: number;
}

/** Reads a set of rows to its proven end. */
export type AskRows = (
	rows: RowSetName,
	filter: RowsFilter,
	take: (row: RawRecord) => void,
	context: GpErrorContext,
) => Promise<{ requests: number; completeness: Completeness }>;

export interface AskRowsParts {
	source: RowSource;
	company: string;
	/** Rows of one answer, unless the wish says otherwise. */
	pageSize: number;
	/** Runs a request in its turn, see ServerLimiter. */
	inTurn<Result>(task: () => Promise<Result>): Promise<Result>;
	signal?: AbortSignal;
}

/** Answers to one question; with a page of 500, ten million rows. */
const MOST_REQUESTS = 20_000;
/** Values of a column in one question; SQL Server takes 2,100 parameters. Each question is an execution of a workflow. */
export const VALUES_PER_REQUEST = 400;
/** Lines are short: so many times more of them make a page. */
const LINES_PER_ROW = 4;

/**
 * Pages by key: each answer begins after the last key of the one before. The end is shown by the
 * source's own count (nothing was left to give, and the rows gone through ended before the window did),
 * or else by an empty answer past the last key. Nothing is concluded from a short answer.
 */
export function createAskRows(parts: AskRowsParts): AskRows {
	let asked = 0;

	async function answerTo(request: RowRequest, context: GpErrorContext): Promise<CheckedAnswer> {
		parts.signal?.throwIfAborted();
		const items = await parts.inTurn(async () => await parts.source(request, parts.signal));
		return checkAnswer(items, request, context);
	}

	return async (name, filter, take, context) => {
		const set = rowSet(name);
		const most = Math.min(MOST_ROWS, parts.pageSize * (filter.only ? LINES_PER_ROW : 1));
		const limit = Math.max(2, Math.min(most, filter.pageSize ?? Infinity));
		const window = Math.max(limit, filter.window ?? limit);
		const since = set.changed === null ? null : momentOf(filter.since);
		let after: KeyValue[] | null = null;
		const seen = new Set<string>();
		for (let requests = 1; ; requests += 1) {
			if (requests > MOST_REQUESTS) {
				const why = `it had not ended after ${MOST_REQUESTS} requests`;
				return { requests, completeness: { proven: false, why } };
			}
			asked += 1;
			const { rows, count, lastPlace } = await answerTo(
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
			for (const row of rows) take(row);
			const last = rows.at(-1);
			if (!last) return { requests, completeness: { proven: true, by: 'nothingBehind' } };
			const walked = since === null ? limit : window;
			if (count !== null && count <= limit && lastPlace !== null && lastPlace < walked)
				return { requests, completeness: { proven: true, by: 'count' } };
			if (filter.enough?.())
				return { requests, completeness: { proven: true, by: 'nothingBehind' } };
			const next = set.key.map((column) => keyValue(last, column, name, context));
			if (after !== null && next.every((value, at) => same(value, after![at]!))) {
				throw new GpRowAnswerWrong(
					context,
					name,
					`after ${next.join(', ')} it gave that row again, so it does not page by key`,
				);
			}
			after = next;
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
