import { documentKey } from '../../sandbox/gp/company/types';
import { SyncWorld } from './sync-world';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 12, documentCount: 24 });
	world.gp.set({ listDetail: 'summary' });
	await run();
});
afterAll(async () => await world.close());

async function run(): Promise<void> {
	await world.sync();
}

interface Parked {
	gp_key: string;
	tries: number;
	payload: string;
	remedy: string;
	reason_code: string;
}
const parked = (key: string) =>
	world.tables.rows<Parked>('gpp_parked').filter((row) => row.gp_key === key);
const events = (key: string) => world.events().filter((row) => row.gp_key === key);

test('a detail that cannot be read is tried on every run, told once, and arrives when GP gives it', async () => {
	const invoice = world.gp.edits.addInvoice({
		state: 'open',
		lines: [{ account: '300-5130-02', amount: '1250.00' }],
	});
	const key = documentKey(invoice);
	world.gp.faults.set([{ kind: 'truncatedJson', match: `(${key})` }]);
	await run();
	expect(parked(key)).toMatchObject([{ tries: 1, payload: '', reason_code: 'GP_INVALID_BODY' }]);
	expect(parked(key)[0]!.remedy).toContain('read again on every run');
	await run();
	await run();
	expect(parked(key)).toMatchObject([{ tries: 3 }]);
	expect(events(key).map(({ outcome }) => outcome)).toEqual(['failed']);

	world.gp.faults.set([]);
	await run();
	expect(parked(key)).toEqual([]);
	expect(events(key).map(({ outcome }) => outcome)).toEqual(['failed', 'created']);
	expect(world.books()).toMatchObject({ unexplained: '0.00' });
	const writes = world.procore.counters().writes;
	await run();
	expect(world.procore.counters().writes).toBe(writes);
});

test('one that is gone when it is read again says so, and is looked for no more that day', async () => {
	const invoice = world.gp.edits.addInvoice({
		state: 'work',
		lines: [{ account: '300-5130-02', amount: '10.00' }],
	});
	const key = documentKey(invoice);
	world.gp.faults.set([{ kind: 'truncatedJson', match: `(${key})` }]);
	await run();
	world.gp.faults.set([]);
	world.gp.edits.deleteVoucher(key);
	await run();
	expect(parked(key)).toMatchObject([{ reason_code: 'gone-in-gp', tries: 2 }]);
	await run();
	expect(parked(key)).toMatchObject([{ tries: 2 }]);
});

test('an edited distribution of an open document reaches Procore by itself', async () => {
	const sent = [...world.gp.company.documents.values()].find(
		(document) => document.state === 'open' && events(documentKey(document)).length > 0,
	)!;
	const key = documentKey(sent);
	const line = sent.distributions.find(({ type }) => type === 6)!;
	const before = events(key).length;
	world.gp.edits.changeDistribution(key, line.sequence, { reference: 'edited by hand' });
	await run();
	expect(events(key).length).toBeGreaterThan(before);
	expect(world.books()).toMatchObject({ unexplained: '0.00' });
});
