import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSmtpServer, type SmtpServer } from '../../sandbox/mail/smtp-server';
import { errorText } from '../../sandbox/n8n/executions';
import type { Credential } from '../../sandbox/n8n/workflows';
import { adminCall } from '../../sandbox/start/admin-call';
import { RUN_NOW, type Session } from '../../sandbox/start/session';
import { openSession, submitForm, waitUntil } from './support';

interface RunRow {
	run_id: string;
	status: string;
	error: string;
	execution_id: string;
	execution_link: string;
}
interface EventRow {
	gp_key: string;
	gp_label: string;
	outcome: string;
	reason_code: string;
	touches: string;
	replay_of: string;
}

let session: Session;
let end: () => Promise<void> = async () => {};
/** Stands in for a chat: every message that is posted. */
let chat: Server;
const messages: string[] = [];
/** A mail server of its own; n8n signs in with its own SMTP credential. */
let post: SmtpServer;
let smtp: Credential;
const POSTMAN = { user: 'alerts', password: 'the postman rings twice' };

beforeAll(async () => {
	({ session, end } = await openSession({ vendors: 20, documents: 30, publish: true }));
	chat = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const { subject } = JSON.parse(Buffer.concat(parts).toString()) as { subject: string };
			messages.push(subject);
			response.end('{}');
		});
	});
	await new Promise<void>((resolve) => chat.listen(0, '127.0.0.1', resolve));
	post = await startSmtpServer(POSTMAN);
	smtp = await session.n8n.workflows.createCredential('Mail (sandbox)', 'smtp', {
		...POSTMAN,
		host: '127.0.0.1',
		port: post.port,
		secure: false,
		disableStartTls: true,
	});
	await switchOn(`http://127.0.0.1:${(chat.address() as AddressInfo).port}`);
});

afterAll(async () => {
	chat?.close();
	await post?.close();
	await end();
});

/** As a user switches on channels; the chat is of our own so that nothing leaves the machine. */
async function switchOn(url: string): Promise<void> {
	const { workflows } = session.n8n;
	const flow = await workflows.get(session.workflows['gpp-errors']);
	for (const node of flow.nodes) {
		if (node.type === 'n8n-nodes-base.wait') node.parameters = { amount: 3, unit: 'seconds' };
		if (node.name === 'Send an e-mail') {
			const { id, name } = smtp;
			Object.assign(node, { disabled: false, credentials: { smtp: { id, name } } });
		}
		if (node.name !== 'Post to Slack') continue;
		Object.assign(node, { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, disabled: false });
		node.parameters = {
			method: 'POST',
			url,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ JSON.stringify($json) }}',
			options: {},
		};
	}
	await workflows.save(flow);
	await workflows.activate(flow.id);
}

const runRows = async () => await session.n8n.tables.rows<RunRow>('gpp_run');

async function syncNow(): Promise<void> {
	const { workflows, executions } = session.n8n;
	const execution = await executions.wait(await workflows.run(session.workflowId, RUN_NOW));
	expect(errorText(execution)).toBe('');
}

async function checkAlerts(): Promise<void> {
	const { workflows, executions } = session.n8n;
	const id = await workflows.run(session.workflows['gpp-errors'], 'Check now');
	expect(errorText(await executions.wait(id))).toBe('');
}

const submit = async (path: string, fields: string[], login?: Record<string, unknown>) =>
	await submitForm(session, path, fields, login);

/** In the order of a story: each step starts from what the one before left. */
describe('errors, alerts and replay in a real n8n', () => {
	it('closes a run that failed with its batch, and tells it once', async () => {
		const { gp } = session.credentials;
		await session.n8n.workflows.changeCredential(gp, { password: 'not the password' });
		await submit('gpp-sync-form', ['No, write to Procore']);
		const told = async () =>
			(await session.n8n.executions.list({ workflowId: session.workflows['gpp-errors'] })).filter(
				({ mode, status }) => mode === 'error' && status === 'success',
			).length;
		// n8n reports the batch, and the run it failed with.
		await waitUntil('the errors workflow', async () => (await told()) === 2);
		await session.n8n.workflows.changeCredential(gp, { password: gp.data.password });

		expect(messages).toEqual(['GP to Procore: A login was refused (TWO)']);
		const failed = (await runRows()).at(-1)!;
		expect(failed).toMatchObject({ status: 'failed', error: expect.stringMatching(/login/) });
		expect(failed.error).not.toContain('not the password');
		expect(failed.execution_link).toMatch(new RegExp(`/executions/${failed.execution_id}$`));
		expect(await session.n8n.tables.rows('gpp_lease')).toEqual([]);
	});

	it('sends it by mail: what, why, what to do, and where to look', () => {
		const [mail, ...more] = post.mails;
		expect(more).toEqual([]);
		expect(mail).toMatchObject({ from: 'n8n@example.com', to: ['you@example.com'] });
		expect(mail.header.subject).toBe('GP to Procore: A login was refused (TWO)');
		const link = new RegExp(`${session.n8n.url}/workflow/${session.workflowId}/executions/\\d+`);
		const { 'text/plain': text, 'text/html': html } = mail.parts;
		expect(text).toMatch(
			/^A login was refused \(TWO\)\r\nThe last run did not finish.*Why: .*gpsvc/,
		);
		expect(text).toMatch(/What to do: Check user and password of the credential/);
		expect(text).toMatch(link);
		expect(html).toContain('<h3>A login was refused (TWO)</h3>');
		expect(html).toContain('<b>What to do:</b>');
		expect(/href="(.*?)"/.exec(html)![1]).toMatch(link);
		expect(JSON.stringify(mail)).not.toContain('not the password');
	});

	it('says once that it is over', async () => {
		await syncNow();
		await checkAlerts();
		await checkAlerts();
		expect(messages.slice(1)).toEqual(['GP to Procore: Resolved: A login was refused (TWO)']);
		expect(await session.n8n.tables.rows('gpp_alert')).toEqual([]);
		expect(post.mails.map(({ header }) => header.subject)).toEqual(messages);
	});

	it('tells once what fails in the same moment', async () => {
		const { workflows, executions, tables } = session.n8n;
		const before = messages.length;
		const errors = session.workflows['gpp-errors'];
		// n8n's sample of a failure, as the trigger gives it by hand.
		const ids = await Promise.all(
			[1, 2, 3].map(async () => await workflows.run(errors, 'A workflow failed')),
		);
		for (const id of ids) expect(errorText(await executions.wait(id))).toBe('');
		expect(messages.slice(before)).toEqual([expect.stringMatching(/Example Workflow.* failed/)]);
		expect(await tables.rows('gpp_alert')).toMatchObject([{ times: 3 }]);
		expect(await tables.rows('gpp_lease')).toEqual([]);
		await tables.clear('gpp_alert');
	});

	it('lets neither markup nor secrets into a mail, and tells the others when the mail server refuses', async () => {
		const { tables, workflows } = session.n8n;
		const hostile =
			'<script>alert(1)</script>\r\nBcc: all@example.com client_secret=hunter2hunter2';
		const alert = { gp_company: 'TWO', severity: 'problem', notified_at: '', times: 1, level: 1 };
		const raise = async (condition: string) => {
			const said = { subject: hostile, message: hostile, remedy: hostile, link: 'javascript:1' };
			await tables.insert('gpp_alert', [{ ...alert, ...said, condition }]);
			await checkAlerts();
		};
		await raise('chain-broken');
		const mail = post.mails.at(-1)!;
		expect(mail.header.subject).toContain('GP to Procore: <script>alert(1)</script> Bcc: all');
		expect(mail.header).not.toHaveProperty('bcc');
		expect(mail.to).toEqual(['you@example.com']);
		expect(mail.parts['text/html']).toContain('&lt;script&gt;');
		expect(mail.parts['text/html']).not.toMatch(/<script|href/);
		expect(JSON.stringify(mail)).not.toContain('hunter2');

		const [mails, told] = [post.mails.length, messages.length];
		await workflows.changeCredential(smtp, { password: 'wrong' });
		await raise('chain-broken too');
		expect(post.refused).toBeGreaterThan(0);
		expect([post.mails.length - mails, messages.length - told]).toEqual([0, 1]);
		for (const row of await tables.rows<{ notified_at: string }>('gpp_alert'))
			expect(row.notified_at).not.toBe('');
		await workflows.changeCredential(smtp, { password: POSTMAN.password });
		await tables.clear('gpp_alert');
	});

	it('replays a voucher that could not go: its story shows failure, replay and success', async () => {
		const { tables } = session.n8n;
		const waits = (await tables.rows<EventRow>('gpp_event', { entity: 'payable' })).find(
			(event) =>
				event.reason_code === 'job-without-project' && /\|J:[^|]+\|(?!.*\|J:)/.test(event.touches),
		)!;
		const job = /\|J:([^|]+)\|/.exec(waits.touches)![1];
		const { projects } = await adminCall<{ projects: Array<{ id: number }> }>(
			session.procore.adminUrl,
			'GET',
			'/admin/state',
		);
		await tables.update(
			'gpp_project_crosswalk',
			{ gp_job: job },
			{ procore_project_id: String(projects[0].id) },
		);
		const fields = ['The records named below', waits.gp_key.split(';')[1]];
		const rest = ['', '', 'Any', '', 'Read again from GP', 'accounts payable'];
		const page = await submit(
			'gpp-replay-form',
			[...fields, ...rest],
			session.credentials.page.data,
		);
		expect(page).toContain('1 record asked for');
		expect(page).toContain('1 went to Procore.');

		const story = await tables.rows<EventRow>('gpp_event', { gp_key: waits.gp_key });
		expect(story.at(0)).toMatchObject({ outcome: 'parked', replay_of: '' });
		expect(story.at(-1)).toMatchObject({ outcome: 'created' });
		expect(story.at(-1)!.replay_of).not.toBe('');
		expect(await tables.rows('gpp_request', { gp_key: waits.gp_key })).toEqual([]);
		expect(await tables.rows('gpp_parked', { gp_key: waits.gp_key })).toEqual([]);
	});

	it('gives the audit trail as a file, and finds nobody changed it', async () => {
		const { page } = session.credentials;
		const events = ['Events: what became of each record', 'CSV', '', ''];
		expect(await submit('gpp-export-form', events, page.data)).toContain(
			'gp-to-procore-events.csv',
		);
		const { workflows, executions, tables } = session.n8n;
		const id = await workflows.run(session.workflows['gpp-housekeeping'], 'Clean up now');
		expect(errorText(await executions.wait(id))).toBe('');
		expect(await tables.rows('gpp_alert')).toEqual([]);
	});
});

it('mails the workbook of the week to the accountant, once that is switched on', async () => {
	const { workflows, executions } = session.n8n;
	const flow = await workflows.get(session.workflows['gpp-housekeeping']!);
	for (const node of flow.nodes) {
		if (node.name !== 'Every Monday' && node.name !== 'Mail to the accountant') continue;
		node.disabled = false;
		if (node.name === 'Mail to the accountant')
			node.credentials = { smtp: { id: smtp.id, name: smtp.name } };
	}
	await workflows.save(flow);
	const before = post.mails.length;
	const execution = await executions.wait(await workflows.run(flow.id, 'Every Monday'));
	expect(errorText(execution)).toBe('');
	const [mail] = post.mails.slice(before);
	expect(mail).toMatchObject({
		to: ['accountant@example.com'],
		header: { subject: expect.stringMatching(/^GP to Procore: [\d-]{10} to [\d-]{10}$/) },
	});
	const [[name, file]] = Object.entries(mail!.files) as [[string, string]];
	expect(name).toMatch(/^gp-to-procore-.*\.xlsx$/);
	expect(Buffer.from(file, 'base64').subarray(0, 2).toString()).toBe('PK');
});
