import { withNumber } from '../../../lib/model/keys';
import { findOut, ProjectCommitments } from '../../../lib/sync/payables/commitments';
import {
	ProcoreProjectBlockedError,
	ProcoreServerFaultError,
} from '../../../lib/procore/errors/procore-errors';
import type { ProcoreClient } from '../../../lib/procore/procore-client';
import type { DesiredRequisition } from '../../../lib/sync/kinds/requisition-state';
import { RunCache } from '../../../lib/sync/sync-run';
import { fakeClock } from '../../procore/support/fake-clock';

/** The lists of a project by the end of their path, or what reading one comes to. */
let lists: Record<string, unknown[] | Error>;
let asked: string[];
let cache: RunCache;
beforeEach(() => {
	lists = {};
	asked = [];
	cache = new RunCache();
});
const client = {
	effects: fakeClock(),
	list: async ({ path }: { path: string }) => {
		const name = path.split('/').at(-1)!;
		asked.push(name);
		const rows = lists[name] ?? [];
		if (rows instanceof Error) throw rows;
		return rows;
	},
} as unknown as ProcoreClient;
const BLOCKED = new ProcoreProjectBlockedError('Off', { remedy: '' });
const orders = () => ProjectCommitments.of(cache, '9001', client.effects.now());

describe('the orders of a project', () => {
	const row = (id: number, more: object = {}) => ({
		...{ id, number: `PO-${id}`, vendor: { id: 7 }, status: 'Approved' },
		...more,
	});

	test('are its subcontracts and purchase orders, read once', async () => {
		lists.work_order_contracts = [row(1), row(2, { deleted_at: '2026-01-01' }), {}, null];
		lists.purchase_order_contracts = [
			row(3, { vendor: null, vendor_id: 8, status: null, requisitions_are_enabled: false }),
			row(4, { number: null, vendor: undefined, requisitions_are_enabled: true }),
		];
		expect([orders().isEmpty, orders().withId('1')]).toEqual([false, undefined]);
		await Promise.all([orders().read(client), orders().read(client)]);
		expect(asked).toEqual(['work_order_contracts', 'purchase_order_contracts']);
		expect(['1', '2', '3', '4'].map((id) => orders().withId(id))).toEqual([
			{
				...{ id: '1', kind: 'subcontract', number: 'PO-1', vendorId: '7', status: 'Approved' },
				takesRequisitions: true,
			},
			undefined,
			{
				...{ id: '3', kind: 'purchaseOrder', number: 'PO-3', vendorId: '8', status: '' },
				takesRequisitions: false,
			},
			{
				...{ id: '4', kind: 'purchaseOrder', number: '', vendorId: null, status: 'Approved' },
				takesRequisitions: true,
			},
		]);
		expect(orders().isEmpty).toBe(false);
		expect(
			orders()
				.matching('po-1', '7')
				.map(({ id }) => id),
		).toEqual(['1']);
		expect([orders().matching('po-1', '8'), orders().matching('PO-3', '7')]).toEqual([[], []]);
	});

	const tool = (name: string, is_active?: boolean) => ({ engine_name: name, is_active });
	test.each<[string, object[], boolean]>([
		['has no such tool', [tool('budget', true), tool('commitments', false)], true],
		['has none of them on', [{ title: 'Commitments', is_active: false }], true],
		['has one of them on', [tool('contracts', true), tool('commitments', false)], false],
		['does not say whether it is on', [tool('commitments')], false],
		['does not list it', [tool('budget', true)], false],
	])('are none where the project refuses them and %s', async (_, tools, none) => {
		lists.purchase_order_contracts = BLOCKED;
		lists.work_order_contracts = [row(1)];
		lists.tools = tools;
		const reading = orders().read(client);
		if (none) await reading;
		else await expect(reading).rejects.toBe(BLOCKED);
		// What could be read before the refusal is all there is; nobody saw that there are none.
		expect(orders().isEmpty).toBe(false);
		expect(orders().withId('1') !== undefined).toBe(none);
	});

	test('are read again where that failed for something else', async () => {
		const fault = new ProcoreServerFaultError('no', { remedy: '' });
		lists.work_order_contracts = fault;
		await expect(orders().read(client)).rejects.toBe(fault);
		expect(asked).toEqual(['work_order_contracts']);
		lists.work_order_contracts = [row(1)];
		await orders().read(client);
		expect(orders().isEmpty).toBe(false);
	});
});

test('a number is the same in any case and with any blanks, and with fewer zeros where nothing else is', () => {
	const found = (wanted: string, ...numbers: string[]) =>
		withNumber(
			numbers.map((number) => ({ number })),
			wanted,
		).map(({ number }) => number);
	expect(found('po \t 7', 'PO7', 'P O 7', 'PO-7')).toEqual(['PO7', 'P O 7']);
	expect(found('7', '007', '07', '70', '700')).toEqual(['007', '07']);
	expect(found('07', '007', '07')).toEqual(['07']);
	expect(found('PO-0', 'PO-00', 'PO-')).toEqual(['PO-00']);
	expect(found('1007', '107', '1007')).toEqual(['1007']);
	expect(found(' ', '', ' ')).toEqual([]);
});

describe('what is found out before an invoice is written', () => {
	const wanted = (more: Partial<DesiredRequisition> = {}): DesiredRequisition =>
		({
			...{ projectId: '9001', commitmentId: '77', commitmentKind: 'subcontract' },
			header: { billing_date: '2026-09-30' },
			lines: [{ costCode: '5210', amount: '5.00' }],
			...more,
		}) as DesiredRequisition;
	const line = (id: number) => ({ id, cost_code: { full_code: '5210' }, amount: '9.00' });
	const period = (id: number, start_date: string, end_date: string, status = 'open') => ({
		...{ id, start_date, end_date, status },
	});
	beforeEach(() => {
		lists.line_items = [line(1), null];
		lists.billing_periods = [
			period(1, '2026-08-01', '2026-08-31'),
			period(2, '2026-09-01', '2026-09-30', 'closed'),
		];
	});
	let others: number;
	const found = async (more: Partial<DesiredRequisition> = {}) => {
		others = 0;
		return (await findOut(client, cache, wanted(more), async () => {
			others++;
			return new Map([['1', '9.00']]);
		})) as any;
	};

	test('is what each line is billed, and the period that holds its day', async () => {
		expect(await found()).toMatchObject({
			...{ billed: [{ lineId: '1', amount: '5.00' }], periodId: '2', commitment: undefined },
			period: { from: '2026-09-01', to: '2026-09-30', closed: true },
		});
		expect(await found({ header: { billing_date: '2026-08-31' } })).toMatchObject({
			...{ periodId: '1', period: { closed: false } },
		});
		expect(await found({ header: { requisition_end: '2026-08-01' } })).toMatchObject({
			periodId: '1',
		});
		expect([asked, others]).toEqual([['line_items', 'billing_periods'], 0]);
	});

	test('names the order, where those were read', async () => {
		lists.work_order_contracts = [{ id: 77, number: 'SC-1' }];
		await orders().read(client);
		expect((await found()).commitment).toMatchObject({ number: 'SC-1' });
	});

	test('of several periods that hold the day it is the one that is not closed', async () => {
		lists.billing_periods = [
			...(lists.billing_periods as object[]),
			...[period(3, '2026-09-15', '2026-10-15'), period(4, '2026-09-15', '2026-10-15')],
		];
		expect((await found()).periodId).toBe('3');
	});

	test('is the period that was given; none is asked for then', async () => {
		const given = await found({ periodId: '9', header: {} });
		expect(given).toMatchObject({ periodId: '9' });
		expect(given).not.toHaveProperty('period');
		expect(asked).toEqual(['line_items']);
	});

	test('is why it cannot be written: no period, no day, no line', async () => {
		const { code, message } = await found({ header: { billing_date: '2026-10-01' } });
		expect(code).toBe('billing-period-missing');
		expect(message).toContain('holds 2026-10-01.');
		expect((await found({ header: {} })).message).toContain('which has no billing date');
		const unlisted = { lines: [{ costCode: '99', amount: '1.00' }] };
		expect((await found(unlisted)).code).toBe('contract-line-missing');
		lists.billing_periods = [period(null as never, '2026-09-01', '2026-09-30')];
		cache = new RunCache();
		expect((await found()).code).toBe('billing-period-missing');
	});

	test('what others bill is asked only where several lines fit', async () => {
		lists.line_items = [line(1), line(2)];
		expect((await found()).billed).toMatchObject([{ lineId: '2', amount: '5.00' }]);
		expect(others).toBe(1);
	});
});
