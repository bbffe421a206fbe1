import { recordIdentity } from '../model/keys';
import { WAITING_OUTCOMES, type Outcome } from '../model/outcome';
import type { Entity } from '../model/desired';
import type { GpRecord } from '../model/gp-records';
import { cell } from '../audit/event-row';
import { isOwed, isReadingFault } from './owed-rows';
import { PART_OF_ENTITY } from '../streams/streams';
import type { ParkedRow, RunState } from '../audit/types';

/**
 * Rows to insert and rows to delete after a batch. A record that waits gets one fresh row (tries
 * counted on, first date kept); any other outcome resolves whatever rows its key has, so that an
 * old payload never outlives a newer reading. A document with several outcomes waits if any does.
 */
export function parkedChanges(input: {
	outcomes: Outcome[];
	rows: ParkedRow[];
	runId: string;
	now: string;
}): { parked: ParkedRow[]; resolvedRowIds: number[] } {
	const byKey = new Map<string, Outcome[]>();
	for (const outcome of input.outcomes) {
		const key = recordIdentity(outcome.source);
		const group = byKey.get(key);
		if (group) group.push(outcome);
		else byKey.set(key, [outcome]);
	}
	const standing = rowsByKey(input.rows);
	const parked: ParkedRow[] = [];
	const resolvedRowIds: number[] = [];
	for (const [key, outcomes] of byKey) {
		const rows = standing.get(key) ?? [];
		for (const row of rows) if (row.id !== undefined) resolvedRowIds.push(row.id);
		const waiting = outcomes.find((outcome) => WAITING_OUTCOMES.includes(outcome.outcome));
		if (waiting) parked.push(parkedRow(waiting, outcomes, rows, input));
	}
	return { parked, resolvedRowIds };
}

/**
 * GP records of the rows to try again in this run, one per key: rows this run parked itself are
 * left for the next one, and of several rows of a key the latest counts.
 */
export function recordsToRetry(
	rows: ParkedRow[],
	state: Pick<RunState, 'runId' | 'step' | 'company'>,
): GpRecord[] {
	const latest = new Map<string, ParkedRow>();
	for (const row of rows) {
		if (row.run_id === state.runId || !isOfStep(row, state)) continue;
		const key = identityOfRow(row);
		const known = latest.get(key);
		if (!known || known.last_tried_at <= row.last_tried_at) latest.set(key, row);
	}
	// What is owed is read from GP instead: a stored reading is older than the one that failed.
	return [...latest.values()].flatMap((row) => {
		if (isOwed(row)) return [];
		const record = parsed(row.payload);
		return record === null ? [] : [record];
	});
}

function isOfStep(row: ParkedRow, state: Pick<RunState, 'step' | 'company'>): boolean {
	if (row.gp_company !== state.company) return false;
	return state.step === null || PART_OF_ENTITY[row.entity as Entity] === state.step.part;
}

function parsed(payload: string): GpRecord | null {
	try {
		const record: unknown = JSON.parse(payload);
		return typeof record === 'object' && record !== null ? (record as GpRecord) : null;
	} catch {
		return null;
	}
}

function parkedRow(
	waiting: Outcome,
	outcomes: Outcome[],
	rows: ParkedRow[],
	{ runId, now }: { runId: string; now: string },
): ParkedRow {
	const { source, reason } = waiting;
	const record = outcomes.map((outcome) => outcome.record).find((given) => given !== undefined);
	const earliest = rows
		.map((row) => row.first_parked_at)
		.filter(Boolean)
		.sort()[0];
	return {
		run_id: runId,
		entity: source.entity,
		gp_company: source.company,
		gp_key: source.key,
		gp_label: cell(source.label),
		reason_code: reason?.code ?? waiting.outcome,
		cause_key: cell(reason?.causeKey),
		message: cell(reason?.message),
		remedy: cell(reason?.remedy),
		tries: triesOf(rows, runId),
		first_parked_at: earliest ?? now,
		last_tried_at: now,
		gp_amount: source.amount ?? '',
		payload: payloadOf(record, rows, reason?.code),
	};
}

/** A reading that failed takes the place of an older one: what that said is not true any more, perhaps. */
function payloadOf(record: unknown, rows: ParkedRow[], reasonCode: string | undefined): string {
	if (record !== undefined) return JSON.stringify(record);
	return isReadingFault(reasonCode) ? '' : (rows.at(-1)?.payload ?? '');
}

/** Counted in runs: a batch that is retried is still the same try. */
export function triesOf(rows: readonly ParkedRow[], runId: string): number {
	const before = rows.map((row) => (Number(row.tries) || 0) - (row.run_id === runId ? 1 : 0));
	return Math.max(0, ...before) + 1;
}

/** Rows of each record; more than one where a batch was cut off between adding and taking away. */
export function rowsByKey(rows: readonly ParkedRow[]): Map<string, ParkedRow[]> {
	const byKey = new Map<string, ParkedRow[]>();
	for (const row of rows) {
		const key = identityOfRow(row);
		byKey.set(key, [...(byKey.get(key) ?? []), row]);
	}
	return byKey;
}

function identityOfRow(row: Pick<ParkedRow, 'gp_company' | 'entity' | 'gp_key'>): string {
	return recordIdentity({ company: row.gp_company, entity: row.entity, key: row.gp_key });
}
