import { Errors } from '../http/api-error';
import { blank, bodyObject, type Call, requiredId, type Route, type Row, text } from '../http/call';
import { keep, page } from '../http/list';
import type { LineItemType } from '../state/records';
import { originIdTaken, sync, taken } from '../sync';

const baseTypes = [
	'labor',
	'equipment',
	'materials',
	'commitment',
	'owner_cost',
	'professional_services',
	'other',
];

/** Cost types, which the API calls line item types; they belong to the company (facts 3.5). */
export const lineItemTypeRoutes: Route[] = [
	{
		method: 'GET',
		path: '/rest/v1.0/line_item_types',
		handle(call) {
			if (call.query.project_id === undefined) requiredId(call, 'company_id');
			const rows = keep(call, call.store.lineItemTypes.all(), 'origin_id', (one) => one.origin_id);
			return page(call, rows, showLineItemType);
		},
	},
	{
		method: 'POST',
		path: '/rest/v1.0/line_item_types',
		handle(call) {
			requiredId(call, 'company_id');
			const saved = save(call, null, bodyObject(call, 'line_item_type'));
			return { status: 201, body: showLineItemType(saved) };
		},
	},
	{
		method: 'PATCH',
		path: '/rest/v1.0/line_item_types/sync',
		handle(call) {
			requiredId(call, 'company_id');
			return sync<LineItemType>(call, {
				table: call.store.lineItemTypes,
				inScope: () => true,
				save: (existing, row) => save(call, existing, row),
				show: showLineItemType,
			});
		},
	},
];

function save(call: Call, existing: LineItemType | null, row: Row): LineItemType {
	const name = 'name' in row || !existing ? row.name : existing.name;
	const code = row.csv_import_code ?? row.code ?? existing?.code ?? name;
	const baseType = row.base_type ?? existing?.base_type ?? 'other';
	const errors = new Errors();
	errors.addWhen(blank(name), 'name', "can't be blank");
	errors.addWhen(!baseTypes.includes(String(baseType)), 'base_type', 'is not included in the list');
	errors.throwIfAny();
	if (originIdTaken(call.store.lineItemTypes, row.origin_id, existing?.id)) throw taken();
	const fields = {
		name: String(name),
		code: String(code),
		base_type: String(baseType),
		origin_id: 'origin_id' in row ? text(row.origin_id) : (existing?.origin_id ?? null),
		origin_data: 'origin_data' in row ? text(row.origin_data) : (existing?.origin_data ?? null),
	};
	return existing
		? call.store.put('lineItemTypes', { ...existing, ...fields })
		: call.store.insert('lineItemTypes', fields);
}

export function showLineItemType(type: LineItemType) {
	const { id, name, code, base_type, origin_id, origin_data } = type;
	return { id, name, code, base_type, origin_id, origin_data };
}
