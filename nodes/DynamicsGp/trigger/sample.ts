import type { GpClient } from '../../../lib/gp/gp-client';
import type { GpRecord } from '../../../lib/model/gp-records';
import type { TriggerSettings } from './settings';

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
