import { readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../../sandbox/n8n/chromium';
import { adminCall } from '../../sandbox/start/admin-call';
import { SANDBOX_PAGE, type Session } from '../../sandbox/start/session';
import { syncOnce } from '../../sandbox/start/sync-run';
import { changeGp, openSession, stopClock, syncedDirectCosts, waitUntil } from './support';

const browserPath = findChromium();
if (browserPath === null)
	console.warn('SKIPPED: no Chromium is installed and none could be, so nobody works at the desk.');

type Row = Record<string, string | number | null>;
type State = { projects: Array<{ id: number; name: string; project_number: string }> };

/** A job without a project, an account that waits for somebody's word, a vendor whose row nobody understands. */
const JOB = '800';
const ACCOUNT = '300-5130-02';
const BY_JOB = 99;
const BY_ACCOUNT = 61;
const BY_VENDOR = 40;

(browserPath === null ? describe.skip : describe)('200 records that wait, at the desk', () => {
	let session: Session;
	let end: () => Promise<void> = async () => {};
	let browser: Browser;
	let page: Page;
	let address: string;
	let vendorId: string;
	const complaints: string[] = [];
	const tables = () => session.n8n.tables;
	const waiting = () => tables().rows<Row>('gpp_parked');

	beforeAll(async () => {
		({ session, end } = await openSession({ vendors: 12, documents: 20, publish: true }));
		// At the full hour a run of its own would take the lease, and what the page asks for would wait for the next.
		await stopClock(session);
		address = `${session.n8n.url}/webhook/gpp-dashboard`;
		await syncOnce(session);
		vendorId = await enterInvoices(session);
		await syncOnce(session);
		const entered = (await waiting()).filter(({ gp_label }) => String(gp_label).includes('DESK-'));
		expect(entered).toHaveLength(BY_JOB + BY_ACCOUNT + BY_VENDOR);
		browser = await chromium.launch({
			executablePath: browserPath!,
			args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
		});
		const { user: username, password } = SANDBOX_PAGE;
		const context = await browser.newContext({
			httpCredentials: { username, password },
			locale: 'en-US',
			bypassCSP: true,
		});
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

	it('stand together by their causes, with count and amount', async () => {
		await page.goto(`${address}?page=waiting`);
		const causes = await page.locator('table').first().locator('tbody tr').allInnerTexts();
		expect(causes.find((line) => line.includes(`Job ${JOB} has no project`))).toMatch(/Choose/);
		for (const cause of [`Job ${JOB} has no project`, `account ${ACCOUNT}`, `vendor ${vendorId}`]) {
			expect(
				causes.filter((line) => line.toLowerCase().includes(cause.toLowerCase())),
			).toHaveLength(1);
		}
	});

	it('are settled by three choices: the job, the account, the vendor', async () => {
		const state = await adminCall<State>(session.procore.adminUrl, 'GET', '/admin/state');
		const project = state.projects.find((one) => one.project_number === '300')!;
		await settle(`Job ${JOB} has no project`, async () => {
			await page.selectOption('select[name=target]', {
				label: await optionWith(String(project.id)),
			});
		});
		await settle(`account ${ACCOUNT}`, async () => {
			const named = await page.locator('select[name=target] option').allInnerTexts();
			const code = named.find((text) => text.includes('(5130)') || text.includes('-5130)'));
			expect(code).toBeDefined();
			await page.selectOption('select[name=target]', { label: code!.trim() });
			await page.selectOption('select[name=action]', 'send');
		});
		await settle(`vendor ${vendorId}`, async () => {
			await page.selectOption('select[name=action]', 'send');
		});
		const left = (await waiting()).filter(
			(row) =>
				[`J:${JOB}`, `A:${ACCOUNT}`, `V:${vendorId}`].includes(String(row.cause_key)) ||
				String(row.gp_label).includes('DESK-'),
		);
		expect(left).toEqual([]);
		const sent = await syncedDirectCosts(session);
		expect(sent.filter((cost) => cost.invoice_number?.startsWith('DESK-'))).toHaveLength(200);
	});

	it('and the log says who did what', async () => {
		const log = await tables().rows<Row>('gpp_page_log');
		expect(log.map(({ by, act, subject, records }) => [by, act, subject, records])).toEqual([
			['sandbox', 'crosswalk', `job ${JOB}`, expect.any(Number)],
			['sandbox', 'crosswalk', `account ${ACCOUNT}`, expect.any(Number)],
			['sandbox', 'crosswalk', `vendor ${vendorId}`, expect.any(Number)],
		]);
	});

	it('leaves axe nothing to find, on any page', async () => {
		const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
		const found: string[] = [];
		const [{ gp_key, run_id }] = (await tables().rows<Row>('gpp_event', { entity: 'payable' })) as [
			Row,
		];
		const [storyKey, runId] = [String(gp_key), String(run_id)];
		for (const query of [
			'page=overview',
			'page=waiting',
			'page=crosswalks&kind=job',
			'page=crosswalks&kind=account',
			`page=crosswalks&kind=job&company=${session.company.databaseId}&key=${JOB}`,
			`page=crosswalks&kind=account&company=${session.company.databaseId}&key=${ACCOUNT}`,
			`page=crosswalks&kind=vendor&company=${session.company.databaseId}&key=${vendorId}`,
			`page=story&entity=payable&company=${session.company.databaseId}&key=${encodeURIComponent(storyKey)}`,
			`page=run&run=${encodeURIComponent(runId)}`,
			'page=runs',
			'page=reconciliation',
			'page=search&q=DESK',
		]) {
			await page.goto(`${address}?${query}`);
			await page.addScriptTag({ content: axe });
			const violations = await page.evaluate(async () => {
				const { axe: tool } = globalThis as unknown as {
					axe: {
						run(): Promise<{ violations: Array<{ id: string; nodes: Array<{ html: string }> }> }>;
					};
				};
				return (await tool.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
			});
			found.push(...violations.map((one) => `${query}: ${one}`));
		}
		expect(found).toEqual([]);
	});

	it('gives a workbook to download', async () => {
		await page.goto(`${address}?page=runs`);
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.click('form.export button'),
		]);
		expect(download.suggestedFilename()).toMatch(/^gp-to-procore-.*\.xlsx$/);
		const { read } = jest.requireActual<{
			read(bytes: Buffer): {
				SheetNames: string[];
				Sheets: Record<string, Record<string, unknown>>;
			};
		}>('@e965/xlsx');
		const book = read(readFileSync(await download.path()));
		expect(book.SheetNames).toEqual(['About', 'Events', 'Waiting', 'Reconciliation']);
		expect(Object.keys(book.Sheets.Events!).length).toBeGreaterThan(200);
	});

	it('gives the browser nothing to complain about', () => {
		expect(complaints).toEqual([]);
	});

	/** One action: from the cause to the form, choose, save, and wait until its records went. */
	async function settle(cause: string, choose: () => Promise<void>): Promise<void> {
		await page.goto(`${address}?page=waiting`);
		const line = page.locator('table').first().locator('tbody tr', { hasText: cause });
		await line.locator('a.button').click();
		await page.waitForURL(/page=crosswalks/);
		await choose();
		await page.click('button.strong');
		await page.waitForURL(/notice=saved/);
		await waitUntil(`the end of: ${cause}`, async () => {
			const [requests, runs] = await Promise.all([
				tables().rows('gpp_request'),
				tables().rows<Row>('gpp_run'),
			]);
			return requests.length === 0 && runs.every(({ status }) => status !== 'running');
		});
	}

	async function optionWith(value: string): Promise<string> {
		const options = await page.locator('select[name=target] option').allInnerTexts();
		return options.find((text) => text.includes(`(${value})`))!.trim();
	}
});

/** 200 invoices that wait for three things; gives the vendor of the last ones. */
async function enterInvoices(session: Session): Promise<string> {
	const { databaseId: gp_company } = session.company;
	const vendors = await adminCall<Array<{ vendorId: string }>>(
		session.gp.adminUrl,
		'GET',
		'/vendors',
	);
	const vendorId = vendors[0]!.vendorId;
	const other = vendors[1]!.vendorId;
	await session.n8n.tables.update(
		'gpp_account_crosswalk',
		{ gp_account: ACCOUNT },
		{ action: 'accrual' },
	);
	await session.n8n.tables.insert('gpp_vendor_crosswalk', [
		{ gp_company, gp_vendor_id: vendorId, procore_vendor_id: '', action: 'hold', note: '' },
	]);
	const enter = async (count: number, from: number, vendorId: string, account: string) => {
		for (let index = 0; index < count; index++) {
			await changeGp(session, '/invoices/add', {
				...{ state: 'open', documentNumber: `DESK-${from + index}`, vendorId },
				lines: [{ account, amount: `${100 + index}.05` }],
			});
		}
	};
	const accounts = await adminCall<Array<{ account: string }>>(
		session.gp.adminUrl,
		'GET',
		'/accounts',
	);
	const ofJob = accounts.find(({ account }) => account.startsWith(`${JOB}-51`))!;
	await enter(BY_JOB, 0, other, ofJob.account);
	await enter(BY_ACCOUNT, 200, other, ACCOUNT);
	const another = accounts.find(
		({ account }) => account.startsWith('300-5') && account !== ACCOUNT,
	)!;
	await enter(BY_VENDOR, 400, vendorId, another.account);
	return vendorId;
}
