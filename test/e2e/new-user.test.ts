import { findChromium } from '../../sandbox/n8n/chromium';
import { Editor } from '../../sandbox/n8n/editor';
import { addRule, changeCell, closeAndSave } from '../../sandbox/n8n/mapping-steps';
import type { Session } from '../../sandbox/start/session';
import { syncOnce } from '../../sandbox/start/sync-run';
import { changeGp, openSession, syncedDirectCosts } from './support';

const chromium = findChromium();
if (chromium === null)
	console.warn('SKIPPED: no Chromium is installed and none could be, so nobody tries the mapping.');

const REBAR = 'REBAR-1';

(chromium === null ? describe.skip : describe)('somebody who has never seen it', () => {
	let session: Session;
	let editor: Editor;
	let end: () => Promise<void> = async () => {};
	/** An account with costs in Procore on the code of its own segment. */
	let account: string;

	beforeAll(async () => {
		({ session, end } = await openSession({ vendors: 15, documents: 30 }));
		expect((await syncOnce(session)).summary.executionStatus).toBe('success');
		editor = await Editor.open(session.n8n.url, chromium!);
		account = (await lines())
			.map(({ description }) => /\b[1-7]00-5[1-3]\d\d-\d\d\b/.exec(description)?.[0])
			.find((one) => one !== undefined && !one.includes('-5110-'))!;
	});

	afterAll(async () => {
		await editor?.close();
		await end();
	});

	const lines = async () =>
		(await syncedDirectCosts(session)).flatMap((cost) =>
			(
				cost.line_items as unknown as Array<{
					description: string;
					cost_code: { full_code: string };
				}>
			).map((line) => ({
				description: line.description,
				code: line.cost_code.full_code,
				invoice: cost.invoice_number,
			})),
		);
	const ruleNames = async () => {
		const { nodes } = await session.n8n.workflows.get(session.workflowId);
		const { rules } = nodes.find(({ name }) => name === 'Mapping')!.parameters as {
			rules?: { rule?: Array<{ name: string }> };
		};
		return (rules?.rule ?? []).map(({ name }) => name);
	};

	it('adds a rule in the Mapping node', async () => {
		await editor.showWorkflow(session.workflowId);
		await editor.openNode('Mapping');
		await addRule(editor, {
			name: 'Rebar goes to concrete',
			condition: { title: 'Reference Matches', field: 'reference', text: 'rebar' },
			costCode: '5130',
		});
		const isSaved = async () => (await ruleNames()).includes('Rebar goes to concrete');
		await closeAndSave(editor, isSaved);
		expect(await isSaved()).toBe(true);
	});

	it('changes a cell of the account crosswalk', async () => {
		const { n8n } = session;
		const { id: project } = await n8n.client.rest<{ id: string }>('GET', '/rest/projects/personal');
		const table = await n8n.tables.find('gpp_account_crosswalk');
		await editor.show(`/projects/${project}/datatables/${table}`);
		await changeCell(editor, { row: account, from: account.split('-')[1], to: '5110' });
		const [row] = await n8n.tables.rows('gpp_account_crosswalk', { gp_account: account });
		expect(row).toMatchObject({ cost_code: '5110' });
	});

	it('runs it, and sees the new invoice and the earlier ones on the new codes', async () => {
		await changeGp(session, '/invoices/add', {
			state: 'open',
			documentNumber: REBAR,
			lines: [{ account: '300-5110-02', amount: '812.50', reference: 'rebar delivery' }],
		});
		const { summary } = await syncOnce(session);
		expect(summary).toMatchObject({ executionStatus: 'success', unexplained: '0.00' });
		const now = await lines();
		expect(now.filter(({ invoice }) => invoice === REBAR)).toMatchObject([{ code: '5130' }]);
		const earlier = now.filter(({ description }) => description.includes(account));
		expect(earlier.length).toBeGreaterThan(0);
		for (const { code } of earlier) expect(code).toBe('5110');
	});

	it('and reads that the books agree', async () => {
		const { workflows, executions, tables } = session.n8n;
		const id = await workflows.run(session.workflows['gpp-reconcile'], 'Run now');
		expect((await executions.wait(id)).status).toBe('success');
		const [total] = await tables.rows('gpp_reconciliation', { row_kind: 'total' });
		expect(total).toMatchObject({ unexplained: '0.00' });
	});
});
