import Big from 'big.js';
import { Errors, missingParameter, notFound, Refused } from '../http/api-error';
import {
	blank,
	bodyObject,
	type Call,
	isRow,
	lenientDate,
	requiredId,
	type Route,
	type Row,
	text,
} from '../http/call';
import { keep, keepBetween, page } from '../http/list';
import type { Commitment, Requisition } from '../state/records';
import { originIdTaken, taken } from '../sync';
import { typeName } from './commitments';
import { rails } from './line-amounts';

const statuses = [
	'draft',
	'under_review',
	'revise_and_resubmit',
	'approved',
	'approved_as_noted',
	'pending_owner_approval',
];
const itemTypes = ['contract_item', 'contract_detail_item', 'change_order_item'];
const projectOfCall = (call: Call) => requiredId(call, 'project_id');

/** Subcontractor invoices (facts 3.9): one at a time, no sync action. */
export const requisitionRoutes: Route[] = [
	{
		method: 'GET',
		path: '/rest/v1.1/requisitions',
		project: projectOfCall,
		handle(call) {
			let rows = call.store.requisitions.by('project', projectOfCall(call));
			rows = rows.filter(({ id }) => id <= (call.switches.lagging?.above ?? Infinity));
			rows = keep(call, rows, 'id', (one) => one.id);
			rows = keep(call, rows, 'commitment_id', (one) => one.commitment_id);
			rows = keep(call, rows, 'period_id', (one) => one.period_id);
			rows = keep(call, rows, 'status', (one) => one.status);
			rows = keep(call, rows, 'origin_id', (one) => one.origin_id);
			rows = keep(call, rows, 'is_last', (one) => isLast(call, one));
			rows = keepBetween(call, rows, 'created_at', (one) => one.created_at);
			rows = keepBetween(call, rows, 'updated_at', (one) => one.updated_at);
			const { view } = call.query;
			const whole = view === 'items' || view === 'extended';
			return page(
				call,
				rows,
				(one) => {
					const { items, ...header } = show(call, one);
					return whole ? { ...header, items } : header;
				},
				{ standard: 30 },
			);
		},
	},
	{
		method: 'POST',
		path: '/rest/v1.1/requisitions',
		project: projectOfCall,
		handle(call) {
			const saved = save(call, null, commitmentOf(call), bodyObject(call, 'requisition'));
			return { status: 201, body: show(call, saved) };
		},
	},
	{
		method: 'GET',
		path: '/rest/v1.1/requisitions/{id}',
		project: projectOfCall,
		handle(call) {
			const { lagging } = call.switches;
			const found = requisitionOf(call);
			if (lagging && !lagging.shown && found.id > lagging.above) throw notFound();
			return { body: show(call, found) };
		},
	},
	{
		method: 'PATCH',
		path: '/rest/v1.1/requisitions/{id}',
		project: projectOfCall,
		handle(call) {
			const saved = change(call, requisitionOf(call), bodyObject(call, 'requisition'));
			return { body: show(call, saved) };
		},
	},
	{
		method: 'GET',
		path: '/rest/v1.0/requisitions/{id}/contract_items',
		project: projectOfCall,
		handle: (call) => page(call, requisitionOf(call).items, (item) => item),
	},
	{
		method: 'PATCH',
		path: '/rest/v1.0/requisitions/{id}/bulk_item_update',
		project: projectOfCall,
		handle(call) {
			const items = isRow(call.body) ? call.body.requisition_items : undefined;
			if (!Array.isArray(items)) throw missingParameter('requisition_items');
			const saved = change(call, requisitionOf(call), { items });
			return { body: saved.items };
		},
	},
];

function commitmentOf(call: Call): Commitment {
	const found = call.store.commitments.get(requiredId(call, 'commitment_id'));
	if (found?.project_id !== projectOfCall(call)) throw notFound();
	if (!found.requisitions_are_enabled) {
		throw new Refused({ commitment: ['does not have invoices enabled'] });
	}
	return found;
}

function requisitionOf(call: Call): Requisition {
	const found = call.store.requisitions.get(call.params.id);
	if (found?.project_id !== projectOfCall(call)) throw notFound();
	return found;
}

const isLast = (call: Call, one: Requisition) =>
	call.store.requisitions.by('commitment', one.commitment_id).at(-1)?.id === one.id;

function change(call: Call, requisition: Requisition, row: Row): Requisition {
	if (!isLast(call, requisition)) {
		throw new Refused({ base: ['Only the latest requisition can be changed'] });
	}
	if (call.switches.lockOnOriginId && requisition.origin_id !== null) {
		throw new Refused({ base: ['This invoice is locked by an ERP integration'] });
	}
	const commitment = call.store.commitments.get(requisition.commitment_id)!;
	return save(call, requisition, commitment, row);
}

function save(
	call: Call,
	existing: Requisition | null,
	commitment: Commitment,
	row: Row,
): Requisition {
	const value = (name: keyof Requisition) => (name in row ? row[name] : (existing?.[name] ?? null));
	const errors = new Errors();
	const status = String(value('status') ?? 'draft');
	errors.addWhen(!statuses.includes(status), 'status', 'is not included in the list');
	const period = call.store.billingPeriods.get(value('period_id'));
	errors.addWhen(
		!blank(value('period_id')) && period?.project_id !== commitment.project_id,
		'period_id',
		"can't be found",
	);
	const items = mergeItems(call, existing, commitment, row, errors);
	errors.throwIfAny();
	if (call.switches.strictInvoicing && items.some(isBilled) && status !== 'draft')
		refuseUnusual(call, existing, commitment, { period, items });
	if (originIdTaken(call.store.requisitions, row.origin_id, existing?.id)) throw taken();
	const fields = {
		project_id: commitment.project_id,
		commitment_id: commitment.id,
		period_id: period?.id ?? null,
		number: existing?.number ?? call.store.requisitions.by('commitment', commitment.id).length + 1,
		invoice_number: text(value('invoice_number')),
		status,
		billing_date: lenientDate(value('billing_date')),
		requisition_start: lenientDate(value('requisition_start') ?? period?.start_date),
		requisition_end: lenientDate(value('requisition_end') ?? period?.end_date),
		payment_date: lenientDate(value('payment_date')),
		submitted_at: lenientDate(value('submitted_at')),
		final: value('final') === true,
		items,
		origin_id: text(value('origin_id')),
		origin_data: text(value('origin_data')),
	};
	return existing
		? call.store.put('requisitions', { ...existing, ...fields })
		: call.store.insert('requisitions', fields);
}

const isBilled = (item: Row) => Number(item.work_completed_this_period) !== 0;

/** Rules of Procore's pages about invoicing that its API reference does not name. */
function refuseUnusual(
	call: Call,
	existing: Requisition | null,
	commitment: Commitment,
	{ period, items }: { period?: { id: number; status: string }; items: Requisition['items'] },
): void {
	if (commitment.status !== 'Approved' && commitment.status !== 'Complete')
		throw new Refused({ base: ['Commitment must be in an approved status'] });
	if (period?.status === 'closed') throw new Refused({ base: ['Billing period is closed'] });
	const others = call.store.requisitions
		.by('commitment', commitment.id)
		.filter((one) => one.id !== existing?.id && one.period_id === period?.id);
	if (others.length > 0) throw new Refused({ period_id: ['has already been taken'] });
	if (items.some((item) => Number(item.work_completed_this_period) < 0))
		throw new Refused({ work_completed_this_period: ['must be greater than or equal to 0'] });
}

/** A new requisition has one item per commitment line; the rows sent change their amounts. */
function mergeItems(
	call: Call,
	existing: Requisition | null,
	commitment: Commitment,
	row: Row,
	errors: Errors,
): Requisition['items'] {
	const items: Requisition['items'] =
		existing?.items.map((item) => ({ ...item })) ??
		call.store.commitmentLines.by('commitment', commitment.id).map((line) => ({
			id: call.store.nextId(),
			item_type: 'contract_item',
			line_item_id: line.id,
			cost_code_id: line.cost_code_id,
			description_of_work: line.description,
			scheduled_value: line.amount,
			work_completed_this_period: '0.0',
			materials_presently_stored: '0.0',
			position: line.position,
		}));
	for (const change of Array.isArray(row.items) ? row.items.filter(isRow) : []) {
		const item = items.find((one) =>
			change.id === undefined
				? Number(change.line_item_id) === one.line_item_id
				: Number(change.id) === one.id,
		);
		errors.addWhen(item === undefined, 'items', "can't be found");
		errors.addWhen(!itemTypes.includes(String(change.item_type)), 'items', 'item_type is invalid');
		for (const amount of ['work_completed_this_period', 'materials_presently_stored']) {
			const sent = change[amount];
			errors.addWhen(
				sent !== undefined && (typeof sent !== 'string' || !isNumber(sent)),
				'items',
				`${amount} must be a number written as text`,
			);
		}
		const { id, line_item_id, ...amounts } = change;
		void id;
		void line_item_id;
		if (item) Object.assign(item, amounts);
	}
	return items;
}

function isNumber(value: string): boolean {
	return /^-?\d+(\.\d+)?$/.test(value);
}

function show(call: Call, one: Requisition) {
	const commitment = call.store.commitments.get(one.commitment_id)!;
	const vendor = call.store.vendors.get(commitment.vendor_id)!;
	const claimed = one.items.reduce(
		(sum, item) =>
			sum
				.plus(String(item.work_completed_this_period))
				.plus(String(item.materials_presently_stored)),
		new Big(0),
	);
	return {
		id: one.id,
		project_id: one.project_id,
		commitment_id: one.commitment_id,
		commitment_type: typeName(commitment),
		contract_name: commitment.title,
		vendor_id: vendor.id,
		vendor_name: vendor.name,
		number: one.number,
		invoice_number: one.invoice_number,
		status: one.status,
		period_id: one.period_id,
		billing_date: one.billing_date,
		requisition_start: one.requisition_start,
		requisition_end: one.requisition_end,
		payment_date: one.payment_date,
		submitted_at: one.submitted_at,
		final: one.final,
		total_claimed_amount: rails(claimed),
		origin_id: one.origin_id,
		origin_data: one.origin_data,
		items: one.items,
		created_at: one.created_at,
		updated_at: one.updated_at,
	};
}
