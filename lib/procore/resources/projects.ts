import type { Decimal } from '../../model/money';
import type { ProcoreClient } from '../procore-client';
import { type ProcoreId, readAmount, readId } from '../wire';
import { callRecord } from './api-request';
import type { CommitmentKind } from './commitments';

/** A project as far as mapping and crosswalk need it. */
export interface ActualProject {
	id: ProcoreId;
	name: string;
	projectNumber: string | null;
	active: boolean;
}

export function readProject(wire: unknown): ActualProject | undefined {
	const project = wire as Record<string, unknown>;
	const id = readId(project?.id);
	if (!id) return undefined;
	return {
		id,
		name: String(project.name ?? ''),
		projectNumber:
			typeof project.project_number === 'string' && project.project_number
				? project.project_number
				: null,
		active: project.active !== false,
	};
}

export interface ProjectFilter {
	/** Default: active ones only. */
	status?: 'All' | 'Active' | 'Inactive';
	name?: string;
	projectNumber?: string;
	originId?: string;
	updatedAt?: string;
}

/**
 * GET /rest/v1.0/projects, whose rows carry the project number for certain; only the filter by that
 * number needs v1.1. At most 300 a page. A service account (DMSA) sees its permitted projects only.
 */
export function listProjects(
	client: ProcoreClient,
	filter: ProjectFilter = {},
	limit?: number,
): Promise<unknown[]> {
	return client.list({
		path: filter.projectNumber ? '/rest/v1.1/projects' : '/rest/v1.0/projects',
		query: {
			company_id: client.companyId,
			view: filter.projectNumber ? 'extended' : undefined,
			'filters[by_status]': filter.status,
			'filters[name]': filter.name,
			'filters[project_number]': filter.projectNumber,
			'filters[origin_id]': filter.originId,
			'filters[updated_at]': filter.updatedAt,
		},
		perPage: 300,
		what: 'list the projects',
		limit,
	});
}

/** GET /rest/v1.0/projects/{id} */
export async function getProject(client: ProcoreClient, projectId: ProcoreId): Promise<unknown> {
	return await callRecord(client, {
		method: 'GET',
		path: `/rest/v1.0/projects/${projectId}`,
		query: { company_id: client.companyId },
		what: `get project ${projectId}`,
		projectId,
	});
}

/** GET /rest/v1.0/projects/{project_id}/tools: engine_name, title, is_active. */
export function listProjectTools(client: ProcoreClient, projectId: ProcoreId): Promise<unknown[]> {
	return client.list({
		path: `/rest/v1.0/projects/${projectId}/tools`,
		what: `list the tools of project ${projectId}`,
		projectId,
	});
}

/** GET /rest/v1.0/companies: the companies the credential can see, those where the app is installed. */
export function listCompanies(client: ProcoreClient, limit?: number): Promise<unknown[]> {
	return client.list({ path: '/rest/v1.0/companies', what: 'list the companies', limit });
}

/** GET /rest/v1.0/projects/{project_id}/billing_periods: start_date, end_date, due_date, status. */
export function listBillingPeriods(
	client: ProcoreClient,
	projectId: ProcoreId,
	filter: { status?: 'open' | 'closed' } = {},
	limit?: number,
): Promise<unknown[]> {
	return client.list({
		path: `/rest/v1.0/projects/${projectId}/billing_periods`,
		query: { 'filters[status]': filter.status },
		what: `list the billing periods of project ${projectId}`,
		projectId,
		limit,
	});
}

/** GET /rest/v1.0/tax_codes, at most 100 a page. */
export function listTaxCodes(client: ProcoreClient, limit?: number): Promise<unknown[]> {
	return client.list({
		path: '/rest/v1.0/tax_codes',
		query: { company_id: client.companyId },
		perPage: 100,
		what: 'list the tax codes',
		limit,
	});
}

/** GET /rest/v1.0/companies/{company_id}/uoms: a line's unit must be one of these. */
export function listUnitsOfMeasure(client: ProcoreClient, limit?: number): Promise<unknown[]> {
	return client.list({
		path: `/rest/v1.0/companies/${client.companyId}/uoms`,
		what: 'list the units of measure',
		limit,
	});
}

/** GET /rest/v1.0/companies/{company_id}/currency_configuration: currency_iso_code, multicurrency_enabled. */
export async function getCompanyCurrencies(client: ProcoreClient): Promise<unknown> {
	return await callRecord(client, {
		method: 'GET',
		path: `/rest/v1.0/companies/${client.companyId}/currency_configuration`,
		what: 'get the currencies of the company',
	});
}

/** A commitment as Procore shows it. */
export interface ActualCommitment {
	id: ProcoreId;
	kind: CommitmentKind;
	number: string;
	vendorId: ProcoreId | null;
	/** Procore's word, as "Approved"; blank where it does not tell. */
	status: string;
	/** False where the order takes no subcontractor invoices. */
	takesRequisitions: boolean;
}

/** Reads one of an answer; undefined without id, or when it was deleted. */
export function readCommitment(wire: unknown, kind: CommitmentKind): ActualCommitment | undefined {
	const row = wire as Record<string, unknown>;
	const id = readId(row?.id);
	if (!id || row.deleted_at) return undefined;
	const vendor = row.vendor as { id?: unknown } | null | undefined;
	return {
		id,
		kind,
		number: String(row.number ?? ''),
		vendorId: readId(vendor?.id) ?? readId(row.vendor_id) ?? null,
		status: typeof row.status === 'string' ? row.status : '',
		takesRequisitions: row.requisitions_are_enabled !== false,
	};
}

/** A line of a commitment's schedule of values. */
export interface CommitmentLine {
	id: ProcoreId;
	fullCode: string;
	costType: string;
	amount: Decimal;
}

/** Reads one of an answer; undefined without id. */
export function readCommitmentLine(wire: unknown): CommitmentLine | undefined {
	const line = wire as Record<string, unknown>;
	const id = readId(line?.id);
	if (!id) return undefined;
	const code = (line.cost_code ?? {}) as Record<string, unknown>;
	const type = (line.line_item_type ?? {}) as Record<string, unknown>;
	return {
		id,
		fullCode: String(code.full_code ?? code.code ?? ''),
		costType: String(type.code ?? ''),
		amount: readAmount(line.amount) ?? readAmount(line.total_amount) ?? '0',
	};
}
