import { chromium, type Page } from 'playwright-core';
import type { Session } from '../../../sandbox/start/session';
import type { Place } from './secrets';
import { PAGE_LOGIN } from './world';

/** What a browser did that it should not have; all empty when pages are only read. */
export interface Mischief {
	/** Scripts of ours that ran, dialogs that opened. */
	ran: string[];
	/** Requests of our pages to anywhere but n8n, whose own forms ask Google for a font. */
	outside: string[];
	/** Elements that could do something, on pages that have none of their own. */
	elements: string[];
}

/**
 * Opens pages in a real browser: at their addresses, and once more by their HTML alone, so that
 * nothing depends on a header that a proxy may take away.
 */
export async function openInBrowser(
	executablePath: string,
	{ n8n }: Session,
	addresses: string[],
	pages: Place[],
): Promise<Mischief> {
	const browser = await chromium.launch({
		executablePath,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
	});
	const mischief: Mischief = { ran: [], outside: [], elements: [] };
	try {
		const { user: username, password } = PAGE_LOGIN;
		const context = await browser.newContext({ httpCredentials: { username, password } });
		await context.exposeFunction('c4n', () => mischief.ran.push(at));
		const page = await context.newPage();
		let at = '';
		page.on('dialog', (dialog) => {
			mischief.ran.push(`dialog at ${at}`);
			void dialog.dismiss();
		});
		const { host } = new URL(n8n.url);
		await page.route(
			(address) => address.host !== host,
			(route) => route.abort(),
		);
		page.on('request', (request) => {
			const url = new URL(request.url());
			const ours = /^(http|page)/.test(at);
			if (ours && /^https?:/.test(url.protocol) && url.host !== host)
				mischief.outside.push(url.href);
		});
		for (const address of addresses) {
			at = address;
			await page.goto(address);
			await look(page, at, mischief);
		}
		for (const { name, text } of pages) {
			at = name;
			await page.setContent(text);
			if (name.startsWith('page')) await look(page, at, mischief);
		}
	} finally {
		await browser.close();
	}
	return mischief;
}

const ACTIVE = 'script, img, iframe, object, embed, [onclick], [onerror], a[href^="javascript" i]';

async function look(page: Page, at: string, { elements }: Mischief): Promise<void> {
	const found = await page.locator(ACTIVE).count();
	if (found > 0) elements.push(`${found} at ${at}`);
}
