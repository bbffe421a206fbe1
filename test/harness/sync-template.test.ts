import type { WorkflowRun } from './run-workflow';
import { SyncWorld } from './sync-world';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
let gp: SyncWorld['gp'];
let procore: SyncWorld['procore'];
let tables: SyncWorld['tables'];
let credentials: SyncWorld['credentials'];

beforeEach(async () => {
	world = await SyncWorld.open({ vendorCount: 40, documentCount: 90 });
	({ gp, procore, tables, credentials } = world);
});

afterEach(async () => await world.close());

const run = async (trigger?: string, triggerItems?: object[]) =>
	await world.run(trigger, triggerItems);

function succeeded({ status, error }: WorkflowRun): void {
	if (error) throw error;
	expect(status).toBe('success');
}

const books = () => world.books();
const directCosts = () => world.directCosts();

interface Counts {
	created: number;
	updated: number;
}
const lastRun = (): Record<'vendors' | 'accounts' | 'payables', Counts> & {
	status: string;
	dry_run: boolean;
} => {
	const row = tables.rows<Record<string, string>>('gpp_run').at(-1)!;
	const counts = (name: string) => JSON.parse(row[name]) as Counts;
	return {
		...row,
		vendors: counts('vendors'),
		accounts: counts('accounts'),
		payables: counts('payables'),
	} as never;
};

describe('the shipped sync template in n8n’s own engine', () => {
	it('brings the books of both sides into agreement, and changes nothing when run again', async () => {
		succeeded(await run());
		expect(books()).toMatchObject({ unexplained: '0.00' });
		expect(directCosts().length).toBeGreaterThan(30);
		expect(lastRun()).toMatchObject({ status: 'success with problems' });
		expect(procore.counters().tokens).toBe(1);

		const writes = procore.counters().writes;
		succeeded(await run());
		expect(procore.counters().writes).toBe(writes);
		expect(procore.counters().tokens).toBe(1);
		for (const counts of [lastRun().vendors, lastRun().accounts, lastRun().payables]) {
			expect(counts).toMatchObject({ created: 0, updated: 0 });
		}
	});

	it('creates one direct cost for an added invoice and updates one for a changed one', async () => {
		succeeded(await run());
		const before = directCosts().length;
		const sent = [...gp.company.documents.values()].find(
			(document) =>
				document.documentType === 1 &&
				document.state === 'open' &&
				directCosts().filter((cost) => cost.origin_id?.includes(`:${document.voucher}:`)).length ===
					1,
		)!;
		const { purchases } = sent.amounts;
		gp.edits.changeInvoiceAmount(`1;${sent.voucher}`, (Number(purchases) + 100).toFixed(2), {
			posted: true,
		} as never);
		gp.edits.addInvoice({ state: 'open', lines: [{ account: '300-5130-02', amount: '1250.00' }] });
		succeeded(await run());
		expect(lastRun().payables).toMatchObject({ created: 1, updated: 1 });
		expect(directCosts()).toHaveLength(before + 1);
		expect(books().unexplained).toBe('0.00');
	});

	it('links each record it wrote to its page in Procore, in the audit trail and in its story', async () => {
		// Where people look at the company; the stand-in's own address is none of Procore's.
		credentials.procoreOAuth2Api.webAddress = 'us02.procore.com';
		succeeded(await run());
		const written = world.events().filter(({ outcome }) => outcome === 'created');
		for (const event of written)
			expect(event.procore_link).toMatch(/^https:\/\/us02\.procore\.com\//);
		const cost = written.find(({ procore_type }) => procore_type === 'directCost')!;
		const link = `https://us02.procore.com/${cost.procore_project_id}/project/direct_costs/${cost.procore_id}`;
		expect(cost.procore_link).toBe(link);
		const page = await world.page({
			page: 'story',
			entity: 'payable',
			company: 'TWO',
			key: cost.gp_key,
		});
		expect(page).toContain(`<a href="${link}"`);
	});

	it('writes nothing to Procore in a dry run, and leaves the watermark alone', async () => {
		succeeded(await run('Run with options', [{ 'Dry run': 'Yes, only show what would happen' }]));
		expect(procore.counters().writes).toBe(0);
		expect(lastRun()).toMatchObject({ dry_run: true });
		expect(lastRun().payables.created).toBeGreaterThan(0);
		expect(tables.rows('gpp_watermark')).toEqual([]);
	});

	it('fails when Procore breaks down in the payables, and completes on retry without a duplicate', async () => {
		procore.faults.add({
			method: 'PATCH',
			path: 'direct_costs/sync',
			skip: 1,
			action: { kind: 'drop' },
		});
		const failed = await run();
		expect(failed.status).toBe('error');
		const partly = directCosts().length;
		expect(partly).toBeGreaterThan(0);

		procore.faults.clear();
		const retried = await failed.retry();
		succeeded(retried);
		expect(directCosts().length).toBeGreaterThan(partly);
		const originIds = directCosts().map((cost) => cost.origin_id);
		expect(new Set(originIds).size).toBe(originIds.length);
		expect(books().unexplained).toBe('0.00');
	});

	it('moves later costs of an account whose cost code was changed in the crosswalk table', async () => {
		succeeded(await run());
		const account = '300-5130-02';
		const changed = tables.update('gpp_account_crosswalk', (row) => row.gp_account === account, {
			cost_code: '5110',
		});
		expect(changed).toBe(1);
		gp.edits.addInvoice({
			state: 'open',
			documentNumber: 'LATER-1',
			lines: [{ account, amount: '77.00' }],
		});
		succeeded(await run());
		const later = directCosts().find((cost) => cost.invoice_number === 'LATER-1')!;
		const [line] = later.line_items as unknown as Array<{ cost_code: { full_code: string } }>;
		expect(line.cost_code.full_code).toBe('5110');
	});

	it('tries a wrong GP password once and says which credential to correct', async () => {
		credentials.dynamicsGpApi.password = 'wrong';
		const failed = await run();
		expect(failed.status).toBe('error');
		expect(Object.values(gp.directory.counters).map((counter) => counter.attempts)).toEqual([1]);
		expect(`${failed.error?.message} ${failed.error?.description}`).toMatch(/credential/i);
		expect(procore.counters().writes).toBe(0);
	});
});
