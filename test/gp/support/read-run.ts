import type { Entity } from '../../../lib/model/desired';
import type { ChangeFault, Watermark } from '../../../lib/model/gp-changes';
import type { GpClient } from '../../../lib/gp/gp-client';
import type { GpRecord } from '../../../lib/model/gp-records';

/** One run as the template makes it: batch after batch, the watermark moving with each. */
export async function readRun(
	client: GpClient,
	entity: Entity,
	watermark: Watermark,
	{ limit = 500, from, until }: { limit?: number; from?: string; until?: string } = {},
): Promise<{
	records: GpRecord[];
	faults: ChangeFault[];
	watermark: Watermark;
	batches: number;
	requests: number;
}> {
	const records: GpRecord[] = [];
	const faults: ChangeFault[] = [];
	let cursor: string | null = null;
	let at = watermark;
	let batches = 0;
	let requests = 0;
	do {
		const batch = await client.readChanges(entity, {
			watermark: at,
			limit,
			cursor,
			from: from ?? null,
			until: until ?? null,
		});
		records.push(...batch.records);
		faults.push(...(batch.faults ?? []));
		at = batch.checkpoint.watermark;
		cursor = batch.checkpoint.cursor;
		requests += batch.checkpoint.counts.requests;
		batches += 1;
	} while (cursor !== null);
	return { records, faults, watermark: at, batches, requests };
}
