import type { DesiredVendor } from '../../model/desired';
import { taxIdMatch } from '../../model/same-firm';
import type { ProcoreClient } from '../procore-client';
import { type ProcoreId, readId, textOrNull, toWireId } from '../wire';
import {
	all,
	callRecord,
	changeRecord,
	containing,
	createOnce,
	listWhere,
	soughtBy,
} from './api-request';
import { type RowResult, type SyncRow, syncRows } from './sync-rows';

/** A company vendor as far as the sync needs it (GET /rest/v1.0/vendors, view extended). */
export interface ActualVendor {
	id: ProcoreId;
	name: string;
	isActive: boolean;
	originId: string | null;
	originData: string | null;
	originCode: string | null;
	/** Stands for its tax id, when it has one and the client has a key; the tax id itself is not kept. */
	taxIdMatch?: string;
	/** The fields GP decides, as Procore shows them; only those the answer had. */
	fields: Partial<Record<VendorField, unknown>>;
	/** Projects whose directory has the vendor; undefined when the answer did not tell. */
	projectIds?: ProcoreId[];
}

export type VendorField = keyof DesiredVendor['vendor'];

export const VENDOR_FIELDS: readonly VendorField[] = [
	'name',
	'abbreviated_name',
	'address',
	'city',
	'state_code',
	'zip',
	'country_code',
	'business_phone',
	'mobile_phone',
	'fax_number',
	'email_address',
	'website',
	'is_active',
	'origin_code',
];

/**
 * Reads one vendor of an answer; undefined without id. `active` overrides for the list of inactive
 * ones; of the tax id only what it becomes under `taxIdKey` is taken.
 */
export function readVendor(
	wire: unknown,
	active?: boolean,
	taxIdKey?: string,
): ActualVendor | undefined {
	const vendor = wire as Record<string, unknown>;
	const id = readId(vendor?.id);
	if (!id) return undefined;
	const isActive = active ?? vendor.is_active !== false;
	const register = vendor.business_register as { identifier?: unknown } | null | undefined;
	const match = taxIdKey ? taxIdMatch(register?.identifier, taxIdKey) : undefined;
	return {
		id,
		name: String(vendor.name ?? ''),
		isActive,
		originId: textOrNull(vendor.origin_id),
		originData: textOrNull(vendor.origin_data),
		originCode: textOrNull(vendor.origin_code),
		...(match ? { taxIdMatch: match } : {}),
		fields: {
			...Object.fromEntries(
				VENDOR_FIELDS.filter((field) => field in vendor).map((field) => [field, vendor[field]]),
			),
			is_active: isActive,
		},
		...(Array.isArray(vendor.project_ids)
			? { projectIds: vendor.project_ids.map(readId).filter((one) => one !== undefined) }
			: {}),
	};
}

export interface VendorFilter {
	originId?: string;
	/** Name, keywords, origin code, ABN or EIN. */
	search?: string;
	ids?: ProcoreId[];
	/** `2026-09-01T00:00:00Z...2026-09-02T00:00:00Z` */
	updatedAt?: string;
}

function vendorQuery(client: ProcoreClient, filter: VendorFilter) {
	return {
		company_id: client.companyId,
		view: 'extended',
		'filters[origin_id]': filter.originId,
		'filters[search]': filter.search,
		'filters[id][]': filter.ids,
		'filters[updated_at]': filter.updatedAt,
	};
}

/** Vendors as Procore shows them: GET /rest/v1.0/vendors. Needs permission to view the company directory. */
export function listVendors(
	client: ProcoreClient,
	filter: VendorFilter = {},
	limit?: number,
): Promise<unknown[]> {
	const call = {
		path: '/rest/v1.0/vendors',
		query: vendorQuery(client, filter),
		what: 'list the vendors',
	};
	return listWhere(client, call, soughtBy(filter), limit);
}

/** The same, page by page, so that a large directory is never in memory whole. */
export function eachVendorPage(
	client: ProcoreClient,
	take: (rows: unknown[]) => void,
): Promise<void> {
	return client.eachPage(
		{ path: '/rest/v1.0/vendors', query: vendorQuery(client, {}), what: 'list the vendors' },
		take,
	);
}

/** GET /rest/v1.0/companies/{company_id}/vendors/inactive: the main list leaves these out. */
export function eachInactiveVendorPage(
	client: ProcoreClient,
	take: (rows: unknown[]) => void,
): Promise<void> {
	const path = `/rest/v1.0/companies/${client.companyId}/vendors/inactive`;
	return client.eachPage(
		{ path, query: { view: 'extended' }, what: 'list the inactive vendors' },
		take,
	);
}

/** PATCH /rest/v1.0/companies/{company_id}/vendors/inactive/{id} */
export async function reactivateVendor(client: ProcoreClient, id: ProcoreId): Promise<unknown> {
	const call = {
		path: `/rest/v1.0/companies/${client.companyId}/vendors/inactive/${id}`,
		what: `reactivate vendor ${id}`,
	};
	return await changeRecord(client, call, () => getVendor(client, id), { is_active: true });
}

/** PATCH /rest/v1.0/vendors/sync, any number of rows. */
export function syncVendorRows(
	client: ProcoreClient,
	rows: SyncRow[],
	onBatch?: (rows: number) => void,
): Promise<RowResult[]> {
	return syncRows(
		client,
		{
			path: '/rest/v1.0/vendors/sync',
			body: { company_id: toWireId(client.companyId) },
			what: 'write vendors',
		},
		rows,
		onBatch,
	);
}

/** Vendor fields as Procore names them (POST and PATCH /rest/v1.0/vendors). */
export type VendorInput = Partial<DesiredVendor['vendor']> & Record<string, unknown>;

/** GET /rest/v1.0/vendors/{id} */
export async function getVendor(client: ProcoreClient, id: ProcoreId): Promise<unknown> {
	return await callRecord(client, {
		method: 'GET',
		path: `/rest/v1.0/vendors/${id}`,
		query: { company_id: client.companyId, view: 'extended' },
		what: `get vendor ${id}`,
	});
}

/**
 * POST /rest/v1.0/vendors. When the answer is lost the vendor is looked for by its origin id before
 * it is sent again; without origin id it is not sent again.
 */
export function createVendor(client: ProcoreClient, vendor: VendorInput): Promise<unknown> {
	return createOnce(
		client,
		{
			method: 'POST',
			path: '/rest/v1.0/vendors',
			query: { view: 'extended' },
			body: { company_id: toWireId(client.companyId), vendor },
			what: `create vendor ${String(vendor.name ?? '')}`,
		},
		vendor.origin_id,
		async (originId) => (await listVendors(client, { originId }))[0],
	);
}

/** PATCH /rest/v1.0/vendors/{id}. Procore wants the name every time, changed or not. */
export async function updateVendor(
	client: ProcoreClient,
	id: ProcoreId,
	vendor: VendorInput,
): Promise<unknown> {
	const name = vendor.name ?? ((await getVendor(client, id)) as { name?: unknown }).name;
	const call = {
		path: `/rest/v1.0/vendors/${id}`,
		query: { view: 'extended' },
		body: { company_id: toWireId(client.companyId), vendor: { ...vendor, name } },
		what: `update vendor ${id}`,
	};
	return await changeRecord(client, call, () => getVendor(client, id), {
		origin_data: vendor.origin_data as string | undefined,
	});
}

/** Procore has no way to delete a vendor: it moves to the inactive companies. */
export function deactivateVendor(client: ProcoreClient, id: ProcoreId): Promise<unknown> {
	return updateVendor(client, id, { is_active: false });
}

/** POST /rest/v1.1/projects/{project_id}/vendors/{id}/actions/add: into the project's directory. */
export async function addVendorToProject(
	client: ProcoreClient,
	projectId: ProcoreId,
	id: ProcoreId,
): Promise<unknown> {
	const answer = await client.call({
		method: 'POST',
		path: `/rest/v1.1/projects/${projectId}/vendors/${id}/actions/add`,
		what: `add vendor ${id} to project ${projectId}`,
		projectId,
		oneRecord: true,
		// Adding what is there already changes nothing.
		retry: { replaySafe: true },
	});
	return answer.body;
}

export interface VendorListFilter {
	originId?: string;
	search?: string;
	/** `YYYY-MM-DDTHH:MM:SSZ` */
	updatedSince?: string;
}

/** Neither list can be asked for these by Procore's own filters: they are narrowed down here. */
function narrowed({ originId, updatedSince }: VendorListFilter) {
	return all(
		originId ? (row) => row.origin_id === originId : undefined,
		updatedSince ? (row) => String(row.updated_at ?? '') >= updatedSince : undefined,
	);
}

/** GET /rest/v1.0/companies/{company_id}/vendors/inactive: the main list leaves these out. */
export function listInactiveVendors(
	client: ProcoreClient,
	filter: VendorListFilter = {},
	limit?: number,
): Promise<unknown[]> {
	const call = {
		path: `/rest/v1.0/companies/${client.companyId}/vendors/inactive`,
		query: { view: 'extended' },
		what: 'list the inactive vendors',
	};
	const found = containing(filter.search, 'name', 'abbreviated_name', 'origin_code', 'trade_name');
	return listWhere(client, call, all(narrowed(filter), found), limit);
}

/** GET /rest/v1.1/projects/{project_id}/vendors: the active vendors in a project's directory. */
export function listProjectVendors(
	client: ProcoreClient,
	projectId: ProcoreId,
	filter: VendorListFilter = {},
	limit?: number,
): Promise<unknown[]> {
	const call = {
		path: `/rest/v1.1/projects/${projectId}/vendors`,
		query: { view: 'extended', 'filters[search]': filter.search },
		what: `list the vendors of project ${projectId}`,
		projectId,
	};
	return listWhere(client, call, narrowed(filter), limit);
}
