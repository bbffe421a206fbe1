import { mapConcurrently } from './map-concurrently';
import type { EntityReader } from './entity-reader';
import { GpRecordNotFound } from '../errors/refusals';
import { isFaultOfRecord } from './record-faults';

/** What GP answers to one key. `unknown`: it did not answer, or in a way that shows nothing. */
export type Whereabouts = 'there' | 'notThere' | 'unknown';

/**
 * Asks GP for records by their keys, which shares nothing with the paging of its list. That GP does
 * not have one is believed only where the same way gives a record that is known to be there: an answer
 * "not found" may come from a wrong path.
 *
 * @param known key of a record that GP lists
 */
export async function askByKey(
	reader: Pick<EntityReader, 'get'>,
	concurrency: number,
	keys: readonly string[],
	known: string | undefined,
): Promise<Map<string, Whereabouts>> {
	const pathWorks = known !== undefined && (await ask(reader, known)) === 'there';
	const answers = await mapConcurrently(keys, concurrency, (key) => ask(reader, key));
	return new Map(
		keys.map((key, index) => {
			const answer = answers[index]!;
			return [key, answer === 'notThere' && !pathWorks ? 'unknown' : answer];
		}),
	);
}

/** @throws what concerns the service rather than the record */
async function ask(reader: Pick<EntityReader, 'get'>, key: string): Promise<Whereabouts> {
	try {
		await reader.get(key);
		return 'there';
	} catch (error) {
		if (error instanceof GpRecordNotFound) return 'notThere';
		if (isFaultOfRecord(error)) return 'unknown';
		throw error;
	}
}
