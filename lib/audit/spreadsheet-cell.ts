/** What a spreadsheet takes for the beginning of a formula, also behind blanks and in full width. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * A value as it may stand in an exported spreadsheet. Tables keep text as it came; in a CSV or
 * XLSX opened by an accountant, text that begins like a formula gets an apostrophe in front, which
 * spreadsheets show as plain text. Negative amounts stay numbers.
 */
export function spreadsheetCell(value: unknown): string | number | boolean {
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	const text = value === null || value === undefined ? '' : String(value);
	return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** All cells of a row. */
export function spreadsheetRow(row: object): Record<string, string | number | boolean> {
	return Object.fromEntries(
		Object.entries(row).map(([name, value]) => [name, spreadsheetCell(value)]),
	);
}
