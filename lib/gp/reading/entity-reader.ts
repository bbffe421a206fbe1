import { NOTHING_TO_READ, together, type Completeness } from '../../base/completeness';
import { contentHash } from '../../base/content-hash';
import { sameGpKey } from '../../base/gp-key';
import type { Entity } from '../../base/source';
import { GpErrorInSuccess, GpHtmlPage, GpInvalidBody, GpUnexpectedShape } from '../errors/answers';
import type { GpError } from '../errors/gp-error';
import { GpRecordMalformed } from '../errors/records';
import { GpBusinessError, GpRecordNotFound, GpResourceNotOffered } from '../errors/refusals';
import { GpNotThroughThisDoor, GpWebServiceFault } from '../errors/web-services';
import { canonicalName, type RawRecord } from '../normalise/field-reader';
import type { Normaliser } from '../normalise/normaliser';
import { codeOf, TRANSACTION_STATES } from '../normalise/code-lists';
import type { ListWish } from '../query/list-query';
import type { GpRecord } from '../records';
import { addChildren, addLookups } from './child-rows';
import { fetchRows } from './fetch-rows';
import { listSource, type ListReport } from './list-source';
import { NO_MORE_WANTED } from './paging/page';
import { mapConcurrently } from './map-concurrently';
import type { ReaderServices } from './reader-services';
import { keyCondition, keyPartsOf, spelledKey, urlKeyParts } from './record-key';

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
		wish: ListWish,
		take: (row: ListedRow) => void,
		options?: { enough?(): boolean; pageSize?: number },
	): Promise<Listing>;
	/** Fetches what the list rows lack; a fault of one record stands in its place. */
	complete(rows: ListedRow[]): Promise<Array<GpRecord | GpError>>;
	get(key: string): Promise<GpRecord>;
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
	const number = (source: (typeof sources)[number]) => settings.lists.indexOf(source);

	function listed(raw: RawRecord, source: number): ListedRow {
		try {
			const record = normaliser.record(raw);
			const whole = normaliser.isComplete(raw) || !canComplete(source);
			return { key: record.key, record, fault: null, pending: whole ? null : { raw, source } };
		} catch (error) {
			if (!(error instanceof GpRecordMalformed)) throw error;
			const key =
				typeof error.details.key === 'string' ? error.details.key : `#${contentHash(raw)}`;
			return { key, record: null, fault: error, pending: null };
		}
	}

	function canComplete(source: number): boolean {
		return detailsOffered || (settings.lists[source]?.children.length ?? 0) > 0;
	}

	async function listOne(
		index: number,
		wish: ListWish,
		take: (row: ListedRow) => void,
		options: { enough?(): boolean; pageSize?: number } = {},
	): Promise<ListReport & { read: number }> {
		const source = sources[index]!;
		let read = 0;
		const seen = new WeakMap<RawRecord, ListedRow>();
		const rowOf = (raw: RawRecord): ListedRow => {
			let row = seen.get(raw);
			if (!row) seen.set(raw, (row = listed(raw, number(source))));
			return row;
		};
		const report = await listSource(services, {
			entity,
			settings,
			source,
			recogniser: normaliser,
			wish,
			keyOf: (raw) => rowOf(raw).key,
			take: (raw) => {
				read += 1;
				take(rowOf(raw));
			},
			...options,
		});
		return { ...report, read };
	}

	/** Lookup columns have to be there before a row is normalised, so such rows are read raw first. */
	async function listWithLookups(
		index: number,
		wish: ListWish,
		take: (row: ListedRow) => void,
	): Promise<ListReport & { read: number }> {
		const source = sources[index]!;
		const raws: RawRecord[] = [];
		const report = await listSource(services, {
			entity,
			settings,
			source,
			recogniser: normaliser,
			wish,
			keyOf: (raw) => contentHash(raw),
			take: (raw) => raws.push(raw),
		});
		await addLookups(services, entity, raws, source.lookups);
		for (const raw of raws) take(listed(raw, number(source)));
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
		return normaliser.record(row.pending ? overlaid(row.pending.raw, raw) : raw);
	}

	return {
		paths: () => sources.map(({ path }) => path),

		async list(wish, take, options = {}) {
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
						? await listWithLookups(index, wish, take)
						: await listOne(index, wish, take, options);
				reports.push(report);
				completeness = together(completeness, named(report.completeness, source.path));
				read += report.read;
			}
			return { reports, read, completeness: completeness ?? NOTHING_TO_READ };
		},

		async complete(rows) {
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
					if (!detailsOffered) return row.record!;
					return await fetchDetail(row);
				} catch (error) {
					if (
						error instanceof GpResourceNotOffered &&
						!settings.detailFields.includes('distributions')
					) {
						detailsOffered = false;
						return row.record!;
					}
					if (isFaultOfRecord(error)) return error;
					throw error;
				}
			});
			refuseWhenNoneWorks(
				completed.filter((_, index) => rows[index]!.pending && !joined.has(rows[index]!)),
			);
			return completed;
		},

		async get(key) {
			if (detailsOffered) {
				try {
					return await fetchDetail({ key, record: null, fault: null, pending: null });
				} catch (error) {
					const listOnly =
						error instanceof GpResourceNotOffered && error.details.httpStatus === 405;
					if (!listOnly) throw error;
					detailsOffered = false;
				}
			}
			let found: ListedRow | null = null;
			const parts = keyPartsOf(entity, key);
			for (const index of sources.keys()) {
				const condition = keyCondition(sources[index]!.keyColumns, parts);
				const take = (row: ListedRow) => {
					if (sameGpKey(row.key, key)) found = row;
				};
				const wish: ListWish = condition ? { condition } : {};
				if (sources[index]!.lookups.length > 0) await listWithLookups(index, wish, take);
				else
					await listOne(
						index,
						wish,
						take,
						settings.lists.length === 1 ? { enough: () => found !== null } : {},
					);
			}
			if (!found)
				throw new GpRecordNotFound({
					entity,
					key,
					address: services.addresses.resource(sources[0]!.path),
				});
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

/** Some details failing are faults of records; all of them failing the same way is a wrong path or a broken service. */
function refuseWhenNoneWorks(details: Array<GpRecord | GpError>): void {
	const [first] = details;
	if (details.length < 3 || !(first instanceof Error) || first instanceof GpRecordMalformed) return;
	if (
		!details.every((detail) => detail instanceof Error && detail.constructor === first.constructor)
	)
		return;
	if (first instanceof GpBusinessError) return;
	if (!(first instanceof GpRecordNotFound)) throw first;
	throw new GpResourceNotOffered({
		entity: first.details.entity as Entity,
		httpStatus: 404,
		...(first.details.address ? { address: first.details.address } : {}),
	});
}

/** Faults that concern one record only; the others of the batch go on. */
export function isFaultOfRecord(error: unknown): error is GpError {
	return (
		error instanceof GpRecordMalformed ||
		error instanceof GpRecordNotFound ||
		error instanceof GpBusinessError ||
		error instanceof GpErrorInSuccess ||
		error instanceof GpUnexpectedShape ||
		error instanceof GpInvalidBody ||
		error instanceof GpHtmlPage ||
		error instanceof GpWebServiceFault ||
		error instanceof GpNotThroughThisDoor
	);
}
