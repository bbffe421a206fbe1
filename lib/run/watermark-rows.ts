import type { Entity } from '../model/desired';
import type { Watermark } from '../model/gp-changes';
import { PART_OF_ENTITY } from '../streams/streams';
import type { TableRow } from '../tables/tables';

/** Row of the watermarks table. `seen` is JSON. */
export type WatermarkRow = TableRow<'watermark'>;

/**
 * Where each stream of a company stands. People may clear a cell to read from the start: then what
 * was seen does not count either. Of two rows of a stream the later one counts.
 */
export function watermarksOf(
	rows: readonly WatermarkRow[],
	company: string,
): Partial<Record<Entity, Watermark>> {
	const watermarks: Partial<Record<Entity, Watermark>> = {};
	for (const row of rows) {
		if (row.gp_company !== company || !(row.entity in PART_OF_ENTITY)) continue;
		watermarks[row.entity as Entity] = {
			since: row.modified_since || null,
			seen: seenOf(row.seen),
		};
	}
	return watermarks;
}

function seenOf(text: string): Record<string, string> {
	try {
		const seen: unknown = JSON.parse(text || '{}');
		return typeof seen === 'object' && seen !== null ? (seen as Record<string, string>) : {};
	} catch {
		return {};
	}
}
