import type { DesiredDirectCost } from '../../model/desired';
import type { DesiredRequisition } from '../desired-requisition';
import type { ActualCommitment } from './project-commitments';

/** Posted is approved, as with direct costs; a requisition's word for pending is "under review". */
const STATUS: Record<
	DesiredDirectCost['header']['status'],
	NonNullable<DesiredRequisition['header']['status']>
> = {
	draft: 'draft',
	pending: 'under_review',
	revise_and_resubmit: 'revise_and_resubmit',
	approved: 'approved',
};

/**
 * A payable as the subcontractor invoice it would be, under the same origin id (which Procore wants
 * unique among requisitions only). Lines find their contract item by cost code and cost type.
 */
export function requisitionOfCost(
	cost: DesiredDirectCost,
	commitment: Pick<ActualCommitment, 'id' | 'kind'>,
): DesiredRequisition {
	const { originId, formerOriginIds, source, record, projectId, voided, header, lines, total } =
		cost;
	const date = header.direct_cost_date ?? header.received_date;
	return {
		kind: 'requisition',
		originId,
		...(formerOriginIds ? { formerOriginIds } : {}),
		source,
		...(record === undefined ? {} : { record }),
		projectId,
		commitmentId: commitment.id,
		commitmentKind: commitment.kind,
		directCostOriginId: originId,
		voided,
		header: {
			status: STATUS[header.status],
			...(header.invoice_number === undefined ? {} : { invoice_number: header.invoice_number }),
			...(date === undefined ? {} : { billing_date: date }),
			...(header.payment_date === undefined ? {} : { payment_date: header.payment_date }),
		},
		lines: lines.map(({ costCode, costType, amount, description }) => ({
			costCode,
			costType,
			amount,
			...(description === undefined ? {} : { comment: description }),
		})),
		total,
	};
}
