import type { ProcoreClient } from '../procore-client';
import { readId, type ProcoreId } from '../procore-id';
import { all, containing, listWhere } from './where';

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
