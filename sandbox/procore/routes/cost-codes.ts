import { badRequest, Errors, notFound } from '../http/api-error';
import { blank, bodyObject, type Call, requiredId, type Route, type Row, text } from '../http/call';
import { keep, page } from '../http/list';
import type { CostCode } from '../state/records';
import { originIdTaken, sync, taken } from '../sync';
import { showLineItemType } from './line-item-types';
import { projectOf } from './projects';

const projectOfCall = (call: Call) => requiredId(call, 'project_id');

/** Project cost codes (facts 3.3). No DELETE; `code` is the own segment, `full_code` the whole. */
export const costCodeRoutes: Route[] = [
	{
		method: 'GET',
		path: '/rest/v1.0/cost_codes',
		project: projectOfCall,
		handle(call) {
			let rows = call.store.costCodes.by('project', projectOfCall(call));
			if (!call.switches.listInactiveCostCodes) rows = rows.filter((code) => code.active);
			rows = keep(call, rows, 'id', (code) => code.id);
			rows = keep(call, rows, 'origin_id', (code) => code.origin_id);
			if (!call.switches.subJobCodes) return page(call, rows, (code) => showCostCode(call, code));
			const all = rows.flatMap((code) => [ofSubJob(call, code), showCostCode(call, code)]);
			return page(call, all, (shown) => shown);
		},
	},
	{
		method: 'POST',
		path: '/rest/v1.0/cost_codes',
		project: projectOfCall,
		handle(call) {
			const saved = saveCostCode(call, projectOfCall(call), null, bodyObject(call, 'cost_code'));
			return { status: 201, body: showCostCode(call, saved) };
		},
	},
	{
		method: 'PATCH',
		path: '/rest/v1.0/cost_codes/sync',
		project: (call) => call.query.project_id,
		handle(call) {
			// The body is not looked at: Procore wants this one in the query.
			if (call.query.project_id === undefined) throw badRequest('project_id is required');
			const projectId = projectOfCall(call);
			return sync<CostCode>(call, {
				table: call.store.costCodes,
				inScope: (code) => code.project_id === projectId,
				save: (existing, row, createdHere) =>
					saveCostCode(call, projectId, existing, row, createdHere),
				show: (code) => showCostCode(call, code),
			});
		},
	},
	{
		method: 'GET',
		path: '/rest/v1.0/cost_codes/{id}',
		project: projectOfCall,
		handle: (call) => ({ body: showCostCode(call, costCodeOf(call)) }),
	},
	{
		method: 'PATCH',
		path: '/rest/v1.0/cost_codes/{id}',
		project: projectOfCall,
		handle(call) {
			const code = costCodeOf(call);
			const saved = saveCostCode(call, code.project_id, code, bodyObject(call, 'cost_code'));
			return { body: showCostCode(call, saved) };
		},
	},
];

function costCodeOf(call: Call): CostCode {
	const code = call.store.costCodes.get(call.params.id);
	if (!code || code.project_id !== projectOfCall(call)) throw notFound();
	return code;
}

/** Validates and stores; `createdHere` are the codes of the same batch, which may not be parents. */
export function saveCostCode(
	call: Pick<Call, 'store' | 'switches'>,
	projectId: number,
	existing: CostCode | null,
	row: Row,
	createdHere: Set<number> = new Set(),
): CostCode {
	const errors = new Errors();
	const parent = parentOf(call, projectId, existing, row, createdHere);
	const code = 'code' in row || !existing ? row.code : existing.code;
	const name = 'name' in row || !existing ? row.name : existing.name;
	errors.addWhen(parent === undefined, 'parent', "can't be found");
	errors.addWhen(parent !== null && parent?.id === existing?.id, 'parent', 'is invalid');
	errors.addWhen(blank(code), 'code', "can't be blank");
	errors.addWhen(blank(name), 'name', "can't be blank");
	const twins = call.store.costCodes.by('code', `${projectId}/${parent?.id ?? ''}/${code}`);
	errors.addWhen(
		twins.some((twin) => twin.id !== existing?.id),
		'code',
		'has already been taken',
	);
	errors.throwIfAny();
	if (originIdTaken(call.store.costCodes, row.origin_id, existing?.id)) throw taken();
	const fields = {
		project_id: projectId,
		code: String(code),
		name: String(name),
		parent_id: parent?.id ?? null,
		position: Number(row.position ?? existing?.position ?? nextPosition(call, projectId)),
		standard_cost_code_id:
			Number(row.standard_cost_code_id) || existing?.standard_cost_code_id || null,
		origin_id: 'origin_id' in row ? text(row.origin_id) : (existing?.origin_id ?? null),
		origin_data: 'origin_data' in row ? text(row.origin_data) : (existing?.origin_data ?? null),
		active: existing?.active ?? true,
	};
	return existing
		? call.store.put('costCodes', { ...existing, ...fields })
		: call.store.insert('costCodes', fields);
}

const nextPosition = (call: Pick<Call, 'store'>, projectId: number) =>
	call.store.costCodes.by('project', projectId).length + 1;

/** The parent the row names; null for a root; undefined when it names one that cannot be found. */
function parentOf(
	call: Pick<Call, 'store' | 'switches'>,
	projectId: number,
	existing: CostCode | null,
	row: Row,
	createdHere: Set<number>,
): CostCode | null | undefined {
	const { costCodes } = call.store;
	const given = row.parent_id ?? row.parent_origin_id;
	if (given === undefined || given === null) {
		const keeps = existing && !('parent_id' in row);
		return keeps && existing.parent_id !== null ? costCodes.get(existing.parent_id) : null;
	}
	const found =
		row.parent_id !== undefined && row.parent_id !== null
			? costCodes.get(row.parent_id)
			: costCodes.by('origin', String(row.parent_origin_id))[0];
	if (!found || found.project_id !== projectId) return undefined;
	return createdHere.has(found.id) && !call.switches.parentOriginIdSameBatch ? undefined : found;
}

/** The code of the same number in a sub job of the project. */
function ofSubJob(call: Call, code: CostCode) {
	const own = { id: code.id + 10_000_000, origin_id: null, origin_data: null };
	return { ...showCostCode(call, code), ...own, biller: 'Phase 1', biller_type: 'SubJob' };
}

/** "02-300" for the code 300 below the division 02. */
export function fullCode(call: Pick<Call, 'store'>, code: CostCode): string {
	const parent = code.parent_id === null ? undefined : call.store.costCodes.get(code.parent_id);
	return parent ? `${fullCode(call, parent)}-${code.code}` : code.code;
}

export function showCostCode(call: Call, code: CostCode) {
	const project = projectOf(call, code.project_id);
	const used = call.store.wbsCodes.by('costCode', code.id);
	const full = fullCode(call, code);
	return {
		id: code.id,
		biller: project.name,
		biller_id: project.id,
		biller_type: 'Project',
		biller_origin_id: project.origin_id,
		budgeted: used.length > 0,
		code: code.code,
		full_code: full,
		sortable_code: full,
		name: code.name,
		parent: code.parent_id === null ? null : { id: code.parent_id },
		position: code.position,
		standard_cost_code_id: code.standard_cost_code_id,
		standard_cost_code_list_id: null,
		origin_id: code.origin_id,
		origin_data: code.origin_data,
		line_item_types: used.map((wbs) =>
			showLineItemType(call.store.lineItemTypes.get(wbs.line_item_type_id)!),
		),
		created_at: code.created_at,
		updated_at: code.updated_at,
		deleted_at: null,
	};
}
