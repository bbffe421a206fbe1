import type { DesiredDirectCost } from '../../model/desired';
import { causeKey } from '../../model/keys';
import type { Outcome } from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import type { ActualCommitment } from '../../procore/resources/projects';
import type { ProcoreId } from '../../procore/wire';
import { ProjectRequisitions } from '../kinds/project-requisitions';
import { type DesiredRequisition, isOut } from '../kinds/requisition-state';
import { notListed } from '../kinds/direct-cost-state';
import { ProjectDirectCosts } from '../kinds/sync-direct-costs';
import { VendorDirectory, type VendorIds } from '../kinds/vendor-directory';
import { isProjectBlock, outcomeOf, type Reason, reasonOfError } from '../outcomes';
import { byPlace, mayBeUnrecorded, type RunCache, type SyncOptions } from '../sync-run';
import { ProjectCommitments, requisitionOfCost } from './commitments';

/** Where a document that may bill an order goes. Always to one place, so that it counts once. */
export type Route =
	| { to: 'directCost'; desired: DesiredDirectCost }
	| { to: 'requisition'; desired: DesiredRequisition }
	/** Left out; where it stands it is taken out. */
	| { to: 'nowhere'; reason: Reason }
	/** Cannot be decided. */
	| { to: 'conflict'; reason: Reason };

/**
 * Decides, without any I/O, by the commitments of the project. `vendorId`: the document's vendor in
 * Procore; without it nothing can match, and the direct cost sync tells what is missing. `billed`: the
 * order it bills already.
 */
export function routeDocument(
	desired: DesiredDirectCost,
	commitments: Pick<ProjectCommitments, 'matching'>,
	vendorId: ProcoreId | undefined,
	billed?: ProcoreId,
): Route {
	const { commitment } = desired;
	const hits =
		commitment && vendorId ? commitments.matching(commitment.number, vendorId, billed) : [];
	if (!commitment || hits.length === 0) return { to: 'directCost', desired };
	if (hits.length > 1) return { to: 'conflict', reason: ambiguous(commitment.number, hits) };
	const [hit] = hits;
	switch (commitment.then) {
		case 'skip':
			return { to: 'nowhere', reason: skipped(hit) };
		case 'subcontractorInvoice':
			return {
				to: 'directCost',
				desired: {
					...desired,
					header: { ...desired.header, direct_cost_type: 'subcontractor_invoice' },
				},
			};
		case 'requisition':
			return hit.takesRequisitions
				? { to: 'requisition', desired: requisitionOfCost(desired, hit) }
				: { to: 'conflict', reason: takesNone(hit) };
	}
}

function ambiguous(number: string, hits: ActualCommitment[]): Reason {
	return {
		code: 'commitment-ambiguous',
		message: `${hits.length} commitments of this vendor go by number ${number} (${hits.map((hit) => `${hit.number}, id ${hit.id}`).join('; ')}).`,
		remedy: 'Give one of them another number in Procore, or correct the PO number in GP.',
	};
}

function skipped({ number }: ActualCommitment): Reason {
	return {
		code: 'commitment-skipped',
		message: `The document bills commitment ${number}; such documents are left out.`,
		remedy: 'Nothing to do. To send them, change the policy "Commitments" of the Mapping node.',
	};
}

function takesNone({ number }: ActualCommitment): Reason {
	return {
		code: 'requisitions-disabled',
		message: `Commitment ${number} takes no subcontractor invoices.`,
		remedy:
			'Enable invoices in the settings of the commitment in Procore, or have such documents sent as direct costs of type subcontractor invoice: policy "Commitments" of the Mapping node.',
	};
}

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
 * Where each document goes that bills an order, or is withdrawn. Commitments are read only in projects in
 * which documents name one, once per run; requisitions only where a project has commitments, or a
 * document is withdrawn that stands as no direct cost.
 */
export async function routeDocuments(
	client: ProcoreClient,
	cache: RunCache,
	asked: readonly DesiredDirectCost[],
	vendorIds: VendorIds,
	options: SyncOptions,
): Promise<Routes> {
	const routes: Routes = {
		settled: new Map(),
		requisitions: new Map(),
		directCosts: new Map(),
		leaveRequisition: new Map(),
		leftOut: new Map(),
	};
	const now = client.effects.now();
	await vendorIds.resolve(asked);
	const settled = await byPlace(
		client,
		{ label: 'documents to route' },
		asked,
		options,
		cache,
		async ({ projectId = '' }, records) => {
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
								outcomeOf(one, 'failed', options.dryRun, { reason: unreadable(error, projectId) }),
							);
				}
			}
			const open = records.filter((one) => !outcomes.has(one));
			const requisitions = await standingRequisitions(projectId, open, commitments.isEmpty);
			for (const one of open) {
				const standing = requisitions(one);
				if (standing && 'reason' in standing) {
					const { outcome, reason } = standing;
					outcomes.set(one, outcomeOf(one, outcome, options.dryRun, { reason }));
					continue;
				}
				if (one.voided) {
					takeOut(one, one, standing);
					continue;
				}
				const billed = standing?.commitmentId;
				const route = routeDocument(one, commitments, vendorIds.of(one), billed);
				if (route.to === 'requisition') routes.requisitions.set(one, route.desired);
				else if (route.to === 'conflict')
					outcomes.set(one, outcomeOf(one, 'conflict', options.dryRun, { reason: route.reason }));
				else if (route.to === 'nowhere') {
					routes.leftOut.set(one, route.reason);
					takeOut(one, { ...one, voided: true }, standing);
				} else {
					routes.directCosts.set(one, route.desired);
					if (standing) routes.leaveRequisition.set(one, standing);
				}
			}
			return outcomes;
		},
	);
	return { ...routes, settled };

	/** Wherever it stands, be it both ways. */
	function takeOut(one: DesiredDirectCost, cost: DesiredDirectCost, standing?: DesiredRequisition) {
		if (standing && !countsAsCost(cache, one, now))
			return void routes.requisitions.set(one, standing);
		routes.directCosts.set(one, cost);
		if (standing) routes.leaveRequisition.set(one, standing);
	}

	/** The requisition, as one to void, that a document stands as, be it beside a direct cost. */
	async function standingRequisitions(
		projectId: string,
		records: DesiredDirectCost[],
		noCommitments: boolean,
	): Promise<(one: DesiredDirectCost) => DesiredRequisition | NotSeen | undefined> {
		const mayBill = ({ commitment }: DesiredDirectCost) => commitment && !noCommitments;
		const known = ProjectDirectCosts.of(cache, projectId, now);
		await known.readStanding(client, records, VendorDirectory.of(cache, now));
		const possible = new Set(
			records.filter((one) => {
				const { then } = (mayBill(one) && one.commitment) || {};
				if (wasRequisition(one) || mayBeUnrecorded(one, options)) return true;
				if (then === 'requisition') return true;
				const isGone = one.withdrawn && !known.withOriginId(one.originId);
				return !countsAsCost(cache, one, now) && (then || isGone);
			}),
		);
		if (possible.size === 0) return () => undefined;
		const requisitions = ProjectRequisitions.of(cache, projectId, now);
		let refusal: Reason | undefined;
		try {
			await requisitions.readStanding(client, [...possible]);
			await requisitions.lookUpUnlisted(client, [...possible].filter(wasRequisition), isOut);
		} catch (error) {
			if (!isProjectBlock(error)) throw error;
			refusal = unreadable(error, projectId);
		}
		return (one) => {
			// A project without commitments may do without invoices as well: then none stands there. Nor is one
			// expected beside a direct cost. But for one that was sent as an invoice: it would count twice.
			if (refusal && (wasRequisition(one) || (mayBill(one) && !countsAsCost(cache, one, now))))
				return { outcome: 'failed', reason: refusal };
			if ([requisitions, known].some((all) => all.isUnlisted(one.originId)))
				return { outcome: 'parked', reason: notListed(one) };
			const standing = possible.has(one) ? requisitions.withOriginId(one.originId) : undefined;
			const isGone = standing?.status === 'draft' && (!one.voided || countsAsCost(cache, one, now));
			if (!standing?.commitmentId || isGone) return undefined;
			const { directCostOriginId: _, ...requisition } = requisitionOfCost(one, {
				id: standing.commitmentId,
				kind: standing.commitmentKind,
			});
			return { ...requisition, voided: true };
		};
	}
}

/** Whether it counts as a direct cost, as far as those were read. */
export function countsAsCost(
	cache: RunCache,
	{ projectId, originId }: Pick<DesiredDirectCost, 'projectId' | 'originId'>,
	now: number,
): boolean {
	const cost = ProjectDirectCosts.of(cache, projectId, now).withOriginId(originId);
	return cost !== undefined && cost.status !== 'draft';
}

/** Whether the document stands as a subcontractor invoice cannot be seen. */
interface NotSeen {
	outcome: 'parked' | 'failed';
	reason: Reason;
}

/** It was sent as a subcontractor invoice, whatever the policy says now. */
export function wasRequisition({ sentAs }: Pick<DesiredDirectCost, 'sentAs'>): boolean {
	return sentAs?.type === 'requisition';
}

function unreadable(error: Parameters<typeof reasonOfError>[0], projectId: string): Reason {
	const reason = reasonOfError(error);
	return {
		...{ ...reason, causeKey: causeKey('P', projectId) },
		code: 'commitments-unreadable',
		message: `Whether the document bills a commitment cannot be seen: ${reason.message}`,
		remedy:
			'Let the account of the "Procore OAuth2 API" credential read the Commitments tool of this project and its subcontractor invoices, or set the policy "Commitments" of the Mapping node to "Send as Any Other Invoice".',
	};
}

/** It may not become a direct cost. */
export function staysBilled(why: Reason): Reason {
	const message = `${why.message.replace(/\.$/, '')}. Until then the document goes on counting as the subcontractor invoice it was.`;
	return { ...why, message };
}

/** Nor could it be taken out as a subcontractor invoice. */
export function stillBilled(why: Reason | undefined): Reason {
	return {
		...why,
		code: 'already-requisition',
		message: `The document still stands as a subcontractor invoice; as direct cost it would count twice.${why ? ` ${why.message}` : ''}`,
		remedy:
			why?.remedy ??
			'Set that subcontractor invoice to draft or delete it in Procore, then run again.',
	};
}

/** It could not be taken out as a direct cost. */
export function stillCounted(id: string, why?: Reason): Reason {
	return {
		...why,
		code: 'already-direct-cost',
		message: `The document already stands in the budget as direct cost ${id}; as subcontractor invoice it would count twice.${why ? ` ${why.message}` : ''}`,
		remedy:
			why?.remedy ??
			'Set that direct cost to draft or delete it in Procore, then run again; or go on sending this vendor as direct costs.',
	};
}

/** A move that Procore refused is tried once a day. */
export function refusedToday(code: string, what: 'subcontractor invoice' | 'direct cost'): Reason {
	const [as, changed] =
		what === 'direct cost'
			? ['subcontractor invoice', 'the document']
			: ['direct cost', 'the document, its commitment or the billing period'];
	return {
		code,
		message: `Procore refused the ${what} today already; the document goes on counting as the ${as} it was. It is sent again once ${changed} changed, and tomorrow`,
		remedy: 'Mend what the first event of today names.',
	};
}
