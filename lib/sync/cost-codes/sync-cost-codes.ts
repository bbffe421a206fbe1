import type { DesiredCostCode } from '../../model/desired';
import {
	type AlsoWritten,
	fieldChanges,
	type Outcome,
	type OutcomeKind,
} from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import { readCostCode } from '../../procore/resources/cost-codes';
import type { RowResult, SyncRow } from '../../procore/resources/sync-rows';
import { listSegments, setSegmentItemStatus } from '../../procore/resources/wbs-codes';
import { type ProcoreId, toWireId } from '../../procore/wire';
import { readOriginData, unrecordedMarks, withFound } from '../origin-data';
import { alongTheWay, faultOf, outcomeOf, partOf, type RowFault, withAlso } from '../outcomes';
import { byProject, runCacheFor, type SyncOptions } from '../sync-run';
import { type CostCodePlan, planCostCodes } from './plan-cost-codes';
import { ProjectCodes } from './project-codes';

const OUTCOME: Record<Exclude<CostCodePlan['action'], 'sameAs'>, OutcomeKind> = {
	create: 'created',
	update: 'updated',
	adopt: 'adopted',
	unchanged: 'unchanged',
	skip: 'skipped',
	conflict: 'conflict',
	failed: 'failed',
};

/**
 * Brings project cost codes to the desired state: one list call per project, one sync call for
 * divisions that are missing, one for the codes. One outcome per desired record, in order.
 */
export async function syncCostCodes(
	client: ProcoreClient,
	desired: DesiredCostCode[],
	options: SyncOptions,
): Promise<Outcome[]> {
	if (desired.length === 0) return [];
	const cache = runCacheFor(client, options.cacheKey);
	let done = 0;
	const outcomes = await byProject(client, desired, options, cache, async (projectId, records) => {
		const codes = ProjectCodes.of(cache, projectId, client.effects.now());
		await codes.read(client);
		const ofProject = await syncProject(client, codes, records, options);
		client.progress('cost codes', (done += records.length), desired.length);
		return ofProject;
	});
	return desired.map((one) => outcomes.get(one) as Outcome);
}

/** A company standard cost code; parents stand in the same list. */
export type DesiredStandardCostCode = Omit<DesiredCostCode, 'projectId'>;

/** The same for one of the company's standard cost code lists. */
export async function syncStandardCostCodes(
	client: ProcoreClient,
	listId: ProcoreId,
	desired: DesiredStandardCostCode[],
	options: SyncOptions,
): Promise<Outcome[]> {
	if (desired.length === 0) return [];
	const codes = ProjectCodes.ofStandardList(
		runCacheFor(client, options.cacheKey),
		listId,
		client.effects.now(),
	);
	await codes.read(client);
	const records = desired.map((one): DesiredCostCode => ({ ...one, projectId: '' }));
	const outcomes = await syncProject(client, codes, records, options);
	return records.map((one) => outcomes.get(one) as Outcome);
}

async function syncProject(
	client: ProcoreClient,
	codes: ProjectCodes,
	records: DesiredCostCode[],
	options: SyncOptions,
): Promise<Map<DesiredCostCode, Outcome>> {
	const { parents, plans } = planCostCodes(records, codes, options);
	const results = new Map<CostCodePlan, RowResult>();
	const parentFaults = new Map<string, RowFault>();
	/** Divisions made, by origin id, until a code under them tells of it. */
	const divisions = new Map<string, AlsoWritten>();
	let statusSet: ReadonlySet<CostCodePlan> = new Set();
	if (!options.dryRun) {
		const writing = plans.filter(({ row }) => row);
		if (options.inactiveCostCodes === 'deactivate' && codes.projectId)
			statusSet = await setStatuses(client, codes, writing);
		// Roots go along with the missing divisions: nothing above them has to exist first.
		const first =
			parents.length > 0 || writing.some(({ parentRow }) => parentRow)
				? writing.filter(({ parentRow }) => !parentRow)
				: writing;
		await send(first, parents);
		const second = writing.filter((plan) => !first.includes(plan));
		for (const plan of second) completeParent(plan);
		await send(
			second.filter(({ row }) => row?.parent_id !== undefined),
			[],
		);
	} else {
		for (const { desired, row } of plans) {
			if (row)
				codes.wouldBeMade.add(
					desired.parent ? `${desired.parent.code}-${desired.code}` : desired.code,
				);
		}
	}
	const outcomes = new Map<DesiredCostCode, Outcome>();
	for (const plan of plans)
		if (plan.action !== 'sameAs')
			outcomes.set(
				plan.desired,
				withFound(withAlso(conclude(plan), divisionOf(plan)), foundOn(plan)),
			);
	for (const plan of plans) {
		if (plan.action !== 'sameAs') continue;
		const first = outcomes.get(plan.decidedBy as DesiredCostCode);
		const stands =
			first?.procore?.id !== undefined || first?.dryRun || first?.outcome === 'skipped';
		outcomes.set(
			plan.desired,
			outcomeOf(plan.desired, stands ? 'unchanged' : (first?.outcome ?? 'failed'), options.dryRun, {
				procoreId: first?.procore?.id,
				...(stands ? {} : { reason: first?.reason }),
			}),
		);
	}
	return outcomes;

	/** Of several codes under it the first one tells of the division. */
	function divisionOf({ parentRow = '' }: CostCodePlan): AlsoWritten[] {
		const made = divisions.get(parentRow);
		divisions.delete(parentRow);
		return made ? [made] : [];
	}

	/** The write of another account that has the same code is that account's event. */
	function foundOn({ desired, actual }: CostCodePlan) {
		return readOriginData(actual?.originData)?.a === desired.source.key
			? unrecordedMarks(actual?.originData, options)
			: {};
	}

	async function send(batch: CostCodePlan[], extra: SyncRow[]): Promise<void> {
		const rows = [...extra, ...batch.map(({ row }) => row as SyncRow)];
		if (rows.length === 0) return;
		const answers = await codes.write(client, rows);
		answers.forEach((answer, index) => {
			const plan = index < extra.length ? undefined : batch[index - extra.length];
			if (plan) results.set(plan, answer);
			const fault = faultOf(answer);
			if (fault && !plan) parentFaults.set(String(answer.row.origin_id), fault);
			const written = answer.entity && readCostCode(answer.entity);
			if (!written) return;
			// An answer may leave out the parent or origin data; what was sent then stands.
			const parentId =
				written.parentId ??
				(answer.row.parent_id === undefined ? null : String(answer.row.parent_id));
			const parent = parentId === null ? undefined : codes.withId(parentId);
			const { projectId } = codes;
			if (!plan)
				divisions.set(
					String(answer.row.origin_id),
					alongTheWay(
						{
							outcome: 'created',
							originId: String(answer.row.origin_id),
							procore: {
								...{ type: 'costCode', id: written.id },
								...(projectId ? { projectId } : {}),
							},
							changes: fieldChanges({}, { code: written.code, name: written.name }),
						},
						`Division ${written.code} was made, because a cost code goes under it.`,
					),
				);
			codes.put({
				...written,
				parentId,
				fullCode:
					written.fullCode === written.code && parent
						? `${parent.fullCode}-${written.code}`
						: written.fullCode,
				originId: String(answer.row.origin_id),
				originData: String(answer.row.origin_data),
			});
		});
	}

	function completeParent(plan: CostCodePlan): void {
		const parent = codes.withOriginId(plan.parentRow ?? '');
		if (parent && plan.row) plan.row.parent_id = toWireId(parent.id);
	}

	function conclude(plan: CostCodePlan): Outcome {
		const result = results.get(plan);
		const fault =
			(result && faultOf(result)) ??
			(plan.parentRow && !result && !options.dryRun
				? (parentFaults.get(plan.parentRow) ?? PARENT_MISSING)
				: undefined);
		if (fault) {
			const { active } = plan.desired;
			const changes = [{ field: 'active', before: !active, after: active }];
			const part = { procoreId: plan.actual?.id, changes, unmarked: true } as const;
			return outcomeOf(plan.desired, fault.outcome, options.dryRun, {
				procoreId: plan.actual?.id,
				reason: fault.reason,
				...(statusSet.has(plan) ? { also: [partOf(plan.desired, 'updated', part)] } : {}),
			});
		}
		const written = result?.entity && readCostCode(result.entity);
		return outcomeOf(plan.desired, OUTCOME[plan.action as keyof typeof OUTCOME], options.dryRun, {
			procoreId: written?.id ?? plan.actual?.id,
			reason: plan.reason,
			...(plan.row ? { changes: plan.changes } : {}),
		});
	}
}

/**
 * Cost codes cannot be deleted; a code GP made inactive leaves the pick lists through its WBS
 * segment item. Done before the code itself is written, whose hash says that it has been done.
 */
async function setStatuses(
	client: ProcoreClient,
	codes: ProjectCodes,
	writing: CostCodePlan[],
): Promise<ReadonlySet<CostCodePlan>> {
	const known = writing.flatMap((plan) => {
		const { actual, desired } = plan;
		const wasInactive = readOriginData(actual?.originData)?.i === 1;
		if (!actual || (desired.active && !wasInactive)) return [];
		return [
			{ plan, id: actual.id, status: desired.active ? ('active' as const) : ('inactive' as const) },
		];
	});
	if (known.length === 0) return new Set();
	const segment = (await listSegments(client, codes.projectId)).find(
		({ type }) => type === 'cost_code',
	);
	if (!segment) return new Set();
	for (const status of ['inactive', 'active'] as const) {
		const ids = known.filter((one) => one.status === status).map(({ id }) => id);
		if (ids.length > 0)
			await setSegmentItemStatus(client, codes.projectId, segment.id, ids, status);
	}
	return new Set(known.map(({ plan }) => plan));
}

const PARENT_MISSING: RowFault = {
	outcome: 'failed',
	reason: {
		code: 'parent-missing',
		message: 'The division above this cost code could not be made.',
		remedy: 'See the reason given for the division; then run it again.',
	},
};

/**
 * Cost codes to the desired state wherever they belong: in their project, or in the standard list
 * they name. One outcome per desired record, in order.
 */
export async function syncCodes(
	client: ProcoreClient,
	desired: DesiredCostCode[],
	options: SyncOptions,
): Promise<Outcome[]> {
	const outcomes = new Map<DesiredCostCode, Outcome>();
	const note = (codes: DesiredCostCode[], made: Outcome[]) =>
		codes.forEach((code, index) => outcomes.set(code, made[index]));
	const ofProjects = desired.filter(({ standardListId }) => !standardListId);
	note(ofProjects, await syncCostCodes(client, ofProjects, options));
	const lists = new Map<string, DesiredCostCode[]>();
	for (const one of desired) {
		if (!one.standardListId) continue;
		const codes = lists.get(one.standardListId);
		if (codes) codes.push(one);
		else lists.set(one.standardListId, [one]);
	}
	for (const [listId, codes] of lists) {
		note(codes, await syncStandardCostCodes(client, listId, codes, options));
	}
	return desired.map((one) => outcomes.get(one) as Outcome);
}
