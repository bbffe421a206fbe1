import { owedRow, RECORDED_LATER } from './look-up';
import { chainEvents, type ChainHead } from '../audit/chain';
import {
	type AuditEventRow,
	type EventContext,
	eventRow,
	type ParkedRow,
} from '../audit/event-row';
import type { Entity } from '../model/desired';
import type { Watermark } from '../model/gp-changes';
import { canonicalKey, canonicalOriginId, readCauseKey, recordIdentity } from '../model/keys';
import { type AlsoWritten, type Outcome, WAITING_OUTCOMES } from '../model/outcome';
import { PART_OF_ENTITY } from '../streams/streams';
import type { TableRow } from '../tables/tables';
import { rowsByKey, triesOf } from './parked-rows';
import { requestOf, type RequestRow } from './requests/requests';

const CUT_OFF =
	'Written to Procore by a batch that was cut off before it could record it; recorded now.';

export interface EventsInput {
	outcomes: readonly Outcome[];
	context: EventContext;
	/** Events already written by batches that were cut off, this one's earlier attempts among them. */
	recorded: readonly AuditEventRow[];
	/** Writes of batches that were cut off, as their marks in Procore tell; no record of this batch need be theirs. */
	found?: readonly Outcome[];
	parkedRows: readonly ParkedRow[];
	requests: readonly RequestRow[];
	/** Head of the run's chain before this batch; absent where none is kept. */
	chain?: ChainHead;
	/** Columns the table of events lacks: what is not kept may not be in the chain. */
	lacking?: readonly string[];
}

/**
 * The events of a batch: one for each write to Procore and each record that waits or was left out,
 * and none that stands there already.
 *
 * A batch that was cut off may have written to Procore and recorded nothing, or everything. What it
 * wrote is told by the marks the sync found (`recovered`, `unrecorded`); what it recorded, by the
 * events that carry its id.
 */
export function eventsOfBatch(input: EventsInput): {
	events: AuditEventRow[];
	chain?: ChainHead;
} {
	const { context } = input;
	const known = new Known(input.recorded, context.runId);
	const tries = triesByKey(input);
	const rows: AuditEventRow[] = [];
	const acknowledged = new RecordedWrites();
	const found = input.found ?? [];
	const order = found.map((write) => keyOfWrite(write.recovered!.batchId, write));
	/** What was written before, in its order: the last event of a document tells how it stands. */
	const late: Array<{ row: AuditEventRow; at: number }> = [];
	const tellLate = (batchId: string, told: Outcome, row: AuditEventRow) => {
		late.push({ row, at: order.indexOf(keyOfWrite(batchId, told)) });
		acknowledged.add(batchId, told);
	};
	for (const outcome of input.outcomes) {
		const { source, unrecorded, recovered } = outcome;
		const attempt = tries(outcome);
		const replayOf = requestOf(input.requests, source.entity, source.key);
		const row = (given: Outcome, batchId = context.batchId) =>
			kept(eventRow(given, { ...context, batchId, attempt, replayOf }), input.lacking);
		if (unrecorded && !known.write(unrecorded.batchId, asCutOff(outcome, unrecorded))) {
			const told = asCutOff(outcome, unrecorded);
			tellLate(unrecorded.batchId, told, row(told, unrecorded.batchId));
		}
		for (const write of outcome.also ?? []) {
			const told = alsoAsOutcome(outcome, write);
			const batchId = context.batchId ?? '';
			if (known.write(batchId, told) || acknowledged.has(batchId, told)) continue;
			rows.push(row(told));
			acknowledged.add(batchId, told);
		}
		// Unchanged is the usual case by far: counted, but not worth a row each.
		if (outcome.outcome === 'unchanged') continue;
		if (recovered) {
			if (known.write(recovered.batchId, outcome)) continue;
			const told = { ...outcome, reason: cutOff() };
			tellLate(recovered.batchId, told, row(told, recovered.batchId));
		} else {
			const event = row(outcome);
			if (!known.attempt(event)) rows.push(event);
		}
	}
	for (const write of found) {
		const batchId = write.recovered!.batchId;
		if (known.write(batchId, write) || acknowledged.has(batchId, write)) continue;
		const told = { ...write, reason: cutOff() };
		const row = kept(eventRow(told, { ...context, batchId }), input.lacking);
		tellLate(batchId, told, row);
	}
	late.sort((left, right) => left.at - right.at);
	rows.unshift(...late.map(({ row }) => row));
	if (!input.chain) return { events: rows };
	const { events, head } = chainEvents(rows, headOf(input.recorded, context.runId, input.chain));
	return { events, chain: head };
}

function kept(row: AuditEventRow, lacking: readonly string[] = []): AuditEventRow {
	if (lacking.length === 0) return row;
	const cells = Object.entries(row).filter(([column]) => !lacking.includes(column));
	return Object.fromEntries(cells) as unknown as AuditEventRow;
}

/** Writes of earlier batches that this one has told. */
class RecordedWrites {
	private readonly keys = new Set<string>();

	add(batchId: string, outcome: Outcome): void {
		this.keys.add(keyOfWrite(batchId, outcome));
	}

	has(batchId: string, outcome: Outcome): boolean {
		return this.keys.has(keyOfWrite(batchId, outcome));
	}
}

/** Which events stand in the table already. */
class Known {
	private readonly writes = new Set<string>();
	private readonly attempts = new Set<string>();

	constructor(recorded: readonly AuditEventRow[], runId: string) {
		for (const row of recorded) {
			const waiting = (WAITING_OUTCOMES as readonly string[]).includes(row.outcome);
			if (!waiting) this.writes.add(keyOfRow(row));
			if (row.run_id === runId) this.attempts.add(attemptKey(row));
		}
	}

	/** A write is known by its batch and the Procore record. */
	write(batchId: string, outcome: Outcome): boolean {
		return this.writes.has(keyOfWrite(batchId, outcome));
	}

	/** The same thing said by an earlier attempt at this batch. */
	attempt(event: AuditEventRow): boolean {
		return this.attempts.has(attemptKey(event));
	}
}

/** A document may stand in two ways, and be taken out of one and put into the other by one batch. */
function writeKey(batchId: string, type: string, originId: string, gpKey: string): string {
	return JSON.stringify([batchId, type, canonicalOriginId(originId) || canonicalKey(gpKey)]);
}

function keyOfWrite(batchId: string, { procore, originId, source }: Outcome): string {
	const { type = '', id = '' } = procore ?? {};
	return writeKey(batchId, type, originId ?? '', originId ? '' : `${source.key} ${id}`);
}

function keyOfRow(row: AuditEventRow): string {
	const { batch_id, procore_type, origin_id, gp_key, procore_id } = row;
	const gpKey = origin_id ? '' : `${gp_key} ${procore_id}`;
	return writeKey(batch_id ?? '', procore_type, origin_id, gpKey);
}

function attemptKey(row: AuditEventRow): string {
	return JSON.stringify([
		row.entity,
		canonicalKey(row.gp_key),
		canonicalOriginId(row.origin_id),
		row.outcome,
		row.reason_code,
		row.source_hash,
	]);
}

function asCutOff(outcome: Outcome, write: NonNullable<Outcome['unrecorded']>): Outcome {
	const { changes: _changes, record: _record, ...rest } = outcome;
	const { outcome: kind, procore = rest.procore } = write;
	return { ...rest, outcome: kind, ...(procore ? { procore } : {}), reason: cutOff() };
}

/** Of what came along the way the amount is the other record's, not the document's. */
function alsoAsOutcome({ source, dryRun }: Outcome, write: AlsoWritten): Outcome {
	const { unmarked: _, ...told } = write;
	return { kind: 'outcome', source, dryRun, ...told };
}

function cutOff(): NonNullable<Outcome['reason']> {
	return { code: RECORDED_LATER, message: CUT_OFF, remedy: 'Nothing to do.' };
}

/** An earlier attempt at this batch may have written events of this run behind the head we know. */
function headOf(recorded: readonly AuditEventRow[], runId: string, head: ChainHead): ChainHead {
	return recorded
		.filter((row) => row.run_id === runId && Number(row.sequence) > head.events && row.chain)
		.map((row) => ({ events: Number(row.sequence), hash: row.chain! }))
		.reduce((last, one) => (one.events > last.events ? one : last), head);
}

function triesByKey({ parkedRows, context }: EventsInput): (outcome: Outcome) => number {
	const rows = rowsByKey(parkedRows);
	return ({ source }) => triesOf(rows.get(recordIdentity(source)) ?? [], context.runId);
}

/** Row of the watermarks table. `seen` is JSON. */
export type WatermarkRow = TableRow<'watermark'>;

/**
 * Where each stream of a company stands. People may clear a cell to read from the start: then what
 * was seen does not count either. Of two rows of a stream the later one counts. What was seen of 20,000
 * documents takes time to read: without it (`withSeen`) how far alone.
 */
export function watermarksOf(
	rows: readonly WatermarkRow[],
	company: string,
	withSeen = true,
): Partial<Record<Entity, Watermark>> {
	const watermarks: Partial<Record<Entity, Watermark>> = {};
	for (const row of rows) {
		if (row.gp_company !== company || !(row.entity in PART_OF_ENTITY)) continue;
		watermarks[row.entity as Entity] = watermarkOf(withSeen ? row : { ...row, seen: '' });
	}
	return watermarks;
}

/** What cannot be read of `seen` costs that its records are read again. */
export function watermarkOf({ modified_since, seen }: WatermarkRow): Watermark {
	return { since: modified_since || null, seen: seenOf(seen) };
}

function seenOf(text: string): Record<string, string> {
	try {
		const seen: unknown = JSON.parse(text || '{}');
		return typeof seen === 'object' && seen !== null ? (seen as Record<string, string>) : {};
	} catch {
		return {};
	}
}

const DAY_MS = 24 * 3_600_000;

/** Reasons a document waits for another record of GP to be in Procore, and what its row says. */
const LACKS: Record<string, { entity: 'vendor' | 'account'; message: string; remedy: string }> = {
	'vendor-missing': {
		entity: 'vendor',
		message:
			'Documents wait for this vendor, which is not in Procore: never sent, merged or removed',
		remedy:
			'Nothing to do: the next run reads it from GP and sends it. Was it merged in Procore, link it to the company that is left in the vendors crosswalk table before.',
	},
	'cost-code-missing': {
		entity: 'account',
		message:
			'Documents wait for the cost code of this account, which the project in Procore does not have: never sent, or deleted there',
		remedy:
			'Nothing to do: the next run reads it from GP and makes the code. To book elsewhere, fill in cost_code for it in the accounts crosswalk table before.',
	},
};

/**
 * A row for each vendor, and each account of a cost code, that documents wait for. What was merged or
 * removed in Procore does not change in GP, so no reading of changes would bring it again: its row holds
 * no record, and so the next run reads it from GP by its key and sends it. While documents go on
 * waiting, it is looked at again once a day.
 */
export function recordsLacked(
	outcomes: readonly Outcome[],
	rows: readonly ParkedRow[],
	{ runId, now }: { runId: string; now: string },
): ParkedRow[] {
	const nameOf = (code: string, key: string) => JSON.stringify([code, canonicalKey(key)]);
	const asked = new Set(
		rows
			.filter(({ last_tried_at }) => !(Date.parse(now) - Date.parse(last_tried_at) >= DAY_MS))
			.map(({ reason_code, gp_key }) => nameOf(reason_code, gp_key)),
	);
	const lacked = new Map<string, ParkedRow>();
	for (const { source, reason } of outcomes) {
		if (source.entity !== 'payable' || !reason || asked.has(nameOf(reason.code, source.key)))
			continue;
		const words = Object.hasOwn(LACKS, reason.code) ? LACKS[reason.code] : undefined;
		const key = words && keyOfLacked(reason);
		if (!words || !key) continue;
		const { entity, message, remedy } = words;
		const name = nameOf(entity, key);
		if (lacked.has(name)) continue;
		const of = { entity, gp_company: source.company, gp_key: key, gp_label: `${entity} ${key}` };
		const why = { reason_code: reason.code, cause_key: reason.causeKey ?? '', message, remedy };
		lacked.set(name, owedRow({ ...of, ...why }, { runId, now }));
	}
	return [...lacked.values()];
}

function keyOfLacked({ lacks, causeKey }: NonNullable<Outcome['reason']>): string | undefined {
	if (lacks) return lacks.key;
	const cause = readCauseKey(causeKey ?? '');
	return cause?.kind === 'V' ? cause.value : undefined;
}
