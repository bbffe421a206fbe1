import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SANDBOX_ACCOUNT } from '../../sandbox/gp/ntlm/directory';
import { startGpServer, type GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import { startProcoreServer, type ProcoreStandIn } from '../../sandbox/procore/server';
import { compareBooks } from '../../sandbox/start/books';
import { MemoryDataTables } from './memory-data-tables';
import { runWorkflow, type WorkflowFile, type WorkflowRun } from './run-workflow';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => ({
	n8nEffects: jest.requireActual('./hasty-effects').hastyEffects,
}));

const template = JSON.parse(
	readFileSync(path.join(__dirname, '../../workflows/gp-to-procore-sync.json'), 'utf8'),
) as WorkflowFile;

let gp: GpStandIn;
let procore: ProcoreStandIn;
let tables: MemoryDataTables;
let credentials: Record<string, Record<string, string>>;

beforeEach(async () => {
	gp = await startGpServer({ company: { vendorCount: 40, documentCount: 90 } });
	// Limits are a matter of the client's own tests; here they would only make the run wait.
	procore = await startProcoreServer({ switches: { spikeLimit: null, hourlyLimit: null } });
	tables = new MemoryDataTables();
	credentials = {
		dynamicsGpApi: {
			serviceAddress: gp.url,
			tenant: 'DefaultTenant',
			company: gp.company.options.displayName,
			companyId: gp.company.options.databaseId,
			authentication: 'windows',
			...SANDBOX_ACCOUNT,
		},
		procoreOAuth2Api: {
			grantType: 'clientCredentials',
			environment: 'custom',
			loginAddress: procore.url,
			apiAddress: procore.url,
			companyId: String(procore.companyId),
			clientId: procore.clientId,
			clientSecret: procore.clientSecret,
		},
	};
});

afterEach(async () => {
	await gp.close();
	await procore.close();
});

const run = (
	trigger = 'Run now',
	triggerItems?: Array<Record<string, unknown>>,
): Promise<WorkflowRun> =>
	runWorkflow({
		workflow: template,
		trigger,
		triggerItems: triggerItems as never,
		credentials,
		tables,
	});

function succeeded({ status, error }: WorkflowRun): void {
	if (error) throw error;
	expect(status).toBe('success');
}

const books = () =>
	compareBooks({
		company: 'TWO',
		documents: [...gp.company.documents.values()],
		directCosts: procore.snapshot().projects.flatMap((project) => project.directCosts) as never,
		parked: tables.rows('gpp_parked'),
		events: tables.rows('gpp_event'),
	});

const directCosts = () =>
	procore
		.snapshot()
		.projects.flatMap((project) => project.directCosts)
		.filter((cost) => cost.origin_id);

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
		expect(lastRun()).toMatchObject({ status: 'success' });
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
