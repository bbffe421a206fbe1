import { EMPTY_WATERMARK, type Watermark } from '../../../lib/model/gp-changes';
import type { GpClient } from '../../../lib/gp/gp-client';
import type { Entity } from '../../../lib/model/desired';
import { RECHECK } from './read-new';

/** Days to look back for the newest stamp, then everything. */
const LOOK_BACK_DAYS = [2, 60];
const DAY_MS = 86_400_000;

/**
 * The watermark from which only new changes follow. It is GP's newest stamp, not our clock: the
 * two may differ by hours. A short look back nearly always finds it; a list without recent changes,
 * or a server whose clock is far behind, is read whole.
 *
 * @param client reads list rows only: nobody will see these records
 */
export async function startingPoint(
	client: GpClient,
	entity: Entity,
	now: number,
): Promise<Watermark> {
	for (const days of LOOK_BACK_DAYS) {
		const since = new Date(now - days * DAY_MS).toISOString().slice(0, 10);
		const watermark = await afterAll(client, entity, { since, seen: {} });
		if (Object.keys(watermark.seen).length > 0) return watermark;
	}
	return await afterAll(client, entity, EMPTY_WATERMARK);
}

async function afterAll(client: GpClient, entity: Entity, watermark: Watermark) {
	const limit = Number.MAX_SAFE_INTEGER;
	const { checkpoint } = await client.readChanges(entity, {
		watermark,
		limit,
		cursor: null,
		recheck: RECHECK,
	});
	return checkpoint.watermark;
}
