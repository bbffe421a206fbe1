import { causeKey } from '../../model/keys';
import type { AlsoWritten, Outcome, OutcomeKind } from '../../model/outcome';
import { toFixed } from '../../model/money';
import type { DesiredDirectCost } from '../../model/desired';
import type { ProcoreClient } from '../../procore/procore-client';
import type { ProcoreId } from '../../procore/wire';
import { type FoundMarks, unrecordedMarks, withFound } from '../origin-data';
import { byProject, type RunCache, runCacheFor, type SyncOptions } from '../sync-run';
import { ProjectCodes } from '../cost-codes/project-codes';
import { CostTypes } from '../kinds/cost-type';
import { outcomeOf, partOf, type Reason, withAlso } from '../outcomes';
import { PLANNED, resolveVendorIds, VendorDirectory } from '../kinds/vendor-directory';
import { applyDirectCosts, totalsAgree, type Written } from './apply-direct-costs';
import { checkDirectCost, type DirectCostPlan } from './direct-cost-plan';
import { planDirectCosts } from './plan-direct-costs';
import { type ResolvedLine, resolveLines } from './lines';
import { ProjectDirectCosts } from './project-direct-costs';
import { readKnown, readMoreAbout } from './read-direct-costs';

const OUTCOME: Record<DirectCostPlan['action'], OutcomeKind> = {
	create: 'created',
	update: 'updated',
	adopt: 'adopted',
	void: 'voided',
	delete: 'voided',
	unchanged: 'unchanged',
	skip: 'skipped',
	conflict: 'conflict',
};

/** Planning anew after Procore told more: a number already taken, a total that differs. */
const ROUNDS = 3;

/**
 * Brings direct costs with their lines to the desired state and checks the totals that then stand.
 * One outcome per desired record, in order. Throws a ConnectorError when Procore as a whole cannot
 * be worked with; a refused project fails its records, a refused record only itself.
 */
export async function syncDirectCosts(
	client: ProcoreClient,
	desired: DesiredDirectCost[],
	options: SyncOptions,
	cache: RunCache = runCacheFor(client, options.cacheKey),
): Promise<Outcome[]> {
	if (desired.length === 0) return [];
	const directory = VendorDirectory.of(cache, client.effects.now());
	const outcomes = new Map<DesiredDirectCost, Outcome>();
	const marks = new Map<DesiredDirectCost, FoundMarks>();
	const first = new Map<string, DesiredDirectCost>();
	for (const one of desired) {
		if (!first.has(one.originId)) first.set(one.originId, one);
		const reason = checkDirectCost(one);
		if (reason) outcomes.set(one, outcomeOf(one, 'failed', options.dryRun, { reason }));
	}
	const open = () => [...first.values()].filter((one) => !outcomes.has(one));
	const take = (settled: ReadonlyMap<DesiredDirectCost, Outcome>) => {
		for (const [one, outcome] of settled) outcomes.set(one, outcome);
		client.progress('direct costs', outcomes.size, desired.length);
	};

	take(
		await byProject(client, open(), options, cache, (projectId, records) =>
			settle(client, cache, directory, projectId, records, marks, options),
		),
	);
	const vendorIds = await resolveVendorIds(client, directory, open(), options.dryRun);
	for (const one of open()) {
		if (one.voided || !one.vendorOriginId || vendorIds.has(one)) continue;
		const outcome = outcomeOf(one, 'failed', options.dryRun, { reason: vendorMissing(one) });
		outcomes.set(one, withFound(outcome, marks.get(one) ?? {}));
	}
	take(
		await byProject(client, open(), options, cache, (projectId, records) =>
			write(client, cache, projectId, records, vendorIds, marks, options),
		),
	);

	return desired.map((one) => {
		const outcome = outcomes.get(one);
		if (outcome) return outcome;
		const decided = outcomes.get(first.get(one.originId) as DesiredDirectCost) as Outcome;
		const { reason, amount } = decided;
		const stands = !reason || ['skipped', 'voided'].includes(decided.outcome);
		return outcomeOf(one, stands ? 'unchanged' : decided.outcome, options.dryRun, {
			procoreId: decided.procore?.id,
			amount,
			...(reason ? { reason } : {}),
		});
	});
}

/** Reads what stands and concludes whatever needs no write. */
async function settle(
	client: ProcoreClient,
	cache: RunCache,
	directory: VendorDirectory,
	projectId: ProcoreId,
	records: DesiredDirectCost[],
	marks: Map<DesiredDirectCost, FoundMarks>,
	options: SyncOptions,
): Promise<Map<DesiredDirectCost, Outcome>> {
	const known = ProjectDirectCosts.of(cache, projectId, client.effects.now());
	await readKnown(client, known, records, directory);
	const settled = new Map<DesiredDirectCost, Outcome>();
	for (const one of records)
		marks.set(one, unrecordedMarks(known.withOriginId(one.originId)?.originData, options));
	for (const plan of planDirectCosts(records, known, new Map(), options)) {
		if (plan.action !== 'unchanged' && plan.action !== 'skip') continue;
		const outcome = conclude(plan, undefined, options);
		settled.set(plan.desired, withFound(outcome, marks.get(plan.desired) ?? {}));
	}
	return settled;
}

async function write(
	client: ProcoreClient,
	cache: RunCache,
	projectId: ProcoreId,
	records: DesiredDirectCost[],
	vendorIds: ReadonlyMap<DesiredDirectCost, ProcoreId>,
	marks: ReadonlyMap<DesiredDirectCost, FoundMarks>,
	options: SyncOptions,
): Promise<Map<DesiredDirectCost, Outcome>> {
	const now = client.effects.now();
	const known = ProjectDirectCosts.of(cache, projectId, now);
	const outcomes = new Map<DesiredDirectCost, Outcome>();
	const firstWrites = new Map<DesiredDirectCost, Pick<Outcome, 'outcome' | 'changes'>>();
	const completing = new Set<DesiredDirectCost>();
	const along = new Map<DesiredDirectCost, AlsoWritten[]>();
	const alongWith = (one: DesiredDirectCost, write: AlsoWritten) =>
		along.set(one, [...(along.get(one) ?? []), write]);
	let todo = records;
	const lines = await linesOf();
	for (let round = 1; todo.length > 0; round++) {
		const plans = planDirectCosts(todo, known, vendorIds, options, firstWrites);
		const planLines = new Map(plans.map((plan) => [plan, lines.get(plan.desired) ?? []]));
		const written = options.dryRun
			? new Map<DirectCostPlan, Written>()
			: await applyDirectCosts(client, known, plans, planLines);
		const again =
			round < ROUNDS && !options.dryRun
				? await readMoreAbout(client, known, plans, written, options, alongWith)
				: new Set<DirectCostPlan>();
		for (const plan of plans) {
			const before = firstWrites.get(plan.desired);
			if (plan.completes && !before) completing.add(plan.desired);
			const outcome = conclude(
				completing.has(plan.desired) ? { ...plan, completes: true } : plan,
				written.get(plan),
				options,
				before,
			);
			// What an earlier round wrote is not unwritten by completing it in this one.
			const completes =
				before && (outcome.outcome === 'unchanged' || outcome.outcome === 'updated');
			outcomes.set(plan.desired, completes ? { ...outcome, ...before } : outcome);
			const { existed, fault, wrote } = written.get(plan) ?? {};
			if (!before && plan.row && (!fault || wrote)) {
				firstWrites.set(plan.desired, {
					outcome: existed ? 'updated' : ((fault && wrote) ?? OUTCOME[plan.action]),
					changes: plan.changes,
				});
			}
		}
		todo = plans.filter((plan) => again.has(plan)).map(({ desired }) => desired);
	}
	return new Map(
		[...outcomes].map(([one, outcome]) => {
			const told = withAlso(outcome, along.get(one) ?? []);
			return [one, withFound(told, marks.get(one) ?? {}, completing.has(one))];
		}),
	);

	async function linesOf(): Promise<Map<DesiredDirectCost, ResolvedLine[]>> {
		const found = new Map<DesiredDirectCost, ResolvedLine[]>();
		if (todo.every(({ voided }) => voided)) return found;
		const codes = ProjectCodes.of(cache, projectId, now);
		const types = CostTypes.of(cache, now);
		const resolved = await resolveLines(client, codes, types, todo, options, alongWith);
		for (const [one, result] of resolved) {
			if (Array.isArray(result)) found.set(one, result);
			else outcomes.set(one, outcomeOf(one, 'failed', options.dryRun, { reason: result }));
		}
		todo = todo.filter((one) => !outcomes.has(one));
		return found;
	}
}

function conclude(
	plan: DirectCostPlan,
	written: Written | undefined,
	{ dryRun }: SyncOptions,
	before?: Pick<Outcome, 'outcome' | 'changes'>,
): Outcome {
	const { desired, actual } = plan;
	const procoreId = written?.procoreId ?? actual?.id;
	const fault = written?.fault;
	const linesOnly = written?.linesSent && !written.wrote && !before;
	const wrote = before?.outcome ?? written?.wrote ?? (linesOnly ? 'updated' : undefined);
	const changes = plan.changes?.map((change) =>
		String(change.after).startsWith(PLANNED) ? { ...change, after: null } : change,
	);
	const amount = written?.total ?? undefined;
	const also =
		wrote && !dryRun && !plan.completes
			? {
					also: [
						partOf(desired, wrote, {
							...{ procoreId, changes: before?.changes ?? changes },
							...(amount === undefined ? {} : { amount }),
							...(linesOnly ? { unmarked: true } : {}),
						}),
					],
				}
			: {};
	if (fault)
		return outcomeOf(desired, fault.outcome, dryRun, { procoreId, reason: fault.reason, ...also });
	if (plan.action === 'conflict') {
		return outcomeOf(desired, 'conflict', dryRun, {
			procoreId,
			reason: plan.reason,
			...(actual?.total ? { amount: actual.total } : {}),
			...also,
		});
	}
	if (plan.action === 'unchanged' || written?.unchanged) {
		const draft = desired.voided && actual?.status === 'draft';
		return outcomeOf(desired, 'unchanged', dryRun, {
			procoreId,
			amount: draft ? '0.00' : (actual?.total ?? undefined),
		});
	}
	if (plan.action === 'skip')
		return outcomeOf(desired, 'skipped', dryRun, { reason: plan.reason, amount: '0.00' });
	if (desired.voided)
		return outcomeOf(desired, 'voided', dryRun, {
			procoreId,
			changes,
			amount: '0.00',
			...(plan.reason ? { reason: plan.reason } : {}),
		});
	if (written && totalsAgree(written.total, desired.total) === false) {
		return outcomeOf(desired, 'failed', dryRun, {
			procoreId,
			reason: totalsDiffer(desired, written),
			amount: written.total ?? undefined,
			...also,
		});
	}
	return outcomeOf(desired, OUTCOME[plan.action], dryRun, {
		procoreId,
		changes,
		amount: toFixed(desired.total),
	});
}

function vendorMissing({ vendorOriginId }: DesiredDirectCost): Reason {
	return {
		code: 'vendor-missing',
		causeKey: causeKey('V', /^GP:[^:]+:V:(.+)$/i.exec(vendorOriginId ?? '')?.[1] ?? ''),
		message: `The vendor of this invoice (origin id ${vendorOriginId}) is not in Procore.`,
		remedy:
			'Send the vendor first (run the vendors sync), or link it to a Procore vendor in the vendors crosswalk table.',
	};
}

function totalsDiffer(desired: DesiredDirectCost, written: Written): Reason {
	return {
		code: 'totals-differ',
		message: `Procore shows a total of ${written.total} after writing; GP has ${toFixed(desired.total)}.`,
		remedy:
			'Open the direct cost in Procore and look for lines or taxes added there; it is written again on the next run.',
	};
}
