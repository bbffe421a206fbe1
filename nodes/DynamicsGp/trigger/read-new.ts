import type { ICredentialDataDecryptedObject, IPollFunctions } from 'n8n-workflow';

import type { GpClient } from '../../../lib/gp/gp-client';
import { type ChangeFault, notProven, type Watermark } from '../../../lib/model/gp-changes';
import type { GpRecord } from '../../../lib/model/gp-records';
import { progressLog } from '../../shared/tell';
import {
	type GpConnection,
	type GpConnectionOptions,
	connectTo,
	parseProfileOverride,
} from '../transport/gp-connection';
import type { TriggerSettings } from './settings';

/** A connection for one poll; close it afterwards. */
export function connectForPoll(
	context: IPollFunctions,
	credential: ICredentialDataDecryptedObject,
	options: GpConnectionOptions,
): GpConnection {
	return connectTo(credential, options, {
		onProgress: progressLog(context.logger, 'Dynamics GP is being read'),
	});
}

/** Options that read list rows as they are: nobody will see their details, or miss what only these tell. */
export function listRowsOnly({ entity, options }: TriggerSettings): GpConnectionOptions {
	const profile = parseProfileOverride(options.profileOverride);
	const entities = {
		...profile?.entities,
		[entity]: { ...profile?.entities?.[entity], details: 'notWanted' },
	};
	return {
		...options,
		profileOverride: { ...profile, entities } as GpConnectionOptions['profileOverride'],
	};
}

/** Rows to look through before all are. */
const FEW = 100;

/**
 * One record as a poll would give it, for building the workflow: of those found the latest changed.
 * Null when no record passes the filters.
 */
export async function sampleRecord(
	lists: GpClient,
	details: GpClient,
	{ entity, wanted }: Pick<TriggerSettings, 'entity' | 'wanted'>,
): Promise<GpRecord | null> {
	for (const limit of [FEW, undefined]) {
		const records = (await lists.list(entity, { limit })).filter(wanted);
		if (records.length === 0) continue;
		const latest = records.reduce((best, record) =>
			(record.modified ?? '') > (best.modified ?? '') ? record : best,
		);
		const record = await details.get(entity, latest.key);
		// Some sites have the change stamp in the list only.
		return { ...record, modified: record.modified ?? latest.modified };
	}
	return null;
}

/** Records per step: between two steps the time is looked at. */
const STEP = 100;

/**
 * Polls may come every minute, and what is remembered lives in the row of the workflow: less is looked
 * at again, each record once an hour at most, and open documents only while their stamps are recent.
 * What was there when the trigger was switched on is no news.
 */
export const RECHECK = {
	recentPerRun: 50,
	openPerRun: 10,
	afterMinutes: 60,
	keepOpen: false,
	baseline: true,
};

export interface NewRecords {
	records: GpRecord[];
	/** Changed records that could not be read. */
	faults: ChangeFault[];
	watermark: Watermark;
	/** Null when nothing waits. */
	cursor: string | null;
	/** Why the list may not be all; empty where it is proven. */
	notProven: string;
}

/**
 * What changed since the watermark and passes the filters, at most `maxRecords`; goes on over rows
 * the filters leave out, until the time is up.
 */
export async function readNew(
	client: GpClient,
	{ entity, maxRecords, wanted }: Pick<TriggerSettings, 'entity' | 'maxRecords' | 'wanted'>,
	from: { watermark: Watermark; cursor: string | null },
	isTimeUp: () => boolean,
): Promise<NewRecords> {
	const found: NewRecords = { records: [], faults: [], ...from, notProven: '' };
	for (;;) {
		const room = maxRecords - found.records.length - found.faults.length;
		const { records, faults, checkpoint } = await client.readChanges(entity, {
			watermark: found.watermark,
			cursor: found.cursor,
			limit: Math.min(room, STEP),
			recheck: RECHECK,
		});
		found.records.push(...records.filter(wanted));
		found.faults.push(...(faults ?? []));
		found.watermark = checkpoint.watermark;
		found.cursor = checkpoint.cursor;
		found.notProven ||= notProven({ [entity]: checkpoint.completeness });
		const full = found.records.length + found.faults.length >= maxRecords;
		if (!checkpoint.more || full || isTimeUp()) return found;
	}
}
