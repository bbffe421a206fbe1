import { cell, type ParkedRow, recordId, type RunState } from '../audit/event-row';
import type { Entity } from '../model/desired';
import type { GpRecord } from '../model/gp-records';
import { groupedBy, recordIdentity } from '../model/keys';
import { type Outcome, WAITING_OUTCOMES } from '../model/outcome';
import { PART_OF_ENTITY } from '../streams/streams';
import { ownCells } from '../tables/tables';
import { COST_ON_RECEIPT, WAITS_FOR_GP, WAITS_FOR_PROCORE } from './look-up';

/** GP had no such record when it was last read. */
export const GONE_IN_GP = 'gone-in-gp';

const DAY_MS = 24 * 3_600_000;

/** A fault of reading: what the record says now is not known, whatever an earlier reading said. */
function isReadingFault(reasonCode: string | undefined): boolean {
	return /^GP_/.test(reasonCode ?? '') || reasonCode === GONE_IN_GP || reasonCode === 'gave-up';
}

/** Whether the record of this row has to be read from GP: nothing that could be tried again is stored. */
export function isOwed(row: Pick<ParkedRow, 'reason_code' | 'entity' | 'payload'>): boolean {
	return isReadingFault(row.reason_code) || storedRecord(row.payload, row.entity) === null;
}

/** The GP record in a cell; null where it holds none of this kind: emptied by hand, or cut off by an import. */
export function storedRecord(cell: string | null | undefined, entity: string): GpRecord | null {
	try {
		const record = JSON.parse(cell || 'null') as GpRecord | null;
		return record?.kind === entity ? { ...record, stored: true } : null;
	} catch {
		return null;
	}
}

/**
 * The records to read by their keys in this run, those tried longest ago first. One that is gone from
 * GP is looked for once a day; one that GP lists but does not give is not looked up in the list each time.
 */
export function owedRecords(
	rows: readonly ParkedRow[],
	company: string,
	now: number,
	/** This way into GP carries purchase receipts: what waits for the cost on one is read again. */
	receipts = false,
): Array<{ key: string; verify: boolean }> {
	const isWanted = (row: ParkedRow) =>
		isOwed(row) || (receipts && row.reason_code === COST_ON_RECEIPT);
	return rows
		.filter((row) => row.gp_company === company && row.gp_key && isWanted(row))
		.filter(
			(row) =>
				row.reason_code !== GONE_IN_GP || !(Math.abs(now - Date.parse(row.last_tried_at)) < DAY_MS),
		)
		.sort((left, right) => (left.last_tried_at < right.last_tried_at ? -1 : 1))
		.map((row) => ({
			key: row.gp_key,
			verify: row.reason_code !== 'GP_RECORD_NOT_FOUND' || Number(row.tries) % 24 === 0,
		}));
}

/**
 * Whether this outcome says no more than its row did: the record still cannot be read, or still waits
 * for its receipt, for the same reason. The try is counted in the row; told it is again once a day since it was parked.
 */
export function isStillOwed(
	{ source, outcome, reason }: Outcome,
	standing: ReadonlyMap<string, ParkedRow[]>,
	now: string,
): boolean {
	const [row, another] = standing.get(recordIdentity(source)) ?? [];
	const onReceipt = row?.reason_code === COST_ON_RECEIPT && reason?.code === COST_ON_RECEIPT;
	const unread = row !== undefined && isOwed(row) && isReadingFault(reason?.code);
	if (!row || another || !(onReceipt || unread)) return false;
	const daysParked = (at: string) =>
		Math.floor((Date.parse(at) - Date.parse(row.first_parked_at)) / DAY_MS);
	return (
		(outcome === 'failed' || outcome === 'parked') &&
		row.reason_code === reason?.code &&
		row.message === cell(reason.message) &&
		daysParked(now) === daysParked(row.last_tried_at)
	);
}

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
	waitsFor: WaitsFor;
	/** Rows that were to be tried again. */
	portion?: readonly ParkedRow[];
}): { parked: ParkedRow[]; resolvedRowIds: number[] } {
	const byKey = groupedBy(input.outcomes, ({ source }) => recordIdentity(source));
	const standing = rowsByKey(input.rows);
	const parked: ParkedRow[] = [];
	const resolvedRowIds: number[] = [];
	for (const [key, outcomes] of byKey) {
		const rows = standing.get(key) ?? [];
		for (const row of rows) if (row.id !== undefined) resolvedRowIds.push(row.id);
		const waiting = outcomes.find((outcome) => WAITING_OUTCOMES.includes(outcome.outcome));
		if (waiting) parked.push(parkedRow(waiting, outcomes, rows, input));
	}
	for (const row of input.portion ?? []) {
		if (row.id === undefined || resolvedRowIds.includes(row.id) || !isOwed(row)) continue;
		parked.push(markedAsOwed(row));
		resolvedRowIds.push(row.id);
	}
	return { parked, resolvedRowIds };
}

/**
 * Rows to try again that hold nothing to try, as they are to stand instead: marked as to be read from GP. Left as
 * they are they would be looked at on each run, and nobody would read the record.
 */
function markedAsOwed(row: ParkedRow): ParkedRow {
	const reason_code = row.reason_code || 'parked';
	return { ...ownCells(row), reason_code, payload: '', waits_for: WAITS_FOR_GP };
}

/**
 * GP records of the rows to try again in this run, one per key: rows this run parked itself are
 * left for the next one, and of several rows of a key the latest counts.
 */
export function recordsToRetry(
	rows: readonly ParkedRow[],
	state: Pick<RunState, 'runId' | 'step' | 'company'>,
	/** Their records only, of whatever row is the latest. */
	portion: readonly ParkedRow[] = rows,
): GpRecord[] {
	const wanted = new Set(portion.map(recordId));
	const latest = new Map<string, ParkedRow>();
	for (const row of rows) {
		if (row.run_id === state.runId || !isOfStep(row, state)) continue;
		const key = recordId(row);
		if (!wanted.has(key)) continue;
		const known = latest.get(key);
		if (!known || known.last_tried_at <= row.last_tried_at) latest.set(key, row);
	}
	// What is owed is read from GP instead: a stored reading is older than the one that failed.
	return [...latest.values()].flatMap((row) => {
		if (isOwed(row)) return [];
		return storedRecord(row.payload, row.entity) ?? [];
	});
}

function isOfStep(row: ParkedRow, state: Pick<RunState, 'step' | 'company'>): boolean {
	if (row.gp_company !== state.company) return false;
	return state.step === null || PART_OF_ENTITY[row.entity as Entity] === state.step.part;
}

function parkedRow(
	waiting: Outcome,
	outcomes: Outcome[],
	rows: ParkedRow[],
	{ runId, now, waitsFor }: { runId: string; now: string; waitsFor: WaitsFor },
): ParkedRow {
	const { source, reason } = waiting;
	const record = outcomes.map((outcome) => outcome.record).find((given) => given !== undefined);
	const earliest = rows
		.map((row) => row.first_parked_at)
		.filter(Boolean)
		.sort()[0];
	const row = {
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
	const waits = waitsFor(waiting);
	return { ...row, waits_for: waits !== '' && isOwed(row) ? WAITS_FOR_GP : waits };
}

/** Column `waits_for` of a record that is not read from GP by its key. */
export type WaitsFor = (outcome: Outcome) => string;

/**
 * What the mapping kept back waits for it to know more; what a sync had waits for Procore.
 *
 * @param known what the mapping knows; null: the table is not read by that
 */
export function waitsFor(handedToSync: readonly Outcome[], known: string | null): WaitsFor {
	if (known === null) return () => '';
	const sent = new Set(handedToSync.map(({ source }) => recordIdentity(source)));
	return ({ source }) => (sent.has(recordIdentity(source)) ? WAITS_FOR_PROCORE : known);
}

/** What the row holds, so far as the next reading of the table goes by it. */
function kindOfWaiting(waits_for: string | null | undefined): string {
	const words = ['', WAITS_FOR_GP, WAITS_FOR_PROCORE];
	return words.includes(waits_for ?? '') ? (waits_for ?? '') : 'mapping';
}

/** Whether the mapping keeps it back, as it was read once; else it waits for Procore, or to be read. */
export function keptByMapping({ waits_for }: Pick<ParkedRow, 'waits_for'>): boolean {
	return kindOfWaiting(waits_for) === 'mapping';
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
	return groupedBy(rows, recordId);
}

/** So long after a record was last told of, it is told again that it still waits. */
const TOLD_AGAIN_AFTER_MS = 24 * 3_600_000;

/**
 * Leaves out the records that were tried again from the parked table and still wait, fail, are locked
 * or in conflict for the same reason as before: nothing became different, and a record that waits a
 * month would leave an event each hour. Their rows stay as they are; once a day they are told of
 * again. What was written to such a record all the same is told at once.
 */
export function withoutStillWaiting(
	outcomes: Outcome[],
	given: { state: RunState; rows: readonly ParkedRow[]; now: string; waitsFor: WaitsFor },
): Outcome[] {
	const { state, rows, now } = given;
	if (state.step?.phase !== 'parked' || state.dryRun) return outcomes;
	const standing = rowsByKey(rows);
	const isAsRecorded = (one: Outcome) => {
		const { outcome, source, reason, unrecorded, recovered, also } = one;
		// Of two rows one was left over by a batch that was cut off: it is to be resolved.
		const [row, another] = standing.get(recordIdentity(source)) ?? [];
		return (
			WAITING_OUTCOMES.includes(outcome) &&
			unrecorded === undefined &&
			recovered === undefined &&
			!also?.some((write) => !write.unmarked) &&
			another === undefined &&
			row?.reason_code === (reason?.code ?? outcome) &&
			row.message === cell(reason?.message) &&
			kindOfWaiting(row.waits_for) === kindOfWaiting(given.waitsFor(one)) &&
			Math.abs(Date.parse(now) - Date.parse(row.last_tried_at)) < TOLD_AGAIN_AFTER_MS
		);
	};
	// Of a document with several outcomes all or none: its row is resolved by any that is heard of.
	const changed = new Set(
		outcomes
			.filter((outcome) => !isAsRecorded(outcome))
			.map((outcome) => recordIdentity(outcome.source)),
	);
	return outcomes.filter((outcome) => changed.has(recordIdentity(outcome.source)));
}
