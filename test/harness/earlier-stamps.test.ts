import { documentKey, type CompanyDocument } from '../../sandbox/gp/company/types';
import { runWorkflow } from './run-workflow';
import { shippedTemplate } from './shipped-template';
import { SyncWorld } from './sync-world';

/*
 * GP's stamps may go back: GP is restored from a backup, or somebody works with an earlier user date
 * (MODIFDT is the day of GP's own calendar). What GP says now counts; what was kept of an earlier reading
 * does not overwrite what came later.
 */
jest.setTimeout(120_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

const MINUTE = 60_000;
let world: SyncWorld;
beforeAll(async () => {
	world = await SyncWorld.synced({ vendorCount: 8, documentCount: 16 });
});
afterAll(async () => await world.close());
afterEach(() => expect(world.books()).toMatchObject({ unexplained: '0.00' }));

const before = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();
const enter = (): CompanyDocument =>
	world.gp.edits.addInvoice({
		state: 'open',
		lines: [{ account: '300-5130-02', amount: '1250.00' }],
	});
const amountOf = ({ voucher }: CompanyDocument) =>
	world.costsOf(voucher).map(({ grand_total }) => grand_total);

/** What the comparison says of the document, and what it was told to have mended. */
async function reconcile(document: CompanyDocument, answers: object) {
	const { error } = await runWorkflow({
		workflow: shippedTemplate('reconcile'),
		trigger: 'Reconcile with options',
		triggerItems: [answers] as never,
		credentials: world.credentials,
		tables: world.tables,
	});
	if (error) throw error;
	return world.tables
		.rows<{ gp_key: string; cause: string; row_kind: string }>('gpp_reconciliation')
		.filter((row) => row.row_kind === 'difference' && row.gp_key === documentKey(document))
		.map(({ cause }) => cause);
}

test('a document of GP restored from a backup goes back in Procore, too', async () => {
	const document = enter();
	await world.sync();
	const backup = structuredClone(world.gp.company.documents.get(documentKey(document))!);
	world.gp.edits.changeInvoiceAmount(documentKey(document), '1300.00', { posted: true });
	await world.sync();
	expect(amountOf(document)).toEqual(['1300.0']);
	world.gp.company.documents.set(documentKey(document), backup);
	await world.sync();
	expect(amountOf(document)).toEqual(['1250.0']);
});

test('a vendor edited under an earlier user date is sent as GP has it', async () => {
	const [vendorId] = world.gp.company.vendors.keys();
	world.gp.edits.changeVendor(vendorId!, { name: 'Late Concrete' });
	await world.sync();
	world.gp.edits.changeVendor(vendorId!, { name: 'Early Concrete' }, { at: before(5) });
	await world.sync();
	const names = world.procore.state.vendors
		.all()
		.filter(({ origin_code }) => origin_code === vendorId)
		.map(({ name }) => name);
	expect(names).toEqual(['Early Concrete']);
});

test('what lies before the overlap is named by the comparison, and mended by the next run', async () => {
	const document = enter();
	await world.sync();
	world.gp.edits.payVoucher(documentKey(document));
	await world.sync();
	world.gp.edits.changeInvoiceAmount(documentKey(document), '1400.00', {
		posted: true,
		at: before(24 * 60),
	});
	await world.sync();
	expect(await reconcile(document, {})).toEqual(['changedInGp']);
	await reconcile(document, { 'What differs': 'Have it mended by the next run' });
	await world.sync();
	expect(amountOf(document)).toEqual(['1400.0']);
});

test('a record kept from an earlier reading does not overwrite what came later', async () => {
	world.tables.insert('gpp_vendor_crosswalk', [
		{
			gp_company: 'TWO',
			gp_vendor_id: 'NEWCOMER',
			procore_vendor_id: '',
			action: 'hold',
			note: '',
		},
	]);
	world.gp.edits.addVendor({ vendorId: 'NEWCOMER' });
	const document = world.gp.edits.addInvoice({
		state: 'open',
		vendorId: 'NEWCOMER',
		lines: [{ account: '300-5130-02', amount: '1250.00' }],
	});
	await world.sync();
	const parked = () =>
		world.tables
			.rows<Record<string, never>>('gpp_parked')
			.filter(({ gp_key }) => gp_key === documentKey(document));
	const [kept] = parked();
	expect(kept).toMatchObject({ reason_code: 'crosswalk-action-unknown' });
	world.tables.update('gpp_vendor_crosswalk', ({ gp_vendor_id }) => gp_vendor_id === 'NEWCOMER', {
		action: 'send',
	});
	world.gp.edits.changeInvoiceAmount(documentKey(document), '1500.00', { posted: true });
	await world.sync();
	expect(amountOf(document)).toEqual(['1500.0']);
	// As in n8n's tables restored from a backup.
	const { id: _id, createdAt: _created, updatedAt: _updated, ...row } = kept!;
	world.tables.insert('gpp_parked', [{ ...(row as object), waits_for: 'procore' } as never]);
	await world.sync();
	expect(amountOf(document)).toEqual(['1500.0']);
	expect(parked()).toEqual([]);
});
