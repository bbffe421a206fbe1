import { chromium } from 'playwright-core';
import { findChromium } from '../../sandbox/n8n/chromium';
import { adminCall } from '../../sandbox/start/admin-call';
import { syncOnce } from '../../sandbox/start/sync-run';
import { SANDBOX_PAGE, type Session } from '../../sandbox/start/session';
import { openSession } from './support';

/** A GP that gives no more than a hundred rows of a list and does not say so, read and reconciled by a real n8n. */
describe('a list of GP that is cut without a word', () => {
	let session: Session;
	let end: () => Promise<void> = async () => {};

	beforeAll(async () => {
		({ session, end } = await openSession({ vendors: 12, documents: 130, publish: true }));
		await syncOnce(session);
		await adminCall(session.gp.adminUrl, 'POST', '/switches', {
			dialect: 'none',
			defaultPageSize: 100,
		});
	});

	afterAll(() => end());

	it('is told as not proven complete, with the number of its rows', async () => {
		const { workflows, executions, tables } = session.n8n;
		const id = await workflows.run(session.workflows['gpp-reconcile'], 'Run now');
		expect((await executions.wait(id, 240_000)).status).toBe('success');
		const [total] = await tables.rows<{ not_proven: string }>('gpp_reconciliation', {
			row_kind: 'total',
		});
		expect(total.not_proven).toContain('exactly 100 rows came in one answer');
	});

	const browserPath = findChromium();
	if (browserPath === null) console.warn('SKIPPED: no Chromium, so no page is looked at.');
	(browserPath === null ? it.skip : it)('stands in amber on the page', async () => {
		const browser = await chromium.launch({
			executablePath: browserPath!,
			args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
		});
		try {
			const { user: username, password } = SANDBOX_PAGE;
			const context = await browser.newContext({
				httpCredentials: { username, password },
				viewport: { width: 1280, height: 900 },
				colorScheme: 'light',
			});
			const page = await context.newPage();
			await page.goto(`${session.n8n.url}/webhook/gpp-dashboard?page=reconciliation`);
			const said = page.locator('.warn', { hasText: /not proven complete/i }).first();
			expect(await page.locator('main').innerText()).toContain(
				'exactly 100 rows came in one answer',
			);
			const color = await said.evaluate(
				// A function of the browser's own.
				new Function(
					'one',
					'const { backgroundColor, borderLeftColor, color } = getComputedStyle(one); return [backgroundColor, borderLeftColor, color].join(" ")',
				) as (one: unknown) => string,
			);
			// Amber: neither the green of proof nor the red of a difference.
			const colors = color
				.match(/rgba?\([^)]*\)/g)!
				.map((one) => one.match(/\d+/g)!.map(Number) as [number, number, number]);
			const isAmber = ([red, green, blue]: number[]) =>
				red! > blue! + 20 && green! > blue! + 10 && red! > green!;
			expect({ colors, amber: colors.some(isAmber) }).toMatchObject({ amber: true });
			if (process.env.PICTURES)
				await page.screenshot({ path: `${process.env.PICTURES}/page-not-proven.png` });
		} finally {
			await browser.close();
		}
	});
});
