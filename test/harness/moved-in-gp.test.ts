import { documentKey, type CompanyDocument } from '../../sandbox/gp/company/types';
import { SyncWorld } from './sync-world';

/*
 * A posted document whose line is put on another account in GP's books, with the policies as they are
 * shipped: what was sent to the project it left is taken out there.
 */
jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
beforeAll(async () => {
	world = await SyncWorld.synced({ vendorCount: 8, documentCount: 16 });
});
afterAll(async () => await world.close());

function moveTo(invoice: CompanyDocument, account: string): void {
	const line = invoice.distributions.find(({ type }) => type === 6)!;
	world.gp.edits.changeDistribution(documentKey(invoice), line.sequence, { account });
}

const counted = (invoice: CompanyDocument) =>
	world
		.costsOf(invoice.voucher)
		.filter(({ status }) => status !== 'draft')
		.map(({ grand_total }) => grand_total);

test.each([
	['another job', '400-5130-02', ['1250.0']],
	['no job at all', '000-6810-00', []],
])('moved to %s: it counts where GP has it now, and nowhere else', async (_, account, amounts) => {
	const invoice = world.gp.edits.addInvoice({
		state: 'open',
		lines: [{ account: '300-5130-02', amount: '1250.00' }],
	});
	await world.sync();
	expect(counted(invoice)).toEqual(['1250.0']);
	moveTo(invoice, account);
	await world.sync();
	expect(counted(invoice)).toEqual(amounts);
	expect(world.books()).toMatchObject({ unexplained: '0.00' });
	const { writes } = world.procore.counters();
	await world.sync();
	expect(world.procore.counters().writes).toBe(writes);
});
