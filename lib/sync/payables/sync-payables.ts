import type { DesiredDirectCost } from '../../model/desired';
import { contentHash } from '../../model/json-text';
import { isZero } from '../../model/money';
import { leftAsDraft, type Outcome, WAITING_OUTCOMES } from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import { UNANSWERED } from '../../procore/resources/api-request';
import type { ActualDirectCost } from '../../procore/resources/direct-costs';
import { isTakenOut } from '../kinds/direct-cost';
import { hashOfState, notListed, WITHDRAWN } from '../kinds/direct-cost-state';
import { ProjectRequisitions } from '../kinds/project-requisitions';
import { type Elsewhere, syncRequisitions } from '../kinds/requisition';
import {
	type ActualRequisition,
	type BilledWhere,
	type DesiredRequisition,
	hashOf,
} from '../kinds/requisition-state';
import { ProjectDirectCosts, syncDirectCosts } from '../kinds/sync-direct-costs';
import { VendorDirectory, VendorIds } from '../kinds/vendor-directory';
import { countsBesideOurs, readOriginData, unrecordedMarks } from '../origin-data';
import { alongTheWay, outcomeOf, withAlso } from '../outcomes';
import { mayBeUnrecorded, type RunCache, runCacheFor, type SyncOptions } from '../sync-run';
import { ProjectCommitments } from './commitments';
import {
	countsAsCost,
	refusedToday,
	routeDocuments,
	type Routes,
	stillBilled,
	stillCounted,
	staysBilled,
	wasRequisition,
} from './route-document';

const NONE: Routes = {
	settled: new Map(),
	requisitions: new Map(),
	directCosts: new Map(),
	leaveRequisition: new Map(),
	leftOut: new Map(),
};

/**
 * Brings payables to the desired state, whichever way each stands in Procore: as a direct cost, or,
 * where it bills a commitment of the project, as policy says. A document that stands the other way
 * is taken out there first, or is a conflict when that is not allowed: it never counts twice. One
 * outcome per desired record, in order.
 */
export async function syncPayables(
	client: ProcoreClient,
	desired: ReadonlyArray<DesiredDirectCost | DesiredRequisition>,
	options: SyncOptions,
): Promise<Outcome[]> {
	const cache = runCacheFor(client, options.cacheKey);
	const costs = desired.filter((one) => one.kind === 'directCost');
	const now = client.effects.now();
	const directory = VendorDirectory.of(cache, now);
	const vendorIds = new VendorIds(client, directory, options);
	const isAsked = (one: DesiredDirectCost) =>
		one.commitment || one.withdrawn || wasRequisition(one) || mayBeUnrecorded(one, options);
	const asked = new Set(costs.filter(isAsked));
	const routes =
		asked.size > 0 ? await routeDocuments(client, cache, [...asked], vendorIds, options) : NONE;
	const outcomes = new Map<DesiredDirectCost | DesiredRequisition, Outcome>(routes.settled);
	const billing = async (requisitions: DesiredRequisition[]) =>
		requisitions.length === 0
			? []
			: await syncRequisitions(client, requisitions, options, cache, {
					counts: ({ projectId, directCostOriginId: originId }) =>
						originId !== undefined && countsAsCost(cache, { projectId, originId }, now),
					leave: (one, where) => leaveDirectCost(client, cache, one, where, options),
				});

	// What leaves a requisition does so before it arrives as a direct cost, where it may arrive; the other way
	// round it leaves the direct cost right before its requisition is written.
	const freeing = costs.filter(
		(one) => one.voided || (routes.requisitions.has(one) && countsAsCost(cache, one, now)),
	);
	const moves = await movesToCost(client, cache, routes, freeing, vendorIds, options);
	for (const { one, stays } of moves) if (stays) outcomes.set(one, stays);
	const leaving = moves.filter(({ stays }) => !stays);
	const left = await billing(leaving.map(({ requisition }) => requisition));
	const goes = (one: DesiredDirectCost) => routes.directCosts.get(one)?.voided === true;
	leaving.forEach(({ one }, index) => {
		const { outcome, reason, recovered } = left[index];
		// Nothing was written: what stands there is newer than what is at hand.
		if (outcome === 'unchanged' || recovered) outcomes.set(one, left[index]);
		else if (outcome !== 'voided' && !goes(one))
			outcomes.set(
				one,
				outcomeOf(one, 'conflict', options.dryRun, { reason: stillBilled(reason) }),
			);
	});

	const asRequisition = desired.flatMap((one) => {
		const requisition = one.kind === 'requisition' ? one : routes.requisitions.get(one);
		return requisition && !outcomes.has(one) ? [[one, requisition] as const] : [];
	});
	const asCost = costs.flatMap((one) => {
		const cost = asked.has(one) ? routes.directCosts.get(one) : one;
		return cost && !outcomes.has(one) ? [[one, cost] as const] : [];
	});
	const billed = await billing(asRequisition.map(([, requisition]) => requisition));
	const spent = await syncDirectCosts(
		client,
		asCost.map(([, cost]) => cost),
		options,
		cache,
		vendorIds,
	);
	asRequisition.forEach(([one], index) => {
		const withdrawn = one.kind === 'directCost' && one.withdrawn;
		const told = withdrawn && billed[index].outcome === 'voided' ? { reason: WITHDRAWN } : {};
		outcomes.set(one, { ...billed[index], ...told });
	});
	asCost.forEach(([one], index) => outcomes.set(one, spent[index]));
	for (const [index, { one, standing, tried }] of leaving.entries()) {
		const { unrecorded, procore, outcome, recovered, originId, changes } = left[index];
		const arrived = outcomes.get(one) as Outcome;
		if (goes(one) && WAITING_OUTCOMES.includes(outcome)) {
			outcomes.set(one, stillBilledAlone(left[index], arrived));
			continue;
		}
		const told = unrecorded
			? {
					...arrived,
					unrecorded: arrived.unrecorded ?? { ...unrecorded, ...(procore ? { procore } : {}) },
				}
			: arrived;
		const isVoid = outcome === 'voided' && !recovered && !options.dryRun && procore;
		// Where the answer was lost, the direct cost may stand.
		const isKnown = !UNANSWERED.includes(arrived.reason?.code ?? '');
		const isRefused = isVoid && isKnown && WAITING_OUTCOMES.includes(arrived.outcome);
		if (isRefused && !one.voided && standing && !countsAsCost(cache, one, now)) {
			const known = ProjectRequisitions.of(cache, one.projectId, now);
			const { reason } = arrived;
			if (await known.putBack(client, standing, `${tried} ${reason?.code ?? ''}`)) {
				const also = told.also ? { also: told.also.map(leftAsDraft) } : {};
				outcomes.set(one, { ...told, ...also, ...(reason ? { reason: staysBilled(reason) } : {}) });
				continue;
			}
		}
		const as = goes(one) ? 'stands nowhere' : 'is a direct cost';
		const said = `Taken out as a subcontractor invoice: the document ${as} from now on.`;
		const write = { outcome, originId, changes, amount: '0.00' };
		outcomes.set(one, isVoid ? withAlso(told, [alongTheWay({ ...write, procore }, said)]) : told);
	}
	for (const [one, reason] of routes.leftOut) {
		const outcome = outcomes.get(one) as Outcome;
		if (outcome.outcome === 'voided' || outcome.outcome === 'skipped')
			outcomes.set(one, { ...outcome, reason });
	}
	return desired.map((one) => outcomes.get(one) as Outcome);
}

/** It stood both ways, went as a direct cost, and may not go as a subcontractor invoice. */
function stillBilledAlone(billed: Outcome, cost: Outcome): Outcome {
	const { outcome, procore, originId, changes, recovered, dryRun, also = [] } = cost;
	if (outcome !== 'voided' || dryRun || recovered || !procore) return withAlso(billed, also);
	const write = { outcome, procore, originId, changes, amount: '0.00' };
	const said = 'Taken out as a direct cost: as a subcontractor invoice the document still counts.';
	return withAlso(billed, [...also, alongTheWay(write, said)]);
}

/** A document that is to become a direct cost. */
interface MoveToCost {
	one: DesiredDirectCost;
	/** As it is to be taken out, and as it stands. */
	requisition: DesiredRequisition;
	standing?: ActualRequisition;
	tried: string;
	/** It may not arrive, and why: it goes on counting as what it is. */
	stays?: Outcome;
}

/** Rehearses them, beside those that free their number: what may not arrive is not taken out. */
async function movesToCost(
	client: ProcoreClient,
	cache: RunCache,
	{ leaveRequisition, directCosts }: Routes,
	freeing: DesiredDirectCost[],
	vendorIds: VendorIds,
	options: SyncOptions,
): Promise<MoveToCost[]> {
	const now = client.effects.now();
	const leaving = [...leaveRequisition];
	const costs = leaving.map(([one]) => directCosts.get(one) ?? one);
	const dry = { ...options, dryRun: true };
	const all = [...costs, ...freeing.map((one) => ({ ...one, voided: true }))];
	const rehearsed =
		costs.length > 0 ? await syncDirectCosts(client, all, dry, cache, vendorIds) : [];
	return leaving.map(([one, requisition], index) => {
		const known = ProjectRequisitions.of(cache, one.projectId, now);
		const standing = known.withOriginId(one.originId);
		const tried = contentHash({ hash: hashOfState(costs[index]), day: dayOf(now) });
		const move = { one, requisition, standing, tried };
		const [before, code = ''] = readOriginData(standing?.originData)?.d?.split(' ') ?? [];
		const refused = before === tried && !options.rewrite;
		const { outcome, reason } = rehearsed[index];
		if (costs[index].voided || !(refused || WAITING_OUTCOMES.includes(outcome))) return move;
		const why = refused ? refusedToday(code, 'direct cost') : reason && staysBilled(reason);
		const { last } = unrecordedMarks(standing?.originData, options);
		const procore = { type: 'requisition', id: standing?.id, projectId: one.projectId } as const;
		const stays = outcomeOf(one, refused ? 'failed' : outcome, options.dryRun, {
			...(why ? { reason: why } : {}),
		});
		return { ...move, stays: last ? { ...stays, unrecorded: { procore, ...last } } : stays };
	});
}

/**
 * The same document may stand as a direct cost, from before its commitment was known: there it goes
 * out of the budget first, by the policy for voided documents. A reason when it may not be.
 */
async function leaveDirectCost(
	client: ProcoreClient,
	cache: RunCache,
	desired: DesiredRequisition,
	where: BilledWhere | undefined,
	options: SyncOptions,
): ReturnType<Elsewhere['leave']> {
	const { projectId, directCostOriginId: originId, formerOriginIds, source, sentAs } = desired;
	if (!originId) return {};
	const known = ProjectDirectCosts.of(cache, projectId, client.effects.now());
	if (!known.knows(originId)) await known.lookUpOriginId(client, { originId, formerOriginIds });
	if (sentAs && !sentAs.type)
		await known.lookUpUnlisted(client, [{ originId, sentAs }], isTakenOut);
	if (known.isUnlisted(originId)) return { reason: notListed(desired) };
	const cost = known.withOriginId(originId);
	if (!cost || cost.status === 'draft') {
		const twin = await enteredByHand(client, cache, desired);
		return twin ? { reason: stillCounted(twin.id) } : {};
	}
	const marks = readOriginData(cost.originData);
	if (!marks) return { reason: stillCounted(cost.id) };
	// To take it out and put it back on each run would be two writes an hour of what stands as it should.
	const tried = triedToday(desired, where, client.effects.now());
	const [before, code = ''] = marks.d?.split(' ') ?? [];
	if (before === tried && !options.rewrite)
		return { outcome: 'failed', reason: refusedToday(code, 'subcontractor invoice') };
	const gone: DesiredDirectCost = {
		...{ kind: 'directCost', originId, source, projectId, voided: true },
		...{ header: { direct_cost_type: 'invoice', status: 'draft' }, lines: [], total: '0.00' },
	};
	const takeOut = async (voidPolicy: SyncOptions['voidPolicy']) =>
		(await syncDirectCosts(client, [gone], { ...options, voidPolicy }, cache))[0];
	// What is deleted could not be put back: that only once the document has arrived.
	const outcome = await takeOut('draft');
	if (outcome.amount === undefined || !isZero(outcome.amount))
		return { reason: stillCounted(cost.id, outcome.reason) };
	const { unrecorded, changes } = outcome;
	const procore = { type: 'directCost', id: cost.id, projectId } as const;
	const write = { outcome: 'voided', procore, originId, changes, amount: '0.00' } as const;
	const said =
		'Taken out as a direct cost: the document stands as a subcontractor invoice from now on.';
	const isVoid = outcome.outcome === 'voided' && !options.dryRun && !outcome.recovered;
	return {
		...(isVoid
			? {
					also: [alongTheWay(write, said)],
					putBack: (why) => known.putBack(client, cost, `${tried} ${why}`),
					...(options.voidPolicy === 'delete'
						? { arrived: async () => void (await takeOut('delete')) }
						: {}),
				}
			: {}),
		written: {
			changes: [{ field: 'direct cost', before: cost.total, after: '0.00' }],
			...(unrecorded ? { unrecorded: { procore, ...unrecorded } } : {}),
		},
	};
}

/** The direct cost of the same number that somebody entered, where the document is to be a new subcontractor invoice. */
async function enteredByHand(
	client: ProcoreClient,
	cache: RunCache,
	{ projectId, commitmentId, originId, total, header }: DesiredRequisition,
): Promise<ActualDirectCost | undefined> {
	const now = client.effects.now();
	const vendorId = ProjectCommitments.of(cache, projectId, now).withId(commitmentId)?.vendorId;
	const isNew = !ProjectRequisitions.of(cache, projectId, now).withOriginId(originId);
	if (!isNew || !header.invoice_number || !vendorId) return undefined;
	const known = ProjectDirectCosts.of(cache, projectId, now);
	if (!known.isWhole) await known.lookUpInvoice(client, header.invoice_number);
	const twins = known.withInvoice(vendorId, header.invoice_number);
	return twins.find((one) => countsBesideOurs(one, total));
}

/** What was to be billed, where, and when, as far as anything seen here decides whether Procore takes it. */
function triedToday(
	desired: DesiredRequisition,
	{ commitment, period }: Partial<BilledWhere> = {},
	now: number,
): string {
	return contentHash({ hash: hashOf(desired), commitment, period, day: dayOf(now) });
}

const dayOf = (now: number) => new Date(now).toISOString().slice(0, 10);
