import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { FlowNode } from '../../cli/flow/flow';
import { opensToNetwork } from '../../cli/flow/guards';
import { readShipped } from '../../cli/shipped/shipped';
import { findChromium } from '../../sandbox/n8n/chromium';
import { adminCall } from '../../sandbox/start/admin-call';
import { SANDBOX_PAGE, type Session } from '../../sandbox/start/session';
import { basicAuth, openSession, stopClock, waitUntil } from './support';

/** Every address at which the published set listens, as a browser would call it. */
const ADDRESSES = readShipped().templates.flatMap(({ id, nodes }) =>
	nodes.filter(opensToNetwork).flatMap((node) => addressesOf(id, node)),
);

let session: Session;
let end: () => Promise<void> = async () => {};

beforeAll(async () => {
	({ session, end } = await openSession({ vendors: 5, documents: 10, publish: true }));
	await stopClock(session);
	const page = `${session.n8n.url}/webhook/gpp-dashboard`;
	await waitUntil('the page', async () => {
		return (await fetch(page, { headers: basicAuth(session.credentials.page.data) })).ok;
	});
});

afterAll(() => end());

test('the set listens at these addresses', () => {
	expect(ADDRESSES.length).toBe(16);
});

describe.each(ADDRESSES)('$name', ({ method, path }) => {
	const call = async (prefix: string, headers: Record<string, string> = {}) => {
		const body = new FormData();
		body.set('field-0', 'No, write to Procore');
		return await fetch(`${session.n8n.url}/${prefix}/${path}`, {
			method,
			headers,
			redirect: 'manual',
			...(method === 'POST' && { body }),
		});
	};
	const production = path.endsWith('-form') ? 'form' : 'webhook';

	it('refuses a stranger and a wrong password', async () => {
		const wrong = `Basic ${Buffer.from('accounting:guess').toString('base64')}`;
		expect((await call(production)).status).toBe(401);
		expect((await call(production, { authorization: wrong })).status).toBe(401);
		expect((await call(production, { authorization: 'Bearer guess' })).status).toBe(401);
	});

	it('says nothing of the firm where it refuses, and lets no other site read its answers', async () => {
		const answer = await call(production, { origin: 'https://elsewhere.example' });
		expect(answer.status).toBe(401);
		expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
		expect(await answer.text()).not.toMatch(/Procore|Dynamics|vendor/i);
	});

	it('has no test address that answers', async () => {
		expect([401, 404]).toContain((await call(`${production}-test`)).status);
	});

	if (method === 'GET')
		it('opens with the login', async () => {
			expect((await call(production, basicAuth(session.credentials.page.data))).status).toBe(200);
		});
});

/** Nothing ran, nothing was read of GP's records, nothing was asked of Procore. */
async function nothingBegan(): Promise<void> {
	expect(await session.n8n.tables.rows('gpp_run')).toEqual([]);
	expect(await session.n8n.tables.rows('gpp_request')).toEqual([]);
	expect(await session.n8n.tables.rows('gpp_project_crosswalk')).toEqual([]);
	const { byRoute } = await adminCall<{ byRoute: Record<string, number> }>(
		session.procore.adminUrl,
		'GET',
		'/admin/counters',
	);
	expect(Object.keys(byRoute).filter((route) => !route.includes('oauth'))).toEqual([]);
}

test('nothing was begun by all this', nothingBegan);

const browserPath = findChromium();
if (browserPath === null) console.warn('SKIPPED: no Chromium, so no foreign web site attacks.');

/** The forms of the set, by what they are and the workflow behind them. */
const FORMS = readShipped().templates.flatMap(({ id, nodes }) =>
	nodes
		.filter(({ type }) => type === 'n8n-nodes-base.formTrigger')
		.map((node) => ({ id, path: String(node.webhookId), node })),
);

(browserPath === null ? describe.skip : describe)('a foreign web site', () => {
	let browser: Browser;
	let page: Page;
	let foreign: Server;
	let site: string;
	/** What the foreign site gives; it can read none of n8n's answers. */
	let html = '';

	beforeAll(async () => {
		foreign = createServer((_request, response) => {
			response.writeHead(200, { 'content-type': 'text/html' }).end(html);
		});
		await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
		// Another site than n8n's 127.0.0.1 for the browser.
		site = `http://localhost:${(foreign.address() as AddressInfo).port}/`;
		browser = await chromium.launch({
			executablePath: browserPath!,
			args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
		});
		const { user: username, password } = SANDBOX_PAGE;
		const context = await browser.newContext({ httpCredentials: { username, password } });
		page = await context.newPage();
		// Somebody has been here, and the browser keeps the login.
		await page.goto(`${session.n8n.url}/form/gpp-sync-form`);
	});

	afterAll(async () => {
		await browser?.close();
		foreign?.close();
	});

	/** Opens the foreign page, which sends its form at once, and gives n8n's answer. */
	const lure = async (action: string, fields: Record<string, string>) => {
		const inputs = Object.entries(fields).map(
			([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
		);
		html = `<form method="post" enctype="multipart/form-data" action="${action}">${inputs.join('')}</form><script>document.forms[0].submit()</script>`;
		const answered = page.waitForResponse((response) => response.url() === action);
		await page.goto(site).catch(() => undefined);
		const response = await answered;
		return { status: response.status(), headers: await response.request().allHeaders() };
	};
	const statusOf = async (id: string) => {
		const [last] = await session.n8n.executions.list({ workflowId: session.workflows[id] });
		return last && { id: last.id, status: last.status };
	};

	describe.each(FORMS)('$path', ({ id, path, node }) => {
		const answers = answersOf(node);

		it('sends it with the login, and only a page waits that nobody presses', async () => {
			const sent = await lure(`${session.n8n.url}/form/${path}`, answers);
			// The browser did add the login: n8n took what was sent.
			expect(sent).toMatchObject({
				status: 200,
				headers: { authorization: expect.stringMatching(/^Basic /), origin: new URL(site).origin },
			});
			await waitUntil('its execution', async () => (await statusOf(id))?.status === 'waiting');
			await nothingBegan();
		});

		it('cannot press the second page: it does not know its address', async () => {
			const { id: execution } = (await statusOf(id))!;
			for (const tail of ['', '?signature=', '?signature=0123456789abcdef', '?token=x'])
				await lure(`${session.n8n.url}/form-waiting/${execution}${tail}`, { 'field-0': 'yes' });
			await lure(`${session.n8n.url}/webhook-waiting/${execution}`, { 'field-0': 'yes' });
			expect(await statusOf(id)).toEqual({ id: execution, status: 'waiting' });
			await nothingBegan();
		});

		it('gets no further by leaving every answer out', async () => {
			await lure(`${session.n8n.url}/form/${path}`, { x: '' });
			await new Promise((resolve) => setTimeout(resolve, 2_000));
			expect(['waiting', 'error']).toContain((await statusOf(id))!.status);
			await nothingBegan();
		});
	});

	it('is not what somebody is who fills in the form and presses: that starts the run', async () => {
		await page.goto(`${session.n8n.url}/form/gpp-sync-form`);
		await page.selectOption('select[name=field-0]', 'Yes, only show what would happen');
		await page.click('#submit-btn');
		await page.waitForURL(/form-waiting/);
		expect(await page.locator('h1').first().innerText()).toBe('Really start?');
		expect(await page.locator('body').innerText()).toContain('a dry run, which writes nothing');
		await nothingBegan();
		// A press alone is not enough: it could have been stolen.
		await page.click('#submit-btn');
		await page.waitForTimeout(1_000);
		await nothingBegan();
		await page.selectOption('select[name=field-1]', { index: 1 });
		await page.click('#submit-btn');
		await waitUntil('the run', async () => (await session.n8n.tables.rows('gpp_run')).length === 1);
		const [run] = await session.n8n.tables.rows<{ execution_id: string }>('gpp_run');
		const { status } = await session.n8n.executions.wait(run.execution_id, 60_000);
		expect(status).toBe('success');
		expect(await session.n8n.tables.rows('gpp_run')).toMatchObject([
			{ status: 'success', dry_run: true, start_kind: 'form' },
		]);
	});
});

/** What a browser would send of the form with the last choice of each list. */
function answersOf(node: FlowNode): Record<string, string> {
	const { values } = node.parameters.formFields as {
		values: Array<{ multiselect?: boolean; fieldOptions?: { values: Array<{ option: string }> } }>;
	};
	return Object.fromEntries(
		values.map(({ multiselect, fieldOptions }, index) => [
			`field-${index}`,
			multiselect ? '[]' : (fieldOptions?.values.at(-1)?.option ?? ''),
		]),
	);
}

function addressesOf(id: string, node: FlowNode) {
	const form = node.type === 'n8n-nodes-base.formTrigger';
	const methods = form ? ['GET', 'POST'] : [String(node.parameters.httpMethod ?? 'GET')];
	const path = form ? String(node.webhookId) : String(node.parameters.path);
	return methods.map((method) => ({ name: `${id}: ${method} ${path}`, method, path }));
}
