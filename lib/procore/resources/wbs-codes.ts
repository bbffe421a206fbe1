import { ProcoreUnexpectedAnswerError } from '../errors/procore-errors';
import type { ProcoreClient } from '../procore-client';
import { readId, toWireId, type ProcoreId } from '../procore-id';

/** GET /rest/v1.0/projects/{project_id}/work_breakdown_structure/wbs_codes (budget codes). */
export function listWbsCodes(
	client: ProcoreClient,
	projectId: ProcoreId,
	filter: { status?: 'active' | 'inactive'; text?: string; updatedAt?: string } = {},
	limit?: number,
): Promise<unknown[]> {
	return client.list({
		path: `${wbs(projectId)}/wbs_codes`,
		query: {
			'filters[status][]': filter.status ? [filter.status] : undefined,
			'filters[updated_at]': filter.updatedAt,
			query: filter.text,
		},
		what: `list the budget codes of project ${projectId}`,
		projectId,
		limit,
	});
}

export interface WbsCodeInput {
	description?: string;
	segment_items: Array<{ segment_id: number | string; segment_item_id: number | string }>;
}

/** PATCH …/wbs_codes/bulk_create. The same combination again is an update, so a repeat is harmless. */
export async function bulkCreateWbsCodes(
	client: ProcoreClient,
	projectId: ProcoreId,
	bulk: WbsCodeInput[],
): Promise<unknown> {
	const answer = await client.call({
		method: 'PATCH',
		path: `${wbs(projectId)}/wbs_codes/bulk_create`,
		body: { bulk },
		what: `create budget codes in project ${projectId}`,
		projectId,
	});
	return answer.body;
}

/** GET …/segments: the parts of the project's budget code pattern. */
export async function listSegments(
	client: ProcoreClient,
	projectId: ProcoreId,
): Promise<Array<{ id: ProcoreId; type: string }>> {
	const answer = await client.call({
		method: 'GET',
		path: `${wbs(projectId)}/segments`,
		what: `list the budget code segments of project ${projectId}`,
		projectId,
	});
	if (!Array.isArray(answer.body)) {
		throw new ProcoreUnexpectedAnswerError(
			`Procore did not list the budget code segments of project ${projectId}`,
			{
				remedy: 'Retry the execution; if it happens again, report it with the request id.',
			},
		);
	}
	return (answer.body as Array<Record<string, unknown>>).flatMap((segment) => {
		const id = readId(segment.id);
		return id ? [{ id, type: String(segment.type ?? segment.segment_type ?? '') }] : [];
	});
}

/**
 * PATCH …/segments/{segment_id}/segment_items/update_all. The only way to deactivate a cost code:
 * segment items of the cost code segment have the ids of the cost codes.
 */
export async function setSegmentItemStatus(
	client: ProcoreClient,
	projectId: ProcoreId,
	segmentId: ProcoreId,
	ids: ProcoreId[],
	status: 'active' | 'inactive',
): Promise<void> {
	await client.call({
		method: 'PATCH',
		path: `${wbs(projectId)}/segments/${segmentId}/segment_items/update_all`,
		body: { ids: ids.map(toWireId), attributes: { status } },
		what: `set cost codes of project ${projectId} ${status}`,
		projectId,
	});
}

function wbs(projectId: ProcoreId): string {
	return `/rest/v1.0/projects/${projectId}/work_breakdown_structure`;
}
