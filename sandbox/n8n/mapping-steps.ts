import type { Locator } from 'playwright-core';
import type { Editor } from './editor';

/** What an admin does with the mouse to say where costs go. Works on the page shown. */

/** In the open Mapping node: Add rule, one condition, and the cost code written as result. */
export async function addRule(
	{ page }: Editor,
	rule: {
		name: string;
		condition: { title: string; field: string; text: string };
		costCode: string;
	},
): Promise<void> {
	const rules = page.locator('[data-test-id="fixed-collection-rules"]');
	await rules.locator('button:has-text("Add rule")').click();
	await rules.locator('[data-test-id="parameter-input-name"] input').last().fill(rule.name);
	const { title, field, text } = rule.condition;
	await choose(rules.locator('[data-test-id="collection-parameter-add"]').nth(0), title);
	await rules.locator(`[data-test-id="parameter-input-${field}"] input`).fill(text);
	await choose(rules.locator('[data-test-id="collection-parameter-add"]').nth(1), 'Cost Code');
	await choose(rules.locator('[data-test-id="rlc-mode-selector"]'), 'Written');
	await rules
		.locator('input[data-test-id="rlc-input"], [data-test-id="rlc-input"] input')
		.fill(rule.costCode);
}

/** Saves the workflow as it stands in the editor, its node closed. */
export async function closeAndSave(
	{ page }: Editor,
	isSaved: () => Promise<boolean>,
): Promise<void> {
	// The first Escape leaves the field, the second the node.
	const node = page.locator('[data-test-id="node-parameters"]');
	for (let press = 0; press < 4 && (await node.count()) > 0; press++) {
		await page.keyboard.press('Escape');
		await page.waitForTimeout(400);
	}
	for (let attempt = 0; attempt < 20 && !(await isSaved()); attempt++) {
		await page.keyboard.press('Control+s');
		await page.waitForTimeout(500);
	}
}

/** In the grid of a Data Table: finds the one row by a text in it, and writes over one of its values. */
export async function changeCell(
	{ page }: Editor,
	cell: { row: string; from: string; to: string },
): Promise<void> {
	const search = '[data-test-id="data-table-search-input"]';
	await page.fill(`${search} input, input${search}`, cell.row);
	await page.waitForTimeout(1_500);
	await page
		.locator('.ag-center-cols-container [role="row"]')
		.filter({ hasText: cell.row })
		.locator('[role="gridcell"]')
		.filter({ hasText: new RegExp(`^\\s*${cell.from}\\s*$`) })
		.dblclick();
	await page.waitForTimeout(300);
	await page.keyboard.press('Control+a');
	await page.keyboard.type(cell.to);
	await page.keyboard.press('Enter');
	await page.waitForTimeout(1_000);
}

async function choose(opener: Locator, option: string): Promise<void> {
	await opener.click();
	const options = opener
		.page()
		.locator('[role="option"]:visible, .el-select-dropdown__item:visible');
	await options
		.filter({ hasText: new RegExp(`^\\s*${option}\\s*$`) })
		.first()
		.click();
	await opener.page().waitForTimeout(300);
}
