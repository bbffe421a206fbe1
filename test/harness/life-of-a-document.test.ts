import { documentKey, type CompanyDocument } from '../../sandbox/gp/company/types';
import type { SwitchChange } from '../../sandbox/gp/server/switches';
import { runWorkflow } from './run-workflow';
import { shippedTemplate } from './shipped-template';
import { SyncWorld } from './sync-world';

/*
 * What each step of a document's life in GP makes of it in Procore, by the shipped sync in n8n's own
 * engine, on summary lists with every kind of stamp. Each step is a test that starts from a state of
 * its own. The reader's part of it: test/gp/life-of-a-document.test.ts.
 */
jest.setTimeout(120_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

const STAMPS: Array<[string, SwitchChange]> = [
	['stamps in UTC', { stampMode: 'utcDateTime' }],
	['stamps that are dates', { stampMode: 'dateOnly' }],
	['no stamps', { stampMode: 'absent' }],
];

describe.each(STAMPS)('summary lists, %s', (_, switches) => {
	let world: SyncWorld;

	beforeAll(async () => {
		world = await SyncWorld.open({ vendorCount: 8, documentCount: 16 });
		world.gp.setClock(Date.now());
		world.gp.set({ listDetail: 'summary', ...switches });
		world.parameters('Mapping').policies = { unposted: 'sendAsDraft' };
		await world.sync();
	});
	afterAll(async () => await world.close());
	// Whatever a step did, the books agree and nothing is left to do.
	afterEach(async () => {
		expect(world.books()).toMatchObject({ unexplained: '0.00' });
		const { writes } = world.procore.counters();
		await world.sync();
		expect(world.procore.counters().writes).toBe(writes);
		expect(world.books()).toMatchObject({ unexplained: '0.00' });
	});

	const enter = (state: 'work' | 'open', more: object = {}): CompanyDocument =>
		world.gp.edits.addInvoice({
			state,
			lines: [{ account: '300-5130-02', amount: '1250.00' }],
			...more,
		});
	async function sent(state: 'work' | 'open', more: object = {}): Promise<CompanyDocument> {
		const document = enter(state, more);
		await world.sync();
		expect(costs(document)).toHaveLength(1);
		return document;
	}
	const costs = (document: CompanyDocument) =>
		world
			.directCosts()
			.filter(({ origin_id }) =>
				origin_id!.startsWith(`GP:TWO:PM:${documentKey(document).replace(';', ':')}:`),
			)
			.filter(({ invoice_number }) => !/\(void \d+\)/.test(invoice_number ?? ''));
	const outcomes = (document: CompanyDocument) =>
		world
			.events()
			.filter(({ gp_key }) => gp_key === documentKey(document))
			.map(({ outcome }) => outcome);
	const codes = (document: CompanyDocument) =>
		JSON.stringify(costs(document).map(({ line_items }) => line_items));

	it('sent: a draft while it is not posted, and more once it is', async () => {
		const draft = await sent('work');
		expect(costs(draft)[0]).toMatchObject({ status: 'draft' });
		const posted = await sent('open');
		expect(costs(posted)[0]!.status).not.toBe('draft');
		expect(outcomes(posted)).toEqual(['created']);
	});

	it('voided within the overlap: it is taken out by the next run', async () => {
		const memo = await sent('open', {
			documentType: 5,
			lines: [{ account: '300-5130-02', amount: '300.00' }],
		});
		world.gp.edits.voidVoucher(documentKey(memo));
		await world.sync();
		expect(costs(memo)).toEqual([]);
		expect(outcomes(memo)).toEqual(['created', 'voided']);
	});

	it('distributions edited, which moves no stamp: the line moves to its new cost code', async () => {
		const invoice = await sent('open');
		const before = codes(invoice);
		const line = invoice.distributions.find(({ type }) => type === 6)!;
		world.gp.edits.changeDistribution(documentKey(invoice), line.sequence, {
			account: '300-5110-02',
		});
		await world.sync();
		expect(codes(invoice)).not.toBe(before);
		expect(outcomes(invoice)).toEqual(['created', 'updated']);
	});

	it('paid: the cost stays as it is', async () => {
		const invoice = await sent('open');
		const before = JSON.stringify(costs(invoice));
		world.gp.edits.payVoucher(documentKey(invoice));
		await world.sync();
		expect(JSON.stringify(costs(invoice))).toBe(before);
		expect(outcomes(invoice).filter((outcome) => outcome !== 'unchanged')).toEqual(['created']);
	});

	it('distributions removed, since GP does not keep them once it is paid: it stays as it was sent', async () => {
		const invoice = await sent('open');
		const before = JSON.stringify(costs(invoice));
		world.gp.edits.payVoucher(documentKey(invoice));
		const paid = world.gp.company.documents.get(documentKey(invoice))!;
		const kept = paid.distributions;
		paid.distributions = [];
		await world.sync();
		const { writes } = world.procore.counters();
		await world.sync();
		expect(world.procore.counters().writes).toBe(writes);
		expect(JSON.stringify(costs(invoice))).toBe(before);
		expect(
			world.tables.rows<{ gp_key: string }>('gpp_parked').map(({ gp_key }) => gp_key),
		).not.toContain(documentKey(invoice));
		// The books of the stand-in know a cost by its distributions alone.
		paid.distributions = kept;
	});

	it('deleted: the look at night asks for it, and the next run takes it out', async () => {
		const draft = await sent('work');
		world.gp.edits.deleteVoucher(documentKey(draft));
		await world.sync();
		expect(costs(draft)).toHaveLength(1);
		const look = await runWorkflow({
			workflow: shippedTemplate('reconcile'),
			trigger: 'Every night',
			triggerItems: [{ timestamp: new Date().toISOString() }] as never,
			credentials: world.credentials,
			tables: world.tables,
		});
		if (look.error) throw look.error;
		await world.sync();
		expect(costs(draft)).toEqual([]);
		expect(outcomes(draft).at(-1)).toBe('voided');
	});
});
