import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../../sandbox/n8n/chromium';
import { adminCall } from '../../sandbox/start/admin-call';
import { SANDBOX_PAGE, type Session } from '../../sandbox/start/session';
import { syncOnce } from '../../sandbox/start/sync-run';
import { changeGp, openSession, waitUntil } from './support';

const browserPath = findChromium();
if (browserPath === null)
	console.warn(
		'SKIPPED: no Chromium is installed and none could be, so the dashboard is not looked at.',
	);

/** GP's number of the invoice that fails first. */
const DOCUMENT = 'DASH-88';

interface ParkedRow {
	gp_key: string;
	gp_label: string;
	reason_code: string;
}

(browserPath === null ? describe.skip : describe)('the dashboard, in a browser', () => {
	let session: Session;
	let end: () => Promise<void> = async () => {};
	let browser: Browser;
	let page: Page;
	let address: string;
	/** One voucher that Procore refuses, with what GP calls it. */
	let refused: { voucher: string; key: string };
	const complaints: string[] = [];

	beforeAll(async () => {
		({ session, end } = await openSession({ vendors: 15, documents: 20, publish: true }));
		address = `${session.n8n.url}/webhook/gpp-dashboard`;
		refused = await refuseOneVoucher(session);
		await syncOnce(session);
		browser = await chromium.launch({
			executablePath: browserPath!,
			args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
		});
		const { user: username, password } = SANDBOX_PAGE;
		const context = await browser.newContext({ httpCredentials: { username, password } });
		page = await context.newPage();
		page.on('console', (message) => {
			if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
		});
		page.on('pageerror', (error) => complaints.push(error.message));
	});

	afterAll(async () => {
		await browser?.close();
		await end();
	});

	it('is not shown without the right login', async () => {
		expect((await fetch(address)).status).toBe(401);
		const authorization = `Basic ${Buffer.from('sandbox:guessed').toString('base64')}`;
		expect((await fetch(address, { headers: { authorization } })).ok).toBe(false);
	});

	it('shows how things stand, and what waits with its reason', async () => {
		await page.goto(address);
		expect(await page.locator('h1').innerText()).toBe('Overview');
		const waiting = page.locator('section', { hasText: 'Waiting records' });
		expect(await waiting.innerText()).toContain(refused.voucher);
		expect(await page.locator('svg.chart').count()).toBe(2);
	});

	it('finds the failed voucher and tells why it failed', async () => {
		await page.fill('input[type=search]', DOCUMENT.toLowerCase());
		await page.click('form.search button');
		await page.waitForURL(/page=search/);
		await page.click(`main a:has-text("${refused.voucher}")`);
		await page.waitForURL(/page=story/);
		expect(await outcomes(page)).toEqual(['failed']);
		expect(await page.locator('.story').innerText()).toContain('not active');
	});

	it('replays it at the press of a button: the story shows failure, replay and success', async () => {
		await adminCall(session.procore.adminUrl, 'DELETE', '/admin/faults');
		await page.click('button:has-text("Replay")');
		await page.waitForURL(/notice=/);
		// The page looks again by itself until the run is over.
		await waitUntil(
			'the replay',
			async () => (await outcomes(page).catch(() => [])).at(-1) === 'created',
			60_000,
		);
		expect(await outcomes(page)).toEqual(['failed', 'created']);
		expect(await page.locator('.story > li').last().innerText()).toContain('replay');
		const costs = await adminCall<{
			projects: Array<{ directCosts: Array<{ origin_id: string }> }>;
		}>(session.procore.adminUrl, 'GET', '/admin/state');
		const sent = costs.projects.flatMap(({ directCosts }) => directCosts);
		expect(sent.some(({ origin_id }) => origin_id?.includes(`:${refused.voucher}:`))).toBe(true);
		const waiting = await session.n8n.tables.rows<ParkedRow>('gpp_parked');
		expect(waiting.map((row) => row.gp_key)).not.toContain(refused.key);
		expect(await session.n8n.tables.rows('gpp_request')).toEqual([]);
	});

	it('shows every other page, too', async () => {
		for (const [name, heading] of [
			['waiting', 'Waiting records'],
			['runs', 'Runs'],
			['reconciliation', 'Reconciliation'],
		] as const) {
			await page.goto(`${address}?page=${name}`);
			expect(await page.locator('h1').innerText()).toBe(heading);
		}
		await page.goto(`${address}?page=runs`);
		await page.click('tbody a >> nth=0');
		await page.waitForURL(/page=run&/);
		expect(await page.locator('h1').innerText()).toMatch(/^Run of /);
	});

	it('does not let another web site press the button', async () => {
		const site = await foreignSite(address, refused.key);
		await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
		await Promise.all([page.waitForURL(`${address}**`), page.click('button')]);
		expect(await page.locator('body').innerText()).toMatch(/refused/);
		site.close();
		expect(await session.n8n.tables.rows('gpp_request')).toEqual([]);
	});

	it('keeps no execution, in which the password would stand', async () => {
		const list = await session.n8n.executions.list({ workflowId: 'gpp-dashboard' });
		expect(list).toEqual([]);
	});

	it('gives the browser nothing to complain about', () => {
		expect(complaints.filter((text) => !text.includes('403'))).toEqual([]);
	});
});

/** Outcomes on a story, oldest first. */
const outcomes = (page: Page) => page.locator('.story > li .when > .badge').allInnerTexts();

/** An invoice is posted in GP, and from now on Procore refuses it. */
async function refuseOneVoucher(session: Session): Promise<{ voucher: string; key: string }> {
	await changeGp(session, '/invoices/add', {
		state: 'open',
		documentNumber: DOCUMENT,
		lines: [{ account: '300-5130-02', amount: '1250.00' }],
	});
	const documents = await adminCall<Array<{ documentNumber: string; voucher: string }>>(
		session.gp.adminUrl,
		'GET',
		'/documents',
	);
	const { voucher } = documents.find((one) => one.documentNumber === DOCUMENT)!;
	await adminCall(session.procore.adminUrl, 'POST', '/admin/faults', {
		method: 'PATCH',
		path: 'direct_costs/sync',
		bodyIncludes: DOCUMENT,
		action: {
			kind: 'status',
			status: 422,
			body: { errors: { cost_code_id: ['is not active in this project'] } },
		},
	});
	return { voucher, key: `1;${voucher}` };
}

/** A page of somebody else with a form that posts to the dashboard. */
async function foreignSite(address: string, key: string): Promise<Server> {
	const form = `<form method="post" action="${address}"><input name="entity" value="payable"><input name="company" value="TWO"><input name="key" value="${key}"><input name="token" value="guessed.token"><button>Win a prize</button></form>`;
	const site = createServer((_request, response) => {
		response.setHeader('content-type', 'text/html').end(form);
	});
	await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
	return site;
}
