import { STREAMS, type Entity } from '../streams/streams';

/**
 * How the end of a list was shown: the server's count agreed, nothing stood behind the last row, its
 * links came to an end, a further page number gave the last page again, or the whole list came in
 * one answer that shows no sign of a cap.
 */
export type Proof = 'count' | 'nothingBehind' | 'links' | 'lastPageRepeated' | 'wholeAnswer';

/** Whether all of a list was read, as a value that travels from the reader to the run, the page and the doctor. */
export type Completeness = { proven: true; by: Proof } | { proven: false; why: string };

/** A list nobody has to ask for. */
export const NOTHING_TO_READ: Completeness = { proven: true, by: 'nothingBehind' };

/** What holds for both together: one list that may be cut makes the whole unproven. */
export function together(
	one: Completeness | undefined,
	other: Completeness | undefined,
): Completeness | undefined {
	if (!one || !other) return one ?? other;
	if (one.proven) return other.proven ? one : other;
	if (other.proven || one.why.includes(other.why)) return one;
	return { proven: false, why: `${one.why}; ${other.why}` };
}

/** Characters of the run's cell. */
const LONGEST = 1000;

/**
 * Cell `not_proven` of the runs table: "payables: exactly 100 rows came: …"; blank when each list that
 * was read was read to its end.
 */
export function notProven(
	read: Partial<Record<Entity, Completeness | undefined>> | undefined,
): string {
	const all = Object.entries(read ?? {}) as Array<[Entity, Completeness | undefined]>;
	return all
		.flatMap(([entity, one]) =>
			!one || one.proven ? [] : [`${STREAMS[entity].short}: ${one.why}`],
		)
		.join(' · ')
		.slice(0, LONGEST);
}
