import { GpListImplausible, GpListNotProven } from '../errors/records';
import { canonicalKey } from '../../model/keys';
import type { KeyList } from './read-by-keys';
import type { Entity } from '../../model/desired';

/**
 * Which of the keys seen earlier GP no longer lists: deleted unposted documents, and voids of
 * companies that keep no history. A change stamp cannot tell of them, so a key sweep does, now and
 * then. Pure.
 *
 * @param known keys handled before, in any order and spelling; what is gone comes back as it was given
 * @param present keys GP lists now (`listKeys`)
 * @param mostShare highest share of `known` that may be gone (0 to 1); more is taken for a broken
 *   list, because acting on it would take a company's costs out of Procore
 * @throws GpListNotProven when keys are missing from a list that may have been cut
 * @throws GpListImplausible
 */
export function deletedKeys(
	entity: Entity,
	known: readonly string[],
	present: KeyList,
	mostShare: number,
): string[] {
	const listed = new Set(present.keys.map(canonicalKey));
	const handled = new Map(known.map((key) => [canonicalKey(key), key]));
	const gone = [...handled].flatMap(([canonical, key]) => (listed.has(canonical) ? [] : [key]));
	if (gone.length > 0 && !present.completeness.proven)
		throw new GpListNotProven(entity, gone.length, known.length, present.completeness.why);
	if (gone.length > 0 && (listed.size === 0 || gone.length > known.length * mostShare)) {
		throw new GpListImplausible(entity, gone.length, known.length, mostShare);
	}
	return gone;
}
