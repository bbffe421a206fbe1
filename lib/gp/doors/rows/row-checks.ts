import { excerptOf, jsonBeginning, messageOf } from '../../../model/foreign-text';
import { add, compare, isZero, negate, subtract, toFixed } from '../../../model/money';
import { type GpErrorContext, GpRecordMalformed } from '../../errors/gp-error';
import { GpRowAnswerWrong, GpRowRequestRefused } from '../../errors/other-doors';
import { canonicalName, isRecord, type RawRecord } from '../../normalise/field-reader';
import { amount, text } from '../../normalise/values';
import {
	DAY_COLUMNS,
	type KeyColumn,
	ROW_SETS,
	type RowRequest,
	rowSet,
	type RowSet,
	TYPE_COLUMN,
} from './row-sets';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?$/;
/** More than any request of the reader asks for. */
export const MOST_ROWS = 5_000;
/** More rows than any table of GP has. */
export const MOST_WINDOW = 1_000_000;
/** SQL Server takes 2,100 parameters. */
export const MOST_VALUES = 500;
/** Longer than any key of GP. */
const LONGEST_VALUE = 150;

const shown = (given: unknown) => messageOf(jsonBeginning(given), 60);

/**
 * The request as one this package makes; whoever may call the workflow could send anything.
 *
 * @throws GpRowRequestRefused
 */
export function checkedRequest(request: RowRequest): RowSet {
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
		const { values, types } = request.only;
		if (!Array.isArray(values) || values.length < 1 || values.length > MOST_VALUES)
			refuse(`only has to have 1 to ${MOST_VALUES} values`);
		values.forEach((one) => value(one, by));
		if (types !== undefined) {
			if (set.key[0]!.column !== TYPE_COLUMN.column) refuse(`${request.rows} have no types`);
			if (!Array.isArray(types) || types.length < 1 || types.length > MOST_VALUES)
				refuse(`types have to be 1 to ${MOST_VALUES}`);
			types.forEach((one) => value(one, TYPE_COLUMN));
		}
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

export interface CheckedAnswer {
	/** Members are the columns asked for, by the names they were asked by. */
	rows: RawRecord[];
	/** GPP_COUNT: how many rows the source had to give, before its limit; null when it does not say. */
	count: number | null;
	/** GPP_PLACE of the last row: its number among the rows gone through; null when the source does not say. */
	lastPlace: number | null;
}

/** No column of GP is longer; a note is not read. */
const LONGEST_TEXT = 10_000;
/** More than any table of GP has: rows are given to be read, not to be searched through. */
const MOST_COLUMNS = 400;
/** A driver gives numeric(19,5) as a double: exact up to here, and beyond in whole numbers only. */
const EXACT_FRACTIONS = 2e10;

/**
 * The rows of an answer, checked: one item, of this request, no more rows than asked for, in each all
 * columns that were asked for, each a plain value. Names are compared without case and underscores.
 *
 * @throws GpRowAnswerWrong
 */
export function checkAnswer(
	items: readonly unknown[],
	request: RowRequest,
	context: GpErrorContext,
): CheckedAnswer {
	const refuse = (why: string, shown?: unknown): never => {
		const excerpt = shown === undefined ? {} : { excerpt: excerptOf(jsonBeginning(shown)) };
		throw new GpRowAnswerWrong({ ...context, ...excerpt }, request.rows, why);
	};
	const [answer, ...others] = items;
	if (!isRecord(answer) || others.length > 0)
		return refuse(`one item was expected, and ${items.length} came`, items[0]);
	if (answer.request !== request.request)
		return refuse('it does not carry the request it belongs to', answer.request ?? answer);
	if (!Array.isArray(answer.rows)) return refuse('it has no list "rows"', answer);
	// n8n stands an empty item in for none where a node is to give an item in any case.
	const given = (answer.rows as unknown[]).filter(
		(row) => !isRecord(row) || Object.keys(row).length > 0,
	);
	if (given.length > request.limit)
		return refuse(`at most ${request.limit} rows were asked for, and ${given.length} came`);

	const columns = request.columns.map((name) => ({ name, canonical: canonicalName(name) }));
	const counts = new Set<unknown>();
	let lastPlace: number | null = null;
	const rows = given.map((row, at) => {
		if (!isRecord(row)) return refuse(`row ${at + 1} is no object`, row);
		const names = Object.keys(row);
		if (names.length > MOST_COLUMNS)
			return refuse(
				`row ${at + 1} has ${names.length} columns, and ${columns.length} were asked for`,
			);
		const members = new Map(
			Object.entries(row).map(([name, value]) => [canonicalName(name), value]),
		);
		counts.add(members.get('gppcount') ?? null);
		lastPlace = wholeNumber(members.get('gppplace'));
		return Object.fromEntries(
			columns.map(({ name, canonical }) => {
				// A node that goes on after a fault puts that in the place of rows.
				if (!members.has(canonical))
					refuse(`row ${at + 1} has no column ${name}`, row.error ?? names.slice(0, 40));
				const value = plain(members.get(canonical), DAY_COLUMNS.has(name.toLowerCase()));
				if (value === undefined)
					refuse(
						`${name} of row ${at + 1} is no plain value that is exact`,
						members.get(canonical),
					);
				return [name, value];
			}),
		) as RawRecord;
	});
	const [first] = counts;
	if (counts.size > 1) refuse('its rows do not agree on how many they are', [...counts]);
	const count = wholeNumber(first);
	if (count !== null && rows.length !== Math.min(count, request.limit))
		refuse(`there were ${count} rows to give, of which ${rows.length} came`);
	return { rows, count, lastPlace };
}

/** Text, whole number, flag, or null; undefined for anything that cannot be taken as it is. */
function plain(value: unknown, isDay: boolean): string | number | boolean | null | undefined {
	if (value === null || value === undefined) return null;
	if (typeof value === 'boolean') return value;
	if (typeof value === 'string') return value.length > LONGEST_TEXT ? undefined : value;
	if (typeof value === 'number') {
		const exact = Number.isSafeInteger(value) || Math.abs(value) < EXACT_FRACTIONS;
		return Number.isFinite(value) && exact ? value : undefined;
	}
	if (value instanceof Date) {
		if (Number.isNaN(value.getTime())) return undefined;
		const iso = value.toISOString();
		// A day without a zone, which the driver read as UTC.
		return isDay && iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso;
	}
	return undefined;
}

/** Counts come as numbers, or as text where the driver keeps 64 bits so. */
function wholeNumber(value: unknown): number | null {
	const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
	return Number.isSafeInteger(number) ? (number as number) : null;
}

/**
 * Distributions with the job a job product keeps for them: matched by control type, sequence and, where
 * the product tells it, account. A distribution that is analysed in several parts, some of them perhaps without a
 * job, becomes as many lines, if their amounts are its own; otherwise the document is refused.
 *
 * @param voucher for the message
 */
export function withJobs(
	lines: readonly RawRecord[],
	jobs: readonly RawRecord[],
	voucher: string,
): RawRecord[] {
	if (jobs.length === 0) return [...lines];
	return lines.flatMap((line) => {
		const all = jobs.filter((job) => belongsTo(job, line));
		// A part without a job is one as well, where the product tells its amount.
		const own = all.filter((job) => hasJob(job) || !isZero(amount(job.AMOUNT) ?? '0'));
		const first = own.find(hasJob);
		if (!first) return [line];
		if (own.every((job) => sameCodes(job, first))) return [{ ...line, ...codesOf(first) }];
		const total = subtract(amount(line.DEBITAMT) ?? '0', amount(line.CRDTAMNT) ?? '0');
		const parts = own.map((job) => amount(job.AMOUNT));
		const whole = parts.every((part) => part !== null) ? add('0', ...parts) : null;
		if (whole === null || compare(whole, total) !== 0)
			throw new GpRecordMalformed(
				{ entity: 'payable', key: voucher },
				`the jobs of distribution ${text(line.DSTSQNUM)}`,
				`add up to ${whole === null ? 'no amount' : toFixed(whole)}, and the distribution is ${toFixed(total)}`,
			);
		return own.map((job, at) => {
			const part = parts[at]!;
			const isDebit = compare(part, '0') >= 0;
			return {
				...line,
				...(hasJob(job) ? codesOf(job) : {}),
				DEBITAMT: isDebit ? part : '0',
				CRDTAMNT: isDebit ? '0' : negate(part),
			};
		});
	});
}

function belongsTo(job: RawRecord, line: RawRecord): boolean {
	const same = (column: string) => Number(text(job[column])) === Number(text(line[column]));
	const index = Number(text(job.DSTINDX) ?? 0);
	return same('CNTRLTYP') && same('DSTSQNUM') && (index === 0 || same('DSTINDX'));
}

function hasJob({ JOB }: RawRecord): boolean {
	return text(JOB) !== null;
}

function codesOf({ JOB, COSTCODE, COSTTYPE }: RawRecord): RawRecord {
	return { JOB, COSTCODE, COSTTYPE };
}

function sameCodes(left: RawRecord, right: RawRecord): boolean {
	return (['JOB', 'COSTCODE', 'COSTTYPE'] as const).every(
		(name) => text(left[name]) === text(right[name]),
	);
}
