import type { CompanyDocument } from '../../sandbox/gp/company/types';
import { runWorkflow, type WorkflowRun } from './run-workflow';
import { shippedTemplate } from './shipped-template';
import { SyncWorld } from './sync-world';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
let unposted: CompanyDocument[];

beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 12, documentCount: 80 });
});
afterAll(() => world.close());

const keyOf = ({ documentType, voucher }: CompanyDocument) => `${documentType};${voucher.trim()}`;

async function look(options: Record<string, number> = {}): Promise<WorkflowRun> {
	const workflow = shippedTemplate('reconcile');
	const { assignments } = workflow.nodes.find(({ name }) => name === 'Deletion options')!.parameters
		.assignments as { assignments: Array<{ name: string; value: string }> };
	for (const one of assignments) {
		if (one.name in options) one.value = `={{ ${options[one.name]} }}`;
	}
	return await runWorkflow({
		workflow,
		trigger: 'Every night',
		triggerItems: [{ timestamp: '2026-11-23T04:10:00Z' }] as never,
		credentials: world.credentials,
		tables: world.tables,
	});
}

const requests = () =>
	world.tables.rows<{ gp_key: string; reason: string; gp_label: string }>('gpp_request');
/** Answers GP gave, logins not counted. */
const gpReads = () => Object.values(world.gp.counters.reads).reduce((sum, one) => sum + one, 0);
const story = (key: string) => world.events().filter(({ gp_key }) => gp_key === key);
/** Direct costs of a document; one that was taken out says so in its number. */
const inProcore = (key: string) =>
	world
		.directCosts()
		.filter(({ origin_id }) => origin_id!.startsWith(`GP:TWO:PM:${key.replace(';', ':')}:`))
		.filter(({ invoice_number }) => !/\(void \d+\)/.test(invoice_number ?? ''));

/** In the order of a story: each step starts from what the one before left. */
describe('the nightly look for deleted documents', () => {
	it('asks nothing of GP while unposted documents are not sent, which is the default', async () => {
		await world.sync();
		const before = gpReads();
		const { error } = await look();
		expect(error).toBeUndefined();
		expect(gpReads()).toBe(before);
		expect(requests()).toEqual([]);
	});

	it('finds nothing while all documents stand, for one list of keys', async () => {
		world.parameters('Mapping').policies = { unposted: 'sendAsDraft' };
		// The policy is new: everything is read again once.
		await world.sync('Run with options', [
			{ 'Dry run': 'No, write to Procore', 'Read again from this date': '2000-01-01' },
		]);
		const sent = new Set(
			world.events().flatMap((row) => (row.gp_state === 'unposted' ? [row.gp_key] : [])),
		);
		unposted = [...world.gp.company.documents.values()].filter(
			(document) => document.state === 'work' && inProcore(keyOf(document)).length > 0,
		);
		expect(unposted.length).toBeGreaterThan(3);
		expect([...sent]).toEqual(expect.arrayContaining(unposted.map(keyOf)));

		const before = gpReads();
		await look();
		// The page with the keys, its end, and, as 80 may be a cap, the empty one behind it.
		expect(gpReads() - before).toBeLessThanOrEqual(3);
		expect(requests()).toEqual([]);
	});

	it('asks once for a document deleted in GP, however often it looks before the next run', async () => {
		world.gp.edits.deleteVoucher(keyOf(unposted[0]!));
		await look();
		await look();
		expect(requests()).toEqual([
			expect.objectContaining({ gp_key: keyOf(unposted[0]!), reason: 'deleted' }),
		]);
		// Nothing was written by looking.
		expect(inProcore(keyOf(unposted[0]!)).length).toBeGreaterThan(0);
	});

	it('says on the page why it waits, and the next run takes it out of Procore with one event each', async () => {
		const key = keyOf(unposted[0]!);
		const page = await world.page({ page: 'story', entity: 'payable', company: 'TWO', key });
		expect(page).toContain('it was deleted in GP (look for deleted documents)');

		await world.sync();
		expect(requests()).toEqual([]);
		expect(inProcore(key)).toEqual([]);
		const [sent, withdrawn] = ['created', 'voided'].map((outcome) =>
			story(key).filter((event) => event.outcome === outcome),
		);
		expect(withdrawn!.map(({ procore_project_id: id }) => id).sort()).toEqual(
			sent!.map(({ procore_project_id: id }) => id).sort(),
		);
		for (const event of withdrawn!) {
			expect(event).toMatchObject({ rule: 'deleted in GP' });
			expect(event.replay_of).not.toBe('');
		}
		expect(world.books()).toMatchObject({ unexplained: '0.00' });
		const { writes: _writes, events: _events, ...wrong } = world.audit();
		expect(wrong).toEqual({ missing: [], doubled: [], invented: [], broken: [] });
	});

	it('does not ask again for what was taken out, nor for a posted one that left the list', async () => {
		// Posted and then paid at a vendor without history: the cost is true.
		const paid = unposted[1]!;
		world.gp.edits.postVoucher(keyOf(paid));
		await world.sync();
		world.gp.company.documents.delete(keyOf(paid));
		await look();
		expect(requests()).toEqual([]);
		expect(inProcore(keyOf(paid)).length).toBeGreaterThan(0);
	});

	it('leaves a document alone that stands in GP after all when the run looks', async () => {
		const back = unposted[2]!;
		const kept = world.gp.company.documents.get(keyOf(back))!;
		world.gp.edits.deleteVoucher(keyOf(back));
		await look();
		expect(requests()).toHaveLength(1);
		world.gp.company.documents.set(keyOf(back), kept);
		await world.sync();
		expect(requests()).toEqual([]);
		expect(inProcore(keyOf(back)).length).toBeGreaterThan(0);
		expect(story(keyOf(back)).map(({ outcome }) => outcome)).not.toContain('voided');
	});

	it('fails and asks for nothing when more is gone than people delete', async () => {
		const { company } = world.gp;
		const before = new Map(company.documents);
		for (const document of unposted.slice(2)) company.documents.delete(keyOf(document));
		const { error } = await look({ always_believed: 1 });
		expect(error?.message).toMatch(/unposted documents .* are not in GP any more; at most 1/);
		expect(error?.description).toMatch(/Most Deleted/);

		company.documents.clear();
		const empty = await look();
		expect(empty.error?.message).toMatch(/no longer stand in the list/);
		expect(requests()).toEqual([]);
		for (const [key, document] of before) company.documents.set(key, document);
	});
});
