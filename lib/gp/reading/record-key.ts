import type { Entity } from '../../model/source';
import { GpRecordNotFound } from '../errors/refusals';
import { textLiteral } from '../query/date-literal';
import { DOCUMENT_TYPE_NUMBERS, type GpRecord } from '../../model/gp-records';

/** Normalised key → its parts by name. */
export function keyPartsOf(entity: Entity, key: string): Record<string, string> {
	if (entity === 'vendor') return { vendorId: key };
	if (entity === 'account') return { account: key };
	const match = /^([1-6]);(.+)$/s.exec(key.trim());
	if (!match) throw new GpRecordNotFound({ entity, key });
	const name = Object.entries(DOCUMENT_TYPE_NUMBERS).find(
		([, code]) => String(code) === match[1],
	)![0];
	return {
		documentType: match[1]!,
		documentTypeName: name[0]!.toUpperCase() + name.slice(1),
		voucher: match[2]!.trim(),
	};
}

/** The key as GP spells it, to ask for the record again: a service in between may tell case apart. */
export function spelledKey(record: GpRecord): string {
	switch (record.kind) {
		case 'vendor':
			return record.vendorId;
		case 'account':
			return record.account;
		case 'payable':
			return `${DOCUMENT_TYPE_NUMBERS[record.documentType]};${record.voucher}`;
	}
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
