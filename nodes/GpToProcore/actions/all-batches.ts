import type { GpClient } from '../../../lib/gp/gp-client';
import type { Entity } from '../../../lib/model/desired';
import { type ChangeBatch, EMPTY_WATERMARK } from '../../../lib/model/gp-changes';
import type { GpRecord } from '../../../lib/model/gp-records';

/** Records whose details are in memory at once. */
const BATCH = 500;

/**
 * Every record GP has of an entity, batch by batch; nothing is remembered of it.
 *
 * @param options.only by its list row, whether the rest of a record is read, too
 */
export async function* allBatches(
	gp: Pick<GpClient, 'readChanges'>,
	entity: Entity,
	{ only, limit = BATCH }: { only?: (record: GpRecord) => boolean; limit?: number } = {},
): AsyncGenerator<ChangeBatch, void, undefined> {
	let cursor: string | null = null;
	do {
		const batch = await gp.readChanges(entity, {
			...{ watermark: EMPTY_WATERMARK, limit, cursor },
			...(only ? { only } : {}),
		});
		yield batch;
		({ cursor } = batch.checkpoint);
	} while (cursor !== null);
}
