import { beginBatch, type Batch } from '../../lib/run/batch';
import { claimLease, leaseRow, yieldedRow } from '../../lib/run/lease';
import { recordsToRetry } from '../../lib/run/parked-rows';
import { ENTITY_OF_PART } from '../../lib/streams/streams';
import { recordOutcomes } from '../../lib/run/record-outcomes';
import { closeRun, openRun, runRow, withWatermarks } from '../../lib/run/run';
import type { RunState } from '../../lib/audit/event-row';
import { watermarksOf } from '../../lib/run/events-of-batch';
import type { Effects } from '../../lib/model/connection-check';
import type { Outcome } from '../../lib/model/outcome';
import { type CheckpointItem, EMPTY_WATERMARK } from '../../lib/model/gp-changes';
import type { GpClient } from '../../lib/gp/gp-client';
import type { GpRecord } from '../../lib/model/gp-records';
import { mapRecords } from '../../lib/mapping/map-records';
import type { DeletedRecord, MappingSettings, ProjectCandidate } from '../../lib/mapping/types';
import type { DesiredCostCode, DesiredDirectCost, DesiredVendor } from '../../lib/model/desired';
import type { ProcoreClient } from '../../lib/procore/procore-client';
import { syncPayables } from '../../lib/sync/payables/sync-payables';
import { syncCostCodes } from '../../lib/sync/kinds/cost-code';
import type { SyncOptions } from '../../lib/sync/sync-run';
import { placeOf } from '../../lib/model/keys';
import { findUnrecordedWrites } from '../../lib/sync/unrecorded-writes';
import { syncVendors } from '../../lib/sync/kinds/vendor';
import { faultAsOutcome, readRequested } from '../../nodes/DynamicsGp/actions/requested';
import { isCheckpoint, isOutcome, kindOf } from '../../nodes/shared/item-kinds';
import type { Life } from './life';
import type { Tables } from './tables';

export interface SyncParts {
	tables: Tables;
	life: Life;
	gp: GpClient;
	procore: ProcoreClient;
	effects: Effects;
	company: string;
	settings: MappingSettings;
	projects: ProjectCandidate[];
	/** Records of one batch of changes. */
	batchSize: number;
	runId: string;
	executionId: string;
}

export type RunEnd =
	| { end: 'done'; state: RunState }
	| { end: 'skipped' }
	| { end: 'failed'; state: RunState; error: unknown };

const WRITTEN = ['created', 'updated', 'adopted', 'voided'];

/**
 * One run, step by step as the shipped sync template takes it: every decision is the product's, only
 * n8n is left out. `resumed`: the state of a run that failed, as Retry hands it on.
 *
 * @throws Killed when the process dies: whatever was not written by then never is
 */
export async function runSync(parts: SyncParts, resumed?: RunState): Promise<RunEnd> {
	const { tables, life, executionId } = parts;
	const state = resumed
		? { ...resumed, resumed: true }
		: openRun({
				runId: parts.runId,
				startKind: 'schedule',
				company: parts.company,
				dryRun: false,
				from: null,
				parts: [],
				now: nowOf(parts),
				chained: true,
			});
	const held = takeLease(parts, state);
	if (!held) return { end: 'skipped' };
	let at: RunState = held;
	try {
		while (at.step !== null) at = await runBatch(parts, at);
	} catch (error) {
		if (life.over) throw life.signal.reason;
		const row = closeRun(at, {
			executionId,
			status: 'failed',
			error: error instanceof Error ? error.message : String(error),
			now: nowOf(parts),
		});
		tables.runs.upsert(life, isOf(at), row);
		tables.leases.delete(life, isOf(at));
		return { end: 'failed', state: at, error };
	}
	const row = closeRun(at, { executionId, status: 'success', now: nowOf(parts) });
	tables.runs.upsert(life, isOf(at), row);
	tables.journal.delete(life, ({ batch_id }) => batch_id === at.lastBatch);
	tables.leases.delete(life, isOf(at));
	return { end: 'done', state: at };
}

/** From "Take lease" to "Save run row"; null where another run holds it. */
function takeLease(parts: SyncParts, opened: RunState): RunState | null {
	const { tables, life, executionId, company } = parts;
	tables.leases.insert(life, leaseRow(opened, { executionId, now: nowOf(parts) }));
	const own = tables.leases.rows.find(isOf(opened))!.id!;
	tables.leases.delete(life, ({ until, id }) => until < nowOf(parts) && id !== own);
	tables.leases.delete(life, ({ taken_at, id }) => taken_at === '' && id! > own);
	for (;;) {
		const claim = claimLease({
			state: opened,
			leases: tables.leases.read(),
			openRuns: tables.runs.read(({ status }) => status === 'running'),
			executionId,
			now: nowOf(parts),
		});
		if (claim.verdict === 'free') {
			tables.leases.update(life, isOf(opened), claim.take);
			continue;
		}
		if (claim.verdict === 'yields') {
			tables.leases.delete(life, isOf(opened));
			const row = yieldedRow(opened, claim.holder, { executionId, now: nowOf(parts) });
			tables.runs.upsert(life, isOf(opened), row);
			return null;
		}
		const state = withWatermarks(opened, watermarksOf(tables.watermarks.read(), company), true);
		const row = runRow(state, { executionId, status: 'running', aliveAt: nowOf(parts) });
		tables.runs.upsert(life, isOf(opened), row);
		for (const one of claim.abandoned) tables.runs.upsert(life, isOf({ runId: one.run_id }), one);
		return { ...state, execution: { id: executionId, link: '' } };
	}
}

/** One batch, from "Batch starts" to "Batch result". */
async function runBatch(parts: SyncParts, given: RunState): Promise<RunState> {
	const { tables, life, company, executionId } = parts;
	const entity = ENTITY_OF_PART[given.step!.part];
	const journal = tables.journal.read((row) => row.gp_company === company);
	const batch = beginBatch({
		state: given,
		executionId,
		leases: tables.leases.read(),
		journal,
		requests: tables.requests.read((row) => row.entity === entity),
		now: nowOf(parts),
	});
	const { state, unrecorded } = batch;
	const recordedEvents = tables.events.read((row) => unrecorded.includes(row.batch_id ?? ''));
	if (batch.signOfLifeDue) {
		tables.leases.update(life, isOf(state), { until: batch.leaseUntil });
		tables.runs.update(life, isOf(state), batch.runRow);
	}
	const parkedRows = tables.parked.read((row) => row.entity === entity);
	const read = await readStep(parts, batch, parkedRows);
	const crosswalk = {
		projects: tables.projects.read(),
		accounts: tables.accounts.read(),
		vendors: [],
	};
	const mapped = mapRecords({
		records: read.records,
		deleted: read.deleted,
		crosswalk,
		projects: parts.projects,
		settings: parts.settings,
		earlierProjects: earlierProjects(parts, state, read),
	});
	if (mapped.desired.length > 0) {
		const places = new Set(mapped.desired.flatMap((one) => placeOf(one) ?? []));
		tables.journal.insert(life, { ...batch.journal, places: [...places].join(',') });
	}
	const found = await searchStep(parts, batch);
	const outcomes = await syncStep(parts, batch, mapped.desired);
	const recorded = recordOutcomes({
		state,
		batchId: batch.batchId,
		requests: batch.requests,
		settledRowIds: batch.settledRowIds,
		recordedEvents,
		journal,
		executionId,
		outcomes,
		notSent: [...mapped.notSent, ...read.outcomes],
		checkpoint: { ...read.checkpoint, ...(found ? { unrecorded: found } : {}) },
		parkedRows,
		newJobs: mapped.newJobs,
		newAccounts: mapped.newAccounts,
		knownJobs: crosswalk.projects,
		knownAccounts: crosswalk.accounts,
		now: nowOf(parts),
	});
	tables.events.insert(life, ...recorded.events);
	tables.parked.insert(life, ...recorded.parked);
	tables.parked.deleteIds(life, recorded.resolvedRowIds);
	tables.projects.insert(life, ...recorded.newJobs);
	tables.accounts.insert(life, ...recorded.newAccounts);
	tables.requests.deleteIds(life, recorded.answeredRowIds);
	for (const { row_id, tries, note } of recorded.repeatRequests)
		tables.requests.update(life, ({ id }) => id === row_id, { tries, note });
	tables.journal.deleteIds(life, recorded.settledRowIds);
	const { watermarkRow: mark } = recorded;
	if (mark) tables.watermarks.upsert(life, (row) => row.entity === mark.entity, mark);
	return recorded.state;
}

interface Read {
	records: GpRecord[];
	deleted: DeletedRecord[];
	outcomes: Outcome[];
	checkpoint: CheckpointItem;
}

/** What the batch works on: what was asked for, what changed, or what waits. */
async function readStep(
	{ gp, company, batchSize, tables }: SyncParts,
	{ state, requests }: Batch,
	parkedRows: Parameters<typeof recordsToRetry>[0],
): Promise<Read> {
	const step = state.step!;
	const entity = ENTITY_OF_PART[step.part];
	const watermark = watermarksOf(tables.watermarks.read(), company)[entity] ?? EMPTY_WATERMARK;
	if (step.phase === 'requested') {
		const items = await readRequested(
			{ client: gp, companyId: company, close: () => {} },
			entity,
			requests,
			{ watermark, gone: 'void', complete: async (records) => records },
		);
		const all = items.map(({ json }) => json as object);
		return {
			records: all.filter((one) => kindOf(one) === entity) as GpRecord[],
			deleted: all.filter((one) => kindOf(one) === 'deleted') as DeletedRecord[],
			outcomes: all.filter(isOutcome),
			checkpoint: all.find(isCheckpoint)!,
		};
	}
	if (step.phase === 'parked') {
		const checkpoint: CheckpointItem = {
			kind: 'checkpoint',
			entity,
			company,
			watermark,
			more: false,
			cursor: null,
			counts: { read: 0, unchanged: 0, requests: 0 },
		};
		return { records: recordsToRetry(parkedRows, state), deleted: [], outcomes: [], checkpoint };
	}
	const batch = await gp.readChanges(entity, {
		watermark,
		limit: batchSize,
		cursor: state.cursor,
	});
	const outcomes = (batch.faults ?? []).map((fault) => faultAsOutcome(fault, entity, company));
	return { records: batch.records, deleted: [], outcomes, checkpoint: batch.checkpoint };
}

/** What was found rides on the checkpoint, so a step without one does not search. */
async function searchStep(
	{ procore }: SyncParts,
	{ state, batchId, unrecorded, unrecordedPlaces }: Batch,
) {
	const { part, phase } = state.step!;
	const unrecordedBatches = unrecorded.filter((id) => id !== batchId);
	if (phase === 'parked' || unrecordedBatches.length === 0) return undefined;
	const kind = { vendors: 'vendor', accounts: 'costCode', payables: 'directCost' } as const;
	const options = { dryRun: false, unrecordedBatches, unrecordedPlaces };
	return await findUnrecordedWrites(procore, kind[part], options);
}

async function syncStep(
	{ procore }: SyncParts,
	{ state, batchId, unrecorded, requests }: Batch,
	desired: object[],
): Promise<Outcome[]> {
	if (desired.length === 0) return [];
	const options: SyncOptions = {
		dryRun: false,
		cacheKey: state.runId,
		batchId,
		unrecordedBatches: unrecorded.filter((id) => id !== batchId),
		rewrite:
			state.step!.phase === 'requested' && requests.some(({ reason }) => reason === 'reconcile'),
	};
	switch (state.step!.part) {
		case 'vendors':
			return await syncVendors(procore, desired as DesiredVendor[], options);
		case 'accounts':
			return await syncCostCodes(procore, desired as DesiredCostCode[], options);
		case 'payables':
			return await syncPayables(procore, desired as DesiredDirectCost[], options);
	}
}

/** Looked up for what was asked for, and wherever a document may have moved since it was sent. */
function earlierProjects(
	{ tables, settings }: SyncParts,
	{ step }: RunState,
	{ records, deleted }: Read,
): Record<string, string[]> {
	const mayHaveMoved = step!.phase === 'requested' || settings.unposted === 'sendAsDraft';
	if (step!.part !== 'payables' || !mayHaveMoved) return {};
	const keys = new Set([...records, ...deleted].map(({ key }) => key));
	const earlier: Record<string, string[]> = {};
	for (const row of tables.events.read(({ entity }) => entity === 'payable')) {
		if (!keys.has(row.gp_key) || !row.procore_project_id || !WRITTEN.includes(row.outcome))
			continue;
		const known = (earlier[row.gp_key] ??= []);
		if (!known.includes(row.procore_project_id)) known.push(row.procore_project_id);
	}
	return earlier;
}

function isOf({ runId }: { runId: string }) {
	return (row: { run_id: string }) => row.run_id === runId;
}

function nowOf({ effects }: SyncParts): string {
	return new Date(effects.now()).toISOString();
}
