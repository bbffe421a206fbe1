import type { RecheckReport } from '../model/gp-changes';
import { STREAMS, type Entity } from '../streams/streams';

/** Of documents only those that are open may change so. */
const openOf = (entity: Entity) =>
	entity === 'payable' ? 'open documents' : STREAMS[entity].short;

/**
 * Cell `read_again` of the runs table: what may change in GP without a date that moves is read again in
 * turn, and how long a turn takes. "34 open documents are read again every 6 runs"; blank where nothing is.
 */
export function recheckWords(reports: Partial<Record<Entity, RecheckReport>> | undefined): string {
	return (Object.entries(reports ?? {}) as Array<[Entity, RecheckReport]>)
		.flatMap(([entity, { open, openRuns, closed, closedRuns, listed }]) => [
			inTurn(open, openOf(entity), openRuns),
			inTurn(closed, 'documents in history', closedRuns),
			...(listed > 0
				? [`${listed} ${openOf(entity)}, of which the list tells all, are compared once a day`]
				: []),
		])
		.filter(Boolean)
		.join('; ');
}

function inTurn(count: number, what: string, runs: number): string {
	if (count === 0) return '';
	if (runs === 0) return `${count} ${what} are not read again: "recheck" of the site profile is 0`;
	return `${count} ${what} are read again every ${runs === 1 ? 'run' : `${runs} runs`}`;
}
