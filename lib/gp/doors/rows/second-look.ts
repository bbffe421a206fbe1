import type { Entity } from '../../../model/desired';
import type { Completeness } from '../../../model/gp-changes';
import { DOCUMENT_TYPE_NUMBERS } from '../../../model/gp-records';
import { addTo, canonicalKey } from '../../../model/keys';
import { GpError, type GpErrorContext, GpRecordMalformed } from '../../errors/gp-error';
import { GpRowsOfOtherCompany } from '../../errors/other-doors';
import type { RawRecord } from '../../normalise/field-reader';
import { isoDate, type MomentSettings, text } from '../../normalise/values';
import type { SiteProfile } from '../../profiles/site-profile';
import { Pages, type PageSource } from '../../reading/pages';
import { controlRows, registerKey, type SecondLook } from '../../reading/second-look';
import type { AppliedReader } from '../door';
import { type AskRows, VALUES_PER_REQUEST } from './ask-rows';
import { checkAnswer } from './row-checks';
import {
	type KeyValue,
	rowListsOf,
	type RowRequest,
	rowSet,
	type RowSetName,
	type RowSource,
} from './row-sets';

export interface RowsSecondLookParts {
	source: RowSource;
	company: string;
	profile: SiteProfile;
	inTurn<Result>(task: () => Promise<Result>): Promise<Result>;
	mustBeCompany(): Promise<void>;
	signal?: AbortSignal;
}

/** Rows of an answer: none of the reader's page sizes, so that a border of pages falls elsewhere. */
const PAGE = 1_733;
const MOST_REQUESTS = 10_000;
/** What control totals need beside the key, where the rows have it. */
const TOLD = ['TransactionState', 'VENDORID', 'DOCDATE', 'DOCAMNT', 'VOIDED', 'ModifiedDate'];

/**
 * Reads the keys of a stream a second time: backwards, in other pages, by a loop that shares nothing with
 * the reader but the check of an answer's form, and ended by an empty answer alone. The database is asked
 * to count each list, too, and of payables the register (PM00400) is read, which shares no table with them.
 *
 * @throws GpRowsOfOtherCompany
 */
export async function rowsSecondLook(
	parts: RowsSecondLookParts,
	entity: Entity,
): Promise<SecondLook> {
	const { profile } = parts;
	const found: SecondLook = { keys: new Set(), rows: new Map(), counted: 0, failed: null };
	const failures = new Set<string>();
	const control = entity === 'payable' ? controlRows(profile) : null;
	let asked = 0;
	let passedOver = 0;
	await parts.mustBeCompany();

	for (const { rows } of rowListsOf(entity, profile.transactionStates)) {
		await orFailure(rowSet(rows).view, async () => {
			const total = await countOf(rows, entity);
			found.counted = total === null || found.counted === null ? null : found.counted + total;
			for await (const page of backwards(rows, entity))
				for (const raw of page) {
					const row = control?.(raw) ?? null;
					const key = control ? row?.key : canonicalKey(raw.VENDORID ?? raw.ACTNUMST);
					// A document on its way from one table to the next is counted twice.
					if (!key || found.keys.has(key)) passedOver += 1;
					else found.keys.add(key);
					if (row) found.rows.set(row.key, row);
				}
		});
	}
	if (entity === 'payable')
		await orFailure(rowSet('register').view, async () => {
			for await (const page of backwards('register', entity))
				for (const raw of page) {
					const key = registerKey(raw, profile.transactionStates);
					if (key !== null) found.keys.add(key);
				}
		});
	found.failed = failures.size === 0 ? null : [...failures].join('; ');
	if (found.failed !== null) found.counted = null;
	if (found.counted !== null) found.counted -= passedOver;
	return found;

	async function orFailure(view: string, read: () => Promise<void>): Promise<void> {
		try {
			await read();
		} catch (error) {
			if (!(error instanceof GpError) || error instanceof GpRowsOfOtherCompany) throw error;
			failures.add(`${view}: ${error.message.replace(/\.$/, '')}`);
		}
	}

	async function ask(
		rows: RowSetName,
		more: Pick<RowRequest, 'columns' | 'limit' | 'look'> & { after?: readonly KeyValue[] | null },
		context: GpErrorContext,
	): Promise<RawRecord[]> {
		parts.signal?.throwIfAborted();
		asked += 1;
		const request: RowRequest = {
			...{ request: `second look ${asked}`, company: parts.company, rows },
			...{
				key: rowSet(rows).key.map(({ column }) => column),
				after: null,
				since: null,
				only: null,
			},
			window: more.limit,
			...more,
		};
		const items = await parts.inTurn(async () => await parts.source(request, parts.signal));
		return checkAnswer(items, request, context).rows;
	}

	/** How many rows there are; null where the source does not count. */
	async function countOf(rows: RowSetName, of: Entity): Promise<number | null> {
		let answered: RawRecord[];
		try {
			const more = { columns: ['GPP_TOTAL'], limit: 1, look: 'count' } as const;
			answered = await ask(rows, more, { entity: of });
		} catch (error) {
			// A source that knows no such question gives a row, or anything else.
			if (error instanceof GpError) return null;
			throw error;
		}
		const total = text(answered[0]?.GPP_TOTAL);
		return total !== null && /^\d{1,15}$/.test(total) ? Number(total) : null;
	}

	async function* backwards(rows: RowSetName, of: Entity): PageSource<RawRecord, void> {
		const set = rowSet(rows);
		const names = new Set(set.key.map(({ column }) => column));
		const extra = entity === 'account' ? ['ACTNUMST'] : rows === 'register' ? set.columns : TOLD;
		for (const name of extra) if (set.columns.includes(name)) names.add(name);
		const columns = set.columns.filter((name) => names.has(name));
		const placeOf = (raw: RawRecord) => set.key.map(({ column }) => canonicalKey(raw[column]));
		const [first, next] = await ask(rows, { columns, limit: 2 }, { entity: of });
		let after: KeyValue[] | null = null;
		const ends = new Set<string>();
		for (let request = 1; ; request += 1) {
			if (request > MOST_REQUESTS) return void endless();
			const more = { columns, limit: PAGE, look: 'backward', after } as const;
			const page = await ask(rows, more, { entity: of });
			const last = page.at(-1);
			if (!last) return;
			const ignored = after === null && next && same(placeOf(page[0]!), placeOf(first!));
			yield page;
			const end = JSON.stringify(placeOf(last));
			if (ignored || ends.has(end)) {
				failures.add(`${set.view}: the workflow does not give rows backwards ("look")`);
				return;
			}
			ends.add(end);
			after = set.key.map(({ column, type }) =>
				// Blanks in front are a part of it.
				type.startsWith('char') ? String(last[column] ?? '').trimEnd() : Number(text(last[column])),
			);
		}

		function endless(): void {
			failures.add(`${set.view}: it had not ended after ${MOST_REQUESTS} requests`);
		}
	}
}

function same(left: readonly string[], right: readonly string[]): boolean {
	return JSON.stringify(left) === JSON.stringify(right);
}

/** Rows whose column has one of the values, in canonical form by that value. */
export type RowsByValue = (
	rows: RowSetName,
	column: string,
	values: Iterable<string>,
) => Promise<Map<string, RawRecord[]>>;

/**
 * All rows of a reading that is known to be short.
 * @throws GpRecordMalformed where they may not be all: half of them would look like the whole
 */
export async function allRows(
	source: PageSource<RawRecord, Completeness>,
	context: GpErrorContext,
	what: string,
): Promise<RawRecord[]> {
	const pages = new Pages(source);
	const rows: RawRecord[] = [];
	for await (const page of pages) for (const row of page) rows.push(row);
	const end = pages.end!;
	if (!end.proven) throw new GpRecordMalformed(context, what, end.why);
	return rows;
}

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
			const answer = allRows(services.ask(rows, { only }, {}), {}, `the rows ${rows}`);
			for (const row of await answer) addTo(found, canonicalKey(row[column]), row);
		}
		return found;
	};
}

/** What was applied to which document, by the view gpp_payment_applied. */
export function createRowsApplied(byValue: RowsByValue, moments: MomentSettings): AppliedReader {
	return {
		async to(documents) {
			const vouchers = documents.map(({ voucher }) => voucher);
			const rows = await byValue('paymentApplied', 'APTVCHNM', vouchers);
			return new Map(
				documents.flatMap(({ key, voucher, documentType }) => {
					const own = (rows.get(canonicalKey(voucher)) ?? []).filter(
						({ APTODCTY }) => Number(text(APTODCTY)) === DOCUMENT_TYPE_NUMBERS[documentType],
					);
					if (own.length === 0) return [];
					const applied = own.map((row) => {
						const date = isoDate(row.APPLIED, moments);
						if (date === undefined)
							throw new GpRecordMalformed(
								{ entity: 'payable', key },
								'the day something was applied to it',
								`"${text(row.APPLIED) ?? ''}" cannot be read`,
							);
						return {
							documentType: Number(text(row.DOCTYPE)),
							voucher: text(row.VCHRNMBR) ?? '',
							date,
						};
					});
					return [[key, applied] as const];
				}),
			);
		},
	};
}
