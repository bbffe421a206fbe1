import {
	type ChangeBatch,
	type Completeness,
	together,
	type Watermark,
} from '../../model/gp-changes';
import { breather } from '../../http/read-body';
import { contentHash } from '../../model/json-text';
import type { Effects } from '../../model/connection-check';
import type { Entity } from '../../model/desired';
import { canonicalKey } from '../../model/keys';
import { GpSettingInvalid } from '../errors/gp-error';
import type { SiteProfile } from '../profiles/site-profile';
import type { GpRecord, Stamp } from '../../model/gp-records';
import {
	canGive,
	decodeCursor,
	encodeCursor,
	isUnmoved,
	letGoBefore,
	SnapshotStore,
	watermarkAfter,
} from './checkpoint';
import type { EntityReader } from './entity-reader';
import type { ListedRow } from './pages';
import {
	boundsOf,
	keepNewer,
	minutesOf,
	placeOf,
	resumeAfter,
	siftChanges,
	stampOf,
	type Owed,
	type PendingChanges,
	type Place,
	type Reach,
} from './pending-changes';
import { readBatch, RowPacker } from './read-batch';
import { listKeys } from './read-records';
import { marksOf, type RecheckBudget, wholeListOf } from './recheck';
import { aDayWider, checkedStamp, isAtOrBefore } from './stamps';

export interface ReadChangesOptions {
	watermark: Watermark;
	/** Records per batch. */
	limit: number;
	/** Null in the first batch of a run, then the checkpoint's. */
	cursor: string | null;
	/** Backfill from this day on (`YYYY-MM-DD`): the live watermark is left alone. */
	from?: string | null;
	/** Backfill up to this day, inclusive. */
	until?: string | null;
	/** Leave out what its list row already shows to be unwanted, before its details are fetched. */
	only?(record: GpRecord): boolean;
	/** Records that could not be read in earlier runs: read by their keys and handed out whatever they say. */
	owed?: readonly Owed[];
	/** Where it differs from the site profile. */
	recheck?: Partial<RecheckBudget>;
}

/** Owed records read in one run; the others wait for the next. */
export const MOST_OWED = 100;
/** The whole list is compared with the remembered documents so often. */
const WHOLE_LIST_MINUTES = 24 * 60;

export interface ReadChangesParts {
	entity: Entity;
	company: string;
	/** Server and company: whose listing it is. */
	owner: string;
	profile: SiteProfile;
	reader: EntityReader;
	effects: Effects;
	/** Requests made so far by the client. */
	requests(): number;
	/** Do not ask the server to filter this entity again. */
	distrustFilter(): void;
	wanted(record: GpRecord): boolean;
	/** Child and lookup tables not shown to have been read to their end, and why. */
	doubts(): Completeness | undefined;
}

/** Older versions noted keys as GP spelled them. */
const asListed = ({ key, verify }: Owed): Owed => ({ key: canonicalKey(key), verify });

type Listed = PendingChanges & { completeness: Completeness };

/** With the watermark the listing began from: what it says is read once. */
const snapshots = new SnapshotStore<Listed & { watermark: Watermark }>();

function canonicalWatermark({ since, seen: given }: Watermark): Watermark {
	const seen = given ?? {};
	const isCanonical = Object.keys(seen).every((key) => canonicalKey(key) === key);
	return {
		since: since ? checkedStamp(since, 'watermark') : null,
		seen: isCanonical
			? seen
			: Object.fromEntries(Object.entries(seen).map(([key, mark]) => [canonicalKey(key), mark])),
	};
}

/**
 * The next batch of changed records and the checkpoint that vouches for it.
 *
 * The first batch lists what changed since the watermark (less an overlap), sifts it here, and the
 * following ones work that listing off; details are fetched batch by batch. Behind what changed come
 * the records owed from earlier runs and those whose details are looked at again, because an edit may
 * have left no trace in their list rows. When the listing is gone, it is made anew from the watermark,
 * without these: their turn comes in the next run.
 */
export async function readChanges(
	parts: ReadChangesParts,
	options: ReadChangesOptions,
): Promise<ChangeBatch> {
	const { entity, company, effects } = parts;
	const settings = parts.profile.stamp;
	if (!Number.isInteger(options.limit) || options.limit < 1) {
		throw new GpSettingInvalid(
			'batch size',
			`must be a positive integer, not ${options.limit}`,
			'Give a whole number from 1.',
		);
	}
	const budget: RecheckBudget = {
		...parts.profile.recheck,
		afterMinutes: 0,
		keepOpen: entity === 'payable' && parts.profile.recheck.openPerRun > 0,
		baseline: false,
		...options.recheck,
	};
	const requestsBefore = parts.requests();
	const cursor = options.cursor === null ? null : decodeCursor(options.cursor);
	let token = cursor?.token ?? '';
	let offset = cursor?.offset ?? 0;
	let pending = cursor ? snapshots.get(cursor.token, parts.owner, effects) : null;
	if (pending && !canGive(pending, offset)) pending = null;
	const watermark = pending?.watermark ?? canonicalWatermark(options.watermark);
	const listedNow = !pending;
	const counts = { read: 0, unchanged: 0 };
	if (!pending) {
		const reach = reachOf(options, watermark);
		pending = { ...(await listChanges(parts, reach, budget, options)), watermark };
		counts.read = pending.read;
		counts.unchanged = pending.unchanged.length;
		if (cursor && (!pending.live || cursor.began === contentHash(watermark)))
			pending = { ...pending, ...resumeAfter(pending, cursor) };
		token = '';
		offset = 0;
	}

	letGoBefore(pending, offset);
	const { changed, again } = pending;
	const end = offset + options.limit;
	const batch = changed.slice(offset, end);
	const rechecked = again.slice(
		Math.max(0, offset - changed.length),
		Math.max(0, end - changed.length),
	);
	const read = await readBatch(
		{
			...parts,
			listKeys: async () => await provenKeys(parts.reader),
			baseline: budget.baseline,
			nowMs: effects.now(),
		},
		batch,
		rechecked,
	);
	counts.unchanged += read.unchanged;
	const done = offset + batch.length + rechecked.length;
	const more = done < changed.length + again.length;
	if (more && token === '') token = snapshots.put(pending, parts.owner, effects);
	if (!more) snapshots.delete(token);
	const after = watermarkAfter(pending, done, watermark, settings, budget);
	return {
		records: read.records,
		checkpoint: {
			kind: 'checkpoint',
			entity,
			company,
			watermark: after,
			...(isUnmoved(options.watermark, after) ? { unmoved: true as const } : {}),
			more,
			cursor: more
				? encodeCursor({
						token,
						offset: done,
						...lastPlace(pending, done),
						began: cursor?.began ?? contentHash(watermark),
					})
				: null,
			counts: { ...counts, requests: parts.requests() - requestsBefore },
			completeness: together(pending.completeness, parts.doubts()),
			...(listedNow && cursor === null
				? { recheck: { ...pending.report, read: again.filter(({ owed }) => !owed).length } }
				: {}),
		},
		...(read.faults.length > 0 ? { faults: read.faults } : {}),
		...(read.gone.length > 0 ? { gone: read.gone } : {}),
	};
}

/** Of the changed rows: those read again behind them are left out when the listing has to be made anew. */
function lastPlace({ changed, live }: PendingChanges, done: number): Place {
	const last = changed[Math.min(done, changed.length) - 1];
	return last ? placeOf(last, live) : { stamp: null, key: '' };
}

/** Keys of all records GP lists; none where it is not proven that all of them came. */
async function provenKeys(reader: EntityReader): Promise<string[]> {
	const { keys, completeness } = await listKeys(reader);
	return completeness.proven ? keys : [];
}

function reachOf(options: ReadChangesOptions, watermark: Watermark): Reach {
	const from = options.from ? checkedStamp(options.from, 'from') : null;
	const until = options.until ? checkedStamp(options.until, 'until') : null;
	return { watermark, range: from || until ? { from, until } : null };
}

/**
 * Whether the server kept back rows it must have: of those processed within the overlap not one came again, or
 * some did not and nothing of the overlap came as it was, only what was changed since.
 */
export function filterSwallowedRows(
	rows: ReadonlyMap<string, ListedRow>,
	{ range, watermark: { since, seen } }: Reach,
	bound: Stamp | null,
): boolean {
	if (range !== null || bound === null || since === null) return false;
	const keys = marksOf(seen).filter(([, { kept, unstamped }]) => !kept && !unstamped);
	const came = keys.filter(([key]) => rows.has(key)).length;
	if (came === 0 || came === keys.length) return came < keys.length;
	const isKnown = (stamp: Stamp | null) => stamp !== null && isAtOrBefore(stamp, since);
	return ![...rows.values()].some((row) => isKnown(stampOf(row)));
}

async function listChanges(
	parts: ReadChangesParts,
	reach: Reach,
	budget: RecheckBudget,
	{ cursor, owed = [], only = () => true }: ReadChangesOptions,
): Promise<Listed> {
	const { effects, reader, profile, entity } = parts;
	const settings = profile.stamp;
	const everything = { since: null, until: null };
	let bounds =
		profile.entities[entity].stampField === null ? everything : boundsOf(reach, settings);
	if (reach.range !== null) bounds = aDayWider(bounds);
	const swallowable = bounds.since;
	const { at, needed, unstamped } = wholeListOf(reach.watermark);
	// Noted by a clock that was ahead, it would be due when that hour comes.
	const due = Math.abs(minutesOf(effects.now()) - (at ?? 0)) >= WHOLE_LIST_MINUTES;
	// Open documents, and what has no stamp by which a filter would tell of it, are met once a day.
	const isWhole = (due && (budget.keepOpen || unstamped)) || (budget.keepOpen && needed);
	if (isWhole && reach.range === null) bounds = everything;
	const rows = new Map<string, ListedRow>();
	const packer = new RowPacker();
	const started = effects.now();
	let completeness = await listWithin();
	if (filterSwallowedRows(rows, reach, swallowable)) {
		parts.distrustFilter();
		bounds = everything;
		completeness = await listWithin();
	}
	const durationMs = Math.max(0, effects.now() - started);
	const unfiltered = bounds.since === null;
	const sifted = await siftChanges(
		rows,
		reach,
		settings,
		{
			read: rows.size,
			durationMs,
			now: effects.now(),
			unfiltered,
			whole: unfiltered && completeness.proven,
		},
		{ budget, first: cursor === null, owed: owed.slice(0, MOST_OWED).map(asListed) },
	);
	rows.clear();
	await packer.together(sifted.changed);
	// What may not have come would be passed over for ever, were the watermark to move.
	return { ...sifted, completeness, ...(completeness.proven ? {} : { ceiling: null }) };

	async function listWithin(): Promise<Completeness> {
		const listing = reader.list(bounds);
		const pause = breather();
		for await (const page of listing)
			for (const row of page) {
				if (!row.record || (parts.wanted(row.record) && only(row.record)))
					keepNewer(rows, packer.add(row));
				await pause();
			}
		return listing.end!;
	}
}
