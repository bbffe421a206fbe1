import { SyncWorld } from './sync-world';

/* What a changed id or a changed address of a company must not do: make everything a second time. */
jest.setTimeout(120_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
let made: { vendors: number; costs: number };
const standing = () => ({
	vendors: world.procore.state.vendors.all().length,
	costs: world.directCosts().length,
});
const call = (companyId: string) => (world.credentials.dynamicsGpApi!.companyId = companyId);

beforeEach(async () => {
	world = await SyncWorld.synced({ vendorCount: 8, documentCount: 16 });
	made = standing();
	expect(made.costs).toBeGreaterThan(5);
});
afterEach(async () => await world.close());

test('another database id in the credential stops the run before anything is written', async () => {
	call('ONE');
	const { error } = await world.run();
	expect(error?.message).toMatch(/has synced GP company TWO so far, .* says ONE now/);
	expect(standing()).toEqual(made);
	expect(world.runs().at(-1)).toMatchObject({ status: 'failed', gp_company: 'ONE' });
	expect(world.runs().at(-1)!.error).toMatch(/Put TWO back .* \[company-changed\]$/);
	expect(world.tables.rows('gpp_lease')).toEqual([]);
	// The next run of the company it was goes on as if nothing had been.
	call('TWO');
	await world.sync();
	expect(standing()).toEqual(made);
});

test('the id in another spelling stops it as well: rows of the tables are found by the first one', async () => {
	call('two');
	expect((await world.run()).error?.message).toMatch(/says two now: rows of the tables/);
	call(' TWO ');
	await world.sync();
	expect(standing()).toEqual(made);
});

test('a run that failed with a mistyped id, before anything was sent, holds nobody up', async () => {
	await world.close();
	world = await SyncWorld.open({ vendorCount: 8, documentCount: 16 });
	call('TWOO');
	const { company } = world.credentials.dynamicsGpApi!;
	world.credentials.dynamicsGpApi!.company = 'Fabrikan, Inc.';
	expect((await world.run()).error).toBeDefined();
	expect(world.runs().at(-1)).toMatchObject({ status: 'failed', gp_company: 'TWOO', created: 0 });
	world.credentials.dynamicsGpApi!.company = company;
	call('TWO');
	await world.sync();
	expect(standing()).toEqual(made);
});

test('it is followed where somebody typed it in the workflow, and by a workflow of its own', async () => {
	call('ONE');
	world.parameters('Open run').company = 'ONE';
	await world.sync();
	expect(standing().costs).toBe(2 * made.costs);
	world.parameters('Open run').company = '';
	// Begun with: nobody is asked again.
	await world.sync();
	call('THREE');
	world.workflow = { ...world.workflow, id: 'a-copy' };
	await world.sync();
	expect(standing().vendors).toBe(3 * made.vendors - 2 * foreign());
});

/** Vendors Procore had before. */
const foreign = () => made.vendors - world.gp.company.vendors.size;
