import {
	ProcoreRequestRefusedError,
	ProcoreUnexpectedAnswerError,
	readErrorBody,
	summarise,
} from '../errors/procore-errors';
import type { ProcoreClient } from '../procore-client';
import { type ProcoreId, readId, toWireId } from '../wire';

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

/** A cost code with a cost type: in most projects these two are the whole budget code. */
export interface CodeAndType {
	costCodeId: ProcoreId;
	costTypeId: ProcoreId;
	description?: string;
}

/** The segment items of budget codes made of a cost code and a cost type each. */
export async function wbsCodesOf(
	client: ProcoreClient,
	projectId: ProcoreId,
	pairs: readonly CodeAndType[],
): Promise<WbsCodeInput[]> {
	const segments = await listSegments(client, projectId);
	const segmentOf = (type: string) => {
		const found = segments.find((segment) => segment.type === type);
		if (found) return toWireId(found.id);
		throw new ProcoreRequestRefusedError(
			`The budget codes of project ${projectId} have no ${type === 'cost_code' ? 'cost code' : 'cost type'}`,
			{ remedy: 'Give the WBS code of each line instead of its cost code and cost type.' },
		);
	};
	const [code, type] = [segmentOf('cost_code'), segmentOf('line_item_type')];
	return pairs.map(({ costCodeId, costTypeId, description }) => ({
		...(description ? { description } : {}),
		segment_items: [
			{ segment_id: code, segment_item_id: toWireId(costCodeId) },
			{ segment_id: type, segment_item_id: toWireId(costTypeId) },
		],
	}));
}

/**
 * Ids of the budget codes of lines, in their order, made where the project has none yet: two calls
 * for any number of lines. Making one is harmless, the budget shows it at $0 until a cost arrives.
 */
export async function wbsCodeIdsOf(
	client: ProcoreClient,
	projectId: ProcoreId,
	pairs: readonly CodeAndType[],
): Promise<ProcoreId[]> {
	const keyOf = (input: WbsCodeInput) =>
		input.segment_items.map((item) => String(item.segment_item_id)).join(' ');
	const wanted = await wbsCodesOf(client, projectId, pairs);
	const once = [...new Map(wanted.map((input) => [keyOf(input), input])).values()];
	const { entities, errors } = (await bulkCreateWbsCodes(client, projectId, once)) as {
		entities?: Array<Record<string, unknown>>;
		errors?: unknown[];
	};
	const ids = new Map<string, ProcoreId>();
	for (const input of once) {
		const made = entities?.find((entity) => hasItems(entity, input));
		const id = readId(made?.id);
		if (id) ids.set(keyOf(input), id);
	}
	return wanted.map((input) => {
		const id = ids.get(keyOf(input));
		if (id) return id;
		const [codeId, typeId] = input.segment_items.map((item) => item.segment_item_id);
		const said = summarise(readErrorBody({ errors }));
		throw new ProcoreRequestRefusedError(
			`Procore has no budget code for cost code ${codeId} with cost type ${typeId} in project ${projectId}${said ? `: ${said}` : ''}`,
			{
				remedy:
					'Choose a cost code of the lowest tier and a cost type that are active in this project, or give the WBS code itself.',
			},
		);
	});
}

function hasItems(entity: Record<string, unknown>, { segment_items }: WbsCodeInput): boolean {
	const items = Array.isArray(entity.segment_items)
		? (entity.segment_items as Array<Record<string, unknown>>)
		: [];
	return segment_items.every((wanted) =>
		items.some((item) => readId(item.id) === String(wanted.segment_item_id)),
	);
}
