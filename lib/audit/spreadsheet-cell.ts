/** Programs skip blanks, control and invisible signs before a formula; it may begin in full width and other shapes too. */
const FORMULA =
	/^[\s\p{Cc}\p{Cf}\p{Z}"']*[=+\-@|\uFF1D\uFF0B\uFF0D\uFF20\uFE62\uFE63\uFE66\uFE6B\u2212]/u;
/** What may stand before a formula, with the sign it begins with where one follows. */
const BEFORE_FORMULA =
	/[\s\p{Cc}\p{Cf}\p{Z};,"']+([=+\-@|\uFF1D\uFF0B\uFF0D\uFF20\uFE62\uFE63\uFE66\uFE6B\u2212])?/gu;
/** Where a program may begin a new cell inside a text, and a formula with it: the last one before the sign. */
const LAST_NEW_CELL = /[\r\n\t;,\v\f\u0085\u2028\u2029](?=[^\r\n\t;,\v\f\u0085\u2028\u2029]*$)/u;
/** Signs that no XLSX file may hold; Excel calls one with them damaged. */
// eslint-disable-next-line no-control-regex -- these are what is meant
const UNWRITABLE = /[\0-\x08\v\f\x0e-\x1f\x7f\ufffe\uffff]/g;
/** A cell of a spreadsheet holds 32,767 signs; one more and there is no file at all. */
const LONGEST = 32_000;
const NUMBER = /^-?\d+(\.\d+)?$/;
/** An amount a spreadsheet holds exactly; leading zeros are kept, so such a text is no amount. */
const AMOUNT = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const DIGITS = 15;

/**
 * A text as it may stand in an exported spreadsheet, opened as XLSX or as CSV with whatever
 * separator: text that begins like a formula gets an apostrophe in front, and a separator inside it
 * before such a beginning becomes a blank and an apostrophe. A text too long for a cell is cut, with
 * an ellipsis. Numbers, yes and no stay what they are.
 */
export function spreadsheetCell(value: unknown): string | number | boolean {
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	const text = value === null || value === undefined ? '' : String(value);
	if (NUMBER.test(text)) return text;
	const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
	const whole = FORMULA.test(cut) ? `'${cut}` : cut;
	const safe = whole
		.replace(BEFORE_FORMULA, (gap, sign?: string) =>
			sign === undefined ? gap : gap.replace(LAST_NEW_CELL, " '"),
		)
		.replace(UNWRITABLE, ' ');
	// An apostrophe for every other sign may have made it longer again.
	return safe.length > LONGEST + 700 ? `${safe.slice(0, LONGEST)}…` : safe;
}

/**
 * Decimal text of an amount as a number, where the number says the same to the last digit: at most
 * fifteen digits. Anything else stays text.
 */
export function amountCell(value: unknown): string | number | boolean {
	const exact =
		typeof value === 'string' && AMOUNT.test(value) && value.replace(/\D/g, '').length <= DIGITS;
	return exact ? Number(value) : spreadsheetCell(value);
}

/** Columns that hold amounts, by name. */
const AMOUNTS = /_amount$/;

/** All cells of a row. */
export function spreadsheetRow(row: object): Record<string, string | number | boolean> {
	return Object.fromEntries(
		Object.entries(row).map(([name, value]) => [
			name,
			AMOUNTS.test(name) ? amountCell(value) : spreadsheetCell(value),
		]),
	);
}
