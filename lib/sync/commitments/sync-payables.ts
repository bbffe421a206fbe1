import type { Outcome } from '../../model/outcome';
import type { DesiredDirectCost } from '../../model/desired';
import type { DesiredRequisition } from '../desired-requisition';
import type { ProcoreClient } from '../../procore/procore-client';
import { WITHDRAWN } from '../direct-costs/plan-void';
import { syncDirectCosts } from '../direct-costs/sync-direct-costs';
import { outcomeOf, type Reason } from '../outcomes';
import { syncRequisitions } from '../requisitions/sync-requisitions';
import { runCacheFor } from '../run-cache';
import type { SyncOptions } from '../sync-options';
import { routeDocuments } from './route-documents';

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
	const routes = await routeDocuments(client, cache, costs, options);
	const outcomes = new Map<DesiredDirectCost | DesiredRequisition, Outcome>(routes.settled);

	// What leaves a requisition does so before it arrives as a direct cost; the other way round the
	// requisition sync itself sees to it.
	const leaving = [...routes.leaveRequisition];
	const left = await syncRequisitions(
		client,
		leaving.map(([, requisition]) => requisition),
		options,
		cache,
	);
	leaving.forEach(([one], index) => {
		const { outcome, reason } = left[index];
		// Unchanged: what stands there is newer than what is at hand.
		if (outcome === 'unchanged') outcomes.set(one, left[index]);
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
		const cost = routes.directCosts.get(one);
		return cost && !outcomes.has(one) ? [[one, cost] as const] : [];
	});
	const [billed, spent] = [
		await syncRequisitions(
			client,
			asRequisition.map(([, requisition]) => requisition),
			options,
			cache,
		),
		await syncDirectCosts(
			client,
			asCost.map(([, cost]) => cost),
			options,
			cache,
		),
	];
	asRequisition.forEach(([one], index) => {
		const withdrawn = one.kind === 'directCost' && one.withdrawn;
		const told = withdrawn && billed[index].outcome === 'voided' ? { reason: WITHDRAWN } : {};
		outcomes.set(one, { ...billed[index], ...told });
	});
	asCost.forEach(([one], index) => outcomes.set(one, spent[index]));
	leaving.forEach(([one], index) => {
		const { unrecorded } = left[index];
		if (unrecorded) outcomes.set(one, { unrecorded, ...(outcomes.get(one) as Outcome) });
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
