import { type Completeness, NOTHING_TO_READ, together } from '../../../model/gp-changes';
import { addTo, canonicalKey, sameGpKey } from '../../../model/keys';
import { isZero } from '../../../model/money';
import type { Entity } from '../../../model/desired';
import { CONTROL_TYPES, DOCUMENT_TYPE_NUMBERS, type GpRecord } from '../../../model/gp-records';
import { type GpError, type GpErrorContext, GpRecordMalformed } from '../../errors/gp-error';
import { GpRecordNotFound } from '../../errors/refusals';
import type { RawRecord } from '../../normalise/field-reader';
import type { Normaliser } from '../../normalise/normaliser';
import { amount, text } from '../../normalise/values';
import type { SiteProfile } from '../../profiles/site-profile';
import type { EntityReader, ListingOptions } from '../../reading/entity-reader';
import {
	type ListedRow,
	listedRow,
	mapInTurns,
	named,
	Pages,
	type PageSource,
} from '../../reading/pages';
import { isFaultOfRecord } from '../../reading/record-details';
import { keyPartsOf, type ListFilter } from '../../query/list-query';
import { isWithin } from '../../reading/stamps';
import { VALUES_PER_REQUEST, type AskRows } from './ask-rows';
import { type KeyValue, type RowList, rowListsOf, rowSet, type RowSetName } from './row-sets';
import { allRows } from './second-look';
import { MOST_WINDOW, withJobs } from './row-checks';

export interface RowsReaderServices {
	ask: AskRows;
	profile: SiteProfile;
	/** Rows of history gone through per answer in search of changed ones; null: all of it in one statement. */
	historyWindow: number | null;
	/** Asked once before the first row: whether the source reads the company of the credential. */
	mustBeCompany(): Promise<void>;
}

/** Reads one stream from rows of another workflow: lists page by key, lines come for many records at once. */
export function createRowsReader(
	services: RowsReaderServices,
	entity: Entity,
	normaliser: Normaliser,
): EntityReader {
	const { ask, profile } = services;
	const lists = rowListsOf(entity, profile.transactionStates);
	/** Work and open documents share the tables of their lines: those of both are asked for at once. */
	const linesOfAll = [...new Set(lists.map(({ lines }) => lines))];
	const { details } = profile.entities[entity];
	const views = lists.map(({ rows }) => rowSet(rows).view);

	function listed(raw: RawRecord, list: RowList): ListedRow {
		const complete = details === 'never' || Object.keys(list.lines).length === 0;
		return listedRow(raw, () => ({
			record: normaliser.record(raw, complete ? undefined : 'summary'),
			pending: complete ? null : { raw, source: lists.indexOf(list) },
		}));
	}

	/** Lines of each kind for rows whose lines stand in the same tables, asked for by number, put with the row they belong to. */
	async function withLines(
		rows: readonly ListedRow[],
		lines: RowList['lines'],
	): Promise<RawRecord[]> {
		const wholes = rows.map(({ pending }) => ({ ...pending!.raw }));
		for (const [member, name] of Object.entries(lines)) await addLines(wholes, member, name);
		return wholes;
	}

	async function addLines(
		wholes: readonly RawRecord[],
		member: string,
		name: RowSetName,
	): Promise<void> {
		const [by] = rowSet(name).by;
		const numbers = [...new Set(wholes.map((row) => text(row[by!.column]) ?? ''))].filter(Boolean);
		const lines = new Map<string, RawRecord[]>();
		for (let at = 0; at < numbers.length; at += VALUES_PER_REQUEST) {
			const values = numbers.slice(at, at + VALUES_PER_REQUEST);
			for (const line of await rowsWith(name, by!.column, values))
				addTo(lines, canonicalKey(line[by!.column]), line);
		}
		for (const row of wholes) {
			const own = lines.get(canonicalKey(row[by!.column])) ?? [];
			row[member] = own.filter((line) => belongs(line, row));
		}
	}

	/** A document without lines may have moved on since its row was read: then they stand in other tables. */
	async function withMovedLines(
		rows: readonly ListedRow[],
		lines: RowList['lines'],
	): Promise<Array<readonly [ListedRow, RawRecord]>> {
		const wholes = await withLines(rows, lines);
		for (const other of linesOfAll) {
			if (other === lines) continue;
			for (const [member, name] of Object.entries(other)) {
				const bare = wholes.filter((whole) => lacks(whole, member));
				if (bare.length > 0) await addLines(bare, member, name);
			}
		}
		return rows.map((row, at) => [row, wholes[at]!] as const);
	}

	/** By key through all lists, in their order: what moves on meanwhile is met in the next. */
	async function find(keys: readonly string[]): Promise<Map<string, ListedRow>> {
		const found = new Map<string, ListedRow>();
		const wanted = new Set(keys.map(canonicalKey));
		const spelled = [...new Set(keys.map((key) => numberOf(key)))];
		const types = typesOf(keys);
		for (const list of lists) {
			const by = rowSet(list.rows).by[0]!;
			for (let at = 0; at < spelled.length; at += VALUES_PER_REQUEST) {
				const values = spelled.slice(at, at + VALUES_PER_REQUEST);
				for (const raw of await rowsWith(list.rows, by.column, values, types)) {
					const row = listed(raw, list);
					if (wanted.has(canonicalKey(row.key))) found.set(canonicalKey(row.key), row);
				}
			}
		}
		return found;
	}

	function numberOf(key: string): KeyValue {
		const parts = keyPartsOf(entity, key);
		return parts.vendorId ?? parts.account ?? parts.voucher!;
	}

	/** Of documents. */
	function typesOf(keys: readonly string[]): number[] | undefined {
		if (entity !== 'payable') return undefined;
		const types = keys.map((key) => Number(keyPartsOf(entity, key).documentType));
		return [...new Set(types)].sort((left, right) => left - right);
	}

	/** Documents the register still has although no table gave them: they were on their way. */
	async function onTheirWay(keys: readonly string[]): Promise<string[]> {
		if (entity !== 'payable' || keys.length === 0) return [];
		const moving = new Set<string>();
		for (let at = 0; at < keys.length; at += VALUES_PER_REQUEST) {
			const values = keys.slice(at, at + VALUES_PER_REQUEST).map(numberOf);
			// Reserved numbers are no documents yet.
			for (const row of await rowsWith('register', 'CNTRLNUM', values))
				if (['1', '2', '3'].includes(text(row.DCSTATUS) ?? ''))
					moving.add(canonicalKey(`${text(row.DOCTYPE)};${text(row.CNTRLNUM)}`));
		}
		return keys.filter((key) => moving.has(canonicalKey(key)));
	}

	/** By their keys, in this order; in place of one that was not found, or is no key, why. */
	async function findRows(keys: readonly string[]): Promise<Array<ListedRow | GpError>> {
		await services.mustBeCompany();
		const unknown = new Map<string, GpError>();
		const good = keys.filter((key) => {
			try {
				return numberOf(key) !== '';
			} catch (error) {
				if (!isFaultOfRecord(error)) throw error;
				unknown.set(key, error);
				return false;
			}
		});
		const found = await find(good);
		const missing = good.filter((key) => !found.has(canonicalKey(key)));
		const moving = await onTheirWay(missing);
		if (moving.length > 0) for (const [key, row] of await find(moving)) found.set(key, row);
		return keys.map((key) => {
			const known = unknown.get(key) ?? found.get(canonicalKey(key));
			if (known) return known;
			const context: GpErrorContext = { entity, key };
			if (!moving.some((one) => sameGpKey(one, key))) return new GpRecordNotFound(context);
			return new GpRecordMalformed(
				context,
				'its row',
				`stands in the register (PM00400) and in none of the tables that are read (${views.join(', ')}); "transactionStates" of the site profile says which those are`,
			);
		});
	}

	async function getMany(keys: readonly string[]): Promise<Array<GpRecord | GpError>> {
		const found = await findRows(keys);
		const records = await complete(
			found.filter((one): one is ListedRow => !(one instanceof Error)),
		);
		return found.map((one) => (one instanceof Error ? one : records.shift()!));
	}

	async function complete(rows: readonly ListedRow[]): Promise<Array<GpRecord | GpError>> {
		const wholes: Array<readonly [ListedRow, RawRecord]> = [];
		for (const lines of linesOfAll) {
			const own = rows.filter(({ pending }) => pending && lists[pending.source]!.lines === lines);
			if (own.length > 0) wholes.push(...(await withMovedLines(own, lines)));
		}
		const withDistributions = wholes
			.map(([, whole]) => whole)
			.filter(({ Distributions }) => Distributions);
		await addLines(withDistributions, 'Jobs', 'distributionJob');
		const results = new Map(wholes.map(([row, whole]) => [row, record(whole)]));
		return rows.map((row) => row.fault ?? results.get(row) ?? row.record!);
	}

	function record({ Jobs: jobs, ...raw }: RawRecord): GpRecord | GpError {
		try {
			if (!Array.isArray(jobs) || jobs.length === 0) return normaliser.record(raw);
			const voucher = `${text(raw.DOCTYPE)};${text(raw.VCHRNMBR)}`;
			const lines = withJobs(raw.Distributions as RawRecord[], jobs as RawRecord[], voucher);
			return normaliser.record({ ...raw, Distributions: lines });
		} catch (error) {
			if (isFaultOfRecord(error)) return error;
			throw error;
		}
	}

	async function* rowsOfAll(
		filter: ListFilter,
		{ pageSize }: ListingOptions = {},
	): PageSource<ListedRow, Completeness> {
		await services.mustBeCompany();
		let completeness: Completeness | undefined;
		for (const list of lists) {
			const window = list.windows ? (services.historyWindow ?? MOST_WINDOW) : MOST_WINDOW;
			const wish = { since: filter.since ?? null, window, ...(pageSize ? { pageSize } : {}) };
			const pages = new Pages(ask(list.rows, wish, { entity }));
			for await (const page of pages) {
				const rows = await mapInTurns(page, (raw) => listed(raw, list));
				// The last row of a window comes whatever it says.
				yield rows.filter(({ record }) =>
					isWithin(record?.modified ?? null, { since: filter.since ?? null }),
				);
			}
			completeness = together(completeness, named(pages.end!, rowSet(list.rows).view));
		}
		return completeness ?? NOTHING_TO_READ;
	}

	return {
		paths: () => views,

		list: (filter, options) => new Pages(rowsOfAll(filter, options)),

		complete,
		getMany,
		findRows,

		async get(key) {
			const [found] = await getMany([key]);
			if (found instanceof Error) throw found;
			return found!;
		},

		// By key a record is put together of the same rows.
		standsAlone: () => true,
	};

	/** Lines that may be missing are no lines: half a document must not be booked. */
	async function rowsWith(
		name: RowSetName,
		column: string,
		values: readonly KeyValue[],
		types?: readonly number[],
	): Promise<RawRecord[]> {
		const only = { column, values: [...values], ...(types ? { types } : {}) };
		return await allRows(ask(name, { only }, { entity }), { entity }, 'its lines');
	}
}

/** Whether lines are not there that a document has: each its distributions, one with tax the lines of that. */
function lacks(whole: RawRecord, member: string): boolean {
	const lines = whole[member];
	if (!Array.isArray(lines) || lines.length > 0) return false;
	return member !== 'Taxes' || !isZero(amount(whole.TAXAMNT) ?? '0');
}

/** Vouchers and payments count apart, and a tax line has the type of its document. */
function belongs(line: RawRecord, row: RawRecord): boolean {
	const documentType = Number(text(row.DOCTYPE));
	const name = Object.entries(DOCUMENT_TYPE_NUMBERS).find(([, code]) => code === documentType)?.[0];
	const control = text(line.CNTRLTYP);
	if (control !== null && name)
		return Number(control) === CONTROL_TYPES[name as keyof typeof CONTROL_TYPES];
	const type = text(line.DOCTYPE);
	return type === null || Number(type) === documentType;
}
