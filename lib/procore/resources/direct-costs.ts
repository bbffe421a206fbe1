import { type Decimal, parseDecimal } from '../../model/money';
import {
	type ProcoreId,
	readAmount,
	readId,
	readStatus,
	refuseBadDates,
	shared,
	textOrNull,
} from '../wire';
import {
	all,
	callRecord,
	changeRecord,
	createOnce,
	deleteRecord,
	listWhere,
	soughtBy,
} from './api-request';
import type { ProcoreClient } from '../procore-client';
import { syncRows, type RowResult, type SyncRow } from './sync-rows';

/** A direct cost without its lines (GET /rest/v1.1/projects/{project_id}/direct_costs). */
export interface ActualDirectCost {
	id: ProcoreId;
	originId: string | null;
	originData: string | null;
	type: string;
	status: string;
	invoiceNumber: string | null;
	vendorId: ProcoreId | null;
	/** Sum of its lines, and of the tax Procore worked out; null when the answer did not tell. */
	total: Decimal | null;
	/** Sum of its lines alone, where that is another; null when the answer did not tell. */
	beforeTax?: Decimal | null;
	/** Undefined where the answer does not tell: lists may leave it out. */
	lineCount?: number;
	/** Header fields GP decides, as Procore shows them; and its currency where the project has another. */
	fields: Record<string, unknown>;
}

export const HEADER_FIELDS = [
	'invoice_number',
	'status',
	'direct_cost_date',
	'received_date',
	'payment_date',
	'terms',
	'description',
] as const;

/** What no two direct costs need have in common. */
const OF_ITS_OWN = new Set<string>(['invoice_number', 'description']);

/** Reads one direct cost of an answer; undefined without id, or when it was deleted. */
export function readDirectCost(wire: unknown): ActualDirectCost | undefined {
	const cost = wire as Record<string, unknown>;
	const id = readId(cost?.id);
	if (!id || cost.deleted_at) return undefined;
	const total = readAmount(cost.grand_total) ?? readAmount(cost.amount);
	const { subtotal } = (cost.tax_breakdown ?? {}) as { subtotal?: unknown };
	const beforeTax = readAmount(subtotal);
	return {
		id,
		originId: textOrNull(cost.origin_id),
		originData: textOrNull(cost.origin_data),
		type: shared(String(cost.direct_cost_type ?? '')),
		status: readStatus(cost.status),
		invoiceNumber: textOrNull(cost.invoice_number),
		vendorId: shared(
			readId(cost.vendor_id) ?? readId((cost.vendor as { id?: unknown } | null)?.id) ?? null,
		),
		total,
		...(beforeTax === total ? {} : { beforeTax }),
		...(typeof cost.line_items_count === 'number' ? { lineCount: cost.line_items_count } : {}),
		fields: {
			...Object.fromEntries(
				HEADER_FIELDS.filter((field) => field in cost).map((field) => [
					field,
					OF_ITS_OWN.has(field) ? cost[field] : shared(cost[field]),
				]),
			),
			...otherCurrency(cost.currency_configuration),
		},
	};
}

/** Where a direct cost is kept in another currency than its project, the budget counts it by a rate: at 1 it is as sent. */
function otherCurrency(wire: unknown): { currency?: string; base_currency?: string } {
	const told = (wire ?? {}) as Record<string, unknown>;
	if (parseDecimal(told.currency_exchange_rate) === '1') return {};
	const [currency, base_currency] = [told.currency_iso_code, told.base_currency_iso_code].map(
		(code) => (typeof code === 'string' ? code.trim().toUpperCase() : ''),
	);
	return currency && base_currency && currency !== base_currency ? { currency, base_currency } : {};
}

/**
 * As it is compared with what GP says: where the lines carry tax codes, their tax is Procore's own; tax that
 * was added to others is a difference.
 */
export function comparable<Cost extends ActualDirectCost | undefined>(
	cost: Cost,
	{ lines }: { lines: ReadonlyArray<{ taxCodeId?: string }> },
): Cost {
	const isTaxed = lines.some(({ taxCodeId }) => taxCodeId !== undefined);
	return cost?.beforeTax === undefined || !isTaxed ? cost : { ...cost, total: cost.beforeTax };
}

export interface DirectCostFilter {
	originId?: string;
	invoiceNumber?: string;
	ids?: ProcoreId[];
	/** `2026-09-01...2026-09-30` */
	receivedDate?: string;
	updatedAt?: string;
	/** Procore filters by neither of these: the list is read and narrowed down here. */
	status?: string;
	vendorId?: ProcoreId;
}

function listCall(projectId: ProcoreId, filter: DirectCostFilter) {
	return {
		path: `/rest/v1.1/projects/${projectId}/direct_costs`,
		query: {
			'filters[origin_id]': filter.originId,
			'filters[invoice_number]': filter.invoiceNumber,
			'filters[id][]': filter.ids,
			'filters[received_date]': filter.receivedDate,
			'filters[updated_at]': filter.updatedAt,
		},
		what: `list the direct costs of project ${projectId}`,
		projectId,
	};
}

/** Deleted ones never come. */
export function listDirectCosts(
	client: ProcoreClient,
	projectId: ProcoreId,
	filter: DirectCostFilter = {},
	limit?: number,
): Promise<unknown[]> {
	const { status, vendorId } = filter;
	const test = all(
		soughtBy(filter),
		status ? (row) => readStatus(row.status) === status : undefined,
		vendorId ? (row) => readDirectCost(row)?.vendorId === vendorId : undefined,
	);
	return listWhere(client, listCall(projectId, filter), test, limit);
}

/** The same, page by page; `take` ends it with false. */
export function eachDirectCostPage(
	client: ProcoreClient,
	projectId: ProcoreId,
	take: (rows: unknown[]) => boolean | void,
): Promise<void> {
	return client.eachPage(listCall(projectId, {}), take);
}

/** PATCH /rest/v1.0/projects/{project_id}/direct_costs/sync: header fields only. */
export function syncDirectCostRows(
	client: ProcoreClient,
	projectId: ProcoreId,
	rows: SyncRow[],
): Promise<RowResult[]> {
	return syncRows(
		client,
		{
			path: `/rest/v1.0/projects/${projectId}/direct_costs/sync`,
			what: `write direct costs of project ${projectId}`,
			projectId,
		},
		rows,
	);
}

/** DELETE /rest/v1.1/projects/{project_id}/direct_costs/{id}, with its lines. */
export async function deleteDirectCost(
	client: ProcoreClient,
	projectId: ProcoreId,
	id: ProcoreId,
): Promise<void> {
	await deleteRecord(client, {
		path: `/rest/v1.1/projects/${projectId}/direct_costs/${id}`,
		what: `delete direct cost ${id}`,
		projectId,
	});
}

/** A line nested in a created or updated direct cost: needs a budget code (wbs_code_id). */
export interface NestedLine {
	id?: number | string;
	manual_amount?: number;
	/** Needed on a new line. */
	wbs_code_id?: number | string;
	description?: string;
	quantity?: number;
	unit_cost?: number;
	uom?: string;
	tax_code_id?: number | string;
	origin_id?: string;
	origin_data?: string;
	ref?: string;
}

/** Direct cost fields as Procore names them. */
export interface DirectCostInput {
	direct_cost_type?: 'invoice' | 'expense' | 'payroll' | 'subcontractor_invoice';
	invoice_number?: string;
	vendor_id?: number | string;
	status?: 'draft' | 'pending' | 'revise_and_resubmit' | 'approved';
	direct_cost_date?: string;
	received_date?: string;
	payment_date?: string;
	terms?: string;
	description?: string;
	employee_id?: number | string;
	origin_id?: string;
	origin_data?: string;
	/** At most 100. */
	line_items?: NestedLine[];
}

const DATES = ['direct_cost_date', 'received_date', 'payment_date'] as const;

/** GET /rest/v1.1/projects/{project_id}/direct_costs/{id} */
export async function getDirectCost(
	client: ProcoreClient,
	projectId: ProcoreId,
	id: ProcoreId,
): Promise<unknown> {
	return await callRecord(client, {
		method: 'GET',
		path: `/rest/v1.1/projects/${projectId}/direct_costs/${id}`,
		what: `get direct cost ${id}`,
		projectId,
	});
}

/** POST /rest/v1.1/projects/{project_id}/direct_costs. A lost answer is looked for by origin id before sending again. */
export async function createDirectCost(
	client: ProcoreClient,
	projectId: ProcoreId,
	cost: DirectCostInput,
): Promise<unknown> {
	refuseBadDates(cost, DATES, cost.invoice_number);
	return createOnce(
		client,
		{
			method: 'POST',
			path: `/rest/v1.1/projects/${projectId}/direct_costs`,
			body: { direct_cost: cost },
			what: `create direct cost ${cost.invoice_number ?? ''} in project ${projectId}`,
			projectId,
		},
		cost.origin_id,
		async (originId) => (await listDirectCosts(client, projectId, { originId }))[0],
	);
}

/** PATCH …/{id}. Type and invoice number are not among the fields Procore lets change here. */
export async function updateDirectCost(
	client: ProcoreClient,
	projectId: ProcoreId,
	id: ProcoreId,
	cost: Omit<DirectCostInput, 'direct_cost_type' | 'invoice_number'>,
): Promise<unknown> {
	refuseBadDates(cost, DATES, cost.origin_id);
	const call = {
		path: `/rest/v1.1/projects/${projectId}/direct_costs/${id}`,
		body: { direct_cost: cost },
		what: `update direct cost ${id}`,
		projectId,
	};
	const look = () => getDirectCost(client, projectId, id);
	return await changeRecord(client, call, look, { origin_data: cost.origin_data });
}
