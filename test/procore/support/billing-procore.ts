import Big from 'big.js';
import type { DesiredDirectCost } from '../../../lib/model/desired';
import type { Outcome } from '../../../lib/model/outcome';
import type { ProcoreAnswer } from '../../../lib/procore/transport';
import { syncPayables } from '../../../lib/sync/payables/sync-payables';
import type { SyncOptions } from '../../../lib/sync/sync-run';
import { clientOf } from './desired';
import { fakeClock } from './fake-clock';
import { FakeProcore, reply } from './fake-procore';

type Row = Record<string, any>;
type Refuse = (method: string, path: string, body: any) => ProcoreAnswer | undefined;

const ITEM_TYPES = ['contract_item', 'contract_detail_item', 'change_order_item'];
export const REQUISITIONS = /\/v1\.1\/requisitions$/;
export const DIRECT_COSTS = /direct_costs\/sync$/;

/**
 * Commitments and subcontractor invoices beside the direct costs of `FakeProcore`, written from the contract alone:
 * items are of types whose ids are counted apart, name cost codes by id, and an update needs the id of each.
 */
export class BillingProcore extends FakeProcore {
	orders: Row[] = [
		{ id: 501, number: 'SC-1', vendor: { id: 11, company: 'Acme' }, status: 'Approved' },
	];
	scheduled: Row[] = [
		{ id: 601, order: 501, amount: '1000.00', cost_code: { id: 21, full_code: '5110' } },
	];
	periods: Row[] = [{ id: 701, start_date: '2026-09-01', end_date: '2026-09-30', status: 'open' }];
	requisitions: Row[] = [];
	refuse?: Refuse;
	readonly clock = fakeClock();

	override vendors: Row[] = [{ id: 11, name: 'Acme', origin_id: 'GP:TWO:V:ACME', is_active: true }];
	override codes: Row[] = [{ id: 21, project_id: 9001, code: '5110', name: 'Materials' }];

	override intercept = (request: { method: string; url: string; body?: unknown }, path: string) => {
		const body = request.body === undefined ? {} : JSON.parse(JSON.stringify(request.body));
		const query = new URL(request.url).searchParams;
		return (
			this.refuse?.(request.method, path, body) ?? this.bill(request.method, path, query, body)
		);
	};

	/** What is in the budget, as subcontractor invoices and as direct costs. */
	get counted(): [string, string] {
		const items = inBudget(this.requisitions).flatMap((one) => one.items as Row[]);
		const costs = inBudget(this.costs).map((cost) => this.showCost(cost).grand_total);
		return [sum(items.map((item) => item.work_completed_this_period)), sum(costs)];
	}

	/** What becomes of the documents in one sync, by another `transport` where answers are to be changed. */
	runAll(
		documents: DesiredDirectCost[],
		options: Partial<SyncOptions> = {},
		transport = this.transport,
	): Promise<Outcome[]> {
		const client = clientOf(transport, { effects: this.clock });
		return syncPayables(client, documents, { dryRun: false, ...options });
	}

	async run(document: DesiredDirectCost, options?: Partial<SyncOptions>): Promise<Outcome> {
		return (await this.runAll([document], options))[0];
	}

	/** One that somebody entered. */
	enter(fields: Row, amount: string): Row {
		const items = this.newItems(501).map((item) => ({
			...item,
			work_completed_this_period: amount,
		}));
		const entered = { ...this.head(501), status: 'approved', ...fields, items };
		this.requisitions.push(entered);
		return entered;
	}

	private head(order: number): Row {
		return {
			...{ id: this.id(), project_id: 9001, commitment_id: order, vendor_id: 11 },
			...{ commitment_type: 'WorkOrderContract', status: 'draft' },
			...{ origin_id: null, origin_data: null },
		};
	}

	private newItems(order: number): Row[] {
		return this.scheduled
			.filter((line) => line.order === order)
			.map((line) => ({
				...{ id: this.id(), item_type: 'contract_item', line_item_id: line.id },
				...{ cost_code_id: line.cost_code.id, work_completed_this_period: '0.0' },
			}));
	}

	private bill(
		method: string,
		path: string,
		query: URLSearchParams,
		body: Row,
	): ProcoreAnswer | undefined {
		const all = (rows: Row[]) => reply(200, rows, { total: String(rows.length) });
		const show = ({ items, ...head }: Row) =>
			query.get('view') === 'items' ? { ...head, items } : head;
		const id = /\/v1\.1\/requisitions\/(\d+)$/.exec(path)?.[1];
		const own = this.requisitions.find((one) => String(one.id) === id);
		if (id && !own) return reply(404, { message: 'Item not found' });
		if (method === 'PATCH' && own) {
			const { items = [], ...fields } = body.requisition;
			const after: Row = { ...own, ...fields, items: own.items.map((item: Row) => ({ ...item })) };
			const refused = fill(after, items, (item, sent) => item.id === sent.id);
			if (!refused) Object.assign(own, after);
			return refused ?? reply(200, show(own));
		}
		if (method === 'POST' && REQUISITIONS.test(path)) {
			const { items = [], ...fields } = body.requisition;
			if (this.requisitions.some((one) => one.origin_id === fields.origin_id))
				return reply(422, { errors: { origin_id: ['has already been taken'] } });
			const order = body.commitment_id;
			const made: Row = { ...this.head(order), ...fields, items: this.newItems(order) };
			const refused = fill(made, items, (item, sent) => item.line_item_id === sent.line_item_id);
			if (!refused) this.requisitions.push(made);
			return refused ?? reply(201, show(made));
		}
		if (method !== 'GET') return undefined;
		if (own) return reply(200, show(own));
		if (/work_order_contracts$/.test(path)) return all(this.orders);
		if (/purchase_order_contracts$/.test(path)) return all([]);
		const order = /work_order_contracts\/(\d+)\/line_items$/.exec(path)?.[1];
		if (order) return all(this.scheduled.filter((line) => String(line.order) === order));
		if (/billing_periods$/.test(path)) return all(this.periods);
		if (!REQUISITIONS.test(path)) return undefined;
		const wanted = ['origin_id', 'commitment_id'].map((name) => [
			name,
			query.get(`filters[${name}]`),
		]);
		const fits = (row: Row) =>
			wanted.every(([name, value]) => !value || String(row[name!]) === value);
		return all(this.requisitions.filter(fits).map(show));
	}
}

const inBudget = (rows: Row[]) => rows.filter(({ status }) => status !== 'draft');
const sum = (amounts: string[]) =>
	amounts.reduce((total, amount) => total.plus(amount), new Big(0)).toFixed(2);

function fill(
	requisition: Row,
	rows: Row[],
	isIt: (item: Row, sent: Row) => boolean,
): ProcoreAnswer | undefined {
	for (const row of rows) {
		const item = (requisition.items as Row[]).find(
			(one) => one.item_type === row.item_type && isIt(one, row),
		);
		if (!item || !ITEM_TYPES.includes(row.item_type))
			return reply(404, { errors: ['Requisition item not found'] });
		item.work_completed_this_period = row.work_completed_this_period;
	}
	return undefined;
}
