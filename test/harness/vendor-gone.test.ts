import { SyncWorld } from './sync-world';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
beforeAll(async () => {
	world = await SyncWorld.synced({ vendorCount: 12, documentCount: 16 });
});
afterAll(async () => await world.close());

const parked = () =>
	world.tables
		.rows<{ entity: string; reason_code: string }>('gpp_parked')
		.filter(({ reason_code }) => reason_code === 'vendor-missing')
		.map(({ entity }) => entity)
		.sort();

test('a vendor that went from Procore is sent again when a document needs it, though GP did not change it', async () => {
	const billed = new Set(world.directCosts().map(({ vendor_id }) => vendor_id));
	const { vendors } = world.procore.state;
	const gone = vendors
		.all()
		.find(({ id, origin_id, is_active }) => origin_id && is_active && !billed.has(id))!;
	const vendorId = gone.origin_id!.split(':').at(-1)!;
	vendors.remove(gone.id);
	const invoice = world.gp.edits.addInvoice({
		state: 'open',
		vendorId,
		lines: [{ account: '300-5130-02', amount: '77.00' }],
	});
	await world.sync();
	expect(parked()).toEqual(['payable', 'vendor']);
	await world.sync();
	expect(parked()).toEqual([]);
	expect(vendors.all().filter(({ origin_id }) => origin_id === gone.origin_id)).toHaveLength(1);
	expect(world.costsOf(invoice.voucher)).toMatchObject([{ grand_total: '77.0' }]);
	expect(world.books()).toMatchObject({ unexplained: '0.00' });
});
