import { TABLES } from '../../lib/tables/tables';
import { runWorkflow, type WorkflowRun } from './run-workflow';
import { shippedTemplate } from './shipped-template';
import { SyncWorld } from './sync-world';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;

beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 60, documentCount: 60 });
});

afterAll(() => world.close());

async function run(
	trigger: string,
	answers: object = {},
	page: Record<string, string> = {},
): Promise<WorkflowRun> {
	const { credentials, tables } = world;
	const result = await runWorkflow({
		workflow: shippedTemplate('setup'),
		trigger,
		triggerItems: [answers as never],
		pages: { 'Accept what was found?': [page] },
		credentials,
		tables,
	});
	if (result.error) throw result.error;
	return result;
}

type Row = Record<string, string>;
const jobs = () => world.tables.rows<Row>('gpp_project_crosswalk');

const findings = () => world.tables.rows<Row>('gpp_finding');
const ANSWERS = {
	'Link by itself':
		'What is written the same but for legal form, abbreviation and punctuation (97 %)',
	// The sandbox is in 2026: payables of the last year from today would be none.
	'Look through payables from': '2025-01-01',
};

describe('the shipped setup template in n8n’s own engine', () => {
	it('shows what it found, and nothing of it counts until somebody accepts it', async () => {
		const result = await run('Set up with options', ANSWERS);
		const [summary] = result.items('Suggest rows', 3);
		expect(summary).toMatchObject({
			title: 'Look at what was found, and accept it',
			toAccept: true,
		});
		expect(summary.text).toMatch(/The job stands in account segment 1 \(.* % of .* lines\)/);
		expect(findings().find(({ subject }) => subject === 'job')).toMatchObject({
			status: 'proposed',
			accepted: '',
			coverage: expect.stringMatching(/^\d.* % of [\d,]+ lines$/),
		});
		expect(jobs()).toEqual([]);
		expect(world.tables.rows('gpp_account_crosswalk')).toEqual([]);
	});

	it('makes every table and lists every job, linked where the number is the same', async () => {
		const result = await run('Set up with options', ANSWERS, { pressed: 'yes' });
		const open = findings().filter(({ settings }) => settings !== '');
		expect(open.length).toBeGreaterThanOrEqual(4);
		for (const row of open) {
			expect(row).toMatchObject({ status: 'accepted', accepted: row.settings });
		}
		expect(world.tables.names().sort()).toEqual(
			Object.values(TABLES)
				.map(({ name }) => name)
				.sort(),
		);
		expect(
			jobs()
				.map((row) => row.gp_job)
				.sort(),
		).toEqual(world.gp.company.jobs.map(({ number }) => number));
		const withProject = jobs().filter((row) => row.procore_project_id !== '');
		expect(withProject).toHaveLength(world.procore.state.projects.all().length);
		for (const row of withProject) expect(row.note).toMatch(/^linked: same number/);
		expect(jobs().find((row) => row.gp_job === '800')).toMatchObject({ procore_project_id: '' });
		const [summary] = result.items('Suggest rows', 3);
		expect(summary.text).toMatch(/7 jobs are linked .* 1 wait for you/);
		expect(summary).toMatchObject({
			problems: [],
			accountsRead: world.gp.company.accounts.size,
			jobsLinked: 7,
			jobsOpen: 1,
		});
		expect(Number(summary.costLinesOfDecidedJobs)).toBeGreaterThan(0);
	});

	it('lists every job cost account', () => {
		const rows = world.tables.rows<Row>('gpp_account_crosswalk');
		const inGp = [...world.gp.company.accounts.keys()].filter((one) =>
			/^\d{3}-5[1-3]\d{2}-\d{2}$/.test(one),
		);
		expect(rows.map((row) => row.gp_account).sort()).toEqual(inGp.sort());
	});

	it('lists vendors that would be made anew though one written alike stands in Procore', () => {
		const rows = world.tables.rows<Row>('gpp_vendor_crosswalk');
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.length).toBeLessThan(10);
		for (const row of rows) expect(row.note).toMatch(/linked: name alike|candidates: /);
	});

	it('adds nothing the second time, and leaves what a person decided', async () => {
		world.tables.update('gpp_project_crosswalk', (row) => row.gp_job === '800', {
			procore_project_id: '4711',
			note: 'mine',
		});
		const before = ['project', 'account', 'vendor'].map((one) =>
			world.tables.rows(`gpp_${one}_crosswalk`),
		);
		await run('Set up now');
		expect(
			['project', 'account', 'vendor'].map((one) => world.tables.rows(`gpp_${one}_crosswalk`)),
		).toEqual(before);
	});

	it('reads only, and few times', async () => {
		const [{ calls }] = (await run('Set up now')).items('Suggest rows', 3) as Array<{
			calls: Record<string, number>;
		}>;
		expect(world.procore.counters().writes).toBe(0);
		// Three lists; each is read until nothing is behind its last page.
		expect(calls.gp).toBeLessThanOrEqual(9);
		// Projects, vendors, cost types, and the cost codes of each linked project.
		expect(calls.procore).toBeLessThanOrEqual(3 + world.procore.state.projects.all().length);
	});

	it('says that lists of GP may be cut, and is not called ready', async () => {
		world.gp.set({ dialect: 'none', defaultPageSize: 10 });
		const [summary] = (await run('Set up now')).items('Suggest rows', 3);
		expect(summary.notProven).toMatch(/vendors: .*exactly 10 rows came/);
		expect(summary.title).not.toBe('The tables are ready');
		expect(summary.text).toMatch(/not proven complete .*run Survey/);
		world.gp.reset();
	});

	it('names the door that is open where the one that is set leads nowhere', async () => {
		world.gp.set({
			offers: { vendors: false, accounts: false, payables: false, companies: false, odata: false },
		});
		await expect(run('Set up now')).rejects.toMatchObject({
			description: expect.stringMatching(
				/set Door to "Web Services \(SOAP\)" and the service address to .*\.asmx/,
			),
		});
		world.gp.reset();
	});
});
