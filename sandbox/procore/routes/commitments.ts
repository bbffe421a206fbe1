import Big from 'big.js';
import { notFound } from '../http/api-error';
import { type Call, requiredId, type Route } from '../http/call';
import { keep, keepBetween, page, page2 } from '../http/list';
import type { Commitment, CommitmentLine } from '../state/records';
import { fullCode } from './cost-codes';
import { rails } from './line-amounts';
import { showLineItemType } from './line-item-types';
import { projectOf } from './projects';

const projectOfCall = (call: Call) => requiredId(call, 'project_id');

/** Subcontracts and purchase orders, to look up only (facts 3.10). */
export const commitmentRoutes: Route[] = [
	...(['work_order_contract', 'purchase_order_contract'] as const).flatMap((kind): Route[] => [
		{
			method: 'GET',
			path: `/rest/v1.0/${kind}s`,
			project: projectOfCall,
			handle(call) {
				let rows = call.store.commitments
					.by('project', projectOfCall(call))
					.filter((one) => one.kind === kind);
				rows = keep(call, rows, 'id', (one) => one.id);
				rows = keep(call, rows, 'origin_id', (one) => one.origin_id);
				rows = keep(call, rows, 'status', (one) => one.status);
				rows = keepBetween(call, rows, 'created_at', (one) => one.created_at);
				rows = keepBetween(call, rows, 'updated_at', (one) => one.updated_at);
				return page(call, rows, (one) => show(call, one));
			},
		},
		{
			method: 'GET',
			path: `/rest/v1.0/${kind}s/{id}`,
			project: projectOfCall,
			handle: (call) => ({ body: show(call, commitmentOf(call, call.params.id)) }),
		},
		{
			method: 'GET',
			path: `/rest/v1.0/${kind}s/{contract_id}/line_items`,
			project: projectOfCall,
			handle(call) {
				const commitment = commitmentOf(call, call.params.contract_id);
				const rows = call.store.commitmentLines.by('commitment', commitment.id);
				return page(call, rows, (line) => showCommitmentLine(call, line));
			},
		},
	]),
	{
		method: 'GET',
		path: '/rest/v2.0/companies/{company_id}/projects/{project_id}/commitment_contracts',
		handle(call) {
			const project = projectOf(call, call.params.project_id);
			let rows = call.store.commitments.by('project', project.id);
			rows = keep(call, rows, 'vendor_id', (one) => one.vendor_id);
			rows = keep(call, rows, 'status', (one) => one.status);
			rows = keep(call, rows, 'type', typeName);
			return page2(call, rows, (one) => ({
				id: String(one.id),
				type: typeName(one),
				number: one.number,
				title: one.title,
				status: one.status,
				vendor_id: String(one.vendor_id),
				grand_total: commitmentTotal(call, one),
			}));
		},
	},
];

export const typeName = (one: Commitment) =>
	one.kind === 'work_order_contract' ? 'WorkOrderContract' : 'PurchaseOrderContract';

function commitmentOf(call: Call, id: unknown): Commitment {
	const found = call.store.commitments.get(id);
	const kind = call.path.includes('work_order') ? 'work_order_contract' : 'purchase_order_contract';
	if (found?.kind !== kind || found.project_id !== projectOfCall(call)) throw notFound();
	return found;
}

function commitmentTotal(call: Call, one: Commitment): string {
	const lines = call.store.commitmentLines.by('commitment', one.id);
	return rails(lines.reduce((sum, line) => sum.plus(line.amount), new Big(0)));
}

function show(call: Call, one: Commitment) {
	const total = commitmentTotal(call, one);
	return {
		id: one.id,
		number: one.number,
		title: one.title,
		status: one.status,
		vendor: { id: one.vendor_id, company: call.store.vendors.get(one.vendor_id)!.name },
		project: { id: one.project_id, name: projectOf(call, one.project_id).name },
		origin_id: one.origin_id,
		origin_data: one.origin_data,
		origin_code: one.origin_code,
		accounting_method: 'amount',
		executed: true,
		private: false,
		grand_total: total,
		revised_contract: total,
		requisitions_are_enabled: one.requisitions_are_enabled,
		created_at: one.created_at,
		updated_at: one.updated_at,
		deleted_at: null,
	};
}

function showCommitmentLine(call: Call, line: CommitmentLine) {
	const costCode = call.store.costCodes.get(line.cost_code_id)!;
	return {
		id: line.id,
		amount: line.amount,
		total_amount: line.amount,
		extended_amount: line.amount,
		extended_type: 'manual',
		description: line.description,
		position: line.position,
		cost_code: { id: costCode.id, full_code: fullCode(call, costCode), name: costCode.name },
		line_item_type: showLineItemType(call.store.lineItemTypes.get(line.line_item_type_id)!),
		origin_id: line.origin_id,
		origin_data: line.origin_data,
		created_at: line.created_at,
		updated_at: line.updated_at,
	};
}
