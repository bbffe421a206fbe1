import type { Entity } from '../../model/desired';
import type { ListSource } from '../profiles/site-profile';
import type { ListFilter } from '../query/list-query';
import { keyCondition, keyPartsOf } from './record-key';

/** Keys in one condition: keeps addresses well below the 2,000 characters some proxies allow. */
const KEYS_PER_REQUEST = 15;

/** What to ask a list for, so that it gives these records; the whole list where it cannot be asked by keys. */
export function filtersFor(
	columns: ListSource['keyColumns'],
	entity: Entity,
	keys: readonly string[],
): ListFilter[] {
	const conditions = keys.map((key) => keyCondition(columns, keyPartsOf(entity, key)));
	if (conditions.includes(null)) return [{}];
	const filters: ListFilter[] = [];
	for (let start = 0; start < conditions.length; start += KEYS_PER_REQUEST) {
		const some = conditions.slice(start, start + KEYS_PER_REQUEST);
		const condition = some.map((one) => (some.length > 1 ? `(${one})` : one)).join(' or ');
		filters.push({ condition: some.length > 1 ? `(${condition})` : condition });
	}
	return filters;
}
