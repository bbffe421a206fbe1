import {
	blank,
	bodyObject,
	type Call,
	isRow,
	requiredId,
	type Route,
	type Row,
	text,
} from '../http/call';
import { Errors, missingParameter, notFound, Refused } from '../http/api-error';
import { keep, page } from '../http/list';
import type { CostCode, StandardCostCode } from '../state/records';
import { originIdTaken, sync, taken } from '../sync';
import { saveCostCode, showCostCode } from './cost-codes';
import { projectOf } from './projects';

/** The company's own code lists and copying them into projects (facts 3.4). */
export const standardCostCodeRoutes: Route[] = [
	{
		method: 'GET',
		path: '/rest/v1.0/standard_cost_code_lists',
		handle(call) {
			requiredId(call, 'company_id');
			return page(call, call.store.standardCostCodeLists.all(), ({ id, name, is_erp_list }) => ({
				id,
				name,
				is_erp_list,
				available_to_use_on_new_projects: true,
			}));
		},
	},
	{
		method: 'GET',
		path: '/rest/v1.0/standard_cost_codes',
		handle(call) {
			requiredId(call, 'company_id');
			const rows = call.store.standardCostCodes.by('list', listOf(call));
			const kept = keep(call, rows, 'origin_id', (code) => code.origin_id);
			return page(call, kept, (code) => show(call, code));
		},
	},
	{
		method: 'POST',
		path: '/rest/v1.0/standard_cost_codes',
		handle(call) {
			requiredId(call, 'company_id');
			const saved = save(call, listOf(call), null, bodyObject(call, 'standard_cost_code'));
			return { status: 201, body: show(call, saved) };
		},
	},
	{
		method: 'PATCH',
		path: '/rest/v1.0/standard_cost_codes/sync',
		handle(call) {
			requiredId(call, 'company_id');
			const listId = listOf(call);
			return sync<StandardCostCode>(call, {
				table: call.store.standardCostCodes,
				inScope: (code) => code.standard_cost_code_list_id === listId,
				save: (existing, row) => save(call, listId, existing, row),
				show: (code) => show(call, code, 'extended'),
			});
		},
	},
	{
		method: 'GET',
		path: '/rest/v1.0/standard_cost_codes/{id}',
		handle: (call) => ({ body: show(call, codeOf(call)) }),
	},
	{
		method: 'PATCH',
		path: '/rest/v1.0/standard_cost_codes/{id}',
		handle(call) {
			const row = bodyObject(call, 'standard_cost_code');
			return { body: show(call, save(call, listOf(call), codeOf(call), row)) };
		},
	},
	{
		method: 'DELETE',
		path: '/rest/v1.0/standard_cost_codes/{id}',
		handle(call) {
			const code = codeOf(call);
			if (call.store.standardCostCodes.by('parent', code.id).length > 0) {
				throw new Refused({ base: ['has codes below it'] });
			}
			const shown = show(call, code, 'extended');
			call.store.remove('standardCostCodes', code.id);
			return { body: shown };
		},
	},
	{
		method: 'POST',
		path: '/rest/v1.0/cost_codes/copy_from_standard_list',
		project: (call) => requiredId(call, 'project_id'),
		handle(call) {
			const codes = call.store.standardCostCodes.by('list', listOf(call));
			const { copied } = copyToProject(call, codes);
			return { status: 201, body: copied.map((code) => showCostCode(call, code)) };
		},
	},
	{
		method: 'POST',
		path: '/rest/v1.0/cost_codes/copy_subset_from_standard_list',
		project: (call) => requiredId(call, 'project_id'),
		handle(call) {
			const ids = isRow(call.body) ? call.body.standard_cost_code_ids : undefined;
			if (!Array.isArray(ids)) throw missingParameter('standard_cost_code_ids');
			const wanted = new Set(ids.map(Number));
			const codes = call.store.standardCostCodes
				.by('list', listOf(call))
				.filter((code) => wanted.has(code.id));
			const { copied, failures } = copyToProject(call, codes);
			return {
				status: failures.length > 0 ? 207 : 201,
				body: { successes: copied.map((code) => showCostCode(call, code)), failures },
			};
		},
	},
];

function listOf(call: Call): number {
	const id = requiredId(call, 'standard_cost_code_list_id');
	if (!call.store.standardCostCodeLists.get(id)) throw notFound();
	return id;
}

function codeOf(call: Call): StandardCostCode {
	requiredId(call, 'company_id');
	const code = call.store.standardCostCodes.get(call.params.id);
	if (!code) throw notFound();
	return code;
}

function save(
	call: Call,
	listId: number,
	existing: StandardCostCode | null,
	row: Row,
): StandardCostCode {
	const { standardCostCodes } = call.store;
	const value = (name: 'code' | 'name' | 'parent_id' | 'origin_id' | 'origin_data') =>
		name in row ? row[name] : (existing?.[name] ?? null);
	const parent = blank(value('parent_id')) ? null : standardCostCodes.get(value('parent_id'));
	const errors = new Errors();
	errors.addWhen(blank(value('code')), 'code', "can't be blank");
	errors.addWhen(blank(value('name')), 'name', "can't be blank");
	errors.addWhen(
		parent === undefined || (parent !== null && parent.standard_cost_code_list_id !== listId),
		'parent',
		"can't be found",
	);
	const twins = standardCostCodes
		.by('list', listId)
		.filter((one) => one.code === value('code') && one.parent_id === (parent?.id ?? null));
	errors.addWhen(
		twins.some((twin) => twin.id !== existing?.id),
		'code',
		'has already been taken',
	);
	errors.throwIfAny();
	if (originIdTaken(standardCostCodes, row.origin_id, existing?.id)) throw taken();
	const fields = {
		standard_cost_code_list_id: listId,
		code: String(value('code')),
		name: String(value('name')),
		parent_id: parent?.id ?? null,
		origin_id: text(value('origin_id')),
		origin_data: text(value('origin_data')),
	};
	return existing
		? call.store.put('standardCostCodes', { ...existing, ...fields })
		: call.store.insert('standardCostCodes', fields);
}

/** Parents come first in the list; a code whose ancestor is not among them cannot be copied. */
function copyToProject(call: Call, codes: StandardCostCode[]) {
	const project = projectOf(call, requiredId(call, 'project_id'));
	const made = new Map<number, CostCode>();
	const copied: CostCode[] = [];
	const failures: string[] = [];
	for (const code of codes) {
		const parent = code.parent_id === null ? null : made.get(code.parent_id);
		if (parent === undefined) {
			failures.push(`${code.code}: the parent is not in the project`);
			continue;
		}
		const key = `${project.id}/${parent?.id ?? ''}/${code.code}`;
		const present = call.store.costCodes.by('code', key)[0];
		const row = {
			code: code.code,
			name: code.name,
			standard_cost_code_id: code.id,
			...(parent ? { parent_id: parent.id } : {}),
		};
		const saved = present ?? saveCostCode(call, project.id, null, row);
		made.set(code.id, saved);
		if (!present) copied.push(saved);
	}
	return { copied, failures };
}

function fullCode(call: Call, code: StandardCostCode): string {
	const parent =
		code.parent_id === null ? undefined : call.store.standardCostCodes.get(code.parent_id);
	return parent ? `${fullCode(call, parent)}-${code.code}` : code.code;
}

/** The default view tells next to nothing, as Procore's does. */
function show(call: Call, code: StandardCostCode, view = call.query.view ?? 'default') {
	const { id, standard_cost_code_list_id } = code;
	if (view === 'default') return { id, standard_cost_code_list_id };
	const { name, parent_id, origin_id, origin_data } = code;
	const compact = { id, standard_cost_code_list_id, code: code.code, name, parent_id };
	if (view === 'compact') return compact;
	return { ...compact, full_code: fullCode(call, code), origin_id, origin_data };
}
