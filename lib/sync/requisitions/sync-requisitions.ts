import { toFixed } from '../../model/money';
import {
	type AlsoWritten,
	type FieldChange,
	fieldChanges,
	type Outcome,
} from '../../model/outcome';
import type { DesiredRequisition } from '../commitments/route-document';
import type { ProcoreClient } from '../../procore/procore-client';
import { type ProcoreId, readId, toWireId } from '../../procore/wire';
import { listBillingPeriods } from '../../procore/resources/projects';
import {
	createRequisition,
	listCommitmentLines,
	type RequisitionFields,
	updateRequisition,
} from '../../procore/resources/commitments';
import {
	isNewerInProcore,
	markOf,
	type OriginData,
	readOriginData,
	unrecordedMarks,
	withFound,
	writeOriginData,
	type WrittenOutcome,
} from '../origin-data';
import { byProject, type RunCache, runCacheFor, type SyncOptions } from '../sync-run';
import {
	faultOfRecord,
	outcomeOf,
	partOf,
	type Reason,
	type RowFault,
	withAlso,
	withoutNoDate,
} from '../outcomes';
import { ProjectRequisitions, takeOutDirectCost } from './project-requisitions';
import {
	agrees,
	allocateToContract,
	type Billed,
	checkRequisition,
	claimed,
	hashOf,
	hashOfShown,
	itemsOf,
	NEVER_SENT,
	onlyPaymentDiffers,
	periodMissing,
	readCommitmentLine,
	totalsDiffer,
} from './requisition-state';

/**
 * Brings subcontractor invoices to the desired state. Procore has no bulk way: one lookup by origin
 * id each (many are read as one list), one write where something changed. One outcome per desired
 * record, in order. A document that stands as a direct cost is taken out there first, never billed twice.
 */
export async function syncRequisitions(
	client: ProcoreClient,
	desired: DesiredRequisition[],
	options: SyncOptions,
	cache: RunCache = runCacheFor(client, options.cacheKey),
): Promise<Outcome[]> {
	if (desired.length === 0) return [];
	const first = new Map<string, DesiredRequisition>();
	for (const one of desired) if (!first.has(one.originId)) first.set(one.originId, one);
	const outcomes = await byProject(
		client,
		[...first.values()],
		options,
		cache,
		async (projectId, records) => {
			const known = ProjectRequisitions.of(cache, projectId, client.effects.now());
			await known.readKnown(client, records);
			const done = new Map<DesiredRequisition, Outcome>();
			for (const one of records) {
				done.set(one, await syncOne(client, cache, known, one, options));
				client.progress('subcontractor invoices', done.size, records.length);
			}
			return done;
		},
	);
	return desired.map((one) => {
		const outcome = outcomes.get(first.get(one.originId) as DesiredRequisition) as Outcome;
		if (first.get(one.originId) === one) return outcome;
		// The first one has the event.
		const { recovered: _, unrecorded: __, changes: ___, also: ____, ...same } = outcome;
		return { ...same, outcome: outcome.reason ? outcome.outcome : 'unchanged' };
	});
}

async function syncOne(
	client: ProcoreClient,
	cache: RunCache,
	known: ProjectRequisitions,
	desired: DesiredRequisition,
	options: SyncOptions,
): Promise<Outcome> {
	const wrong = checkRequisition(desired);
	if (wrong) return outcomeOf(desired, 'failed', options.dryRun, { reason: wrong });
	const standing = known.withOriginId(desired.originId);
	const outcome = await settle(client, cache, known, desired, standing, options);
	return withFound(outcome, unrecordedMarks(standing?.origin_data, options));
}

type Standing = Record<string, unknown> | undefined;

async function settle(
	client: ProcoreClient,
	cache: RunCache,
	known: ProjectRequisitions,
	desired: DesiredRequisition,
	standing: Standing,
	options: SyncOptions,
): Promise<Outcome> {
	const { dryRun } = options;
	const id = readId(standing?.id);
	const also: AlsoWritten[] = [];
	let before: Pick<Outcome, 'unrecorded'> = {};
	const fail = (reason: Reason, outcome: RowFault['outcome'] = 'failed', procoreId = id) =>
		withAlso(outcomeOf(desired, outcome, dryRun, { reason, procoreId }), also);
	if (standing && id && stands(desired, standing)) {
		return outcomeOf(desired, 'unchanged', dryRun, {
			procoreId: id,
			amount: desired.voided ? '0.00' : toFixed(desired.total),
		});
	}
	try {
		if (standing && id && paidMeanwhile(desired, standing))
			return await setPaidDate(client, known, desired, standing, id, options);
		if (desired.voided) return await voidOne(client, known, desired, standing, options);
		const billed = allocateToContract(desired, await contractOf(client, cache, desired));
		if (!Array.isArray(billed)) return fail(billed);
		const periodId = desired.periodId ?? (await periodOf(client, cache, desired));
		if (!periodId) return fail(periodMissing(desired));
		// Last of all that may go wrong, so that a document that cannot go on stays where it counts.
		const moved = await takeOutDirectCost(client, cache, desired, options);
		if ('reason' in moved) return fail(moved.reason, 'conflict');
		also.push(...moved.also);
		const kind = id ? 'updated' : 'created';
		const fields: RequisitionFields = {
			...(id ? desired.header : withoutNoDate(desired.header)),
			period_id: toWireId(periodId),
			origin_id: desired.originId,
			origin_data: writeOriginData(originOf(desired, kind, standing, options, billed)),
			items: itemsOf(billed, standing),
		};
		const changes: FieldChange[] = [
			...fieldChanges(standing ? { ...standing, total: claimed(standing) } : {}, {
				...desired.header,
				total: toFixed(desired.total),
			}),
			...moved.changes,
		];
		if (moved.unrecorded) before = { unrecorded: moved.unrecorded };
		const done = { changes, amount: toFixed(desired.total) };
		if (dryRun) return outcomeOf(desired, kind, dryRun, { procoreId: id, ...done });
		const { projectId, commitmentId } = desired;
		const answer = (
			id
				? await updateRequisition(client, projectId, commitmentId, id, fields)
				: await createRequisition(client, projectId, commitmentId, fields)
		) as Record<string, unknown>;
		const procoreId = readId(answer?.id) ?? id;
		if (procoreId) known.put({ ...standing, ...fields, ...answer });
		if (agrees(answer, desired.total) === false) {
			also.push(
				partOf(desired, kind, { procoreId, changes, amount: claimed(answer) ?? undefined }),
			);
			return { ...fail(totalsDiffer(desired, answer), 'failed', procoreId), ...before };
		}
		return withAlso(
			{ ...outcomeOf(desired, kind, dryRun, { procoreId, ...done }), ...before },
			also,
		);
	} catch (error) {
		const { outcome, reason } = faultOfRecord(error);
		return { ...fail(reason, outcome), ...before };
	}
}

/** Whether nothing has to be written: it is as desired, or newer. */
function stands(desired: DesiredRequisition, standing: Record<string, unknown>): boolean {
	const stored = readOriginData(standing.origin_data);
	if (isNewerInProcore(stored, desired.source.modified)) return true;
	if (stored?.h !== hashOf(desired)) return false;
	return desired.voided ? standing.status === 'draft' : agrees(standing, desired.total) !== false;
}

/** Whether it was paid since it was sent, or its payment voided, and nothing else of it changed. */
function paidMeanwhile(desired: DesiredRequisition, standing: Record<string, unknown>): boolean {
	const stored = readOriginData(standing.origin_data);
	return (
		onlyPaymentDiffers(desired, stored?.h, standing.payment_date) &&
		agrees(standing, desired.total) !== false
	);
}

/** The day of payment alone: a paid invoice may be closed to changes of its lines. */
async function setPaidDate(
	client: ProcoreClient,
	known: ProjectRequisitions,
	desired: DesiredRequisition,
	standing: Record<string, unknown>,
	id: ProcoreId,
	options: SyncOptions,
): Promise<Outcome> {
	const { dryRun } = options;
	const { payment_date = '' } = desired.header;
	const stored = readOriginData(standing.origin_data);
	const fields: RequisitionFields = {
		payment_date,
		origin_id: desired.originId,
		origin_data: writeOriginData({
			...originOf(desired, 'updated', standing, options),
			...(stored?.l ? { l: stored.l } : {}),
			...(stored?.t ? { t: stored.t } : {}),
		}),
	};
	if (!dryRun) {
		const { projectId, commitmentId } = desired;
		const answer = await updateRequisition(client, projectId, commitmentId, id, fields);
		known.put({ ...standing, ...fields, ...(answer as Record<string, unknown>) });
	}
	return outcomeOf(desired, 'updated', dryRun, {
		procoreId: id,
		amount: toFixed(desired.total),
		changes: fieldChanges(standing, { payment_date }),
	});
}

function originOf(
	desired: DesiredRequisition,
	outcome: WrittenOutcome,
	standing: Standing,
	options: SyncOptions,
	billed?: readonly Billed[],
): OriginData {
	return {
		src: 'gp',
		h: hashOf(desired),
		...(desired.source.modified ? { m: desired.source.modified } : {}),
		...(desired.source.content ? { g: desired.source.content } : {}),
		...(billed ? { l: hashOfShown({ ...desired.header, billed }), t: toFixed(desired.total) } : {}),
		...markOf(options, outcome, standing?.origin_data),
	};
}

async function voidOne(
	client: ProcoreClient,
	known: ProjectRequisitions,
	desired: DesiredRequisition,
	standing: Standing,
	options: SyncOptions,
): Promise<Outcome> {
	const { dryRun } = options;
	const id = readId(standing?.id);
	if (!id) return outcomeOf(desired, 'skipped', dryRun, { reason: NEVER_SENT, amount: '0.00' });
	if (!dryRun) {
		const commitmentId = readId(standing?.commitment_id) ?? desired.commitmentId;
		const fields: RequisitionFields = {
			status: 'draft',
			origin_id: desired.originId,
			origin_data: writeOriginData(originOf(desired, 'voided', standing, options)),
		};
		const answer = await updateRequisition(client, desired.projectId, commitmentId, id, fields);
		known.put({ ...standing, ...fields, ...(answer as Record<string, unknown>) });
	}
	return outcomeOf(desired, 'voided', dryRun, { procoreId: id, amount: '0.00' });
}

async function contractOf(
	client: ProcoreClient,
	cache: RunCache,
	{ projectId, commitmentKind, commitmentId }: DesiredRequisition,
) {
	const rows = await cache.get(`commitment lines ${commitmentId}`, client.effects.now(), () =>
		listCommitmentLines(client, projectId, commitmentKind, commitmentId),
	);
	return rows.flatMap((row) => readCommitmentLine(row) ?? []);
}

async function periodOf(
	client: ProcoreClient,
	cache: RunCache,
	{ projectId, header }: DesiredRequisition,
): Promise<ProcoreId | undefined> {
	const day = header.billing_date ?? header.requisition_end;
	if (!day) return undefined;
	const rows = await cache.get(`billing periods ${projectId}`, client.effects.now(), () =>
		listBillingPeriods(client, projectId),
	);
	const period = (rows as Array<Record<string, unknown>>).find(
		({ start_date, end_date }) => String(start_date) <= day && day <= String(end_date),
	);
	return readId(period?.id);
}
