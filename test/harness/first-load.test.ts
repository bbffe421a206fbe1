import type { AuditEventRow } from '../../lib/audit/event-row';
import { runWorkflow } from './run-workflow';
import { shippedTemplate } from './shipped-template';
import { SyncWorld } from './sync-world';

jest.setTimeout(120_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
const START = '2026-03-01';
const projects = () => world.procore.state.projects.all();
const sent = () =>
	projects().flatMap(({ project_number, id }) =>
		world.procore.state.directCosts
			.all()
			.filter((cost) => cost.project_id === id && cost.origin_id !== null)
			.map((cost) => ({ project: project_number, origin: String(cost.origin_id) })),
	);
const events = () =>
	world.tables.rows<AuditEventRow>('gpp_event').filter(({ entity }) => entity === 'payable');
const dateOf = new Map<string, string>();

beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 10, documentCount: 60 });
	for (const one of world.gp.company.documents.values())
		dateOf.set(`${one.documentType};${one.voucher}`, one.documentDate?.slice(0, 10) ?? '');
});

afterAll(() => world.close());

async function run(policies: object, answers?: object) {
	world.parameters('Mapping').policies = policies;
	const result = answers ? await world.run('Run with options', [answers]) : await world.run();
	if (result.error) throw result.error;
	return result;
}

it('sends documents from a day on and to the projects chosen only, and says so of the rest', async () => {
	const chosen = projects().find(({ project_number }) => project_number === '300');
	await run({ documentsFrom: `${START}T00:00:00`, onlyProjects: [String(chosen!.id)] });
	expect(sent().length).toBeGreaterThan(0);
	for (const { project, origin } of sent()) {
		expect(project).toBe(chosen!.project_number);
		const [, , , type, voucher] = origin.split(':');
		expect(dateOf.get(`${type};${voucher}`)! >= START).toBe(true);
	}
	const codes = new Set(events().map(({ reason_code }) => reason_code));
	expect([...codes]).toEqual(expect.arrayContaining(['before-start', 'project-not-chosen']));
	for (const event of events().filter(({ reason_code }) => reason_code === 'before-start'))
		expect(dateOf.get(event.gp_key)! < START).toBe(true);
	// Nothing was made in another project, not even a cost code.
	const others = world.procore.state.costCodes
		.all()
		.filter((code) => code.origin_id !== null && code.project_id !== chosen!.id);
	expect(others).toEqual([]);
	expect(world.books()).toMatchObject({ unexplained: '0.00', suspects: [] });
});

it('takes nothing out when fewer are chosen later', async () => {
	const before = sent();
	const other = projects().find(({ project_number }) => project_number !== '300');
	await run(
		{ documentsFrom: '2026-12-31', onlyProjects: [String(other!.id)] },
		{ 'Dry run': 'No, write to Procore', 'Read again from this date': '2025-01-01' },
	);
	expect(sent()).toEqual(before);
	expect(world.books()).toMatchObject({ unexplained: '0.00', suspects: [] });
});

it('sends the rest once nothing is left out any more and it is read again', async () => {
	const before = sent().length;
	await run({}, { 'Dry run': 'No, write to Procore', 'Read again from this date': '2025-01-01' });
	expect(sent().length).toBeGreaterThan(before);
	const reconciled = await runWorkflow({
		workflow: shippedTemplate('reconcile'),
		trigger: 'Run now',
		credentials: world.credentials,
		tables: world.tables,
	});
	if (reconciled.error) throw reconciled.error;
	const [total] = world.tables
		.rows<Record<string, string>>('gpp_reconciliation')
		.filter(({ row_kind }) => row_kind === 'total');
	expect(total).toMatchObject({ unexplained: '0.00' });
});

it.each([['yesterday'], ['2026-02-30']])('refuses %s as a day', async (day) => {
	world.parameters('Mapping').policies = { documentsFrom: day };
	const result = await world.run();
	expect(result.error?.message ?? '').toMatch(/is no day/);
});
