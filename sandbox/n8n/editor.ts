import { chromium, type Browser, type Page } from 'playwright-core';
import { SANDBOX_OWNER } from './start-n8n';

/** n8n's editor in a headless browser, signed in. It reaches nothing but this computer. */
export class Editor {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {}

	static async open(
		url: string,
		chromiumPath: string,
		size = { width: 1600, height: 900 },
	): Promise<Editor> {
		const browser = await chromium.launch({
			executablePath: chromiumPath,
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
			],
		});
		const page = await (await browser.newContext({ viewport: size })).newPage();
		await page.route(
			(address) => !['localhost', '127.0.0.1'].includes(address.hostname),
			(route) => route.abort(),
		);
		await page.goto(`${url}/signin`);
		await page.fill('input[name="emailOrLdapLoginId"]', SANDBOX_OWNER.email);
		await page.fill('input[name="password"]', SANDBOX_OWNER.password);
		await page.click('button:has-text("Sign in")');
		await page.waitForURL((address) => !address.pathname.includes('signin'), { timeout: 30_000 });
		return new Editor(browser, page, url);
	}

	/** Opens a workflow and waits for its canvas. */
	async showWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		// A workflow may begin with nodes that a closed box hides.
		await this.page.waitForSelector('.vue-flow__node', { timeout: 30_000, state: 'attached' });
		await this.settle();
		// n8n's advice about a published workflow lies over its first notes, once for each workflow.
		const advice = this.page.locator('[data-test-id="suggested-actions-close"]');
		if (await advice.isVisible()) {
			await advice.click();
			await this.settle(500);
		}
	}

	/** Opens every group of the workflow shown, so that all of its nodes are drawn. */
	async openGroups(): Promise<void> {
		const closed = this.page.locator(
			'[data-test-id="canvas-node-group"]:has([data-test-id="canvas-node-group-collapsed-title"])',
		);
		for (let left = await closed.count(); left > 0; left--) {
			// By event: what was opened before may have pushed it out of sight.
			await closed
				.first()
				.locator('[data-test-id="canvas-node-group-toggle"]')
				.dispatchEvent('click');
			await this.page.waitForTimeout(150);
		}
		await this.settle(500);
	}

	/** Names of the boxes that stand for a group of nodes. */
	async closedGroups(): Promise<string[]> {
		const titles = this.page.locator('[data-test-id="canvas-node-group-collapsed-title"]');
		return (await titles.allInnerTexts()).map((title) => title.trim());
	}

	/** What n8n offers for a text in the list of nodes to add to the workflow shown. */
	async nodesOffered(text: string): Promise<string[]> {
		await this.page.locator('[data-test-id="node-creator-plus-button"]').first().click();
		await this.page.locator('[data-test-id="node-creator-search-bar"]').first().fill(text);
		await this.settle(1_000);
		return await this.page.locator('[data-test-id="node-creator-item-name"]').allInnerTexts();
	}

	/** Opens any other page of n8n. */
	async show(path: string): Promise<void> {
		await this.page.goto(this.url + path);
		await this.settle();
	}

	/** Opens the settings of a node of the workflow shown. */
	async openNode(name: string): Promise<void> {
		const node = this.page.locator(`[data-node-name="${name}"]`).first();
		if ((await node.count()) === 0) await this.openGroups();
		// Groups that were opened push nodes out of sight.
		await this.page.locator('[data-test-id="zoom-to-fit"]').click();
		await this.settle(500);
		// Sticky notes may lie over a node of a canvas this large.
		await node.dblclick({ force: true });
		await this.page.waitForSelector('[data-test-id="node-parameters"]', { timeout: 15_000 });
		await this.settle(500);
	}

	async closeNode(): Promise<void> {
		const node = this.page.locator('[data-test-id="node-parameters"]');
		// A list that has the focus keeps Escape to itself.
		await this.page.evaluate(() => {
			const { document } = globalThis as unknown as {
				document: { activeElement: { blur?(): void } | null };
			};
			document.activeElement?.blur?.();
		});
		for (let press = 0; press < 4 && (await node.count()) > 0; press++) {
			await this.page.keyboard.press('Escape');
			await this.page.waitForTimeout(400);
		}
		await node.waitFor({ state: 'detached' });
	}

	/** Saves the workflow shown, changed or not, as Ctrl+S does. */
	async save(): Promise<void> {
		const saved = this.page.waitForResponse(
			(response) =>
				response.request().method() === 'PATCH' && /\/rest\/workflows\//.test(response.url()),
		);
		await this.page.keyboard.press('Control+s');
		const answer = await saved;
		if (!answer.ok()) throw new Error(`n8n did not save: ${answer.status()}`);
	}

	/** Names of the nodes with a red mark. */
	async redMarks(): Promise<string[]> {
		return await this.page
			.locator('[data-test-id="canvas-node"]:has([data-test-id="node-issues"])')
			.evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node-name') ?? '?'));
	}

	/** Waits until the page has loaded everything and drawn it. */
	async settle(milliseconds = 2_500): Promise<void> {
		await this.page.waitForLoadState('networkidle', { timeout: 15_000 }).catch(() => {});
		await this.page.waitForTimeout(milliseconds);
	}

	/** A page of somebody who is not signed in to n8n but has a name and password of his own. */
	async visitor(
		{ user, password }: { user: string; password: string },
		size: { width: number; height: number },
	): Promise<Page> {
		const context = await this.browser.newContext({
			viewport: size,
			httpCredentials: { username: user, password },
		});
		return await context.newPage();
	}

	/** Saves what is seen as PNG, without the dots behind a canvas: they are most of its bytes. */
	async picture(file: string): Promise<void> {
		const style = '.vue-flow__background { visibility: hidden; }';
		await this.page.screenshot({ path: file, style });
	}

	async close(): Promise<void> {
		await this.browser.close();
	}
}
