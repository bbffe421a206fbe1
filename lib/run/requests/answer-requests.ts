import { canonicalKey } from '../../model/keys';
import { contentHash } from '../../model/content-hash';
import type { Outcome } from '../../model/outcome';
import type { Entity } from '../../model/desired';
import { PART_OF_ENTITY } from '../../streams/streams';
import type { RunState } from '../../audit/types';
import type { RequestRow } from './request.types';

/** In so many runs a record that GP does not give is asked for; then it waits as any record that is owed. */
export const MOST_TRIES = 5;

/** The rows this step tries: of its entity, and not tried by this run already. */
export function requestsToTry(
	rows: readonly RequestRow[],
	state: Pick<RunState, 'runId' | 'company' | 'step'>,
): RequestRow[] {
	return rows.filter(
		(row) =>
			row.gp_company === state.company &&
			PART_OF_ENTITY[row.entity as Entity] === state.step?.part &&
			row.note !== state.runId,
	);
}

export interface RequestResults {
	/** To delete: they were answered, or the record waits in the parked table from now on. */
	answeredRowIds: number[];
	/** To update: GP did not give the record this time. */
	repeat: Array<{ row_id: number; tries: number; note: string }>;
	/** Outcomes as they are recorded: those of requests that ended without an answer say so. */
	outcomes: Outcome[];
}

/**
 * What became of the requests. Whatever GP gave is answered, also when Procore refused it: it waits
 * in the parked table then. Only a record that could not be read is asked for again. After `MOST_TRIES`
 * runs the request ends; the record stays owed and is read by its key on every run, see owed-rows.ts.
 */
export function resultsOfRequests(
	requests: readonly RequestRow[],
	outcomes: readonly Outcome[],
	state: Pick<RunState, 'runId' | 'company'>,
): RequestResults {
	const results: RequestResults = { answeredRowIds: [], repeat: [], outcomes: [...outcomes] };
	const byKey = new Map<string, Outcome[]>();
	for (const outcome of outcomes) {
		const key = keyOf(outcome.source.entity, outcome.source.key);
		byKey.set(key, [...(byKey.get(key) ?? []), outcome]);
	}
	const unanswered = new Map<string, RequestRow>();
	for (const row of requests) {
		const key = keyOf(row.entity, row.gp_key);
		const ofRow = byKey.get(key) ?? [];
		const read = ofRow.some((outcome) => outcome.outcome !== 'failed' || outcome.originId);
		const tries = (Number(row.tries) || 0) + 1;
		if (!read && tries >= MOST_TRIES) unanswered.set(key, row);
		if (row.id === undefined) continue;
		if (read || tries >= MOST_TRIES) results.answeredRowIds.push(row.id);
		else results.repeat.push({ row_id: row.id, tries, note: state.runId });
	}
	for (const [key, row] of unanswered) {
		const known = results.outcomes.findIndex(
			(outcome) => keyOf(outcome.source.entity, outcome.source.key) === key,
		);
		if (known >= 0) results.outcomes[known] = endedUnanswered(results.outcomes[known]);
		else results.outcomes.push(endedUnanswered(unheardOf(row, state.company)));
	}
	return results;
}

/** Id of the request that asked for a record; the first of several. */
export function requestOf(requests: readonly RequestRow[], entity: string, key: string): string {
	const wanted = keyOf(entity, key);
	const row = requests.find((one) => keyOf(one.entity, one.gp_key) === wanted);
	return row?.id === undefined ? '' : String(row.id);
}

function endedUnanswered(outcome: Outcome): Outcome {
	const { message, remedy } = outcome.reason ?? { message: 'GP did not give it', remedy: '' };
	return {
		...outcome,
		reason: {
			...outcome.reason,
			code: 'gave-up',
			message: `Asked for in ${MOST_TRIES} runs, and GP gave it in none: ${message.replace(/\.$/, '')}. The request ended; the record waits, and is read again on every run.`,
			remedy:
				`${remedy} Nothing has to be asked for again: it goes as soon as it can be read.`.trim(),
		},
	};
}

function unheardOf(row: RequestRow, company: string): Outcome {
	return {
		kind: 'outcome',
		outcome: 'failed',
		source: {
			company,
			entity: row.entity as Entity,
			key: row.gp_key,
			label: row.gp_label || row.gp_key,
			hash: contentHash([row.entity, row.gp_key]),
		},
		dryRun: false,
	};
}

function keyOf(entity: string, key: string): string {
	return JSON.stringify([entity, canonicalKey(key)]);
}
