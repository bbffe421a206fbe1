import { documentKey } from '../../sandbox/gp/company/types';
import { CLEAN } from '../retry/play';
import { Interruptions } from './interruptions';
import { SyncWorld } from './sync-world';

/*
 * n8n is killed after a document was sent and before that was recorded, and GP has its line on another account
 * when the next run comes: no event told the mapping where it stands.
 */
jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
let interruptions: Interruptions | undefined;
beforeAll(async () => {
	world = await SyncWorld.synced({ vendorCount: 8, documentCount: 16 });
	world.forgetLeases();
});
afterAll(async () => await world.close());
afterEach(() => interruptions?.end());

test.each([
	['another job', '400-5130-02', ['1250.0'], 0],
	// Left out by the mapping: it is read again, now that its event tells where it stands.
	['no job at all', '000-6810-00', [], 1],
])(
	'moved to %s: it counts where GP has it, and nowhere else',
	async (_, account, amounts, owed) => {
		const invoice = world.gp.edits.addInvoice({
			state: 'open',
			lines: [{ account: '300-5130-02', amount: '1250.00' }],
		});
		const counted = () =>
			world
				.costsOf(invoice.voucher)
				.flatMap((one) => (one.status === 'draft' ? [] : one.grand_total));
		const waiting = () =>
			world.tables
				.rows<{ gp_key: string }>('gpp_parked')
				.filter(({ gp_key }) => gp_key === documentKey(invoice));
		interruptions = new Interruptions({
			...{ at: 'Record outcomes', after: 'Sync direct costs', how: 'kill' },
		});
		void world.run();
		await interruptions.killed;
		interruptions.end();
		expect(counted()).toEqual(['1250.0']);

		const line = invoice.distributions.find(({ type }) => type === 6)!;
		world.gp.edits.changeDistribution(documentKey(invoice), line.sequence, { account });
		await world.sync();
		expect(waiting()).toHaveLength(owed);
		if (owed > 0) await world.sync();
		expect(counted()).toEqual(amounts);
		expect(waiting()).toEqual([]);
		expect(world.audit()).toMatchObject(CLEAN);
		expect(world.books()).toMatchObject({ unexplained: '0.00' });
		const { writes } = world.procore.counters();
		await world.sync();
		expect(world.procore.counters().writes).toBe(writes);
	},
);
