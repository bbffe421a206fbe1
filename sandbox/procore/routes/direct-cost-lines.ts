import Big from 'big.js';
import { Errors, notFound } from '../http/api-error';
import { blank, bodyObject, type Call, type Route, type Row, text } from '../http/call';
import { keep, keepBetween, page } from '../http/list';
import type { DirectCost, DirectCostLine, WbsCode } from '../state/records';
import { isDeleted, originIdTaken, sync, syncRows, taken } from '../sync';
import { fullCode } from './cost-codes';
import { showLineItemType } from './line-item-types';
import { amountsOf, rails } from './line-amounts';
import { projectOf } from './projects';
import { flatCode, wbsCodeFor } from './wbs-codes';

const BASE = '/rest/v1.0/projects/{project_id}/direct_costs';
const ONE = `${BASE}/{direct_cost_id}/line_items`;

/** Lines of direct costs (facts 3.8). Every change recalculates the header's total and count. */
export const directCostLineRoutes: Route[] = [
	{ method: 'GET', path: `${BASE}/line_items`, directCostsTool: true, handle: listProject },
	{
		method: 'PATCH',
		path: `${BASE}/line_items/sync`,
		directCostsTool: true,
		locks: (call) => syncRows(call).flatMap((row) => rowLocks(call, row)),
		handle: syncLines,
	},
	{
		method: 'GET',
		path: ONE,
		directCostsTool: true,
		handle(call) {
			const rows = call.store.directCostLines.by('directCost', headerOf(call).id);
			return page(call, filtered(call, rows), (line) => showLine(call, line));
		},
	},
	{
		method: 'POST',
		path: ONE,
		directCostsTool: true,
		locks: (call) => [lockName(call.params.direct_cost_id)],
		handle(call) {
			const header = headerOf(call);
			const row = { ...bodyObject(call, 'line_item'), direct_cost_id: header.id };
			const saved = saveLine(call, header.project_id, null, row);
			return { status: 201, body: showLine(call, saved) };
		},
	},
	{
		method: 'GET',
		path: `${ONE}/{id}`,
		directCostsTool: true,
		handle: (call) => ({ body: showLine(call, lineOf(call)) }),
	},
	{
		method: 'PATCH',
		path: `${ONE}/{id}`,
		directCostsTool: true,
		locks: (call) => [lockName(call.params.direct_cost_id)],
		handle(call) {
			const line = lineOf(call);
			const saved = saveLine(call, line.project_id, line, bodyObject(call, 'line_item'));
			return { body: showLine(call, saved) };
		},
	},
	{
		method: 'DELETE',
		path: `${ONE}/{id}`,
		directCostsTool: true,
		locks: (call) => [lockName(call.params.direct_cost_id)],
		handle(call) {
			const line = lineOf(call);
			call.store.remove('directCostLines', line.id);
			recalculate(call, line.direct_cost_id);
			return { body: { id: line.id } };
		},
	},
];

/** What a write to a direct cost or its lines holds. */
export const lockName = (id: unknown) => `direct cost ${String(id)}`;

function rowLocks(call: Call, row: Row): string[] {
	const { directCostLines } = call.store;
	const known = directCostLines.get(row.id) ?? directCostLines.by('origin', text(row.origin_id))[0];
	const headers = new Set([row.direct_cost_id, known?.direct_cost_id].filter((id) => !blank(id)));
	return [...headers].map(lockName);
}

function headerOf(call: Call): DirectCost {
	const cost = call.store.directCosts.get(call.params.direct_cost_id);
	if (!cost || isDeleted(cost) || String(cost.project_id) !== call.params.project_id)
		throw notFound();
	return cost;
}

function lineOf(call: Call): DirectCostLine {
	const line = call.store.directCostLines.get(call.params.id);
	if (!line || line.direct_cost_id !== headerOf(call).id) throw notFound();
	return line;
}

function listProject(call: Call) {
	const projectId = projectOf(call, call.params.project_id).id;
	let rows = call.store.directCostLines.by('project', projectId);
	rows = keep(call, rows, 'direct_cost_id', (line) => line.direct_cost_id);
	return page(call, filtered(call, rows), (line) => showLine(call, line));
}

function filtered(call: Call, rows: DirectCostLine[]): DirectCostLine[] {
	const wbs = (line: DirectCostLine) => call.store.wbsCodes.get(line.wbs_code_id)!;
	rows = keep(call, rows, 'id', (line) => line.id);
	rows = keep(call, rows, 'cost_code_id', (line) => wbs(line).cost_code_id);
	rows = keep(call, rows, 'line_item_type_id', (line) => wbs(line).line_item_type_id);
	rows = keepBetween(call, rows, 'created_at', (line) => line.created_at);
	return keepBetween(call, rows, 'updated_at', (line) => line.updated_at);
}

function syncLines(call: Call) {
	const projectId = projectOf(call, call.params.project_id).id;
	const touched = new Set<number>();
	const reply = sync<DirectCostLine>(call, {
		table: call.store.directCostLines,
		inScope: (line) => line.project_id === projectId,
		save: (existing, row) => saveLine(call, projectId, existing, row, touched),
		show: (line) => showLine(call, line),
	});
	for (const id of touched) recalculate(call, id);
	return reply;
}

/**
 * Validates and stores a line. A cost code and type never used together before get a WBS code and
 * with it a budget line of $0. With `touched` the caller recalculates the headers itself.
 */
export function saveLine(
	call: Pick<Call, 'store' | 'switches'>,
	projectId: number,
	existing: DirectCostLine | null,
	row: Row,
	touched?: Set<number>,
): DirectCostLine {
	const errors = new Errors();
	const headerId = Number(row.direct_cost_id ?? existing?.direct_cost_id);
	const header = call.store.directCosts.get(headerId);
	const fits = header && header.project_id === projectId && !isDeleted(header);
	errors.addWhen(!fits, 'direct_cost_id', blank(headerId) ? "can't be blank" : "can't be found");
	const previous = existing ? call.store.wbsCodes.get(existing.wbs_code_id)! : null;
	const wbs = wbsOf(call, projectId, previous, row, errors);
	const amounts = amountsOf(existing, row, errors);
	const uom = 'uom' in row ? text(row.uom) : (existing?.uom ?? null);
	errors.addWhen(
		uom !== null && uom !== '' && !unitsOfMeasure.includes(uom),
		'uom',
		'is not included in the list',
	);
	const taxCodeId = 'tax_code_id' in row ? row.tax_code_id : (existing?.tax_code_id ?? null);
	errors.addWhen(
		!blank(taxCodeId) && !call.store.taxCodes.get(taxCodeId),
		'tax_code_id',
		"can't be found",
	);
	errors.throwIfAny();
	if (originIdTaken(call.store.directCostLines, row.origin_id, existing?.id)) throw taken();
	const position =
		existing?.position ?? call.store.directCostLines.by('directCost', headerId).length + 1;
	const fields = {
		project_id: projectId,
		direct_cost_id: headerId,
		wbs_code_id: wbs!().id,
		...amounts,
		uom,
		description: 'description' in row ? text(row.description) : (existing?.description ?? null),
		tax_code_id: blank(taxCodeId) ? null : Number(taxCodeId),
		position,
		origin_id: 'origin_id' in row ? text(row.origin_id) : (existing?.origin_id ?? null),
		origin_data: 'origin_data' in row ? text(row.origin_data) : (existing?.origin_data ?? null),
	};
	const saved = existing
		? call.store.put('directCostLines', { ...existing, ...fields })
		: call.store.insert('directCostLines', fields);
	const headers = new Set([headerId, existing?.direct_cost_id ?? headerId]);
	for (const id of headers) {
		if (touched) touched.add(id);
		else recalculate(call, id);
	}
	return saved;
}

/** The line's WBS code, made only once the rest of the line proved valid. */
function wbsOf(
	call: Pick<Call, 'store' | 'switches'>,
	projectId: number,
	previous: WbsCode | null,
	row: Row,
	errors: Errors,
): (() => WbsCode) | null {
	const { costCodes, lineItemTypes, wbsCodes } = call.store;
	if (!blank(row.wbs_code_id)) {
		const wbs = wbsCodes.get(row.wbs_code_id);
		if (wbs?.project_id === projectId && wbs.status === 'active') return () => wbs;
		errors.add('wbs_code_id', "can't be found");
		return null;
	}
	const costCode = costCodes.get(row.cost_code_id ?? previous?.cost_code_id);
	const type = lineItemTypes.get(row.line_item_type_id ?? previous?.line_item_type_id);
	if (blank(row.cost_code_id ?? previous)) errors.add('cost_code', "can't be blank");
	else if (costCode?.project_id !== projectId) errors.add('cost_code', "can't be found");
	else if (!costCode.active) errors.add('cost_code', 'is inactive');
	else if (!call.switches.divisionsSelectable && costCodes.by('parent', costCode.id).length > 0) {
		errors.add('cost_code', 'is not at the lowest tier');
	} else if (!call.switches.rootCodesSelectable && costCode.parent_id === null) {
		errors.add('cost_code', 'is not at the lowest tier');
	}
	if (blank(row.line_item_type_id ?? previous)) errors.add('line_item_type', "can't be blank");
	else if (!type) errors.add('line_item_type', "can't be found");
	return costCode && type ? () => wbsCodeFor(call, projectId, costCode.id, type.id) : null;
}

export const unitsOfMeasure = [
	'ls',
	'ea',
	'hr',
	'day',
	'sf',
	'sy',
	'lf',
	'cy',
	'ton',
	'gal',
	'month',
];

/** Brings the header's total and line count up to date. */
export function recalculate(call: Pick<Call, 'store'>, directCostId: number): void {
	const header = call.store.directCosts.get(directCostId);
	if (!header) return;
	const lines = call.store.directCostLines.by('directCost', directCostId);
	const total = lines.reduce((sum, line) => sum.plus(line.amount), new Big(0));
	call.store.put('directCosts', {
		...header,
		grand_total: rails(total),
		line_items_count: lines.length,
	});
}

export function deleteLines(call: Pick<Call, 'store'>, directCostId: number): void {
	for (const line of call.store.directCostLines.by('directCost', directCostId)) {
		call.store.remove('directCostLines', line.id);
	}
	recalculate(call, directCostId);
}

export function showLine(call: Call, line: DirectCostLine) {
	const wbs = call.store.wbsCodes.get(line.wbs_code_id)!;
	const costCode = call.store.costCodes.get(wbs.cost_code_id)!;
	const type = call.store.lineItemTypes.get(wbs.line_item_type_id)!;
	const project = projectOf(call, line.project_id);
	return {
		id: line.id,
		amount: line.amount,
		total_amount: line.amount,
		extended_amount: line.amount,
		extended_type: line.extended_type,
		quantity: line.quantity,
		unit_cost: line.unit_cost,
		uom: line.uom,
		description: line.description,
		holder: { id: line.direct_cost_id, holder_type: 'DirectCost::Item' },
		cost_code: {
			id: costCode.id,
			code: costCode.code,
			full_code: fullCode(call, costCode),
			name: costCode.name,
			origin_id: costCode.origin_id,
		},
		line_item_type: showLineItemType(type),
		wbs_code: { id: wbs.id, flat_code: flatCode(call, wbs), description: wbs.description },
		tax_code_id: line.tax_code_id,
		position: line.position,
		project: { id: project.id, name: project.name },
		company: { id: call.company.id, name: call.company.name },
		currency_configuration: {},
		origin_id: line.origin_id,
		origin_data: line.origin_data,
		created_at: line.created_at,
		updated_at: line.updated_at,
	};
}
