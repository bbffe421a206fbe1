import { documentKey, type CompanyDocument } from '../../sandbox/gp/company/types';
import { SyncWorld } from './sync-world';

/*
 * Procore shows what was written some time later, and projects appear after the documents that belong to
 * them: what is owed is done by a later run, without anybody asking for it.
 */
jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
beforeAll(async () => {
	world = await SyncWorld.synced({ vendorCount: 8, documentCount: 16 });
});
afterAll(async () => await world.close());
afterEach(() => (world.procore.switches.lagging = null));

const invoiceOf = (account: string) =>
	world.gp.edits.addInvoice({ state: 'open', lines: [{ account, amount: '1250.00' }] });
const counted = (invoice: CompanyDocument) =>
	world
		.costsOf(invoice.voucher)
		.filter(({ status }) => status !== 'draft')
		.map(({ grand_total }) => grand_total);
const waiting = (invoice: CompanyDocument) =>
	world.tables
		.rows<{ gp_key: string; reason_code: string }>('gpp_parked')
		.filter(({ gp_key }) => gp_key === documentKey(invoice))
		.map(({ reason_code }) => reason_code);

/** From now on nothing that is created is listed. */
function lag(shown: boolean): void {
	const ids = world.procore.state.directCosts.all().map(({ id }) => id);
	world.procore.switches.lagging = { above: Math.max(...ids), shown };
}

test('a void of what is shown by its id alone is done at once', async () => {
	lag(true);
	const invoice = invoiceOf('300-5130-02');
	await world.sync();
	world.gp.edits.voidVoucher(documentKey(invoice));
	await world.sync();
	expect(counted(invoice)).toEqual([]);
	expect(waiting(invoice)).toEqual([]);
	expect(world.costsOf(invoice.voucher)).toHaveLength(1);
});

test.each([
	['voided', (invoice: CompanyDocument) => world.gp.edits.voidVoucher(documentKey(invoice)), []],
	[
		'moved to another job',
		(invoice: CompanyDocument) => {
			const line = invoice.distributions.find(({ type }) => type === 6)!;
			const account = '400-5130-02';
			world.gp.edits.changeDistribution(documentKey(invoice), line.sequence, { account });
		},
		['1250.0'],
	],
])(
	'a document %s before Procore shows it stays owed, and is taken out later',
	async (_, edit, left) => {
		lag(false);
		const invoice = invoiceOf('300-5130-02');
		await world.sync();
		expect(counted(invoice)).toEqual(['1250.0']);
		edit(invoice);
		await world.sync();
		expect(waiting(invoice)).toEqual(['not-listed-yet']);
		await world.sync();
		expect(waiting(invoice)).toEqual(['not-listed-yet']);
		world.procore.switches.lagging = null;
		await world.sync();
		expect(waiting(invoice)).toEqual([]);
		expect(counted(invoice)).toEqual(left);
		expect(world.books()).toMatchObject({ unexplained: '0.00' });
		// What went to the new project is not listed either, and so is sent once more under its origin id.
		expect(world.audit()).toMatchObject({ missing: [], doubled: [], broken: [] });
	},
);

test('a job whose project appears later: what waits is sent there, and what had moved, too', async () => {
	const moved = invoiceOf('300-5130-02');
	await world.sync();
	const line = moved.distributions.find(({ type }) => type === 6)!;
	const account = '990-5130-02';
	world.gp.edits.addAccount({ account });
	world.gp.edits.changeDistribution(documentKey(moved), line.sequence, { account });
	const fresh = invoiceOf(account);
	await world.sync();
	expect(waiting(moved)).toEqual(['job-without-project']);
	expect(waiting(fresh)).toEqual(['job-without-project']);
	// None of its lines names the project it was in any more.
	expect(counted(moved)).toEqual([]);

	const project = world.procore.state.insert('projects', {
		...world.procore.state.projects.all()[0],
		name: 'Added later',
		project_number: '990',
		vendor_ids: [],
	} as never);
	world.procore.state.commit();
	await world.sync();
	await world.sync();
	expect(waiting(moved)).toEqual([]);
	expect(waiting(fresh)).toEqual([]);
	const standing = [...world.costsOf(moved.voucher), ...world.costsOf(fresh.voucher)].filter(
		({ status }) => status !== 'draft',
	);
	expect(standing.map(({ origin_id }) => origin_id!.split(':P:')[1])).toEqual([
		String(project.id),
		String(project.id),
	]);
	expect(world.books()).toMatchObject({ unexplained: '0.00' });
});
