import { breather } from '../../http/read-body';
import { type Completeness, NOTHING_TO_READ, together } from '../../model/gp-changes';
import { contentHash } from '../../model/json-text';
import { canonicalKey, sameGpKey } from '../../model/keys';
import type { Entity } from '../../model/desired';
import type { GpError } from '../errors/gp-error';
import { GpRecordNotFound, GpResourceNotOffered } from '../errors/refusals';
import type { RawRecord } from '../normalise/field-reader';
import type { Normaliser } from '../normalise/normaliser';
import { codeOf, TRANSACTION_STATES } from '../normalise/code-lists';
import { filtersFor, keyCondition, keyPartsOf, type ListFilter } from '../query/list-query';
import type { GpRecord } from '../../model/gp-records';
import { addLookups } from './child-rows';
import type { ReaderServices } from './fetch-rows';
import { listSource } from './list-source';
import {
	type Listing,
	type ListedRow,
	listedRow,
	mapConcurrently,
	mapInTurns,
	named,
	Pages,
	type PageSource,
} from './pages';
import {
	isAbsentHere,
	isFaultOfRecord,
	isListOnly,
	RecordDetails,
	standsTwice,
} from './record-details';
import { rowFingerprint } from './recheck';

export interface ListingOptions {
	/** Rows asked for per page; the profile's when absent. */
	pageSize?: number;
	/** Only some rows are wanted: whoever asks leaves the loop when it has them. */
	few?: boolean;
}

export interface EntityReader {
	/** Every row of the entity that meets the wish, as far as the server filters, doubles included. */
	list(filter: ListFilter, options?: ListingOptions): Listing;
	/**
	 * Fetches what the list rows lack; a fault of one record stands in its place. Unless `someMayFail`,
	 * three or more that all fail alike are taken for a broken service, and thrown.
	 */
	complete(
		rows: ListedRow[],
		options?: { someMayFail?: boolean },
	): Promise<Array<GpRecord | GpError>>;
	get(key: string): Promise<GpRecord>;
	/** Records by their keys, in this order; a fault of one record stands in its place. */
	getMany(keys: readonly string[]): Promise<Array<GpRecord | GpError>>;
	/**
	 * The rows of records by their keys, in this order, for `complete` to do with others at once; absent where
	 * a record comes whole by its key.
	 */
	findRows?(keys: readonly string[]): Promise<Array<ListedRow | GpError>>;
	/** Whether reading this record by its key alone gives the same: false where only the list knows a part of it. */
	standsAlone(record: GpRecord): boolean;
	paths(): string[];
}

/** Finds the rows of one answer that have one key and differ: none of them is taken for the record. */
export class Clashes {
	private readonly found = new Map<string, ListedRow>();

	constructor(private readonly entity: Entity) {}

	/** The rows, a fault in the place of those that clash here or did in an answer before. */
	async among(rows: readonly ListedRow[]): Promise<ListedRow[]> {
		const seen = new Map<string, ListedRow>();
		const pause = breather();
		for (const row of rows) {
			await pause();
			const { key } = row;
			const before = seen.get(key);
			seen.set(key, row);
			if (!before || rowFingerprint(before) === rowFingerprint(row) || moved(before, row)) continue;
			const fault = standsTwice({ entity: this.entity, key });
			this.found.set(key, { key, record: null, fault, pending: null });
		}
		return this.found.size === 0 ? [...rows] : rows.map((row) => this.found.get(row.key) ?? row);
	}
}

/** A document on its way from one table to the next may be met in both: the later stamp counts. */
function moved({ record: before }: ListedRow, { record }: ListedRow): boolean {
	return before?.kind === 'payable' && record?.kind === 'payable' && before.state !== record.state;
}

/** Rows that are handed on together once their columns were joined. */
const JOINED_ROWS = 500;

/** Reads one entity, whether it is one resource with details or several tables to be joined. */
export function createEntityReader(
	services: ReaderServices,
	entity: Entity,
	normaliser: Normaliser,
): EntityReader {
	const settings = services.profile.entities[entity];
	const details = new RecordDetails(services, entity, normaliser, async (otherThan) => {
		for await (const page of rowsOfAll({}, { few: true }))
			for (const row of page) if (row.pending && !sameGpKey(row.key, otherThan)) return row;
		return null;
	});
	const sources = settings.lists.filter((source) => {
		const state = codeOf(TRANSACTION_STATES, source.assign.TransactionState);
		return !state || services.profile.transactionStates.includes(state);
	});
	const request = { entity, settings, recogniser: normaliser };

	function listed(raw: RawRecord, source: number): ListedRow {
		return listedRow(raw, () => {
			const whole = normaliser.isComplete(raw) || !details.canComplete(source);
			const isSummary = !whole || settings.details === 'notWanted';
			const record = normaliser.record(raw, isSummary ? 'summary' : undefined);
			return { record, pending: whole ? null : { raw, source } };
		});
	}

	/** One list, its rows normalised as they come. */
	async function* rowsOf(
		source: (typeof sources)[number],
		filter: ListFilter,
		options: ListingOptions = {},
	): PageSource<ListedRow, Completeness> {
		const number = settings.lists.indexOf(source);
		if (source.lookups.length > 0) return yield* joinedRowsOf(source, number, filter);
		const clashes = new Clashes(entity);
		const report = yield* listSource<ListedRow>(services, {
			...request,
			source,
			filter,
			...options,
			read: async (raws) =>
				await clashes.among(await mapInTurns(raws, (raw) => listed(raw, number))),
			keyOf: ({ key }) => key,
		});
		return report.completeness;
	}

	/** Lookup columns have to be there before a row is normalised, so such rows are read raw first. */
	async function* joinedRowsOf(
		source: (typeof sources)[number],
		number: number,
		filter: ListFilter,
	): PageSource<ListedRow, Completeness> {
		const pages = new Pages(
			listSource<RawRecord>(services, {
				...request,
				source,
				filter,
				read: (raws) => Promise.resolve([...raws]),
				keyOf: (raw) => contentHash(raw),
			}),
		);
		const raws: RawRecord[] = [];
		for await (const page of pages) for (const raw of page) raws.push(raw);
		await addLookups(services, entity, raws, source.lookups);
		for (let start = 0; start < raws.length; start += JOINED_ROWS)
			yield await mapInTurns(raws.slice(start, start + JOINED_ROWS), (raw) => listed(raw, number));
		return pages.end!.completeness;
	}

	async function* rowsOfAll(
		filter: ListFilter,
		options?: ListingOptions,
	): PageSource<ListedRow, Completeness> {
		let completeness: Completeness | undefined;
		for (const source of sources) {
			const end = yield* rowsOf(source, filter, options);
			completeness = together(completeness, named(end, source.path));
		}
		return completeness ?? NOTHING_TO_READ;
	}

	/** Records where there is no detail to ask for: from the lists, several keys in one request. */
	async function findInLists(keys: readonly string[]): Promise<Map<string, ListedRow>> {
		const wanted = new Set(keys.map(canonicalKey));
		const rows = new Map<string, ListedRow>();
		for (const source of sources)
			for (const filter of filtersFor(source.keyColumns, entity, keys))
				for await (const page of rowsOf(source, filter))
					for (const row of page)
						if (wanted.has(canonicalKey(row.key))) rows.set(canonicalKey(row.key), row);
		return rows;
	}

	/** One record from the lists; all of them are read, since it may just have moved from one to the next. */
	async function findInAllLists(key: string): Promise<ListedRow | null> {
		const parts = keyPartsOf(entity, key);
		const few = settings.lists.length === 1;
		let found: ListedRow | null = null;
		for (const source of sources) {
			const condition = keyCondition(source.keyColumns, parts);
			for await (const page of rowsOf(source, condition ? { condition } : {}, { few })) {
				for (const row of page) if (sameGpKey(row.key, key)) found = row;
				if (few && found) break;
			}
		}
		return found;
	}

	const notFound = (key: string) =>
		new GpRecordNotFound({
			entity,
			key,
			address: services.addresses.resource(sources[0]!.path),
		});

	return {
		paths: () => sources.map(({ path }) => path),
		list: (filter, options) => new Pages(rowsOfAll(filter, options)),
		complete: async (rows, options) => await details.complete(rows, options),
		standsAlone: (record) => details.standsAlone(record),

		async getMany(keys) {
			const results = new Map<string, GpRecord | GpError>();
			const toFind: string[] = [];
			const absent = new Map<string, GpError>();
			const isAllowedOthers = details.allowed([]);
			await mapConcurrently(keys, services.concurrency, async (key) => {
				try {
					keyPartsOf(entity, key);
					if (details.offered) results.set(key, await details.fetch(key));
					else toFind.push(key);
				} catch (error) {
					if (error instanceof GpResourceNotOffered) {
						// Not offered for one key may be for all, or that record is gone: the list tells.
						if (isListOnly(error)) details.offered = false;
						toFind.push(key);
					} else if (isAbsentHere(error)) {
						absent.set(key, error);
						toFind.push(key);
					} else if (isFaultOfRecord(error) || (await isAllowedOthers(error, { key })))
						results.set(key, error as GpError);
					else throw error;
				}
			});
			const rows = await findInLists(toFind);
			const found = toFind.flatMap((key) => rows.get(canonicalKey(key)) ?? []);
			const completed = await details.complete(found, { someMayFail: true });
			found.forEach((row, index) => results.set(canonicalKey(row.key), completed[index]!));
			return keys.map(
				(key) =>
					results.get(key) ?? results.get(canonicalKey(key)) ?? absent.get(key) ?? notFound(key),
			);
		},

		async get(key) {
			let absent: GpError | null = null;
			if (details.offered) {
				try {
					return await details.fetch(key);
				} catch (error) {
					if (isListOnly(error)) details.offered = false;
					else if (isAbsentHere(error) || error instanceof GpResourceNotOffered) absent = error;
					else throw error;
				}
			}
			const found = await findInAllLists(key);
			// Not listed, and no single record was given by this way yet: that it is gone is not shown.
			const isRefused = absent instanceof GpResourceNotOffered && details.given === 0;
			if (!found) throw absent && (isRefused || isAbsentHere(absent)) ? absent : notFound(key);
			const [record] = await details.complete([found]);
			if (record instanceof Error) throw record;
			return record!;
		},
	};
}
