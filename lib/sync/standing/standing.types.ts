import type { Decimal } from '../../model/money';

/** A direct cost, or a subcontractor invoice, as it stands in Procore, with its lines. */
export interface StandingDirectCost {
	id: string;
	/** Absent: a direct cost. */
	kind?: 'directCost' | 'requisition';
	projectId: string;
	originId: string | null;
	/** Procore's id of the vendor, or whatever else names it on both sides; blank when it has none. */
	vendor: string;
	invoiceNumber: string | null;
	/** Drafts are in no budget. */
	status: string;
	/** `YYYY-MM-DD`. */
	date: string | null;
	/** Procore's own total, where it tells one: taxes added there stand in no line. */
	total?: Decimal | null;
	lines: StandingLine[];
	/** Subcontractor invoices: the commitment billed. */
	commitmentId?: string;
	/** What was written beside it when it was last sent, as Procore keeps it. */
	originData?: string | null;
	/** Type and header fields as Procore shows them. */
	fields?: Record<string, unknown>;
}

export interface StandingLine {
	originId: string | null;
	/** Full code as Procore shows it. */
	costCode: string;
	costType: string;
	amount: Decimal;
	/** Subcontractor invoices: the commitment line billed. */
	billedLineId?: string;
	description?: string;
	taxCodeId?: string;
}
