import { documentKey } from '../../sandbox/gp/company/types';
import { SyncWorld } from './sync-world';

/*
 * A receipt-matched invoice in the shipped sync: at a door without receipts it waits and says why; at
 * one with them its cost comes to its job, and what waited resolves itself.
 */
jest.setTimeout(120_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

const ACCRUAL = '000-2100-00';
let world: SyncWorld;

afterEach(async () => await world.close());

async function run(door: string): Promise<void> {
	world.credentials.dynamicsGpApi!.door = door;
	await world.sync();
}

const parked = (key: string) =>
	world.tables
		.rows<{ gp_key: string; reason_code: string; tries: number }>('gpp_parked')
		.filter((row) => row.gp_key === key);
const outcomes = (key: string) =>
	world
		.events()
		.filter((row) => row.gp_key === key)
		.map(({ outcome, reason_code }) => [outcome, reason_code]);

test.each(['sba', 'odata'])(
	'%s: it waits for its receipt; over SOAP it lands on its job, and nothing is written twice',
	async (door) => {
		world = await SyncWorld.open({ vendorCount: 12, documentCount: 24 });
		world.parameters('Mapping').policies = { accrualAccounts: ACCRUAL };
		const invoice = world.gp.edits.addMatchedInvoice({
			vendorId: [...world.gp.company.documents.values()].find(
				({ documentType, voided }) => documentType === 1 && !voided,
			)!.vendorId,
			accrualAccount: ACCRUAL,
			lines: [
				{
					...{ account: '300-5130-03', quantity: '4', unitCost: '25.5', invoicedUnitCost: '26' },
					...{ job: '300', description: 'Forms' },
				},
				{ account: '300-5140-03', quantity: '3', unitCost: '33.33', description: 'Rebar' },
			],
		});
		const key = documentKey(invoice);

		await run(door);
		expect(parked(key)).toMatchObject([{ reason_code: 'cost-on-receipt', tries: 1 }]);
		expect(outcomes(key)).toEqual([['parked', 'cost-on-receipt']]);
		expect(costsOf(invoice.voucher)).toEqual([]);
		await run(door);
		expect(parked(key)).toMatchObject([{ reason_code: 'cost-on-receipt' }]);

		await run('soap');
		expect(parked(key)).toEqual([]);
		expect(costsOf(invoice.voucher)).toEqual([
			['300', '203.99', ['5130 102.0', '5130 2.0', '5140 99.99']],
		]);
		expect(outcomes(key)).toEqual([
			['parked', 'cost-on-receipt'],
			['created', ''],
		]);
		const { writes } = world.procore.counters();
		await run('soap');
		expect(world.procore.counters().writes).toBe(writes);
	},
);

/** Project, total and lines of each direct cost of a voucher. */
function costsOf(voucher: string): unknown[] {
	return world.procore
		.snapshot()
		.projects.flatMap(({ project_number, directCosts }) =>
			directCosts
				.filter(({ origin_id }) => origin_id?.includes(`:PM:1:${voucher}:`))
				.map((cost) => [
					project_number,
					cost.grand_total,
					(cost.line_items as Array<{ amount: string; cost_code: { full_code: string } }>).map(
						({ amount, cost_code }) => `${cost_code.full_code} ${amount}`,
					),
				]),
		)
		.sort();
}
