import { adminCall } from '../../sandbox/start/admin-call';
import { errorText } from '../../sandbox/n8n/executions';
import { RUN_NOW, type Session } from '../../sandbox/start/session';
import { describeRun, readBooks, syncOnce } from '../../sandbox/start/sync-run';
import {
	changeGp,
	formOpens,
	openSession,
	routeCounts,
	syncedDirectCosts,
	waitUntil,
} from './support';

let session: Session;
let end: () => Promise<void> = async () => {};

beforeAll(async () => {
	// Answers take a while, so that there is a middle of the payables step in which to kill Procore.
	({ session, end } = await openSession({ procoreSwitches: { latencyMs: 100 } }));
});

afterAll(() => end());

/** In the order of a story: each step starts from what the one before left. */
describe('the sync workflow in a real n8n', () => {
	it('offers a Test button for GP that says what is right and what is wrong', async () => {
		const { workflows } = session.n8n;
		expect(await workflows.testCredential(session.credentials.gp)).toMatchObject({ status: 'OK' });
		const { data } = session.credentials.gp;
		const wrong = { ...session.credentials.gp, data: { ...data, company: 'No Such Company' } };
		const answer = await workflows.testCredential(wrong);
		expect(answer.status).toBe('Error');
		expect(answer.message).toMatch(/compan/i);
	});

	it('fails when Procore dies in the middle of the payables, and completes when it is back and Retry is pressed', async () => {
		const { workflows, executions } = session.n8n;
		const id = await workflows.run(session.workflowId, RUN_NOW);
		await waitUntil('the second batch of direct costs', async () => {
			const counts = await routeCounts(session);
			return (counts['PATCH /rest/v1.0/projects/{id}/direct_costs/sync'] ?? 0) >= 3;
		});
		await session.killProcore();

		const failed = await executions.wait(id);
		expect(failed.status).toBe('error');
		expect(errorText(failed)).toMatch(/Procore/);
		const listed = await executions.list({ workflowId: session.workflowId, status: 'error' });
		expect(listed.map((execution) => execution.id)).toContain(id);

		await session.restartProcore();
		const partly = await syncedDirectCosts(session);
		expect(partly.length).toBeGreaterThan(0);

		// A retry runs the published version: n8n refuses to call sub-workflows that are not published.
		await workflows.activate(session.workflowId);
		const retried = await executions.retry(id);
		await workflows.deactivate(session.workflowId);
		expect(errorText(retried)).toBe('');
		expect(retried).toMatchObject({ status: 'success', retryOf: id });
		const costs = await syncedDirectCosts(session);
		expect(costs.length).toBeGreaterThan(partly.length);
		expect(new Set(costs.map((cost) => cost.origin_id)).size).toBe(costs.length);
		const books = await readBooks(session);
		expect(books.suspects).toEqual([]);
		expect(books.unexplained).toBe('0.00');
	});

	it('writes nothing when nothing changed', async () => {
		const { summary, writeRequests, error } = await syncOnce(session);
		expect(error).toBe('');
		expect(writeRequests).toBe(0);
		for (const stream of [summary.vendors, summary.costCodes, summary.directCosts]) {
			expect(stream).toMatchObject({ created: 0, updated: 0 });
		}
		expect(summary).toMatchObject({ executionStatus: 'success', unexplained: '0.00' });
	});

	it('updates exactly one direct cost and creates one after one invoice changed and one was added', async () => {
		const before = new Map(
			(await syncedDirectCosts(session)).map((cost) => [cost.origin_id, cost]),
		);
		const key = await openInvoiceOnOneProject();
		await changeGp(session, '/invoices/amount', { key, purchases: '4321.00', posted: true });
		await changeGp(session, '/invoices/add', {
			state: 'open',
			documentNumber: 'E2E-NEW-1',
			lines: [{ account: '300-5130-02', amount: '1250.00' }],
		});

		const { summary, error } = await syncOnce(session);
		expect(error).toBe('');
		expect(summary.directCosts).toMatchObject({
			created: 1,
			updated: 1,
			failed: expect.any(Number),
		});
		expect(summary.unexplained).toBe('0.00');
		const after = await syncedDirectCosts(session);
		const changed = after.filter(
			(cost) => before.get(cost.origin_id)?.grand_total !== cost.grand_total,
		);
		expect(
			changed.map((cost) => cost.origin_id?.split(':').slice(3, 5).join(';')).sort(),
		).toHaveLength(2);
		expect(changed.some((cost) => cost.invoice_number === 'E2E-NEW-1')).toBe(true);
		expect(changed.some((cost) => cost.origin_id?.includes(`PM:${key.replace(';', ':')}:`))).toBe(
			true,
		);
	});

	it('moves earlier and later costs of an account to the cost code somebody typed into the crosswalk grid', async () => {
		const account = '300-5130-02';
		const changed = await session.n8n.tables.update(
			'gpp_account_crosswalk',
			{ gp_account: account },
			{ cost_code: '5110' },
		);
		expect(changed).toBe(1);
		await changeGp(session, '/invoices/add', {
			state: 'open',
			documentNumber: 'E2E-LATER-1',
			lines: [{ account, amount: '77.00' }],
		});
		const { error } = await syncOnce(session);
		expect(error).toBe('');
		const costs = await syncedDirectCosts(session);
		const codesOf = (number: string) =>
			costs
				.find((cost) => cost.invoice_number === number)
				?.line_items.map((line) => line.cost_code.full_code);
		expect(codesOf('E2E-LATER-1')).toEqual(['5110']);
		expect(codesOf('E2E-NEW-1')).toEqual(['5110']);
	});

	it('tries a wrong GP password once per run and names the credential', async () => {
		const { workflows, executions } = session.n8n;
		const { gp } = session.credentials;
		await workflows.changeCredential(gp, { password: 'not the password' });
		await changeGp(session, '/counters/reset', {});
		const writesBefore = (
			await adminCall<{ writes: number }>(session.procore.adminUrl, 'GET', '/admin/counters')
		).writes;

		const failed = await executions.wait(await workflows.run(session.workflowId, RUN_NOW));
		expect(failed.status).toBe('error');
		const { rejectedLogins, acceptedLogins } = await adminCall<{
			rejectedLogins: number;
			acceptedLogins: number;
		}>(session.gp.adminUrl, 'GET', '/counters');
		expect({ rejectedLogins, acceptedLogins }).toEqual({ rejectedLogins: 1, acceptedLogins: 0 });
		expect(errorText(failed)).toMatch(/credential/i);
		expect(errorText(failed)).toContain('gpsvc');
		expect(errorText(failed)).not.toContain('not the password');

		await workflows.changeCredential(gp, { password: gp.data.password });
		const again = await executions.wait(await workflows.run(session.workflowId, RUN_NOW));
		const { summary, writeRequests } = await describeRun(session, again, {
			seconds: 0,
			writesBefore,
		});
		expect(summary).toMatchObject({ executionStatus: 'success', unexplained: '0.00' });
		expect(writeRequests).toBe(0);
	});

	it('takes out of Procore what was deleted in GP, once the nightly look has found it gone', async () => {
		const { workflows, executions, tables } = session.n8n;
		const flow = await workflows.get(session.workflowId);
		flow.nodes.find(({ name }) => name === 'Mapping')!.parameters.policies = {
			unposted: 'sendAsDraft',
		};
		await workflows.save(flow);
		const { documentType, voucher } = await changeGp<GpDocument>(session, '/invoices/add', {
			state: 'work',
			documentNumber: 'E2E-DRAFT-1',
			lines: [{ account: '300-5130-02', amount: '64.00' }],
		});
		const key = `${documentType};${voucher.trim()}`;
		expect((await syncOnce(session)).error).toBe('');
		await changeGp(session, '/vouchers/delete', { key });

		const look = await workflows.run(session.workflows['gpp-reconcile'], 'Every night');
		expect(errorText(await executions.wait(look))).toBe('');
		const waiting = await tables.rows('gpp_request', { entity: 'payable' });
		expect(waiting).toMatchObject([{ gp_key: key, reason: 'deleted' }]);

		const { summary, error } = await syncOnce(session);
		expect(error).toBe('');
		expect(summary).toMatchObject({ unexplained: '0.00' });
		const story = await tables.rows('gpp_event', { gp_key: key });
		expect(story).toMatchObject([
			{ outcome: 'created', gp_state: 'unposted' },
			{ outcome: 'voided', rule: 'deleted in GP' },
		]);
		expect(await tables.rows('gpp_request', { gp_key: key })).toEqual([]);
	});

	it('can be published: its schedule and its form listen', async () => {
		await session.n8n.workflows.activate(session.workflowId);
		await waitUntil('the form', async () => await formOpens(session, 'gpp-sync-form'), 15_000);
		await session.n8n.workflows.deactivate(session.workflowId);
	});
});

interface GpDocument {
	documentType: number;
	voucher: string;
	state: string;
	voided: boolean;
	distributions: Array<{ type: number; account: string }>;
}

/** Key of a posted invoice whose purchases all stand on one job that Procore knows. */
async function openInvoiceOnOneProject(): Promise<string> {
	const documents = await adminCall<GpDocument[]>(session.gp.adminUrl, 'GET', '/documents');
	const synced = await syncedDirectCosts(session);
	const found = documents.find(
		({ documentType, voucher, state, voided, distributions }) =>
			documentType === 1 &&
			state === 'open' &&
			!voided &&
			distributions.filter((row) => row.type === 6).length === 1 &&
			synced.filter((cost) => cost.origin_id?.includes(`PM:1:${voucher}:`)).length === 1,
	);
	if (!found) throw new Error('The GP company has no such invoice.');
	return `1;${found.voucher}`;
}
