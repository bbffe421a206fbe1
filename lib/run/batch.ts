import type {
	AuditEventRow,
	JournalRow,
	LeaseRow,
	RunPart,
	RunRow,
	RunState,
} from '../audit/event-row';
import type { Entity, SentAs } from '../model/desired';
import { affectedKeysOfKind, placeOf } from '../model/keys';
import { ENTITY_OF_PART } from '../streams/streams';
import { isRenewalDue, LEASE_MINUTES, leaseCompany, leaseEnd } from './lease';
import { type RequestRow, requestsToTry } from './requests/requests';
import { LeaseLostError, runRow } from './run';

/** What one batch works from: everything between "Begin batch" and "Record outcomes" looks here. */
export interface Batch {
	/** The run; its step is the one this batch really takes. */
	state: RunState;
	/** Unlike that of any other attempt, so that a mark in Procore names one attempt. */
	batchId: string;
	/** Batches of this entity whose events may be missing: their marks are looked for. */
	unrecorded: string[];
	/** Where those wrote, as the journal has it; empty: not known, so anywhere. */
	unrecordedPlaces: string[];
	/** To insert before anything is written to Procore. */
	journal: JournalRow;
	/** What its records are. */
	entity: Entity;
	/** Which way it takes: what was asked for of payables, and what waits, have one of their own. */
	lane: RunPart | 'requested' | 'parked';
	/**
	 * Rows of the parked table of this run are not looked for, as each record comes once in a run: a first
	 * load would read what it parked itself with each batch. `-` where one may come again.
	 */
	parkedByRun: string;
	/** Each key asked for, once. */
	requestedKeys: string[];
	/** Who began the run, for the node that logs in to GP; a retry is by a person. */
	startedBy: RunState['startKind'] | 'retry';
	/** What the sync is told, as its options have it. */
	sync: {
		/** With commas: `unrecorded` without this batch, and `unrecordedPlaces`. */
		unrecordedBatches: string;
		unrecordedPlaces: string;
		/** What the reconciliation found to differ is written whole: its sum may hide what was edited. */
		rewrite: boolean;
	};
	/**
	 * Blank where the lease bounds no write: one of less than a minute is shorter than a single write
	 * may take. Null where it does: writing ends with it.
	 */
	unbounded: '' | null;
	/** Journal rows known to be done with: their events are written. */
	settledRowIds: number[];
	/** Records asked for by name, in the phase `requested` only. */
	requests: RequestRow[];
	/** New end of the lease, and the run as it stands: its sign of life, given when it is due. */
	signOfLifeDue: boolean;
	leaseUntil: string;
	runRow: RunRow;
}

/**
 * Begins a batch: names it, finds out which earlier ones were cut off, and decides what it reads.
 *
 * A journal row says "this batch may have written to Procore, and its events may be missing". It
 * goes once the run has moved on past its batch: a batch that was retried, even at its very last
 * node, still finds it. Rows of attempts that failed and of runs that died go once Procore was searched
 * for what they wrote (`settledBySearch`): their records need not come from GP again.
 *
 * @throws LeaseLostError when another run has taken over in the meantime
 */
export function beginBatch(input: {
	state: RunState;
	executionId: string;
	executionLink?: string;
	/** Rows of this GP company. */
	journal: readonly JournalRow[];
	leases: readonly LeaseRow[];
	requests: readonly RequestRow[];
	now: string;
}): Batch {
	const { now, executionId, executionLink } = input;
	const begun = withStep(input.state, input.requests);
	mustHoldLease(begun, input.leases, now);
	const entity = ENTITY_OF_PART[(begun.step ?? { part: begun.parts[0] }).part];
	const journal = input.journal.filter((row) => row.gp_company === begun.company);
	const number = begun.batches + 1;
	const own = journal.filter((row) => row.run_id === begun.runId);
	const attempts = own.filter((row) => numberOf(row.batch_id) === number);
	const cutOff = [...new Set([...(begun.cutOff ?? []), ...attempts.map((row) => row.batch_id)])];
	const state = cutOff.length > 0 ? { ...begun, cutOff } : begun;
	const batchId = `${state.runId}/${number}${attempts.length > 0 ? `.${attempts.length + 1}` : ''}`;
	const settled = own.filter(
		(row) => numberOf(row.batch_id) < number && !cutOff.includes(row.batch_id),
	);
	const open = journal.filter((row) => row.entity === entity && !settled.includes(row));
	// An attempt that sent nothing is not in the journal, but may have recorded why it did not.
	const again = state.resumed ? [batchId] : [];
	const requests = state.step?.phase === 'requested' ? requestsToTry(input.requests, state) : [];
	const unrecorded = state.dryRun
		? []
		: [...new Set([...open.map((row) => row.batch_id), ...again])];
	return {
		state,
		batchId,
		entity,
		lane: laneOf(state, requests),
		parkedByRun: mayComeAgain(state) ? '-' : state.runId,
		requestedKeys: [...new Set(requests.map(({ gp_key }) => gp_key))],
		startedBy: state.resumed ? 'retry' : state.startKind,
		unrecorded,
		unrecordedPlaces: placesOf(open),
		sync: {
			unrecordedBatches: unrecorded.filter((id) => id !== batchId).join(','),
			unrecordedPlaces: placesOf(open).join(','),
			rewrite: requests.some(({ reason }) => reason === 'reconcile'),
		},
		unbounded: (state.leaseMinutes ?? LEASE_MINUTES) < 1 ? '' : null,
		journal: {
			batch_id: batchId,
			run_id: state.runId,
			gp_company: state.company,
			entity,
			started_at: now,
			places: '',
		},
		settledRowIds: settled.flatMap(({ id }) => (id === undefined ? [] : [id])),
		requests,
		signOfLifeDue: isRenewalDue(state, input.leases, now),
		leaseUntil: leaseEnd(state, now),
		runRow: runRow(state, { executionId, executionLink, status: 'running', aliveAt: now }),
	};
}

/** Parts of it may have been parked by an attempt that was cut off, or when they were asked for. */
function mayComeAgain({ asked, resumed, step, cutOff }: RunState): boolean {
	return asked || resumed || step?.phase === 'requested' || cutOff !== undefined;
}

/** Nothing asked for in a run of requests: it passes by the lane of the parked with empty hands. */
function laneOf({ step, parts }: RunState, requests: readonly RequestRow[]): Batch['lane'] {
	const { part, phase } = step ?? { part: parts[0], phase: 'parked' };
	if (phase === 'changes') return part;
	if (phase === 'parked' || requests.length === 0) return 'parked';
	return part === 'payables' ? 'requested' : part;
}

/** Journal rows of the batches whose writes were all found in Procore: this batch writes their events. */
export function settledBySearch(
	state: RunState,
	found: readonly string[],
	journal: readonly JournalRow[],
): number[] {
	return journal
		.filter((row) => row.gp_company === state.company && found.includes(row.batch_id))
		.flatMap(({ id }) => (id === undefined ? [] : [id]));
}

/** All of them, or none where one batch does not say. Vendors stand in no place. */
function placesOf(rows: readonly JournalRow[]): string[] {
	const lists = rows.map(({ places }) => (places ?? '').split(',').filter(Boolean));
	return lists.some((places) => places.length === 0) ? [] : [...new Set(lists.flat())];
}

/** A part begins with what was asked for by name, where anything was. */
function withStep(state: RunState, requests: readonly RequestRow[]): RunState {
	if (state.step?.phase !== 'requested') return state;
	if (requestsToTry(requests, state).length > 0 || state.onlyRequested) return state;
	return { ...state, step: { part: state.step.part, phase: 'changes', batch: 1 } };
}

function mustHoldLease(state: RunState, leases: readonly LeaseRow[], now: string): void {
	const ofCompany = leases.filter((row) => row.gp_company === leaseCompany(state));
	if (ofCompany.some((row) => row.run_id === state.runId)) return;
	throw new LeaseLostError(state.runId, ofCompany.find((row) => row.until > now) ?? null);
}

/** `{run id}/{number}` or `{run id}/{number}.{attempt}`. */
function numberOf(batchId: string): number {
	return Number.parseInt(batchId.slice(batchId.lastIndexOf('/') + 1), 10);
}

/** What a batch notes before its first write to Procore. */
export interface BeforeWriting {
	journal: JournalRow;
	/** End of the lease: the sync writes no longer than that lasts. Nobody takes a lease over before. */
	until: string;
	/** That end is a new one, to be written first. */
	renew: boolean;
}

/** Of a desired record, as far as it says where it is written. */
type Placed = { kind?: unknown; projectId?: unknown; standardListId?: unknown };

/**
 * Null for a dry run, and where no record is to be written: that costs no row.
 *
 * @param leases rows of the company as read when the batch began; none: the lease is renewed
 */
export function beforeWriting(
	batch: Pick<Batch, 'state' | 'journal'>,
	desired: readonly Placed[],
	leases: readonly LeaseRow[],
	now: string,
): BeforeWriting | null {
	if (batch.state.dryRun || desired.every(({ kind }) => kind === 'checkpoint')) return null;
	const { state, journal } = batch;
	const places = desired.flatMap((record) => placeOf(record) ?? []);
	const own = leases.find(({ run_id }) => run_id === state.runId);
	const renew = own === undefined || isRenewalDue(state, leases, now, 'write');
	return {
		journal: { ...journal, places: [...new Set(places)].join(',') },
		until: renew ? leaseEnd(state, now) : own.until,
		renew,
	};
}

/** What the run hands to the execution that does one batch; what is read there goes by it. */
export interface PreparedBatch {
	state: RunState;
	/** Of the step in hand, before it is known whether anything was asked for. */
	entity: Entity;
	/** The lease's name of the company: a dry run has one of its own. */
	leaseCompany: string;
	/** The first batch of a run that looks for crosswalk rows people changed. */
	looksAtCrosswalks: boolean;
}

export function prepareBatch(state: RunState): PreparedBatch {
	return {
		state,
		entity: ENTITY_OF_PART[(state.step ?? { part: state.parts[0] }).part],
		leaseCompany: leaseCompany(state),
		looksAtCrosswalks: state.batches === 0 && !state.dryRun && !state.onlyRequested,
	};
}

/** Outcomes after which a record stands in Procore as this run left it. */
const WRITTEN = new Set(['created', 'updated', 'adopted', 'voided']);

/**
 * Voucher → Procore project → the last write there, of those that were not voided there since. Where a batch that
 * was cut off, or a refusal, left it both ways, the subcontractor invoice.
 */
export function sentBefore(
	events: readonly AuditEventRow[],
): Record<string, Record<string, SentAs>> {
	const latest = new Map<string, { event: AuditEventRow; project: string; jobs: string }>();
	const written = events.filter(({ dry_run, outcome }) => !dry_run && WRITTEN.has(outcome));
	written.sort((left, right) => (left.at < right.at ? -1 : Number(left.at > right.at)));
	for (const event of written) {
		const { gp_key, procore_project_id: project, procore_type } = event;
		if (!project || (procore_type !== 'directCost' && procore_type !== 'requisition')) continue;
		const place = JSON.stringify([gp_key, project, procore_type]);
		// What was written by a run that was cut off is told from Procore, which does not say of which jobs.
		const jobs = affectedKeysOfKind(event.touches ?? '', 'J') || (latest.get(place)?.jobs ?? '');
		latest.set(place, { event, project, jobs });
	}
	const known: Record<string, Record<string, SentAs>> = {};
	for (const { event, project, jobs } of latest.values()) {
		const { gp_key, procore_type, procore_id: id, at } = event;
		const projects = (known[gp_key] ??= {});
		// A direct cost is met by whoever looks for one; an invoice is looked for only where it is told.
		if (event.outcome === 'voided' || !id || projects[project]?.type === 'requisition') continue;
		projects[project] = {
			...(procore_type === 'requisition' ? { type: procore_type } : {}),
			id,
			at,
			...(jobs ? { jobs } : {}),
		};
	}
	return known;
}

/** Voucher → Procore projects it was written to: a document that moved is withdrawn from the others. */
export function earlierProjects(events: readonly AuditEventRow[]): Record<string, string[]> {
	const known: Record<string, string[]> = {};
	for (const { gp_key, procore_project_id, dry_run, outcome } of events) {
		if (!procore_project_id || dry_run || !WRITTEN.has(outcome)) continue;
		const projects = (known[gp_key] ??= []);
		if (!projects.includes(procore_project_id)) projects.push(procore_project_id);
	}
	return known;
}
