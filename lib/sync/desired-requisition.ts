import type { Decimal } from '../model/money';
import type { SourceReference } from '../model/desired';
import type { RequisitionFields } from '../procore/resources/requisitions';
import type { CommitmentKind } from '../procore/resources/commitments';

/** One amount of a subcontractor's invoice. */
export interface DesiredRequisitionLine {
	/** The commitment line billed, when it is known … */
	commitmentLineId?: string;
	/** … or its full cost code and, where that is not enough, cost type. */
	costCode?: string;
	costType?: string;
	/** Work completed this period, before retainage; two decimals. */
	amount: Decimal;
	/** Retainage kept back from it. */
	retainage?: Decimal;
	comment?: string;
}

/** How a subcontractor invoice (requisition) against a commitment should stand in Procore. */
export interface DesiredRequisition {
	kind: 'requisition';
	originId: string;
	/** Spellings an older version may have sent the document under. */
	formerOriginIds?: readonly string[];
	source: SourceReference;
	record?: unknown;
	projectId: string;
	commitmentId: string;
	commitmentKind: CommitmentKind;
	/** Without it the billing period that holds `billing_date` is taken. */
	periodId?: string;
	/** Origin id this document would have as direct cost: it must not stand as both. */
	directCostOriginId?: string;
	voided: boolean;
	header: Pick<
		RequisitionFields,
		| 'invoice_number'
		| 'billing_date'
		| 'requisition_start'
		| 'requisition_end'
		| 'status'
		| 'final'
		| 'payment_date'
	>;
	lines: DesiredRequisitionLine[];
	/** Sum of the lines' amounts. */
	total: Decimal;
}
