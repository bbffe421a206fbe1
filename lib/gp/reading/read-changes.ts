import { together, type Completeness } from '../../base/completeness';
import { contentHash } from '../../base/content-hash';
import { canonicalKey } from '../../base/gp-key';
import type { Effects } from '../../base/effects';
import type { Entity } from '../../base/source';
import type { ChangeBatch, ChangeFault, Watermark } from '../changes.types';
import { describeRecord, GpError } from '../errors/gp-error';
import { GpSettingInvalid } from '../errors/settings';
import type { SiteProfile } from '../profiles/site-profile';
import type { GpRecord } from '../records';
import { decodeCursor, encodeCursor } from './cursor';
import type { EntityReader, ListedRow } from './entity-reader';
import {
	boundsOf,
	filterSwallowedRows,
	keepNewer,
	placeOf,
	resumeAfter,
	siftChanges,
	watermarkAfter,
	type PendingChanges,
	type Reach,
} from './pending-changes';
import { SnapshotStore } from './snapshot-store';
import { checkedStamp } from './stamps';

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
}

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

type Listed = PendingChanges & { completeness: Completeness };

const snapshots = new SnapshotStore<Listed>();

/**
 * The next batch of changed records and the checkpoint that vouches for it.
 *
 * The first batch lists what changed since the watermark (less an overlap), sifts it here, and the
 * following ones work that listing off; details are fetched batch by batch. When the listing is
 * gone, it is made anew from the watermark. An edit of a distribution alone leaves no trace in a
 * header's stamp or row: only a backfill that fetches all details finds it.
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
			`${options.limit} is no number of records`,
			'Give a whole number from 1.',
		);
	}
	const watermark: Watermark = {
		since: options.watermark.since ? checkedStamp(options.watermark.since, 'watermark') : null,
		// Older versions noted keys as GP spelled them.
		seen: Object.fromEntries(
			Object.entries(options.watermark.seen ?? {}).map(([key, mark]) => [canonicalKey(key), mark]),
		),
	};
	const requestsBefore = parts.requests();
	const cursor = options.cursor === null ? null : decodeCursor(options.cursor);
	const began = contentHash(watermark);

	let token = cursor?.token ?? '';
	let offset = cursor?.offset ?? 0;
	let pending = cursor ? snapshots.get(cursor.token, parts.owner, effects) : null;
	const counts = { read: 0, unchanged: 0 };
	if (!pending) {
		const reach = reachOf(options, watermark);
		pending = await listChanges(parts, reach, options.only ?? (() => true));
		counts.read = pending.read;
		counts.unchanged = pending.unchanged.length;
		if (cursor && (!pending.live || cursor.began === began))
			pending = { ...pending, ...resumeAfter(pending, cursor) };
		token = '';
		offset = 0;
	}

	const batch = pending.changed.slice(offset, offset + options.limit);
	const { records, faults } = await completed(
		parts,
		batch.map(({ row }) => row),
	);
	const done = offset + batch.length;
	const more = done < pending.changed.length;
	if (more && token === '') token = snapshots.put(pending, parts.owner, effects);
	if (!more && token !== '') snapshots.delete(token);
	const last = batch.at(-1);
	return {
		records,
		checkpoint: {
			kind: 'checkpoint',
			entity,
			company,
			watermark: watermarkAfter(pending, done, watermark, settings),
			more,
			cursor:
				more && last
					? encodeCursor({ token, offset: done, ...placeOf(last), began: cursor?.began ?? began })
					: null,
			counts: { ...counts, requests: parts.requests() - requestsBefore },
			completeness: together(pending.completeness, parts.doubts()),
		},
		...(faults.length > 0 ? { faults } : {}),
	};
}

function reachOf(options: ReadChangesOptions, watermark: Watermark): Reach {
	const from = options.from ? checkedStamp(options.from, 'from') : null;
	const until = options.until ? checkedStamp(options.until, 'until') : null;
	return { watermark, range: from || until ? { from, until } : null };
}

async function listChanges(
	parts: ReadChangesParts,
	reach: Reach,
	only: (record: GpRecord) => boolean,
): Promise<Listed> {
	const { effects, reader, profile, entity } = parts;
	const settings = profile.stamp;
	const bounds =
		profile.entities[entity].stampField === null
			? { since: null, until: null }
			: boundsOf(reach, settings);
	const rows = new Map<string, ListedRow>();
	const started = effects.now();
	const take = (row: ListedRow) => {
		if (!row.record || (parts.wanted(row.record) && only(row.record))) keepNewer(rows, row);
	};
	let { completeness } = await reader.list(bounds, take);
	if (filterSwallowedRows(rows, reach, bounds.since)) {
		parts.distrustFilter();
		({ completeness } = await reader.list({ since: null, until: null }, take));
	}
	const durationMs = Math.max(0, effects.now() - started);
	const sifted = siftChanges(rows.values(), reach, settings, {
		read: rows.size,
		durationMs,
		now: effects.now(),
	});
	// What may not have come would be passed over for ever, were the watermark to move.
	return { ...sifted, completeness, ...(completeness.proven ? {} : { ceiling: null }) };
}

async function completed(
	parts: ReadChangesParts,
	rows: ListedRow[],
): Promise<{ records: GpRecord[]; faults: ChangeFault[] }> {
	const records: GpRecord[] = [];
	const faults: ChangeFault[] = [];
	(await parts.reader.complete(rows)).forEach((result, index) => {
		const { key } = rows[index]!;
		if (result instanceof GpError)
			faults.push({ key, label: describeRecord(parts.entity, key), error: result });
		else records.push(result);
	});
	return { records, faults };
}
