import { breather } from '../../http/read-body';
import { type Completeness, NOTHING_TO_READ, together } from '../../model/gp-changes';
import { contentHash } from '../../model/content-hash';
import { canonicalKey, sameGpKey } from '../../model/keys';
import type { Entity } from '../../model/desired';
import { type GpError, GpRecordMalformed } from '../errors/gp-error';
import { GpRecordNotFound, GpResourceNotOffered } from '../errors/refusals';
import { canonicalName, type RawRecord } from '../normalise/field-reader';
import type { Normaliser } from '../normalise/normaliser';
import { codeOf, TRANSACTION_STATES } from '../normalise/code-lists';
import {
	filtersFor,
	keyCondition,
	keyPartsOf,
	type ListFilter,
	spelledKey,
	urlKeyParts,
} from '../query/list-query';
import type { GpRecord } from '../../model/gp-records';
import { addChildren, addLookups } from './child-rows';
import { fetchRows, type ListReport, listSource, type ReaderServices } from './list-source';
import { NO_MORE_WANTED } from './paging/page';
import {
	isAbsentHere,
	isFaultOfRecord,
	isListOnly,
	mapConcurrently,
	refuseWhenNoneWorks,
} from './record-faults';

/** A row of a list, normalised if it can be. */
export interface ListedRow {
	key: string;
	/** Null when the row is malformed. */
	record: GpRecord | null;
	fault: GpRecordMalformed | null;
	/** Kept only while the rest of the record has to be fetched. */
	pending: { raw: RawRecord; source: number } | null;
}

export interface Listing {
	reports: ListReport[];
	/** Rows as they came, doubles included. */
	read: number;
	/** Whether each list was read to its end, as far as that can be shown. */
	completeness: Completeness;
}

export interface EntityReader {
	/** Every row of the entity that meets the wish, as far as the server filters; `take` gets doubles too. */
	list(
		filter: ListFilter,
		take: (row: ListedRow) => void,
		options?: { enough?(): boolean; pageSize?: number },
	): Promise<Listing>;
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
	/** Whether reading this record by its key alone gives the same: false where only the list knows a part of it. */
	standsAlone(record: GpRecord): boolean;
	paths(): string[];
}

/** Reads one entity, whether it is one resource with details or several tables to be joined. */
export function createEntityReader(
	services: ReaderServices,
	entity: Entity,
	normaliser: Normaliser,
): EntityReader {
	const settings = services.profile.entities[entity];
	let detailsOffered = settings.detail !== null;
	const sources = settings.lists.filter((source) => {
		const state = codeOf(TRANSACTION_STATES, source.assign.TransactionState);
		return entity !== 'payable' || !state || services.profile.transactionStates.includes(state);
	});
	/** Records of which the list knows a part that the detail does not. */
	const dependent = new WeakSet<GpRecord>();
	const number = (source: (typeof sources)[number]) => settings.lists.indexOf(source);

	function listed(raw: RawRecord, source: number): ListedRow {
		try {
			const whole = normaliser.isComplete(raw) || !canComplete(source);
			const isSummary = !whole || settings.details === 'notWanted';
			const record = normaliser.record(raw, isSummary ? 'summary' : undefined);
			return { key: record.key, record, fault: null, pending: whole ? null : { raw, source } };
		} catch (error) {
			if (!(error instanceof GpRecordMalformed)) throw error;
			const key =
				typeof error.details.key === 'string' ? error.details.key : `#${contentHash(raw)}`;
			return { key, record: null, fault: error, pending: null };
		}
	}

	/** A list row as the whole record, there being no more of it after all. */
	function asItStands({ pending, record }: ListedRow): GpRecord | GpError {
		if (!pending) return record!;
		try {
			return normaliser.record(pending.raw);
		} catch (error) {
			if (error instanceof GpRecordMalformed) return error;
			throw error;
		}
	}

	function canComplete(source: number): boolean {
		return detailsOffered || (settings.lists[source]?.children.length ?? 0) > 0;
	}

	async function listOne(
		index: number,
		filter: ListFilter,
		take: (row: ListedRow) => void,
		options: { enough?(): boolean; pageSize?: number } = {},
	): Promise<ListReport & { read: number }> {
		const source = sources[index]!;
		let read = 0;
		const report = await listSource<ListedRow>(services, {
			entity,
			settings,
			source,
			recogniser: normaliser,
			filter,
			read: (raw) => listed(raw, number(source)),
			keyOf: ({ key }) => key,
			take: (row) => {
				read += 1;
				take(row);
			},
			...options,
		});
		return { ...report, read };
	}

	/** Lookup columns have to be there before a row is normalised, so such rows are read raw first. */
	async function listWithLookups(
		index: number,
		filter: ListFilter,
		take: (row: ListedRow) => void,
	): Promise<ListReport & { read: number }> {
		const source = sources[index]!;
		const raws: RawRecord[] = [];
		const report = await listSource<RawRecord>(services, {
			entity,
			settings,
			source,
			recogniser: normaliser,
			filter,
			read: (raw) => raw,
			keyOf: (raw) => contentHash(raw),
			take: (raw) => raws.push(raw),
		});
		await addLookups(services, entity, raws, source.lookups);
		const pause = breather();
		for (const raw of raws) {
			take(listed(raw, number(source)));
			await pause();
		}
		return { ...report, read: raws.length };
	}

	async function fetchDetail(row: ListedRow): Promise<GpRecord> {
		const address = services.addresses.record(
			settings.detail!,
			urlKeyParts(settings.keyParts, entity, row.record ? spelledKey(row.record) : row.key),
		);
		const context = { entity, key: row.key, address };
		const found = await fetchRows(
			services,
			address,
			normaliser,
			settings.responsePath ?? services.profile.responsePath,
			context,
		);
		const raw = found.rows[0];
		if (!raw) throw new GpRecordNotFound(context);
		if (!row.pending) return normaliser.record(raw);
		const record = normaliser.record(overlaid(row.pending.raw, raw));
		if (!saysTheSame(raw, record)) dependent.add(record);
		return record;
	}

	function saysTheSame(detail: RawRecord, record: GpRecord): boolean {
		try {
			return normaliser.record(detail).hash === record.hash;
		} catch (error) {
			if (error instanceof GpRecordMalformed) return false;
			throw error;
		}
	}

	/** Records where there is no detail to ask for: from the lists, several keys in one request. */
	async function findInLists(keys: readonly string[]): Promise<Map<string, ListedRow>> {
		const wanted = new Set(keys.map(canonicalKey));
		const rows = new Map<string, ListedRow>();
		const take = (row: ListedRow) => {
			if (wanted.has(canonicalKey(row.key))) rows.set(canonicalKey(row.key), row);
		};
		for (const [index, source] of sources.entries()) {
			for (const filter of filtersFor(source.keyColumns, entity, keys)) {
				if (source.lookups.length > 0) await listWithLookups(index, filter, take);
				else await listOne(index, filter, take);
			}
		}
		return rows;
	}

	return {
		paths: () => sources.map(({ path }) => path),

		async list(filter, take, options = {}) {
			const reports: ListReport[] = [];
			let read = 0;
			let completeness: Completeness | undefined;
			for (const [index, source] of sources.entries()) {
				if (options.enough?.()) {
					completeness = NO_MORE_WANTED;
					break;
				}
				const report =
					source.lookups.length > 0
						? await listWithLookups(index, filter, take)
						: await listOne(index, filter, take, options);
				reports.push(report);
				completeness = together(completeness, named(report.completeness, source.path));
				read += report.read;
			}
			return { reports, read, completeness: completeness ?? NOTHING_TO_READ };
		},

		async complete(rows, { someMayFail = false } = {}) {
			const withChildren = rows.filter(
				({ pending }) => pending && settings.lists[pending.source]!.children.length > 0,
			);
			const children = await addChildren(
				services,
				entity,
				withChildren.map(({ pending }) => pending!),
			);
			const joined = new Map(withChildren.map((row, index) => [row, children[index]!]));
			const completed = await mapConcurrently(rows, services.concurrency, async (row) => {
				if (row.fault) return row.fault;
				if (!row.pending) return row.record!;
				const raw = joined.get(row);
				try {
					if (raw) return normaliser.record(raw);
					if (!detailsOffered) return asItStands(row);
					return await fetchDetail(row);
				} catch (error) {
					if (
						error instanceof GpResourceNotOffered &&
						!settings.detailFields.includes('distributions')
					) {
						detailsOffered = false;
						return asItStands(row);
					}
					if (isFaultOfRecord(error)) return error;
					throw error;
				}
			});
			if (!someMayFail)
				refuseWhenNoneWorks(
					completed.filter((_, index) => rows[index]!.pending && !joined.has(rows[index]!)),
				);
			return completed;
		},

		standsAlone: (record) => !dependent.has(record),

		async getMany(keys) {
			const results = new Map<string, GpRecord | GpError>();
			const toFind: string[] = [];
			const absent = new Map<string, GpError>();
			await mapConcurrently(keys, services.concurrency, async (key) => {
				try {
					keyPartsOf(entity, key);
					if (detailsOffered)
						results.set(key, await fetchDetail({ key, record: null, fault: null, pending: null }));
					else toFind.push(key);
				} catch (error) {
					if (isListOnly(error)) {
						detailsOffered = false;
						toFind.push(key);
					} else if (isAbsentHere(error)) {
						absent.set(key, error);
						toFind.push(key);
					} else if (isFaultOfRecord(error)) results.set(key, error);
					else throw error;
				}
			});
			if (toFind.length > 0) {
				const rows = await findInLists(toFind);
				const found = toFind.flatMap((key) => rows.get(canonicalKey(key)) ?? []);
				const completed = await this.complete(found, { someMayFail: true });
				found.forEach((row, index) => results.set(canonicalKey(row.key), completed[index]!));
			}
			return keys.map(
				(key) =>
					results.get(key) ??
					results.get(canonicalKey(key)) ??
					absent.get(key) ??
					new GpRecordNotFound({
						entity,
						key,
						address: services.addresses.resource(sources[0]!.path),
					}),
			);
		},

		async get(key) {
			let absent: GpError | null = null;
			if (detailsOffered) {
				try {
					return await fetchDetail({ key, record: null, fault: null, pending: null });
				} catch (error) {
					if (isListOnly(error)) detailsOffered = false;
					else if (isAbsentHere(error)) absent = error;
					else throw error;
				}
			}
			let found: ListedRow | null = null;
			const parts = keyPartsOf(entity, key);
			for (const index of sources.keys()) {
				const condition = keyCondition(sources[index]!.keyColumns, parts);
				const take = (row: ListedRow) => {
					if (sameGpKey(row.key, key)) found = row;
				};
				const filter: ListFilter = condition ? { condition } : {};
				if (sources[index]!.lookups.length > 0) await listWithLookups(index, filter, take);
				else
					await listOne(
						index,
						filter,
						take,
						settings.lists.length === 1 ? { enough: () => found !== null } : {},
					);
			}
			if (!found)
				throw (
					absent ??
					new GpRecordNotFound({
						entity,
						key,
						address: services.addresses.resource(sources[0]!.path),
					})
				);
			const [record] = await this.complete([found]);
			if (record instanceof Error) throw record;
			return record!;
		},
	};
}

function named(completeness: Completeness, path: string): Completeness {
	return completeness.proven
		? completeness
		: { proven: false, why: `${path}: ${completeness.why}` };
}

/** The detail over the list row: the list may know a field the detail lacks, such as the change stamp. */
function overlaid(listRow: RawRecord, detail: RawRecord): RawRecord {
	const known = new Set(Object.keys(detail).map(canonicalName));
	return {
		...Object.fromEntries(
			Object.entries(listRow).filter(([name]) => !known.has(canonicalName(name))),
		),
		...detail,
	};
}
