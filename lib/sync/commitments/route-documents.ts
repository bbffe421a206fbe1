import { causeKey } from '../../model/keys';
import type { Outcome } from '../../model/outcome';
import type { DesiredDirectCost } from '../../model/desired';
import type { DesiredRequisition } from '../desired-requisition';
import type { ProcoreClient } from '../../procore/procore-client';
import { readId } from '../../procore/procore-id';
import { byProject } from '../by-project';
import { ProjectDirectCosts } from '../direct-costs/project-direct-costs';
import { readKnown } from '../direct-costs/read-direct-costs';
import { isProjectBlock, outcomeOf, reasonOfError, type Reason } from '../outcomes';
import { ProjectRequisitions } from '../requisitions/project-requisitions';
import type { RunCache } from '../run-cache';
import type { SyncOptions } from '../sync-options';
import { resolveVendorIds } from '../vendors/resolve-vendor-ids';
import { VendorDirectory } from '../vendors/vendor-directory';
import { ProjectCommitments } from './project-commitments';
import { requisitionOfCost } from './requisition-of-cost';
import { routeDocument } from './route-document';

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
export async function routeDocuments(
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
			'Let the account of the "Procore OAuth2 API" credential read the Commitments tool of this project, or set the commitments setting of the mapping to ignore.',
	};
}
