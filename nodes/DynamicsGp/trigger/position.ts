import type { IDataObject } from 'n8n-workflow';

import type { Watermark } from '../../../lib/model/gp-changes';

/**
 * How far this trigger has read, kept in the static data of its node. n8n saves that together
 * with emitted items, and not at all after a poll without items: then the next poll merely reads
 * the same stretch again.
 */
export interface Position {
	/** Fingerprint of what is read and where it began: a position in one list says nothing in another. */
	of: string;
	watermark: Watermark;
	/** Where the listing of the last poll goes on, if this process still has it. */
	cursor: string | null;
	/** Fingerprint of the settings that listing was made with. */
	cursorOf: string;
}

/** Null before the first poll, and when the settings now mean another list. */
export function loadPosition(staticData: IDataObject, of: string): Position | null {
	const stored = staticData.position as Position | undefined;
	return stored?.of === of ? plain(stored) : null;
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
