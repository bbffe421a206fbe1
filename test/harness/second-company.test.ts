import { runWorkflow, type WorkflowRun } from './run-workflow';
import { shippedTemplate } from './shipped-template';
import { SyncWorld } from './sync-world';

jest.setTimeout(120_000);
jest.mock('../../nodes/shared/effects', () => ({
	n8nEffects: jest.requireActual('./hasty-effects').hastyEffects,
}));

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
		expect(finding('openJobs')!.found).toMatch(/^2 jobs have no project in Procore: 24-10[34]/);
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
});
