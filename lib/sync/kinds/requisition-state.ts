import { contentHash } from '../../model/json-text';
import type { SentAs, SourceReference } from '../../model/desired';
import { add, compare, type Decimal, isZero, toFixed } from '../../model/money';
import { type CommitmentKind, type RequisitionFields } from '../../procore/resources/commitments';
import {
	isCalendarDate,
	type ProcoreId,
	readAmount,
	readId,
	readStatus,
	textOrNull,
} from '../../procore/wire';
import { readOriginData } from '../origin-data';
import { type Reason, withoutNoDate } from '../outcomes';

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
	/** How the audit trail knows the document in this project. */
	sentAs?: SentAs;
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

/** A subcontractor invoice as it stands (GET /rest/v1.1/requisitions, view items). */
export interface ActualRequisition {
	id: ProcoreId;
	originId: string | null;
	originData: string | null;
	status: string;
	invoiceNumber: string | null;
	vendorId: ProcoreId | null;
	/** The commitment billed. */
	commitmentId: ProcoreId | null;
	commitmentKind: CommitmentKind;
	/** The billing period, where the answer tells it. */
	periodId?: ProcoreId;
	/** What is billed of each commitment line; undefined where the answer does not list it. */
	items?: ActualRequisitionItem[];
	/** Header fields GP decides, as Procore shows them. */
	fields: Record<string, unknown>;
}

export interface ActualRequisitionItem {
	id: ProcoreId | undefined;
	/** Of what is no line of the commitment itself. Ids are counted by type: an item is meant by both. */
	type?: string;
	/** The commitment line billed. */
	lineId: ProcoreId | undefined;
	/** Full code of the line, blank where the answer does not tell. */
	costCode: string;
	/** Work completed this period. */
	amount: Decimal;
}

const FIELDS = [
	'status',
	'invoice_number',
	'billing_date',
	'requisition_start',
	'requisition_end',
	'payment_date',
	'final',
] as const;

/** Reads one of an answer; undefined without id, or when it was deleted. */
export function readRequisition(wire: unknown): ActualRequisition | undefined {
	const row = wire as Record<string, unknown>;
	const id = readId(row?.id);
	if (!id || row.deleted_at) return undefined;
	const periodId = readId(row.period_id);
	return {
		id,
		originId: textOrNull(row.origin_id),
		originData: textOrNull(row.origin_data),
		status: readStatus(row.status),
		invoiceNumber: textOrNull(row.invoice_number),
		vendorId: readId(row.vendor_id) ?? readId((row.vendor as { id?: unknown } | null)?.id) ?? null,
		commitmentId: readId(row.commitment_id) ?? null,
		...(periodId ? { periodId } : {}),
		commitmentKind: /purchase/i.test(String(row.commitment_type)) ? 'purchaseOrder' : 'subcontract',
		...(Array.isArray(row.items) ? { items: row.items.map(readItem) } : {}),
		fields: Object.fromEntries(
			FIELDS.filter((field) => field in row).map((field) => [field, row[field]]),
		),
	};
}

function readItem(wire: unknown): ActualRequisitionItem {
	const item = wire as Record<string, unknown>;
	const type = textOrNull(item.item_type);
	const code = item.cost_code as { full_code?: unknown } | null | undefined;
	return {
		id: readId(item.id),
		...(type && type !== 'contract_item' ? { type } : {}),
		lineId: readId(item.line_item_id),
		costCode: textOrNull(code?.full_code) ?? '',
		amount: readAmount(item.work_completed_this_period) ?? '0',
	};
}

/** Work billed this period; null when the answer does not list the items. */
export function billedBy({ items }: Pick<ActualRequisition, 'items'>): Decimal | null {
	return items ? toFixed(add('0', ...items.map(({ amount }) => amount))) : null;
}

/** What Procore would refuse, or store otherwise than meant. */
export function checkRequisition({
	voided,
	header,
	lines,
	total,
}: DesiredRequisition): Reason | undefined {
	if (voided) return undefined;
	for (const field of [
		'billing_date',
		'requisition_start',
		'requisition_end',
		'payment_date',
	] as const) {
		const date = header[field];
		if (date === '' && field === 'payment_date') continue;
		if (date !== undefined && !isCalendarDate(date)) {
			return {
				code: 'bad-date',
				message: `${field} "${date}" is not a date; Procore would silently store none.`,
				remedy: 'Correct the date of the document in GP.',
			};
		}
	}
	const sum = add('0', ...lines.map(({ amount }) => amount));
	if (compare(sum, total) === 0) return undefined;
	return {
		code: 'lines-do-not-add-up',
		message: `The lines add up to ${sum}, the document to ${total}.`,
		remedy: 'Report this as a fault of the mapping.',
	};
}

/** Over everything GP decides. */
export function hashOf(desired: DesiredRequisition): string {
	const { voided, lines, commitmentId, periodId } = desired;
	if (voided) return contentHash({ voided });
	const header = withoutNoDate(desired.header);
	return contentHash({ header, lines, total: toFixed(desired.total), commitmentId, periodId });
}

/** Taken out by us. Of one that was sent since: then a list that shows it so lags behind. */
export function isOut({ status, originData }: ActualRequisition): boolean {
	return status === 'draft' && readOriginData(originData)?.h === contentHash({ voided: true });
}

/** Whether the day of payment is all that differs from what was sent. */
export function onlyPaymentDiffers(
	desired: DesiredRequisition,
	sentHash: string | undefined,
	shownDate: unknown,
): boolean {
	const sent = typeof shownDate === 'string' ? shownDate.slice(0, 10) : '';
	const header = { ...desired.header, payment_date: sent };
	return !desired.voided && sentHash === hashOf({ ...desired, header });
}

/** What a subcontractor invoice shows of what was sent: its head, and what it bills of each commitment line. */
export interface ShownRequisition {
	status?: unknown;
	invoice_number?: unknown;
	billing_date?: unknown;
	billed: ReadonlyArray<{ lineId: string; amount: Decimal }>;
}

/** Kept beside it when it is sent, so that an equal one shows later that nobody edited it. */
export function hashOfShown({
	status,
	invoice_number,
	billing_date,
	billed,
}: ShownRequisition): string {
	const text = (value: unknown) => (typeof value === 'string' ? value : '');
	return contentHash({
		status: text(status),
		number: text(invoice_number),
		date: text(billing_date).slice(0, 10),
		billed: billed
			.filter(({ amount }) => !isZero(amount))
			.map(({ lineId, amount }) => `${lineId} ${toFixed(amount)}`)
			.sort(),
	});
}

export function totalsDiffer(desired: DesiredRequisition, billed: Decimal): Reason {
	return {
		code: 'totals-differ',
		message: `Procore shows ${billed} billed after writing; GP has ${toFixed(desired.total)}.`,
		remedy:
			'Open the subcontractor invoice in Procore and compare its items; it is written again on the next run.',
	};
}

/** Where an invoice goes, for telling why Procore would not have it. */
export interface BilledWhere {
	commitment?: { number: string; status: string };
	period?: { from: string; to: string; closed: boolean };
	billed: ReadonlyArray<{ amount: Decimal }>;
}

export const NEVER_SENT: Reason = {
	code: 'void-never-sent',
	message: 'The document is void in GP and was never in Procore.',
	remedy: 'Nothing to do.',
};
