import type { Entity } from '../../model/desired';
import type { ChangeFault, Completeness } from '../../model/gp-changes';
import type { GpRecord } from '../../model/gp-records';
import { breather } from '../../http/read-body';
import { canonicalKey } from '../../model/keys';
import { describeRecord, GpError, GpListImplausible, GpListNotProven } from '../errors/gp-error';
import { GpRecordNotFound, GpUserNotAllowed } from '../errors/refusals';
import type { SiteProfile } from '../profiles/site-profile';
import { GP_STREAMS } from '../streams';
import type { EntityReader } from './entity-reader';
import { keepNewer, stampOf } from './pending-changes';
import { type ListedRow, mapConcurrently } from './pages';
import { isFaultOfRecord } from './record-details';
import { aDayWider, checkedStamp, isWithin } from './stamps';

export interface ListOptions {
	/** `YYYY-MM-DD` or a moment in UTC, inclusive. Records of entities without a stamp all count as modified. */
	modifiedSince?: string;
	/** The same, inclusive; a day counts whole. */
	modifiedUntil?: string;
	limit?: number;
	/** Text contained in the key or the name. */
	search?: string;
}

export interface ListedRecords {
	/** In the server's order, each once. */
	records: GpRecord[];
	/** Of the records that are left out because they cannot be understood. */
	faults: GpError[];
	/** Whether the list was shown to be read to its end; null where no more was wanted. */
	completeness: Completeness | null;
}

/** Rows asked for at once when only a few are wanted: enough to survive a filter the server ignores. */
const SMALL_PAGE = 50;

/** A list for people: the server's order, no overlap, whole records. */
export async function listRecords(
	reader: EntityReader,
	profile: SiteProfile,
	options: ListOptions,
	wanted: (record: GpRecord) => boolean,
): Promise<ListedRecords> {
	const since = options.modifiedSince
		? checkedStamp(options.modifiedSince, 'modified since')
		: null;
	const until = options.modifiedUntil
		? checkedStamp(options.modifiedUntil, 'modified until')
		: null;
	const limit = options.limit ?? Infinity;
	if (limit <= 0) return { records: [], faults: [], completeness: null };
	const search = options.search?.trim().toLowerCase();
	const matches = (row: ListedRow): boolean => {
		if (!isWithin(stampOf(row), { since, until })) return false;
		if (!row.record) return !search;
		return wanted(row.record) && (!search || searchText(row.record).includes(search));
	};

	const rows = new Map<string, ListedRow>();
	let good = 0;
	const pageSize = Math.min(profile.query.pageSize, Math.max(limit, SMALL_PAGE));
	const listing = reader.list(
		{ ...aDayWider({ since, until }), ...(search ? { search: options.search!.trim() } : {}) },
		limit === Infinity ? {} : { few: true, pageSize },
	);
	const pause = breather();
	for await (const page of listing) {
		for (const row of page) {
			await pause();
			if (!matches(row)) continue;
			if (row.record && !rows.has(row.key)) good += 1;
			keepNewer(rows, row);
		}
		if (good >= limit) break;
	}
	const chosen: ListedRow[] = [];
	let taken = 0;
	for (const row of rows.values()) {
		if (taken >= limit) break;
		if (row.record) taken += 1;
		chosen.push(row);
	}
	const found: ListedRecords = { records: [], faults: [], completeness: listing.end };
	for (const result of await reader.complete(chosen)) {
		if (result instanceof GpError) found.faults.push(result);
		else found.records.push(result);
	}
	return found;
}

function searchText(record: GpRecord): string {
	return GP_STREAMS[record.kind].searched(record as never).toLowerCase();
}

export interface KeyList {
	keys: string[];
	/** Whether these are all keys GP has, as far as that can be shown. */
	completeness: Completeness;
}

export interface KeyedRecords {
	/** In the order of the keys. */
	records: GpRecord[];
	/** Records GP could not give or that could not be understood. */
	faults: ChangeFault[];
	/** Keys GP knows nothing of, in no list either: deleted. */
	gone: string[];
}

/** Keys of all records GP lists, in whatever state. */
export async function listKeys(reader: EntityReader): Promise<KeyList> {
	const keys = new Set<string>();
	const listing = reader.list({});
	for await (const page of listing) for (const { key } of page) keys.add(key);
	return { keys: [...keys], completeness: listing.end! };
}

/**
 * Records by their keys, each key once. A record is only called gone when the full list of keys,
 * which is not empty and shown to be complete, does not have it either: an answer "not found" may come from a wrong path.
 */
export async function readByKeys(
	parts: {
		entity: Entity;
		reader: EntityReader;
		listKeys(): Promise<KeyList>;
	},
	keys: readonly string[],
): Promise<KeyedRecords> {
	const { entity, reader } = parts;
	// As given: GP finds it in any spelling, what stands in between may not.
	const wanted = [...new Map(keys.map((key) => [canonicalKey(key), key.trim()])).values()].filter(
		Boolean,
	);
	const result: KeyedRecords = { records: [], faults: [], gone: [] };
	const missing: Array<{ key: string; error: GpRecordNotFound }> = [];
	const read = await reader.getMany(wanted);
	read.forEach((found, index) => {
		const key = wanted[index]!;
		if (found instanceof GpRecordNotFound) missing.push({ key, error: found });
		else if (found instanceof Error)
			result.faults.push({ key, label: describeRecord(entity, key), error: found });
		else result.records.push(found);
	});
	if (missing.length === 0) return result;
	const listed = await parts.listKeys();
	const present = new Set(listed.keys.map(canonicalKey));
	for (const { key, error } of missing) {
		if (listed.completeness.proven && present.size > 0 && !present.has(canonicalKey(key)))
			result.gone.push(key);
		else result.faults.push({ key, label: describeRecord(entity, key), error });
	}
	return result;
}

/** What GP answers to one key. `unknown`: it did not answer, or in a way that shows nothing. */
export type Whereabouts = 'there' | 'notThere' | 'unknown';

/**
 * Asks GP for records by their keys, which shares nothing with the paging of its list. That GP does
 * not have one is believed only where the same way gives a record that is known to be there: an answer
 * "not found" may come from a wrong path.
 *
 * @param known key of a record that GP lists
 */
export async function askByKey(
	reader: Pick<EntityReader, 'get'>,
	concurrency: number,
	keys: readonly string[],
	known: string | undefined,
): Promise<Map<string, Whereabouts>> {
	const pathWorks = known !== undefined && (await ask(reader, known)) === 'there';
	const answers = await mapConcurrently(keys, concurrency, (key) => ask(reader, key, pathWorks));
	return new Map(
		keys.map((key, index) => {
			const answer = answers[index]!;
			return [key, answer === 'notThere' && !pathWorks ? 'unknown' : answer];
		}),
	);
}

/** @throws what concerns the service rather than the record */
async function ask(
	reader: Pick<EntityReader, 'get'>,
	key: string,
	givesOthers = false,
): Promise<Whereabouts> {
	try {
		await reader.get(key);
		return 'there';
	} catch (error) {
		if (error instanceof GpRecordNotFound) return 'notThere';
		if (isFaultOfRecord(error) || (givesOthers && error instanceof GpUserNotAllowed))
			return 'unknown';
		throw error;
	}
}

/**
 * Which of the keys seen earlier GP no longer lists: deleted unposted documents, and voids of
 * companies that keep no history. A change stamp cannot tell of them, so a key sweep does, now and
 * then. Pure.
 *
 * @param known keys handled before, in any order and spelling; what is gone comes back as it was given
 * @param present keys GP lists now (`listKeys`)
 * @param mostShare highest share of `known` that may be gone (0 to 1); more is taken for a broken
 *   list, because acting on it would take a company's costs out of Procore
 * @throws GpListNotProven when keys are missing from a list that may have been cut
 * @throws GpListImplausible
 */
export function deletedKeys(
	entity: Entity,
	known: readonly string[],
	present: KeyList,
	mostShare: number,
): string[] {
	const listed = new Set(present.keys.map(canonicalKey));
	const handled = new Map(known.map((key) => [canonicalKey(key), key]));
	const gone = [...handled].flatMap(([canonical, key]) => (listed.has(canonical) ? [] : [key]));
	if (gone.length > 0 && !present.completeness.proven)
		throw new GpListNotProven(entity, gone.length, known.length, present.completeness.why);
	if (gone.length > 0 && (listed.size === 0 || gone.length > known.length * mostShare)) {
		throw new GpListImplausible(entity, gone.length, known.length, mostShare);
	}
	return gone;
}
