import type { ProcoreClient } from '../procore-client';
import { type ProcoreId, readId, refuseBadDates, toWireId } from '../wire';
import {
	all,
	callRecord,
	changeRecord,
	containing,
	createOnce,
	listWhere,
	soughtBy,
} from './api-request';

/** Subcontracts are work order contracts in Procore's API. */
export type CommitmentKind = 'subcontract' | 'purchaseOrder';

const PATH: Record<CommitmentKind, string> = {
	subcontract: '/rest/v1.0/work_order_contracts',
	purchaseOrder: '/rest/v1.0/purchase_order_contracts',
};

/** What a kind is called in addresses, of the API and of Procore's pages: `work_order_contracts`. */
export function contractName(kind: CommitmentKind): string {
	return PATH[kind].slice(PATH[kind].lastIndexOf('/') + 1);
}

export interface CommitmentFilter {
	originId?: string;
	/** Procore's words; they differ by kind. */
	status?: string;
	ids?: ProcoreId[];
	/** `2026-09-01T00:00:00Z...2026-09-02T00:00:00Z` */
	updatedAt?: string;
	/** Procore filters by none of these: the list is read and narrowed down here. */
	number?: string;
	search?: string;
	vendorId?: ProcoreId;
}

/** GET /rest/v1.0/work_order_contracts or /purchase_order_contracts. */
export function listCommitments(
	client: ProcoreClient,
	projectId: ProcoreId,
	kind: CommitmentKind,
	filter: CommitmentFilter = {},
	limit?: number,
): Promise<unknown[]> {
	const number = filter.number?.trim().toLowerCase();
	const { vendorId } = filter;
	const test = all(
		soughtBy(filter),
		number
			? (row) =>
					String(row.number ?? '')
						.trim()
						.toLowerCase() === number
			: undefined,
		containing(filter.search, 'number', 'title'),
		vendorId ? (row) => readId((row.vendor as { id?: unknown })?.id) === vendorId : undefined,
	);
	const call = {
		path: PATH[kind],
		query: {
			project_id: projectId,
			'filters[origin_id]': filter.originId,
			'filters[status]': filter.status,
			'filters[id][]': filter.ids,
			'filters[updated_at]': filter.updatedAt,
		},
		what: `list the commitments of project ${projectId}`,
		projectId,
	};
	return listWhere(client, call, test, limit);
}

/** GET …/{id}/line_items: the schedule of values. */
export function listCommitmentLines(
	client: ProcoreClient,
	projectId: ProcoreId,
	kind: CommitmentKind,
	commitmentId: ProcoreId,
	limit?: number,
): Promise<unknown[]> {
	return client.list({
		path: `${PATH[kind]}/${commitmentId}/line_items`,
		query: { project_id: projectId },
		what: `list the lines of commitment ${commitmentId}`,
		projectId,
		oneRecord: true,
		limit,
	});
}

/** A subcontractor invoice as it is sent (POST and PATCH /rest/v1.1/requisitions). Amounts are text there. */
export interface RequisitionFields {
	period_id?: number | string;
	requisition_start?: string;
	requisition_end?: string;
	billing_date?: string;
	invoice_number?: string;
	status?:
		| 'draft'
		| 'under_review'
		| 'revise_and_resubmit'
		| 'approved'
		| 'approved_as_noted'
		| 'pending_owner_approval';
	final?: boolean;
	payment_date?: string;
	submitted_at?: string;
	origin_id?: string;
	origin_data?: string;
	items?: RequisitionItem[];
}

export interface RequisitionItem {
	/** Of the requisition item; on update only. */
	id?: number | string;
	/** The commitment line billed. */
	line_item_id?: number | string;
	detail_line_item_id?: number | string;
	item_type: 'contract_item' | 'contract_detail_item' | 'change_order_item';
	work_completed_this_period?: string;
	materials_presently_stored?: string;
	work_completed_retainage_retained_this_period?: string;
	materials_stored_retainage_currently_retained?: string;
	work_completed_retainage_released_this_period?: string;
	comment?: string;
}

export interface RequisitionFilter {
	commitmentId?: ProcoreId;
	periodId?: ProcoreId;
	status?: RequisitionFields['status'];
	originId?: string;
	updatedAt?: string;
}

export type RequisitionView = 'default' | 'extended' | 'items';

/** GET /rest/v1.1/requisitions; 30 a page unless told otherwise. */
export function listRequisitions(
	client: ProcoreClient,
	projectId: ProcoreId,
	filter: RequisitionFilter = {},
	limit?: number,
	view?: RequisitionView,
): Promise<unknown[]> {
	const call = {
		path: '/rest/v1.1/requisitions',
		query: {
			project_id: projectId,
			view,
			'filters[commitment_id]': filter.commitmentId,
			'filters[period_id]': filter.periodId,
			'filters[status]': filter.status,
			'filters[origin_id]': filter.originId,
			'filters[updated_at]': filter.updatedAt,
		},
		perPage: 100,
		what: `list the subcontractor invoices of project ${projectId}`,
		projectId,
	};
	return listWhere(client, call, soughtBy(filter), limit);
}

/** GET /rest/v1.1/requisitions/{id} */
export async function getRequisition(
	client: ProcoreClient,
	projectId: ProcoreId,
	id: ProcoreId,
	view: RequisitionView = 'extended',
): Promise<unknown> {
	return await callRecord(client, {
		method: 'GET',
		path: `/rest/v1.1/requisitions/${id}`,
		query: { project_id: projectId, view },
		what: `get subcontractor invoice ${id}`,
		projectId,
	});
}

/** POST /rest/v1.1/requisitions. A lost answer is looked for by origin id before sending again. */
export function createRequisition(
	client: ProcoreClient,
	projectId: ProcoreId,
	commitmentId: ProcoreId,
	requisition: RequisitionFields,
): Promise<unknown> {
	refuseBadDates(requisition, DATES, requisition.invoice_number);
	return createOnce(
		client,
		{
			method: 'POST',
			path: '/rest/v1.1/requisitions',
			query: { view: 'items' },
			body: { project_id: toWireId(projectId), commitment_id: toWireId(commitmentId), requisition },
			what: `create a subcontractor invoice for commitment ${commitmentId}`,
			projectId,
		},
		requisition.origin_id,
		async (originId) =>
			(await listRequisitions(client, projectId, { originId }, undefined, 'items'))[0],
	);
}

/** PATCH /rest/v1.1/requisitions/{id} */
export async function updateRequisition(
	client: ProcoreClient,
	projectId: ProcoreId,
	commitmentId: ProcoreId,
	id: ProcoreId,
	requisition: RequisitionFields,
): Promise<unknown> {
	refuseBadDates(requisition, DATES, requisition.invoice_number);
	const call = {
		path: `/rest/v1.1/requisitions/${id}`,
		query: { view: 'items' },
		body: { project_id: toWireId(projectId), commitment_id: toWireId(commitmentId), requisition },
		what: `update subcontractor invoice ${id}`,
		projectId,
	};
	const look = () => getRequisition(client, projectId, id, 'items');
	return await changeRecord(client, call, look, { origin_data: requisition.origin_data });
}

const DATES = [
	'billing_date',
	'payment_date',
	'requisition_end',
	'requisition_start',
	'submitted_at',
] as const;

/**
 * Items that name a commitment line but not yet the item that bills it there, which is what Procore
 * wants in an update: found in `standing` (the view with items).
 */
export function withItemIds(
	items: readonly RequisitionItem[] | undefined,
	standing: unknown,
): RequisitionItem[] | undefined {
	const known = (standing as { items?: Array<Record<string, unknown>> } | null)?.items ?? [];
	return items?.map((item) => {
		const lineId = String(item.line_item_id ?? '');
		const isIt = (one: Record<string, unknown>) =>
			readId(one.line_item_id) === lineId && (one.item_type ?? item.item_type) === item.item_type;
		const own = readId(known.find(isIt)?.id);
		return item.id === undefined && own ? { ...item, id: toWireId(own) } : item;
	});
}

/** By origin id: created where none stands, else updated. The one that stands afterwards. */
export async function upsertRequisition(
	client: ProcoreClient,
	projectId: ProcoreId,
	commitmentId: ProcoreId,
	requisition: RequisitionFields & { origin_id: string },
): Promise<{ created: boolean; requisition: unknown }> {
	const [standing] = await listRequisitions(
		client,
		projectId,
		{ originId: requisition.origin_id },
		undefined,
		'items',
	);
	const id = readId((standing as { id?: unknown } | undefined)?.id);
	if (!id) {
		const made = await createRequisition(client, projectId, commitmentId, requisition);
		return { created: true, requisition: made };
	}
	const items = withItemIds(requisition.items, standing);
	const change = { ...requisition, ...(items ? { items } : {}) };
	const changed = await updateRequisition(client, projectId, commitmentId, id, change);
	return { created: false, requisition: changed };
}
