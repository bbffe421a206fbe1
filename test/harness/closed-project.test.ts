import { documentKey } from '../../sandbox/gp/company/types';
import { runWorkflow } from './run-workflow';
import { shippedTemplate } from './shipped-template';
import { SyncWorld } from './sync-world';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
/** The project most documents stand in, closed. */
let project: ReturnType<typeof projects>[number];
let documents: number;
let amount: string;
beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 12, documentCount: 30 });
	world.gp.setClock(Date.now());
	await world.sync();
	const counts = new Map<number, number>();
	for (const { project_id } of world.procore.state.directCosts.all())
		counts.set(project_id, (counts.get(project_id) ?? 0) + 1);
	[[project, documents]] = projects()
		.map((one) => [one, counts.get(one.id) ?? 0] as const)
		.sort(([, left], [, right]) => right - left);
	await reconcile();
	const [row] = rows().filter((one) => one.row_kind === 'project' && one.project === project.name);
	amount = row!.procore_amount.replace(/\B(?=(\d{3})+\.)/g, ',');
});
afterEach(() => {
	world.procore.state.projects.put(project);
	world.procore.switches.toolDisabledProjects = [];
});
afterAll(async () => await world.close());

const projects = () => world.procore.state.projects.all();
const close = () => world.procore.state.projects.put({ ...project, active: false });
const rows = () => world.tables.rows<Record<string, string>>('gpp_reconciliation');
const notProven = () => rows().find(({ row_kind }) => row_kind === 'total')!.not_proven;

async function reconcile() {
	const { credentials, tables } = world;
	const result = await runWorkflow({
		...{ workflow: shippedTemplate('reconcile'), trigger: 'Run now', triggerItems: [{}] as never },
		...{ credentials, tables },
	});
	if (result.error) throw result.error;
	const [summary] = result.items('Compare books', 2);
	return summary as { text: string; unexplained: string };
}

test('what was sent to a project that was closed since is compared, and the project named', async () => {
	close();
	const { text, unexplained } = await reconcile();
	expect(unexplained).toBe('0.00');
	expect(notProven()).toBe('');
	expect(text).toContain(
		`Project ${project.name} is inactive in Procore; ${documents} documents from GP with ${amount} stand in it`,
	);
});

test('a closed project that Procore does not let be read is named, with its amount and what to do', async () => {
	close();
	world.procore.switches.toolDisabledProjects = [project.id];
	await reconcile();
	expect(notProven()).toContain(
		`project ${project.name} could not be read: ${documents} documents`,
	);
	expect(notProven()).toContain(`with ${amount} for it are not compared`);
	expect(notProven()).toContain('set it to active there');
});

test('of a project that is gone, the first document says which job led there, and what to do', async () => {
	world.procore.state.projects.remove(project.id);
	await reconcile();
	expect(notProven()).toContain(`the project "${project.id}"`);
	expect(notProven()).toContain('set it to active in Procore');
	const unsaid = rows().filter(
		({ cause, row_kind }) => cause === 'unsaid' && row_kind === 'difference',
	);
	// A document that stands in another project, too, is not among them.
	expect(unsaid.length).toBeGreaterThan(1);
	expect(notProven()).toMatch(
		new RegExp(
			`^of ${unsaid.length} documents no run said what became of it \\([\\d,]+\\.\\d\\d in all; the first: `,
		),
	);
	for (const { remedy } of unsaid) expect(remedy).toContain('procore_project_id');
});

test('a difference in a closed project says that it has to be opened first', async () => {
	const ours = world.procore.state.directCosts.all().find((one) => one.project_id === project.id)!;
	const voucher = /:PM:(\d+):(.*):P:/.exec(ours.origin_id!)!;
	close();
	world.gp.edits.voidVoucher(`${voucher[1]};${voucher[2]}`);
	await reconcile();
	const row = rows().find((one) => one.cause === 'notYetVoided' && one.project === project.name);
	expect(row!.remedy).toMatch(new RegExp(`^Project ${project.name} is inactive in Procore`));
});

test('what stands in a closed project stays when GP pays a document or edits it, and goes when GP voids it', async () => {
	const sync = async () => await world.sync();
	const line = { account: `${project.project_number}-5130-02`, amount: '1250.00' };
	const invoice = () => world.gp.edits.addInvoice({ state: 'open', lines: [line] });
	const [paid, edited, voided] = [invoice(), invoice(), invoice()];
	await sync();
	const counted = ({ voucher }: typeof paid) =>
		world
			.directCosts()
			.filter(({ origin_id }) => origin_id!.includes(`:1:${voucher}:P:`))
			.filter(({ status }) => status !== 'draft')
			.map(({ grand_total }) => grand_total);
	close();
	world.gp.edits.payVoucher(documentKey(paid));
	world.gp.edits.changeInvoiceAmount(documentKey(edited), '1300.00', { posted: true });
	world.gp.edits.voidVoucher(documentKey(voided));
	await sync();
	expect([paid, edited, voided].map(counted)).toEqual([['1250.0'], ['1250.0'], []]);
	const waiting = world.tables.rows<{ gp_key: string; reason_code: string }>('gpp_parked');
	expect(waiting.filter(({ gp_key }) => gp_key === documentKey(edited))).toMatchObject([
		{ reason_code: 'project-unknown' },
	]);
	world.procore.state.projects.put(project);
	await sync();
	expect([paid, edited, voided].map(counted)).toEqual([['1250.0'], ['1300.0'], []]);
});
