import type { IDataObject } from 'n8n-workflow';

import type { GpClient } from '../../../lib/gp/gp-client';
import type { Entity } from '../../../lib/model/desired';
import { type Watermark, EMPTY_WATERMARK } from '../../../lib/model/gp-changes';
import { RECHECK } from './read-new';

/**
 * How far this trigger has read, kept in the static data of its node. n8n saves that together
 * with emitted items, and not at all after a poll without items: then the next poll merely reads
 * the same stretch again.
 */
export interface Position {
	/** Fingerprint of what is read and where it began: a position in one list says nothing in another. */
	of: string;
	/** The same without the server that gives it; absent where an earlier version saved it. */
	stream?: string;
	watermark: Watermark;
	/** Where the listing of the last poll goes on, if this process still has it. */
	cursor: string | null;
	/** Fingerprint of the settings that listing was made with. */
	cursorOf: string;
}

/**
 * Null before the first poll, and when the settings now mean another list. Where only the server moved, what
 * changed since the last poll is still to come.
 */
export function loadPosition(
	staticData: IDataObject,
	{ identity, stream }: { identity: string; stream: string },
): Position | null {
	const stored = staticData.position as Position | undefined;
	return stored && (stored.of === identity || stored.stream === stream) ? plain(stored) : null;
}

/** Writes only what differs: any write makes n8n save the workflow. */
export function savePosition(staticData: IDataObject, position: Position): void {
	if (JSON.stringify(staticData.position) !== JSON.stringify(position)) {
		staticData.position = plain(position) as unknown as IDataObject;
	}
}

/** n8n watches its static data through proxies, which must not wander into the library. */
function plain(position: Position): Position {
	return JSON.parse(JSON.stringify(position)) as Position;
}

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
