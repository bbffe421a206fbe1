import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core';
import { believableHistory, fillTables, STORY_VOUCHER } from './believable-history';
import { findChromium } from './chromium';
import { DASHBOARD_LOGIN, installDashboard } from './install-dashboard';
import { packPackage } from './install-package';
import { projectRoot } from './project-files';
import { startN8n } from './start-n8n';

const DESK = { width: 1280, height: 900 };
const STORY = `page=story&entity=payable&company=TWO&key=1;${String(STORY_VOUCHER).padStart(17, '0')}`;

interface Picture {
	name: string;
	query: string;
	options: BrowserContextOptions;
	print?: true;
	/** All of the page, not only what is seen first. */
	whole?: true;
}

/** Beside the pictures of a first day that screenshots.ts takes. */
const PICTURES: Picture[] = [
	{ name: 'page-month', query: '', options: { viewport: DESK, colorScheme: 'light' }, whole: true },
	{ name: 'page-dark', query: '', options: { viewport: DESK, colorScheme: 'dark' } },
	{
		...{ name: 'page-print', query: 'page=reconciliation', print: true, whole: true },
		options: { viewport: { width: 794, height: 1123 }, colorScheme: 'light' },
	},
	{
		...{ name: 'page-replayed', query: STORY, whole: true },
		options: { viewport: DESK, colorScheme: 'light' },
	},
	{
		...{ name: 'page-causes', query: 'page=waiting' },
		options: { viewport: { width: 1280, height: 900 } },
	},
];

/** `npm run screenshots` draws these too: the dashboard after months of use, on a real n8n. */
async function main(): Promise<void> {
	const wanted = process.argv.slice(2);
	const pictures = PICTURES.filter(
		({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
	);
	if (pictures.length === 0) return;
	const browserPath = findChromium();
	if (browserPath === null) {
		console.error('SKIPPED: no Chromium is installed and none could be. Set CHROMIUM_PATH.');
		return;
	}
	const images = path.join(projectRoot, 'docs', 'images');
	mkdirSync(images, { recursive: true });
	const folder = mkdtempSync(path.join(os.tmpdir(), 'gp-to-procore-dashboard-'));
	const history = believableHistory({ events: 6000, runs: 720, now: Date.now() - 20 * 60_000 });
	try {
		const tarball = await packPackage(path.join(folder, 'package'));
		const n8n = await startN8n({ userFolder: path.join(folder, 'n8n'), tarball });
		const browser = await chromium.launch({
			executablePath: browserPath,
			args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
		});
		try {
			const address = await installDashboard(n8n);
			await fillTables(n8n.tables, history);
			for (const picture of pictures) await take(browser, address, picture, images);
		} finally {
			await browser.close();
			await n8n.stop();
		}
	} finally {
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

async function take(
	browser: Browser,
	address: string,
	{ name, query, options, print, whole }: Picture,
	images: string,
): Promise<void> {
	const { user: username, password } = DASHBOARD_LOGIN;
	const context = await browser.newContext({
		...{ ...options, httpCredentials: { username, password } },
	});
	const page = await context.newPage();
	await page.emulateMedia({ media: print ? 'print' : 'screen', colorScheme: options.colorScheme });
	await page.goto(`${address}?${query}`);
	await page.screenshot({ path: path.join(images, `${name}.png`), fullPage: whole ?? false });
	console.error(`  docs/images/${name}.png`);
	await context.close();
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exit(1);
});
