import type { Page, Response } from 'playwright-core';
import type { Editor } from './editor';

/** What a credential of the package asks for, by the field's name in n8n; `choose` are lists. */
export interface CredentialAnswers {
	type: string;
	choose?: Record<string, string>;
	fill: Record<string, string>;
}

/** The button itself, not what stands around it: that can be clicked while the button cannot. */
const SAVE_CREDENTIAL = [
	'[data-test-id="credential-save-button"] button:not([disabled])',
	'button[data-test-id="credential-save-button"]:not([disabled])',
].join(', ');

const isCredentialWritten = (answer: Response) =>
	['POST', 'PATCH'].includes(answer.request().method()) &&
	/\/rest\/credentials(\/[^/]+)?$/.test(new URL(answer.url()).pathname);

/**
 * Somebody who sets the package up with the mouse, for the first time. Every action is counted: one
 * dialog or form filled in and sent, one file brought in, one button pressed that does something.
 * Looking at a page, or opening it, is none. Clicks and fields are counted beside.
 */
export class NewUser {
	readonly actions: string[] = [];
	clicks = 0;
	/** What was typed; no pattern is among it. */
	readonly typed: string[] = [];

	/** @param picture called after each action with a short name, to take a picture */
	constructor(
		private readonly editor: Editor,
		private readonly picture: (name: string, page: Page) => Promise<void> = async () => {},
	) {}

	/** *Credentials → Create credential*, its type, its fields, *Save*. */
	async createCredential(name: string, answers: CredentialAnswers): Promise<string> {
		const { page } = this.editor;
		await this.editor.show('/home/credentials');
		await this.click(page, '[data-test-id="add-resource-credential"]');
		const type = page.locator('[data-test-id="new-credential-type-select"] input').first();
		await type.click();
		await type.pressSequentially(answers.type, { delay: 5 });
		await page
			.locator('[data-test-id="new-credential-type-select-option"]:visible')
			.filter({ hasText: answers.type })
			.first()
			.click();
		this.clicks += 2;
		await this.click(page, '[data-test-id="new-credential-type-button"]');
		this.did(`Create credential: ${answers.type}`);
		const dialog = page.locator('[data-test-id="credential-edit-dialog"]');
		await dialog.waitFor();
		for (const [field, option] of Object.entries(answers.choose ?? {})) {
			await dialog.locator(`[data-test-id="parameter-input-${field}"]`).click();
			await page.waitForTimeout(300);
			await page
				.locator('[role="option"]:visible, .el-select-dropdown__item:visible')
				.filter({ hasText: option })
				.first()
				.click();
			this.clicks += 2;
		}
		await this.fillCredential(answers.fill);
		await this.picture(`credential-${name}`, page);
		return await this.saveCredential(`Fill in and save: ${answers.type}`);
	}

	/** Fields of the credential that is open. */
	async fillCredential(fill: Record<string, string>): Promise<void> {
		const dialog = this.editor.page.locator('[data-test-id="credential-edit-dialog"]');
		for (const [field, value] of Object.entries(fill)) {
			await dialog.locator(`[data-test-id="parameter-input-${field}"] input`).first().fill(value);
			this.typed.push(value);
			this.clicks += 1;
		}
	}

	/**
	 * Saves the credential that is open; gives what its dialog says afterwards, blank where it closed.
	 * The button is pressed once it can be pressed: n8n enables it a moment after the last field. A press that n8n
	 * did not hear is made again.
	 * @throws where n8n did not say that it is written
	 */
	async saveCredential(what: string): Promise<string> {
		const { page } = this.editor;
		// Some types have no test. One that is tested says nothing until its answer is there.
		const tested = page
			.waitForRequest(/\/rest\/credentials\/test/, { timeout: 90_000 })
			.then(async (request) => await request.response())
			.catch(() => null);
		this.did(what);
		let answer: Response | null = null;
		for (let press = 0; press < 3 && !answer; press += 1) {
			// On a busy machine it is written after the dialog was closed.
			const written = page
				.waitForResponse(isCredentialWritten, { timeout: 20_000 })
				.catch(() => null);
			if (press > 0 && !(await page.locator(SAVE_CREDENTIAL).first().isVisible())) break;
			await this.click(page, SAVE_CREDENTIAL);
			answer = await written;
		}
		if (!answer?.ok())
			throw new Error(`"${what}": n8n did not write it: ${(await answer?.text()) ?? 'no answer'}`);
		await Promise.race([tested, page.waitForTimeout(5_000)]);
		await this.editor.settle(1_500);
		const dialog = page.locator('[data-test-id="credential-edit-dialog"]');
		if ((await dialog.count()) === 0) return '';
		const said = await dialog.innerText();
		return said;
	}

	async closeCredential(): Promise<void> {
		const { page } = this.editor;
		const dialog = page.locator('[data-test-id="credential-edit-dialog"]');
		for (let press = 0; press < 3 && (await dialog.count()) > 0; press++) {
			await page.keyboard.press('Escape');
			await page.waitForTimeout(500);
		}
	}

	/** *⋯ → Import → From file* on a new workflow; gives its id. */
	async importFile(name: string, file: string): Promise<string> {
		const { page } = this.editor;
		await this.openImportMenu();
		const chooser = page.waitForEvent('filechooser');
		await this.click(page, '[data-test-id="workflow-menu-item-import-from-file"]');
		await (await chooser).setFiles(file);
		this.did(`Import from file: ${name}`);
		return await this.imported(name);
	}

	/** *⋯ → Import → From URL* on a new workflow; gives its id. */
	async importUrl(name: string, url: string): Promise<string> {
		const { page } = this.editor;
		await this.openImportMenu();
		await this.click(page, '[data-test-id="workflow-menu-item-import-from-url"]');
		const dialog = page.locator('[role="dialog"]:visible', { hasText: 'URL' });
		await dialog.locator('input').first().fill(url);
		await this.click(page, '[data-test-id="confirm-workflow-import-url-button"]');
		this.did(`Import from URL: ${name}`);
		return await this.imported(name);
	}

	private async openImportMenu(): Promise<void> {
		const { page } = this.editor;
		await this.editor.show('/workflow/new');
		await this.click(page, '[data-test-id="workflow-menu"]');
		await page.waitForTimeout(300);
		await page.locator('[data-test-id="workflow-menu-item-import"]').hover();
		await page.waitForTimeout(500);
	}

	private async imported(name: string): Promise<string> {
		const { page } = this.editor;
		// Behind a box of several nodes the first node is not visible.
		await page.waitForSelector('.vue-flow__node', { timeout: 30_000, state: 'attached' });
		await this.editor.settle();
		await this.picture(`import-${name}`, page);
		const id = /\/workflow\/([^/?#]+)/.exec(page.url())?.[1];
		if (!id || id === 'new') throw new Error(`The import of ${name} made no workflow`);
		return id;
	}

	/**
	 * Chooses a credential that is there in a node of the workflow shown. n8n fills in one of a node by
	 * itself when a file comes in; a node that takes two is left with the other one empty.
	 */
	async chooseCredential(node: string, type: string): Promise<void> {
		const { page } = this.editor;
		await this.editor.openNode(node);
		const slot = page.locator('[data-test-id="node-credentials-slot"]').filter({ hasText: type });
		// The pencil beside it: n8n has chosen it here together with another node.
		if (await slot.locator('[data-test-id="credential-edit-button"]').first().isVisible()) {
			await this.editor.closeNode();
			return;
		}
		await slot.first().locator('[data-test-id="node-credentials-select"], button').first().click();
		await page.waitForTimeout(600);
		await page
			.locator(
				'[data-test-id^="node-credentials-select-item-"]:not([data-test-id$="-new"]):visible',
			)
			.filter({ hasText: type })
			.first()
			.click();
		this.clicks += 2;
		this.did(`Choose ${type} in ${node}`);
		await page.waitForTimeout(400);
		await this.picture(`choose-${node.toLowerCase().replace(/\W+/g, '-')}`, page);
		await this.editor.closeNode();
		await this.editor.settle(1_000);
	}

	/** *Publish*, and *Publish* once more in its dialog. */
	async publish(name: string): Promise<void> {
		const { page } = this.editor;
		await this.click(page, '[data-test-id="workflow-open-publish-modal-button"]:not([disabled])');
		await page.waitForSelector('[data-test-id="workflow-publish-button"]');
		await this.picture(`publish-${name}`, page);
		await this.click(page, '[data-test-id="workflow-publish-button"]:not([disabled])');
		this.did(`Publish: ${name}`);
		await page
			.locator('[data-test-id="workflow-publish-button"]')
			.waitFor({ state: 'detached', timeout: 30_000 });
		await this.editor.settle(800);
		// "Workflow published", once.
		const told = page.locator('button:has-text("Got it")');
		await told.waitFor({ timeout: 5_000 }).catch(() => undefined);
		if (await told.isVisible()) await told.click();
	}

	/** Address of a form, as its node shows it under *Production URL*. */
	async formAddress(node: string): Promise<string> {
		const { page } = this.editor;
		await this.editor.openNode(node);
		await this.click(page, '[data-test-id="radio-button-production"]');
		const shown = page.locator('text=/https?:\\/\\/[^ ]+\\/form\\/[^ ]+/').first();
		const address = ((await shown.innerText()) ?? '').replace(/\s+/g, '');
		await this.editor.closeNode();
		return address;
	}

	/** Opens a form, answers it and sends it. */
	async sendForm(
		name: string,
		page: Page,
		address: string,
		answers: { choose?: string[]; fill?: Record<string, string> } = {},
	): Promise<void> {
		await page.goto(address);
		await page.waitForSelector('#submit-btn, button[type=submit]');
		const lists = page.locator('select');
		for (const [index, option] of (answers.choose ?? []).entries()) {
			await lists.nth(index).selectOption({ label: option });
			this.clicks += 1;
		}
		for (const [selector, value] of Object.entries(answers.fill ?? {})) {
			await page.fill(selector, value);
			this.typed.push(value);
			this.clicks += 1;
		}
		await this.picture(`form-${name}`, page);
		await this.press(name, page, 'Go on');
	}

	/** Presses the button of the page of a form that is shown, and waits for the next one. */
	async press(name: string, page: Page, button: string): Promise<void> {
		// The page that asks whether this is what one wants, by a list.
		const wish = page.locator('select');
		if (button !== 'Go on' && (await wish.count()) > 0) {
			await wish.first().selectOption({ label: `Yes: ${button.toLowerCase()}` });
			this.clicks += 1;
		}
		const before = await page.innerText('body');
		await page
			.locator('#submit-btn, button[type=submit]')
			.filter({ hasText: button })
			.first()
			.click();
		this.clicks += 1;
		this.did(`${name}: ${button}`);
		const end = Date.now() + 180_000;
		for (;;) {
			await page.waitForTimeout(500);
			const now = await page.innerText('body').catch(() => before);
			const busy = await page
				.locator('#submit-btn .loading, #submit-btn[disabled], .spinner:visible')
				.count()
				.catch(() => 1);
			if (/This field is required/.test(now)) throw new Error(`"${button}" of ${name} wants more`);
			// In quotes it is the form's own hint what to do about it.
			if (/(?<!“)Problem submitting/.test(now))
				throw new Error(`"${button}" of ${name} failed: ${now}`);
			if (busy === 0 && now.trim() !== '' && now !== before && !/^\s*loading/i.test(now)) break;
			if (Date.now() > end) throw new Error(`Nothing came after "${button}" of ${name}: ${now}`);
		}
		await page.waitForTimeout(500);
		await this.picture(`form-${name}-${button.toLowerCase().replace(/\W+/g, '-')}`, page);
	}

	private async click(page: Page, selector: string): Promise<void> {
		await page.locator(selector).first().click();
		this.clicks += 1;
	}

	private did(action: string): void {
		this.actions.push(action);
	}
}
