import { runWorkflow, type WorkflowRun } from './run-workflow';
import { shippedTemplate } from './shipped-template';
import { SyncWorld } from './sync-world';

jest.setTimeout(120_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

type Row = Record<string, string>;

let world: SyncWorld;

beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 40, documentCount: 240, layout: 'second' });
	// As it is shipped: no place is filled in.
	world.workflow = shippedTemplate('sync');
});

afterAll(() => world.close());

async function setUp(page: Record<string, string>): Promise<WorkflowRun> {
	const result = await runWorkflow({
		workflow: shippedTemplate('setup'),
		trigger: 'Set up with options',
		triggerItems: [
			{
				'Link by itself': 'Only what is exactly the same (100 %)',
				// The sandbox is in 2026: payables of the last year from today would be none.
				'Look through payables from': '2025-01-01',
			} as never,
		],
		pages: { 'Accept what was found?': [page] },
		credentials: world.credentials,
		tables: world.tables,
	});
	if (result.error) throw result.error;
	return result;
}

const finding = (subject: string) =>
	world.tables.rows<Row>('gpp_finding').find((row) => row.subject === subject);
const parked = () => world.tables.rows<Row>('gpp_parked');

describe('a company with another layout, and nothing filled in', () => {
	it('sends nothing on a guess before setup looked: what needs a place waits for it', async () => {
		const { error } = await world.run();
		expect(error).toBeUndefined();
		expect(world.directCosts()).toEqual([]);
		const waiting = parked().filter(({ entity }) => entity === 'payable');
		expect(waiting.length).toBeGreaterThan(50);
		for (const row of waiting) {
			expect(row.reason_code).toBe('place-unknown');
			expect(row.message).toMatch(/Setup has not found where the job stands: it has not looked/);
		}
	});

	it('is not decided by what setup found and nobody accepted', async () => {
		await setUp({});
		expect(finding('job')).toMatchObject({ status: 'proposed' });
		expect((await world.run()).error).toBeUndefined();
		expect(world.directCosts()).toEqual([]);
		expect(parked()[0].message).toMatch(/nobody has accepted it yet/);
	});

	it('is placed once it is accepted, without a typed pattern', async () => {
		await setUp({ pressed: 'yes' });
		expect(finding('job')!.found).toMatch(/^The job stands in account segment 2 /);
		expect(finding('costCode')!.found).toMatch(
			/account segment 4 .* written in Procore as \$1-\$2/,
		);
		expect(finding('costType')!.found).toMatch(/account segment 5: 1 is L, 2 is M, 3 is S, 4 is E/);
		expect(finding('tax')!.found).toMatch(/^1 of 1 tax accounts are on the balance sheet/);
		expect(finding('openJobs')!.found).toMatch(
			/^2 jobs have no active project in Procore: 24-10[34]/,
		);
		const { error } = await world.run();
		expect(error).toBeUndefined();
		const costs = world.directCosts();
		expect(costs.length).toBeGreaterThan(80);
		const codes = costs.flatMap((cost) =>
			(cost.line_items as unknown as Array<{ cost_code: { full_code: string } }>).map(
				(line) => line.cost_code.full_code,
			),
		);
		for (const code of codes) expect(code).toMatch(/^\d\d-\d{3}$/);
	});

	it('leaves each other document waiting for a stated cause, and the books agree', () => {
		const causes = new Map<string, number>();
		for (const { entity, reason_code } of parked()) {
			const cause = `${entity} ${reason_code}`;
			causes.set(cause, (causes.get(cause) ?? 0) + 1);
		}
		expect([...causes.keys()].sort()).toEqual([
			'account job-without-project',
			'payable job-without-project',
			'payable no-job',
		]);
		for (const { message } of parked().filter(
			({ reason_code }) => reason_code === 'job-without-project',
		)) {
			expect(message).toMatch(/24-10[34]/);
		}
		expect(world.books()).toMatchObject({ unexplained: '0.00', suspects: [] });
	});

	it('shows before writing where a document would go, who decided, and what would wait', async () => {
		const preview = async (vouchers: string) => {
			const result = await runWorkflow({
				workflow: shippedTemplate('setup'),
				trigger: 'Preview documents',
				triggerItems: [{ 'Voucher numbers': vouchers } as never],
				pages: { 'Really look?': [{ pressed: 'yes' }] },
				credentials: world.credentials,
				tables: world.tables,
			});
			if (result.error) throw result.error;
			return result.items('Preview lines', 1)[0] as {
				title: string;
				text: string;
				counts: { documents: number; placed: { lines: number }; waiting: { lines: number } };
			};
		};
		const writes = world.procore.counters().writes;
		const [{ gp_key }] = parked().filter(({ reason_code }) => reason_code === 'no-job');
		const one = await preview(String(Number(gp_key.split(';')[1])));
		expect(one.counts.documents).toBeGreaterThanOrEqual(1);
		expect(one.text).toMatch(/waits: No job number was found for account 01\.00000\.71000/);
		const newest = await preview('');
		expect(newest.counts.documents).toBe(50);
		expect(newest.text).toMatch(
			/ → .* \(24-01\d\), code \d\d-\d{3}, type [LMSE]\. Decided by account/,
		);
		expect(world.procore.counters().writes).toBe(writes);
	});

	it('holds a purchase on an account that came after setup looked, until one row says what it is', async () => {
		const run = async () => {
			await world.sync();
		};
		world.gp.setClock(Date.now());
		const [sent] = [...world.gp.company.documents.values()].flatMap(({ distributions }) =>
			distributions.filter(({ account }) => account.startsWith('01.24015.71000.03100.')),
		);
		const [expense, sheet] = [sent.account, sent.account].map((account, index) =>
			account.replace('.71000.', `.9999${index}.`),
		);
		world.gp.edits.addAccount({ account: expense, description: 'Site fuel' });
		world.gp.edits.addAccount({ account: sheet, description: 'Prepaid', postingType: 0 });
		const enter = (account: string) => {
			const lines = ['100.00', '40.00'].map((amount) => ({ account: sent.account, amount }));
			const document = world.gp.edits.addInvoice({ state: 'open', lines });
			document.distributions.filter(({ type }) => type === 6)[1].account = account;
			return document.voucher;
		};
		const [waiting, other, prepaid] = [enter(expense), enter(expense), enter(sheet)];
		const ofCode = () =>
			parked()
				.filter(({ reason_code }) => reason_code === 'cost-account-unknown')
				.map(({ gp_key, cause_key }) => `${gp_key.split(';')[1]} ${cause_key}`)
				.sort();
		const total = (voucher: string) =>
			world
				.directCosts()
				.filter(({ origin_id }) => String(origin_id).includes(voucher))
				.map(({ grand_total }) => Number(grand_total));

		await run();
		expect(ofCode()).toEqual([waiting, other].sort().map((key) => `${key} A:${expense}`));
		expect([total(waiting), total(prepaid)]).toEqual([[], [100]]);
		expect(world.books()).toMatchObject({ unexplained: '0.00', suspects: [] });

		const row = { gp_company: 'CONCV', gp_account: expense, action: 'send' };
		world.tables.insert('gpp_account_crosswalk', [{ ...row, cost_code: '03-100', cost_type: 'M' }]);
		await run();
		expect(ofCode()).toEqual([]);
		expect([total(waiting), total(other)]).toEqual([[140], [140]]);
		world.tables.update('gpp_account_crosswalk', ({ gp_account }) => gp_account === expense, {
			action: 'skip',
		});
		await run();
		expect([total(waiting), total(other)]).toEqual([[100], [100]]);
		expect(world.books()).toMatchObject({ unexplained: '0.00', suspects: [] });
	});
});
