import type { Entity } from '../../model/desired';
import { textLiteral } from '../query/date-literal';
import type { GpRecord } from '../../model/gp-records';
import { GP_STREAMS } from '../streams';

/** Normalised key → its parts by name. */
export function keyPartsOf(entity: Entity, key: string): Record<string, string> {
	return GP_STREAMS[entity].keyParts(key);
}

/** The key as GP spells it. */
export function spelledKey(record: GpRecord): string {
	return GP_STREAMS[record.kind].spelledKey(record as never);
}

/** The parts in the order of the URL. */
export function urlKeyParts(keyParts: string[], entity: Entity, key: string): string[] {
	const parts = keyPartsOf(entity, key);
	return keyParts.map((part) => parts[part] ?? '');
}

/** Condition that finds one record by its key columns; null where a list has none. */
export function keyCondition(
	columns: Record<string, { column: string; type: 'text' | 'number' }>,
	parts: Record<string, string>,
): string | null {
	const entries = Object.entries(columns);
	if (entries.length === 0 || entries.some(([field]) => parts[field] === undefined)) return null;
	return entries
		.map(
			([field, { column, type }]) =>
				`${column} eq ${type === 'number' ? Number(parts[field]) : textLiteral(parts[field]!)}`,
		)
		.join(' and ');
}
