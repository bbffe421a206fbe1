import type { ChangeFault, Watermark } from '../../../lib/model/gp-changes';
import type { GpClient } from '../../../lib/gp/gp-client';
import type { GpRecord } from '../../../lib/model/gp-records';
import type { TriggerSettings } from './settings';

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
	const found: NewRecords = { records: [], faults: [], ...from };
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
		const full = found.records.length + found.faults.length >= maxRecords;
		if (!checkpoint.more || full || isTimeUp()) return found;
	}
}
