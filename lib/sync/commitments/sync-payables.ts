import type { DesiredDirectCost } from '../../model/desired';
import { causeKey } from '../../model/keys';
import type { Outcome } from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import { readId } from '../../procore/wire';
import { WITHDRAWN } from '../direct-costs/direct-cost-plan';
import { ProjectDirectCosts } from '../direct-costs/project-direct-costs';
import { readKnown } from '../direct-costs/read-direct-costs';
import { syncDirectCosts } from '../direct-costs/sync-direct-costs';
import {
	alongTheWay,
	isProjectBlock,
	outcomeOf,
	type Reason,
	reasonOfError,
	withAlso,
} from '../outcomes';
import { ProjectRequisitions } from '../requisitions/project-requisitions';
import { syncRequisitions } from '../requisitions/sync-requisitions';
import { byProject, type RunCache, runCacheFor, type SyncOptions } from '../sync-run';
import { resolveVendorIds, VendorDirectory } from '../kinds/vendor-directory';
import {
	type DesiredRequisition,
	ProjectCommitments,
	requisitionOfCost,
	routeDocument,
} from './route-document';

export interface Routes {
	/** Outcomes that need nothing more. */
	settled: Map<DesiredDirectCost, Outcome>;
	/** Given as direct costs, to be written as requisitions, as direct costs. */
	requisitions: Map<DesiredDirectCost, DesiredRequisition>;
	directCosts: Map<DesiredDirectCost, DesiredDirectCost>;
	/** Requisitions to be voided before the document may go elsewhere. */
	leaveRequisition: Map<DesiredDirectCost, DesiredRequisition>;
	/** Documents left out by policy, and why. */
	leftOut: Map<DesiredDirectCost, Reason>;
}

/**
 * Where each document goes. Commitments are read only in projects in which documents name one, once
 * per run; requisitions only where a project has commitments, or a document is withdrawn that stands
 * as no direct cost.
 */
async function routeDocuments(
	client: ProcoreClient,
	cache: RunCache,
	costs: readonly DesiredDirectCost[],
	options: SyncOptions,
): Promise<Routes> {
	const routes: Routes = {
		settled: new Map(),
		requisitions: new Map(),
		directCosts: new Map(),
		leaveRequisition: new Map(),
		leftOut: new Map(),
	};
	const asked: DesiredDirectCost[] = [];
	for (const one of costs) {
		if (one.commitment || one.withdrawn) asked.push(one);
		else routes.directCosts.set(one, one);
	}
	if (asked.length === 0) return routes;

	const now = client.effects.now();
	const directory = VendorDirectory.of(cache, now);
	const vendorIds = await resolveVendorIds(client, directory, asked, options.dryRun);
	const settled = await byProject(client, asked, options, cache, async (projectId, records) => {
		const outcomes = new Map<DesiredDirectCost, Outcome>();
		const commitments = ProjectCommitments.of(cache, projectId, now);
		if (records.some(({ commitment }) => commitment)) {
			try {
				await commitments.read(client);
			} catch (error) {
				// Not knowing the orders, a document might be counted twice: it waits, the others go on.
				if (!isProjectBlock(error)) throw error;
				for (const one of records)
					if (one.commitment && !one.voided)
						outcomes.set(
							one,
							outcomeOf(one, 'failed', options.dryRun, {
								reason: {
									...unreadable(reasonOfError(error)),
									causeKey: causeKey('P', projectId),
								},
							}),
						);
			}
		}
		const open = records.filter((one) => !outcomes.has(one));
		const requisitions = await standingRequisitions(projectId, open, commitments.isEmpty);
		for (const one of open) {
			const standing = requisitions(one);
			if (one.voided) {
				if (standing) routes.requisitions.set(one, standing);
				else routes.directCosts.set(one, one);
				continue;
			}
			const route = routeDocument(one, commitments, vendorIds.get(one));
			if (route.to === 'requisition') routes.requisitions.set(one, route.desired);
			else if (route.to === 'conflict')
				outcomes.set(one, outcomeOf(one, 'conflict', options.dryRun, { reason: route.reason }));
			else if (route.to === 'nowhere') {
				routes.leftOut.set(one, route.reason);
				if (standing) routes.requisitions.set(one, standing);
				else routes.directCosts.set(one, { ...one, voided: true });
			} else {
				routes.directCosts.set(one, route.desired);
				if (standing) routes.leaveRequisition.set(one, standing);
			}
		}
		return outcomes;
	});
	for (const [one, outcome] of settled) routes.settled.set(one, outcome);
	return routes;

	/** The requisition, as one to void, that a document stands as. It stands as none while a direct cost counts. */
	async function standingRequisitions(
		projectId: string,
		records: DesiredDirectCost[],
		noCommitments: boolean,
	): Promise<(one: DesiredDirectCost) => DesiredRequisition | undefined> {
		const known = ProjectDirectCosts.of(cache, projectId, now);
		await readKnown(client, known, records, directory);
		const possible = new Set(
			records.filter(({ originId, withdrawn, commitment }) => {
				const cost = known.withOriginId(originId);
				const counts = cost !== undefined && cost.status !== 'draft';
				return !counts && ((commitment && !noCommitments) || (withdrawn && !cost));
			}),
		);
		if (possible.size === 0) return () => undefined;
		const requisitions = ProjectRequisitions.of(cache, projectId, now);
		try {
			await requisitions.readKnown(client, [...possible]);
		} catch (error) {
			// A project without commitments may do without invoices as well: then none stands there.
			if (!noCommitments || !isProjectBlock(error)) throw error;
		}
		return (one) => {
			const row = possible.has(one) ? requisitions.withOriginId(one.originId) : undefined;
			const commitmentId = readId(row?.commitment_id);
			if (!row || !commitmentId || (row.status === 'draft' && !one.voided)) return undefined;
			const { directCostOriginId: _, ...requisition } = requisitionOfCost(one, {
				id: commitmentId,
				kind: /purchase/i.test(String(row.commitment_type)) ? 'purchaseOrder' : 'subcontract',
			});
			return { ...requisition, voided: true };
		};
	}
}

function unreadable(reason: Reason): Reason {
	return {
		...reason,
		code: 'commitments-unreadable',
		message: `Whether the document bills a commitment cannot be seen: ${reason.message}`,
		remedy:
			'Let the account of the "Procore OAuth2 API" credential read the Commitments tool of this project, or set the policy "Commitments" of the Mapping node to "Send as Any Other Invoice".',
	};
}

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
