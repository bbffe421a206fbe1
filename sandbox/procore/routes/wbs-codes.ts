import { missingParameter, notFound, Refused } from '../http/api-error';
import { type Call, isRow, type Route, type Row } from '../http/call';
import { filter, page, page2 } from '../http/list';
import type { CostCode, LineItemType, WbsCode } from '../state/records';
import { fullCode } from './cost-codes';
import { projectOf } from './projects';

const BASE = '/rest/v1.0/projects/{project_id}/work_breakdown_structure';

const COMPANY = '/rest/v1.0/companies/{company_id}/work_breakdown_structure';

/** Segments are the same in every project here: cost code (tiered) and cost type (flat). */
const costCodeSegment = 562949953400001;
const costTypeSegment = 562949953400002;
const pattern = 562949953400003;

/** Work breakdown structure (facts 3.6): a WBS code is one cost code with one cost type. */
export const wbsRoutes: Route[] = [
	{
		method: 'GET',
		path: `${BASE}/wbs_codes`,
		handle: (call) => page(call, find(call), (wbs) => showWbsCode(call, wbs)),
	},
	{
		method: 'POST',
		path: `${BASE}/wbs_codes`,
		handle(call) {
			const row = isRow(call.body) ? call.body : {};
			if (!Array.isArray(row.segment_items)) throw missingParameter('segment_items');
			return { status: 201, body: showWbsCode(call, save(call, row)) };
		},
	},
	{ method: 'PATCH', path: `${BASE}/wbs_codes/bulk_create`, handle: bulkCreate },
	{ method: 'PATCH', path: `${BASE}/wbs_codes/update_all`, handle: updateAllCodes },
	{
		method: 'GET',
		path: '/rest/v2.0/companies/{company_id}/projects/{project_id}/wbs/codes',
		handle: (call) =>
			page2(call, find(call), (wbs) => ({
				id: String(wbs.id),
				code: flatCode(call, wbs),
				description: wbs.description,
				status: wbs.status,
			})),
	},
	{
		method: 'GET',
		path: `${BASE}/segments`,
		handle(call) {
			projectOf(call, call.params.project_id);
			return { body: [showSegment(call, costCodeSegment), showSegment(call, costTypeSegment)] };
		},
	},
	{
		method: 'GET',
		path: `${COMPANY}/segments`,
		handle(call) {
			const segments = [showSegment(call, costCodeSegment), showSegment(call, costTypeSegment)];
			return { body: segments };
		},
	},
	{ method: 'GET', path: `${COMPANY}/segments/{segment_id}/lists`, handle: segmentLists },
	{
		method: 'GET',
		path: `${BASE}/segments/{segment_id}/segment_items`,
		handle(call) {
			const items = segmentItems(call).filter(
				(item) => call.query.only_active_items !== 'true' || item.status === 'active',
			);
			return page(call, items, (item) => item);
		},
	},
	{
		method: 'PATCH',
		path: `${BASE}/segments/{segment_id}/segment_items/update_all`,
		handle: updateAllItems,
	},
];

/** The WBS code of a pair, made when the pair is new. */
export function wbsCodeFor(
	call: Pick<Call, 'store'>,
	projectId: number,
	costCodeId: number,
	lineItemTypeId: number,
	description?: string,
): WbsCode {
	const { costCodes, lineItemTypes, wbsCodes } = call.store;
	const found = wbsCodes.by('pair', `${costCodeId}/${lineItemTypeId}`)[0];
	if (found && description === undefined) return found;
	if (found) return call.store.put('wbsCodes', { ...found, description: description! });
	const names = `${costCodes.get(costCodeId)!.name}.${lineItemTypes.get(lineItemTypeId)!.name}`;
	return call.store.insert('wbsCodes', {
		project_id: projectId,
		cost_code_id: costCodeId,
		line_item_type_id: lineItemTypeId,
		description: description ?? names,
		status: 'active',
	});
}

/** Tiers joined by "-", segments by ".": "01-011.M". */
export function flatCode(call: Pick<Call, 'store'>, wbs: WbsCode): string {
	const costCode = call.store.costCodes.get(wbs.cost_code_id)!;
	return `${fullCode(call, costCode)}.${call.store.lineItemTypes.get(wbs.line_item_type_id)!.code}`;
}

function find(call: Call): WbsCode[] {
	const rows = call.store.wbsCodes.by('project', projectOf(call, call.params.project_id).id);
	const statuses = filter(call, 'status');
	const wanted = String(call.query.query ?? '').toLowerCase();
	return rows
		.filter((wbs) => !statuses || statuses.includes(wbs.status))
		.filter((wbs) => flatCode(call, wbs).toLowerCase().includes(wanted));
}

function save(call: Call, row: Row): WbsCode {
	const projectId = projectOf(call, call.params.project_id).id;
	const items = Array.isArray(row.segment_items) ? row.segment_items.filter(isRow) : [];
	const item = (segment: number) =>
		items.find((one) => Number(one.segment_id) === segment)?.segment_item_id;
	const costCode = call.store.costCodes.get(item(costCodeSegment));
	const type = call.store.lineItemTypes.get(item(costTypeSegment));
	if (costCode?.project_id !== projectId || !type) {
		throw new Refused({ segment_items: ['is invalid'] });
	}
	const description = typeof row.description === 'string' ? row.description : undefined;
	return wbsCodeFor(call, projectId, costCode.id, type.id, description);
}

function bulkCreate(call: Call) {
	const rows = isRow(call.body) ? call.body.bulk : undefined;
	if (!Array.isArray(rows)) throw missingParameter('bulk');
	const entities: unknown[] = [];
	const errors: unknown[] = [];
	for (const row of rows.filter(isRow)) {
		try {
			entities.push(showWbsCode(call, save(call, row)));
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			errors.push({ ...row, errors: error.fields });
		}
	}
	return { status: 201, body: { entities, errors } };
}

function statusChange(call: Call): { ids: unknown[]; status: 'active' | 'inactive' } {
	const body = isRow(call.body) ? call.body : {};
	const status = isRow(body.attributes) ? body.attributes.status : undefined;
	if (!Array.isArray(body.ids)) throw missingParameter('ids');
	if (status !== 'active' && status !== 'inactive') throw missingParameter('attributes');
	return { ids: body.ids, status };
}

function updateAllCodes(call: Call) {
	const projectId = projectOf(call, call.params.project_id).id;
	const { ids, status } = statusChange(call);
	const found = ids.map((id) => call.store.wbsCodes.get(id));
	if (found.some((wbs) => wbs?.project_id !== projectId)) throw notFound();
	for (const wbs of found) call.store.put('wbsCodes', { ...wbs!, status });
	return { status: 204 };
}

function updateAllItems(call: Call) {
	const projectId = projectOf(call, call.params.project_id).id;
	const { ids, status } = statusChange(call);
	if (Number(call.params.segment_id) !== costCodeSegment) throw notFound();
	const found = ids.map((id) => call.store.costCodes.get(id));
	if (found.some((code) => code?.project_id !== projectId)) throw notFound();
	for (const code of found) call.store.put('costCodes', { ...code!, active: status === 'active' });
	return { status: 204 };
}

function showSegment(call: Call, id: number) {
	const tiered = id === costCodeSegment;
	const inProject = call.params.project_id;
	const codes = inProject
		? call.store.costCodes.by('project', Number(inProject))
		: call.store.standardCostCodes.all();
	const count = tiered ? codes.length : call.store.lineItemTypes.all().length;
	return {
		id,
		type: tiered ? 'cost_code' : 'line_item_type',
		name: tiered ? 'Cost Code' : 'Cost Type',
		position: tiered ? 1 : 2,
		segment_items_count: count,
		required: true,
		delimiter: tiered ? '-' : '',
		structure: tiered ? 'tiered' : 'flat',
		tiered,
		selectable_tiers: call.switches.divisionsSelectable,
		is_included_in_project_pattern: true,
		project_can_modify_origin_project: true,
		project_can_delete_origin_company: false,
		created_at: segmentsMadeAt,
		updated_at: segmentsMadeAt,
		wbs_pattern_id: pattern,
	};
}

/** The standard cost code lists, under the address that replaces the deprecated one. */
function segmentLists(call: Call) {
	if (Number(call.params.segment_id) !== costCodeSegment) return { body: [] };
	const lists = call.store.standardCostCodeLists.all().map(({ id, name, is_erp_list }) => ({
		id,
		name,
		segment_items_count: call.store.standardCostCodes.by('list', id).length,
		erp_integrated: is_erp_list,
		available_to_use_on_new_projects: true,
	}));
	return { body: lists };
}

const segmentsMadeAt = '2024-01-01T00:00:00Z';

function segmentItems(call: Call) {
	const projectId = projectOf(call, call.params.project_id).id;
	const segmentId = Number(call.params.segment_id);
	if (segmentId === costCodeSegment) {
		return call.store.costCodes
			.by('project', projectId)
			.map((code) => showCostCodeItem(call, code));
	}
	if (segmentId !== costTypeSegment) throw notFound();
	return call.store.lineItemTypes.all().map((type) => showCostTypeItem(call, type));
}

function showCostCodeItem(call: Call, code: CostCode) {
	const path: CostCode[] = [];
	for (let one: CostCode | undefined = code; one; ) {
		path.unshift(one);
		one = one.parent_id === null ? undefined : call.store.costCodes.get(one.parent_id);
	}
	return {
		id: code.id,
		code: code.code,
		name: code.name,
		parent_id: code.parent_id,
		path_ids: path.map((one) => one.id),
		path_code: fullCode(call, code),
		path_codes: path.map((one) => one.code),
		path_names: path.map((one) => one.name),
		is_parent: call.store.costCodes.by('parent', code.id).length > 0,
		in_use: call.store.wbsCodes.by('costCode', code.id).length > 0,
		status: code.active ? 'active' : 'inactive',
		segment: showSegment(call, costCodeSegment),
		created_at: code.created_at,
		updated_at: code.updated_at,
	};
}

function showCostTypeItem(call: Call, type: LineItemType) {
	return {
		id: type.id,
		code: type.code,
		name: type.name,
		parent_id: null,
		path_ids: [type.id],
		path_code: type.code,
		path_codes: [type.code],
		path_names: [type.name],
		is_parent: false,
		in_use: true,
		status: 'active',
		segment: showSegment(call, costTypeSegment),
		created_at: type.created_at,
		updated_at: type.updated_at,
	};
}

function showWbsCode(call: Call, wbs: WbsCode) {
	const costCode = call.store.costCodes.get(wbs.cost_code_id)!;
	const type = call.store.lineItemTypes.get(wbs.line_item_type_id)!;
	return {
		id: wbs.id,
		flat_code: flatCode(call, wbs),
		flat_name: `${costCode.name}.${type.name}`,
		description: wbs.description,
		status: wbs.status,
		segment_items: [showCostCodeItem(call, costCode), showCostTypeItem(call, type)],
		wbs_pattern_id: pattern,
		created_at: wbs.created_at,
		updated_at: wbs.updated_at,
	};
}
