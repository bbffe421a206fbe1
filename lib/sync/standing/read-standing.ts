import type { Decimal } from '../../model/money';
import type { ProcoreClient } from '../../procore/procore-client';
import { listRequisitions } from '../../procore/resources/commitments';
import { listLines, readLine } from '../../procore/resources/direct-cost-lines';
import { eachDirectCostPage, readDirectCost } from '../../procore/resources/direct-costs';
import { type ProcoreId, readId } from '../../procore/wire';
import { readRequisition } from '../kinds/requisition-state';
import { isProjectBlock, type Reason, reasonOfError } from '../outcomes';

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

interface StandingLine {
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

/** The same, or why Procore does not let this project be read; anything worse is thrown. */
export async function tryStandingCosts(
	client: ProcoreClient,
	projectId: ProcoreId,
	options: { requisitions?: boolean } = {},
): Promise<StandingDirectCost[] | Reason> {
	try {
		return await readStandingCosts(client, projectId, options);
	} catch (error) {
		if (isProjectBlock(error)) return reasonOfError(error);
		throw error;
	}
}

/**
 * Everything of one project that counts as cost, for comparing books: two lists, each in pages of
 * 1,000, and a third where subcontractor invoices are in use. Drafts come too; deleted ones never.
 */
async function readStandingCosts(
	client: ProcoreClient,
	projectId: ProcoreId,
	{ requisitions = false }: { requisitions?: boolean } = {},
): Promise<StandingDirectCost[]> {
	const costs = new Map<ProcoreId, StandingDirectCost>();
	await eachDirectCostPage(client, projectId, (rows) => {
		for (const row of rows) {
			const cost = readDirectCost(row);
			if (cost) costs.set(cost.id, { ...headerOf(cost), projectId });
		}
	});
	if (costs.size > 0) {
		for (const row of await listLines(client, projectId)) {
			const line = readLine(row);
			if (line) costs.get(line.directCostId ?? '')?.lines.push(lineOf(row, line));
		}
	}
	const all = [...costs.values()];
	if (!requisitions) return all;
	const invoices = await listRequisitions(client, projectId, {}, undefined, 'items');
	return [...all, ...invoices.flatMap((row) => requisitionOf(row, projectId) ?? [])];
}

function headerOf(cost: NonNullable<ReturnType<typeof readDirectCost>>) {
	return {
		id: cost.id,
		originId: cost.originId,
		vendor: cost.vendorId ?? '',
		invoiceNumber: cost.invoiceNumber,
		status: cost.status,
		date: dayOf(cost.fields.direct_cost_date),
		total: cost.total,
		originData: cost.originData,
		fields: { ...cost.fields, direct_cost_type: cost.type },
		lines: [],
	};
}

function dayOf(date: unknown): string | null {
	return typeof date === 'string' && date !== '' ? date.slice(0, 10) : null;
}

function lineOf(wire: unknown, line: NonNullable<ReturnType<typeof readLine>>): StandingLine {
	const { cost_code, line_item_type, tax_code } = wire as Record<
		string,
		Record<string, unknown> | null
	>;
	const { description, tax_code_id } = wire as Record<string, unknown>;
	const taxCodeId = readId(tax_code?.id) ?? readId(tax_code_id);
	return {
		originId: line.originId,
		costCode: String(cost_code?.full_code ?? cost_code?.code ?? line.costCodeId ?? ''),
		costType: String(line_item_type?.code ?? line.costTypeId ?? ''),
		amount: line.amount ?? '0',
		...(typeof description === 'string' && description !== '' ? { description } : {}),
		...(taxCodeId ? { taxCodeId } : {}),
	};
}

/** What a subcontractor invoice bills this period; its items name commitment lines, not cost codes. */
function requisitionOf(row: unknown, projectId: ProcoreId): StandingDirectCost | undefined {
	const invoice = readRequisition(row);
	if (!invoice) return undefined;
	const { commitmentId, fields, items = [] } = invoice;
	return {
		id: invoice.id,
		kind: 'requisition',
		projectId,
		originId: invoice.originId,
		vendor: invoice.vendorId ?? '',
		invoiceNumber: invoice.invoiceNumber,
		status: invoice.status,
		date: dayOf(fields.billing_date),
		originData: invoice.originData,
		...(commitmentId ? { commitmentId } : {}),
		fields: {
			status: fields.status,
			invoice_number: fields.invoice_number,
			billing_date: fields.billing_date,
		},
		lines: items.map(({ lineId, costCode, amount }) => ({
			originId: null,
			...(lineId ? { billedLineId: lineId } : {}),
			costCode,
			costType: '',
			amount,
		})),
	};
}
