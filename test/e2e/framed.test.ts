import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Frame, type Page } from 'playwright-core';
import { findChromium } from '../../sandbox/n8n/chromium';
import { SANDBOX_PAGE, type Session } from '../../sandbox/start/session';
import { basicAuth, openSession, stopClock, waitUntil } from './support';

const browserPath = findChromium();
if (browserPath === null) console.warn('SKIPPED: no Chromium, so nothing is shown in a frame.');

/**
 * A foreign web site shows n8n within a page of its own, to somebody whose browser keeps the login. Its
 * visitor presses where the site wants, and sees of n8n only what the browser draws above everything.
 */
(browserPath === null ? describe.skip : describe)('n8n within a page of a foreign site', () => {
	let session: Session;
	let end: () => Promise<void> = async () => {};
	let browser: Browser;
	let page: Page;
	let foreign: Server;
	let proxy: Server;
	let framed = '';

	beforeAll(async () => {
		({ session, end } = await openSession({ vendors: 5, documents: 10, publish: true }));
		await stopClock(session);
		await waitUntil('the page', async () => {
			const headers = basicAuth(session.credentials.page.data);
			return (await fetch(`${session.n8n.url}/webhook/gpp-dashboard`, { headers })).ok;
		});
		foreign = createServer((_request, response) => {
			response.writeHead(200, { 'content-type': 'text/html' });
			response.end(
				`<h1>Win a prize</h1><iframe src="${framed}" width="900" height="1000"></iframe>`,
			);
		});
		await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
		// What docs/security.md asks of the proxy in front of n8n.
		proxy = createServer(async (request, response) => {
			const { authorization = '' } = request.headers;
			const answer = await fetch(session.n8n.url + request.url, { headers: { authorization } });
			response.writeHead(answer.status, {
				'content-type': answer.headers.get('content-type') ?? 'text/plain',
				'www-authenticate': answer.headers.get('www-authenticate') ?? '',
				'content-security-policy': `${answer.headers.get('content-security-policy')}, frame-ancestors 'self'`,
			});
			response.end(await answer.text());
		});
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
		browser = await chromium.launch({
			executablePath: browserPath!,
			args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
		});
		// No credentials from outside: the browser itself keeps the login, as that of a person does.
		page = await browser.newPage({ viewport: { width: 1000, height: 1200 } });
	});

	afterAll(async () => {
		await browser?.close();
		foreign?.close();
		proxy?.close();
		await end();
	});

	/** Opens an address with its login, and then the foreign page that shows it. */
	const show = async (address: string): Promise<Frame> => {
		const withLogin = new URL(address);
		[withLogin.username, withLogin.password] = [SANDBOX_PAGE.user, SANDBOX_PAGE.password];
		await page.goto(String(withLogin));
		await page.goto(address);
		expect((await page.content()).length).toBeGreaterThan(500);
		framed = address;
		const site = `http://localhost:${(foreign.address() as AddressInfo).port}/`;
		await page.goto(site, { waitUntil: 'domcontentloaded' });
		await page.waitForTimeout(3_000);
		return page.frames()[1]!;
	};
	/** Where the visitor presses, not knowing what stands there. */
	const press = async (frame: Frame) => {
		const box = (await frame.locator('#submit-btn').boundingBox())!;
		await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
		await page.waitForTimeout(3_000);
	};
	const runs = async () => (await session.n8n.tables.rows('gpp_run')).length;

	it('shows nothing of the page of runs', async () => {
		const frame = await show(`${session.n8n.url}/webhook/gpp-dashboard`);
		expect(await frame.locator('main').count()).toBe(0);
		expect(frame.url()).toMatch(/^chrome-error:/);
	});

	it('shows a form, filled in by its address; two presses do not start a run', async () => {
		const filled = '?Dry+run=No%2C+write+to+Procore';
		const frame = await show(`${session.n8n.url}/form/gpp-sync-form${filled}`);
		expect(await frame.locator('#submit-btn').count()).toBe(1);
		// The worst case: the site has got the form filled in.
		await frame.selectOption('select[name=field-0]', 'No, write to Procore');
		await press(frame);
		const second = page.frames()[1]!;
		expect(await second.locator('body').innerText()).toContain('Really start?');
		await press(second);
		await press(second);
		expect(await second.locator('body').innerText()).toContain('Really start?');
		expect(await runs()).toBe(0);
	});

	it('shows no form where the proxy forbids frames', async () => {
		const behind = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/form/gpp-sync-form`;
		const frame = await show(behind);
		expect(frame.url()).toMatch(/^chrome-error:/);
		expect(await runs()).toBe(0);
	});
});
