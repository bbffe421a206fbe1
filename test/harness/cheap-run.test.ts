import { SyncWorld } from './sync-world';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 12, documentCount: 24 });
	await world.sync();
});
afterAll(async () => await world.close());

test('a day without changes costs three calls to Procore at most, and no write', async () => {
	const before = world.procore.counters();
	await world.sync();
	const after = world.procore.counters();
	expect(after.requests - before.requests).toBeLessThanOrEqual(3);
	expect(after.writes - before.writes).toBe(0);
	expect(world.runs().at(-1)).toMatchObject({ status: 'success', created: 0, updated: 0 });
});

test('no run reads the audit trail, however long it is, unless a batch was cut off or a record asked for', async () => {
	await world.sync();
	expect(world.tables.calls['gpp_event get']).toBeUndefined();
	expect(world.tables.calls['gpp_event insert']).toBeGreaterThan(0);
});

test('a run asks the audit trail once for all its new documents, not for each', async () => {
	const reads = () => world.tables.calls['gpp_event get'] ?? 0;
	const before = reads();
	world.gp.setClock(Date.now());
	const added = Array.from({ length: 10 }, () =>
		world.gp.edits.addInvoice({
			state: 'open',
			lines: [{ account: '300-5130-02', amount: '10.00' }],
		}),
	);
	await world.sync();
	expect(world.runs().at(-1)).toMatchObject({ status: 'success', created: 10 });
	const thousands = new Set(added.map(({ voucher }) => voucher.slice(0, -3)));
	expect(reads() - before).toBeLessThanOrEqual(thousands.size);
});

test('the row of a run says what it cost, how far it got and where its execution is', () => {
	const [first] = world.runs();
	expect(first).toMatchObject({
		status: 'success',
		events: world.events().filter((event) => event.run_id === first.run_id).length,
	});
	expect(first.read).toBeGreaterThan(200);
	expect(first.calls).toBeGreaterThan(10);
	expect(first.execution_link).toMatch(/workflow\/gpp-sync\/executions\/\d+$/);
	const to = JSON.parse(first.watermark_to!) as Record<string, string>;
	expect(Object.keys(to).sort()).toEqual(['account', 'payable', 'vendor']);
	expect(world.runs()[1].watermark_from).toBe(first.watermark_to);
});

test('a day without changes writes few times into the tables: n8n measures them all each time', async () => {
	await world.sync();
	const before = writes();
	await world.sync();
	// Lease asked for and taken, run opened and closed, and whose turn it was to be read again.
	expect(writes() - before).toBeLessThanOrEqual(5);
});

test('ten new documents add two notes, their events and a watermark to that, and renew no lease so soon', async () => {
	for (let added = 0; added < 10; added++) {
		world.gp.edits.addInvoice({
			state: 'open',
			lines: [{ account: '300-5130-02', amount: '10.00' }],
		});
	}
	const before = { all: writes(), leases: world.tables.calls['gpp_lease update'] ?? 0 };
	await world.sync();
	expect(world.runs().at(-1)).toMatchObject({ status: 'success', created: 10 });
	expect(writes() - before.all).toBeLessThanOrEqual(8);
	// The one that confirms it.
	expect(world.tables.calls['gpp_lease update'] - before.leases).toBe(1);
});

function writes(): number {
	return Object.entries(world.tables.calls)
		.filter(([call]) => /(insert|update|upsert)$/.test(call))
		.reduce((sum, [, calls]) => sum + calls, 0);
}
