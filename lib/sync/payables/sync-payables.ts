import type { DesiredDirectCost } from '../../model/desired';
import { contentHash } from '../../model/json-text';
import { isZero } from '../../model/money';
import type { Outcome } from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import { type ActualDirectCost, syncDirectCostRows } from '../../procore/resources/direct-costs';
import { toWireId } from '../../procore/wire';
import { notListed, WITHDRAWN } from '../kinds/direct-cost-state';
import { type Departure, syncRequisitions } from '../kinds/requisition';
import { type BilledWhere, type DesiredRequisition, hashOf } from '../kinds/requisition-state';
import { ProjectDirectCosts, syncDirectCosts } from '../kinds/sync-direct-costs';
import { VendorDirectory, VendorIds } from '../kinds/vendor-directory';
import { readOriginData, writeOriginData } from '../origin-data';
import { alongTheWay, outcomeOf, type Reason, withAlso } from '../outcomes';
import { type RunCache, runCacheFor, type SyncOptions } from '../sync-run';
import { routeDocuments, type Routes, wasRequisition } from './route-document';

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
	const directory = VendorDirectory.of(cache, client.effects.now());
	const vendorIds = new VendorIds(client, directory, options);
	const asked = new Set(
		costs.filter((one) => one.commitment || one.withdrawn || wasRequisition(one)),
	);
	const routes =
		asked.size > 0 ? await routeDocuments(client, cache, [...asked], vendorIds, options) : NONE;
	const outcomes = new Map<DesiredDirectCost | DesiredRequisition, Outcome>(routes.settled);
	const billing = async (requisitions: DesiredRequisition[]) =>
		requisitions.length === 0
			? []
			: await syncRequisitions(client, requisitions, options, cache, (one, where) =>
					leaveDirectCost(client, cache, one, where, options),
				);

	// What leaves a requisition does so before it arrives as a direct cost; the other way round it leaves
	// the direct cost right before its requisition is written.
	const leaving = [...routes.leaveRequisition];
	const left = await billing(leaving.map(([, requisition]) => requisition));
	leaving.forEach(([one], index) => {
		const { outcome, reason, recovered } = left[index];
		// Nothing was written: what stands there is newer than what is at hand.
		if (outcome === 'unchanged' || recovered) outcomes.set(one, left[index]);
		else if (outcome !== 'voided')
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
	leaving.forEach(([one], index) => {
		const { unrecorded, procore, outcome, recovered, originId, changes } = left[index];
		const now = outcomes.get(one) as Outcome;
		const told = unrecorded
			? { ...now, unrecorded: now.unrecorded ?? { ...unrecorded, ...(procore ? { procore } : {}) } }
			: now;
		const isVoid = outcome === 'voided' && !recovered && !options.dryRun && procore;
		const why = 'Taken out as a subcontractor invoice: the document is a direct cost from now on.';
		const write = { outcome, originId, changes, amount: '0.00' };
		outcomes.set(one, isVoid ? withAlso(told, [alongTheWay({ ...write, procore }, why)]) : told);
	});
	for (const [one, reason] of routes.leftOut) {
		const outcome = outcomes.get(one) as Outcome;
		if (outcome.outcome === 'voided' || outcome.outcome === 'skipped')
			outcomes.set(one, { ...outcome, reason });
	}
	return desired.map((one) => outcomes.get(one) as Outcome);
}

function stillBilled(why: Reason | undefined): Reason {
	return {
		...why,
		code: 'already-requisition',
		message: `The document still stands as a subcontractor invoice; as direct cost it would count twice.${why ? ` ${why.message}` : ''}`,
		remedy:
			why?.remedy ??
			'Set that subcontractor invoice to draft or delete it in Procore, then run again.',
	};
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
): ReturnType<Departure> {
	const { projectId, directCostOriginId: originId, formerOriginIds, source, sentAs } = desired;
	if (!originId) return {};
	const known = ProjectDirectCosts.of(cache, projectId, client.effects.now());
	if (!known.knows(originId)) await known.lookUpOriginId(client, { originId, formerOriginIds });
	if (sentAs && !sentAs.type) await known.lookUpUnlisted(client, [{ originId, sentAs }]);
	if (known.isUnlisted(originId)) return { reason: notListed(desired) };
	const cost = known.withOriginId(originId);
	if (!cost || cost.status === 'draft') return {};
	const marks = readOriginData(cost.originData);
	if (!marks) return { reason: stillCounted(cost.id) };
	// To take it out and put it back on each run would be two writes an hour of what stands as it should.
	const tried = triedToday(desired, where, client.effects.now());
	const [before, code = ''] = marks.d?.split(' ') ?? [];
	if (before === tried && !options.rewrite)
		return { outcome: 'failed', reason: refusedToday(code) };
	const [outcome] = await syncDirectCosts(
		client,
		[
			{
				kind: 'directCost',
				originId,
				source,
				projectId,
				voided: true,
				header: { direct_cost_type: 'invoice', status: 'draft' },
				lines: [],
				total: '0.00',
			},
		],
		options,
		cache,
	);
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
					putBack: (why) => putBack(client, known, cost, `${tried} ${why}`),
				}
			: {}),
		written: {
			changes: [{ field: 'direct cost', before: cost.total, after: '0.00' }],
			...(unrecorded ? { unrecorded: { procore, ...unrecorded } } : {}),
		},
	};
}

/** What was to be billed, where, and when, as far as anything seen here decides whether Procore takes it. */
function triedToday(
	desired: DesiredRequisition,
	{ commitment, period }: Partial<BilledWhere> = {},
	now: number,
): string {
	const day = new Date(now).toISOString().slice(0, 10);
	return contentHash({ hash: hashOf(desired), commitment, period, day });
}

function refusedToday(code: string): Reason {
	return {
		code,
		message:
			'Procore refused the subcontractor invoice today already; the document goes on counting as the direct cost it was. It is sent again once the document, its commitment or the billing period changed, and tomorrow',
		remedy: 'Mend what the first event of today names.',
	};
}

/**
 * As it stood, marks of batches included, as if it had never been taken out, but for the mark of what was `tried` and why
 * it was refused.
 * What was deleted is not made again.
 */
async function putBack(
	client: ProcoreClient,
	known: ProjectDirectCosts,
	cost: ActualDirectCost,
	tried: string,
): Promise<boolean> {
	const { id, originId, status, invoiceNumber } = cost;
	const marks = readOriginData(cost.originData);
	if (!known.withId(id) || !originId || !marks || status === '') return false;
	const originData = writeOriginData({ ...marks, d: tried });
	const number = invoiceNumber === null ? {} : { invoice_number: invoiceNumber };
	const row = { id: toWireId(id), ...number, status, origin_id: originId, origin_data: originData };
	const [{ entity }] = await syncDirectCostRows(client, known.projectId, [row]);
	if (!entity) return false;
	known.put({ ...cost, originData });
	return true;
}

function stillCounted(id: string, why?: Reason): Reason {
	return {
		...why,
		code: 'already-direct-cost',
		message: `The document already stands in the budget as direct cost ${id}; as subcontractor invoice it would count twice.${why ? ` ${why.message}` : ''}`,
		remedy:
			why?.remedy ??
			'Set that direct cost to draft or delete it in Procore, then run again; or go on sending this vendor as direct costs.',
	};
}
