import { badRequest, Errors, notFound, Refused } from '../http/api-error';
import {
	blank,
	bodyObject,
	type Call,
	isRow,
	lenientDate,
	type Route,
	type Row,
	text,
} from '../http/call';
import { keep, keepBetween, page } from '../http/list';
import type { DirectCost } from '../state/records';
import { isDeleted, originIdTaken, sync, syncRows, taken } from '../sync';
import { deleteLines, lockName, saveLine, showLine } from './direct-cost-lines';
import { projectOf } from './projects';

const V10 = '/rest/v1.0/projects/{project_id}/direct_costs';
const V11 = '/rest/v1.1/projects/{project_id}/direct_costs';
const MOST_NESTED_LINES = 100;

const types = ['invoice', 'expense', 'payroll', 'subcontractor_invoice'];
const statuses = ['draft', 'pending', 'revise_and_resubmit', 'approved'];

/** Direct cost headers (facts 3.8). Version 1.0 wraps the record as `item`, 1.1 as `direct_cost`. */
export const directCostRoutes: Route[] = [
	{ method: 'GET', path: V10, directCostsTool: true, handle: list },
	{ method: 'GET', path: V11, directCostsTool: true, handle: list },
	{
		method: 'PATCH',
		path: `${V10}/sync`,
		directCostsTool: true,
		locks: (call) => syncRows(call).flatMap((row) => rowLocks(call, row)),
		handle: syncHeaders,
	},
	...[
		{ path: V10, key: 'item' },
		{ path: V11, key: 'direct_cost' },
	].flatMap(({ path, key }): Route[] => [
		{
			method: 'POST',
			path,
			directCostsTool: true,
			handle: (call) => ({ status: 201, body: writeWithLines(call, null, bodyObject(call, key)) }),
		},
		{
			method: 'GET',
			path: `${path}/{id}`,
			directCostsTool: true,
			handle(call) {
				const cost = directCostOf(call);
				const { lagging } = call.switches;
				if (lagging && !lagging.shown && cost.id > lagging.above) throw notFound();
				return { body: showWithLines(call, cost) };
			},
		},
		{
			method: 'PATCH',
			path: `${path}/{id}`,
			directCostsTool: true,
			locks: (call) => [lockName(call.params.id)],
			handle(call) {
				const cost = directCostOf(call);
				return { body: writeWithLines(call, cost, bodyObject(call, key)) };
			},
		},
		{
			method: 'DELETE',
			path: `${path}/{id}`,
			directCostsTool: true,
			locks: (call) => [lockName(call.params.id)],
			handle(call) {
				const cost = directCostOf(call);
				refuseLocked(call, cost);
				deleteDirectCost(call, cost);
				return { body: { id: cost.id } };
			},
		},
	]),
];

/** A row locks its direct cost, or, when it creates one, its origin id. */
function rowLocks(call: Call, row: Row): string[] {
	const known = row.id ?? call.store.directCosts.by('origin', text(row.origin_id))[0]?.id;
	if (known !== undefined) return [lockName(known)];
	return blank(row.origin_id) ? [] : [`direct cost of ${String(row.origin_id)}`];
}

function directCostOf(call: Call): DirectCost {
	const cost = call.store.directCosts.get(call.params.id);
	if (!cost || isDeleted(cost) || String(cost.project_id) !== call.params.project_id)
		throw notFound();
	return cost;
}

function list(call: Call) {
	const projectId = projectOf(call, call.params.project_id).id;
	let rows = call.store.directCosts.by('project', projectId).filter((cost) => !isDeleted(cost));
	rows = rows.filter(({ id }) => id <= (call.switches.lagging?.above ?? Infinity));
	rows = keep(call, rows, 'id', (cost) => cost.id);
	rows = keep(call, rows, 'origin_id', (cost) => cost.origin_id);
	rows = keep(call, rows, 'invoice_number', (cost) => cost.invoice_number);
	rows = keepBetween(call, rows, 'created_at', (cost) => cost.created_at);
	rows = keepBetween(call, rows, 'updated_at', (cost) => cost.updated_at);
	rows = keepBetween(call, rows, 'payment_date', (cost) => cost.payment_date);
	rows = keepBetween(call, rows, 'received_date', (cost) => cost.received_date);
	return page(call, rows, (cost) => {
		const shown = showDirectCost(call, cost);
		return { ...shown, amount: cost.grand_total, vendor: shown.vendor_name };
	});
}

function syncHeaders(call: Call) {
	const projectId = projectOf(call, call.params.project_id).id;
	return sync<DirectCost>(call, {
		table: call.store.directCosts,
		inScope: (cost) => cost.project_id === projectId,
		accept(cost) {
			if (!isDeleted(cost)) {
				refuseLocked(call, cost);
				return cost;
			}
			if (call.switches.syncOnSoftDeleted === 'create') return null;
			throw new Refused({ origin_id: ['belongs to a deleted direct cost'] });
		},
		save: (existing, row) => saveDirectCost(call, projectId, existing, row),
		show: (cost) => showDirectCost(call, cost),
	});
}

function refuseLocked(call: Pick<Call, 'switches'>, cost: DirectCost): void {
	if (call.switches.lockOnOriginId && cost.origin_id !== null) {
		throw new Refused({ base: ['This direct cost is locked by an ERP integration'] });
	}
}

function writeWithLines(call: Call, existing: DirectCost | null, row: Row) {
	const projectId = projectOf(call, call.params.project_id).id;
	if (existing) refuseLocked(call, existing);
	const lines = Array.isArray(row.line_items) ? row.line_items.filter(isRow) : [];
	if (lines.length > MOST_NESTED_LINES) {
		throw badRequest(`line_items may hold at most ${MOST_NESTED_LINES} rows`);
	}
	const cost = saveDirectCost(call, projectId, existing, row);
	const refs = new Map<number, unknown>();
	for (const line of lines) {
		const own = line.id === undefined ? null : (call.store.directCostLines.get(line.id) ?? null);
		if (line.id !== undefined && own?.direct_cost_id !== cost.id) throw notFound();
		refs.set(saveLine(call, projectId, own, { ...line, direct_cost_id: cost.id }).id, line.ref);
	}
	const shown = showWithLines(call, call.store.directCosts.get(cost.id)!);
	return {
		...shown,
		line_items: shown.line_items.map((line) => ({ ...line, ref: refs.get(line.id) ?? null })),
	};
}

/** Validates and stores a header; fields that are absent stay as they are. */
export function saveDirectCost(
	call: Pick<Call, 'store' | 'switches'>,
	projectId: number,
	existing: DirectCost | null,
	row: Row,
): DirectCost {
	const value = <K extends keyof DirectCost>(field: K): unknown =>
		field in row ? row[field] : (existing?.[field] ?? null);
	const type = String(value('direct_cost_type') ?? '');
	const vendorId = value('vendor_id') === null ? null : Number(value('vendor_id'));
	const invoiceNumber = blank(value('invoice_number')) ? null : String(value('invoice_number'));
	const status = String(value('status') ?? 'draft');

	const errors = new Errors();
	errors.addWhen(type === '', 'direct_cost_type', "can't be blank");
	errors.addWhen(
		type !== '' && !types.includes(type),
		'direct_cost_type',
		'is not included in the list',
	);
	errors.addWhen(
		existing !== null && type !== existing.direct_cost_type,
		'direct_cost_type',
		"can't be changed",
	);
	errors.addWhen(!statuses.includes(status), 'status', 'is not included in the list');
	if (type === 'invoice' || type === 'subcontractor_invoice') {
		errors.addWhen(vendorId === null, 'vendor', "can't be blank");
		errors.addWhen(invoiceNumber === null, 'invoice_number', "can't be blank");
	}
	if (vendorId !== null) addVendorErrors(call, errors, projectId, vendorId);
	const twins = call.store.directCosts.by('invoice', `${projectId}/${vendorId}/${invoiceNumber}`);
	errors.addWhen(
		invoiceNumber !== null && twins.some((twin) => twin.id !== existing?.id),
		'invoice_number',
		'has already been taken',
	);
	errors.throwIfAny();
	if (originIdTaken(call.store.directCosts, row.origin_id, existing?.id)) throw taken();

	const fields = {
		project_id: projectId,
		direct_cost_type: type,
		invoice_number: invoiceNumber,
		vendor_id: vendorId,
		status,
		direct_cost_date: lenientDate(value('direct_cost_date')),
		received_date: lenientDate(value('received_date')),
		payment_date: lenientDate(value('payment_date')),
		terms: text(value('terms')),
		description: text(value('description')),
		employee_id: value('employee_id') === null ? null : Number(value('employee_id')),
		currency_iso_code: text(value('currency_iso_code')),
		currency_exchange_rate: Number(value('currency_exchange_rate')) || null,
		origin_id: text(value('origin_id')),
		origin_data: text(value('origin_data')),
		deleted_at: null,
		grand_total: existing?.grand_total ?? '0.0',
		line_items_count: existing?.line_items_count ?? 0,
	};
	return existing
		? call.store.put('directCosts', { ...existing, ...fields })
		: call.store.insert('directCosts', fields);
}

function addVendorErrors(
	call: Pick<Call, 'store' | 'switches'>,
	errors: Errors,
	projectId: number,
	vendorId: number,
): void {
	if (!call.store.vendors.get(vendorId)) errors.add('vendor', "can't be found");
	else if (
		call.switches.requireVendorInProject &&
		!call.store.projects.get(projectId)!.vendor_ids.includes(vendorId)
	) {
		errors.add('vendor', 'is not in the project directory');
	}
}

/** Users' deletion and the API's are the same: marked, with its lines gone. */
export function deleteDirectCost(call: Pick<Call, 'store'>, cost: DirectCost): void {
	deleteLines(call, cost.id);
	const emptied = call.store.directCosts.get(cost.id)!;
	call.store.put('directCosts', { ...emptied, deleted_at: call.store.timestamp() });
}

export function showDirectCost(call: Call, cost: DirectCost) {
	const vendor = cost.vendor_id === null ? undefined : call.store.vendors.get(cost.vendor_id);
	const project = projectOf(call, cost.project_id);
	return {
		id: cost.id,
		direct_cost_type: cost.direct_cost_type,
		invoice_number: cost.invoice_number,
		status: cost.status,
		direct_cost_date: cost.direct_cost_date,
		received_date: cost.received_date,
		payment_date: cost.payment_date,
		terms: cost.terms,
		description: cost.description,
		origin_id: cost.origin_id,
		origin_data: cost.origin_data,
		grand_total: cost.grand_total,
		line_items_count: cost.line_items_count,
		vendor: vendor ? { id: vendor.id, name: vendor.name } : null,
		vendor_id: cost.vendor_id,
		vendor_name: vendor?.name ?? null,
		project: { id: project.id, name: project.name },
		company: { id: call.company.id, name: call.company.name },
		employee: null,
		currency_configuration: {
			currency_iso_code: cost.currency_iso_code,
			currency_exchange_rate: text(cost.currency_exchange_rate),
			base_currency_iso_code: 'USD',
		},
		attachments: [],
		attachments_count: 0,
		synced: cost.origin_id !== null,
		has_workflows: false,
		tax_breakdown: {
			subtotal: cost.grand_total,
			tax_total: '0.0',
			grand_total: cost.grand_total,
			tax_details: [],
		},
		deleted_at: cost.deleted_at,
		created_at: cost.created_at,
		updated_at: cost.updated_at,
	};
}

function showWithLines(call: Call, cost: DirectCost) {
	const lines = call.store.directCostLines.by('directCost', cost.id);
	return { ...showDirectCost(call, cost), line_items: lines.map((line) => showLine(call, line)) };
}
