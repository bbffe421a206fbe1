import { canonicalKey } from '../../model/keys';
import type { ChangeFault, Completeness } from '../../model/gp-changes';
import type { Entity } from '../../model/desired';
import { describeRecord } from '../errors/gp-error';
import { GpRecordNotFound } from '../errors/refusals';
import type { GpRecord } from '../../model/gp-records';
import type { EntityReader } from './entity-reader';

export interface KeyList {
	keys: string[];
	/** Whether these are all keys GP has, as far as that can be shown. */
	completeness: Completeness;
}

export interface KeyedRecords {
	/** In the order of the keys. */
	records: GpRecord[];
	/** Records GP could not give or that could not be understood. */
	faults: ChangeFault[];
	/** Keys GP knows nothing of, in no list either: deleted. */
	gone: string[];
}

/**
 * Records by their keys, each key once. A record is only called gone when the full list of keys,
 * which is not empty and shown to be complete, does not have it either: an answer "not found" may come from a wrong path.
 */
export async function readByKeys(
	parts: {
		entity: Entity;
		reader: EntityReader;
		listKeys(): Promise<KeyList>;
	},
	keys: readonly string[],
): Promise<KeyedRecords> {
	const { entity, reader } = parts;
	// As given: GP finds it in any spelling, what stands in between may not.
	const wanted = [...new Map(keys.map((key) => [canonicalKey(key), key.trim()])).values()].filter(
		Boolean,
	);
	const result: KeyedRecords = { records: [], faults: [], gone: [] };
	const missing: Array<{ key: string; error: GpRecordNotFound }> = [];
	const read = await reader.getMany(wanted);
	read.forEach((found, index) => {
		const key = wanted[index]!;
		if (found instanceof GpRecordNotFound) missing.push({ key, error: found });
		else if (found instanceof Error)
			result.faults.push({ key, label: describeRecord(entity, key), error: found });
		else result.records.push(found);
	});
	if (missing.length === 0) return result;
	const listed = await parts.listKeys();
	const present = new Set(listed.keys.map(canonicalKey));
	for (const { key, error } of missing) {
		if (listed.completeness.proven && present.size > 0 && !present.has(canonicalKey(key)))
			result.gone.push(key);
		else result.faults.push({ key, label: describeRecord(entity, key), error });
	}
	return result;
}
