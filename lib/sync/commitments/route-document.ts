import type { DesiredDirectCost } from '../../model/desired';
import type { DesiredRequisition } from '../desired-requisition';
import type { ProcoreId } from '../../procore/procore-id';
import type { Reason } from '../outcomes';
import type { ActualCommitment, ProjectCommitments } from './project-commitments';
import { requisitionOfCost } from './requisition-of-cost';

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
 * Procore; without it nothing can match, and the direct cost sync tells what is missing.
 */
export function routeDocument(
	desired: DesiredDirectCost,
	commitments: Pick<ProjectCommitments, 'matching'>,
	vendorId: ProcoreId | undefined,
): Route {
	const { commitment } = desired;
	const hits = commitment && vendorId ? commitments.matching(commitment.number, vendorId) : [];
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
		remedy: 'Nothing to do. To send them, change the commitments setting of the mapping.',
	};
}

function takesNone({ number }: ActualCommitment): Reason {
	return {
		code: 'requisitions-disabled',
		message: `Commitment ${number} takes no subcontractor invoices.`,
		remedy:
			'Enable invoices in the settings of the commitment in Procore, or have such documents sent as direct costs of type subcontractor invoice.',
	};
}
