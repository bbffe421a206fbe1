import type { ProcoreClient } from '../procore-client';
import type { ProcoreId } from '../procore-id';

/** Subcontracts are work order contracts in Procore's API. */
export type CommitmentKind = 'subcontract' | 'purchaseOrder';

const PATH: Record<CommitmentKind, string> = {
	subcontract: '/rest/v1.0/work_order_contracts',
	purchaseOrder: '/rest/v1.0/purchase_order_contracts',
};

/** GET /rest/v1.0/work_order_contracts or /purchase_order_contracts. Statuses differ by kind. */
export function listCommitments(
	client: ProcoreClient,
	projectId: ProcoreId,
	kind: CommitmentKind,
	filter: { originId?: string; status?: string; ids?: ProcoreId[] } = {},
	limit?: number,
): Promise<unknown[]> {
	return client.list({
		path: PATH[kind],
		query: {
			project_id: projectId,
			'filters[origin_id]': filter.originId,
			'filters[status]': filter.status,
			'filters[id][]': filter.ids,
		},
		what: `list the commitments of project ${projectId}`,
		projectId,
		limit,
	});
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
