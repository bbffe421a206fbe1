import { escapeHtml } from '../model/foreign-text';
import { ExportTooLargeError, joined, zip } from './zip';

/** Programs skip blanks, control and invisible signs before a formula; it may begin in full width and other shapes too. */
const FORMULA =
	/^[\s\p{Cc}\p{Cf}\p{DI}\u2800\p{Z}"']*[=+\-@|\uFF1D\uFF0B\uFF0D\uFF20\uFE62\uFE63\uFE66\uFE6B\u2212]/u;
/** What may stand before a formula, with the sign it begins with where one follows. */
const BEFORE_FORMULA =
	/[\s\p{Cc}\p{Cf}\p{DI}\u2800\p{Z};,"']+([=+\-@|\uFF1D\uFF0B\uFF0D\uFF20\uFE62\uFE63\uFE66\uFE6B\u2212])?/gu;
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
function amountCell(value: unknown): string | number | boolean {
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

/** How the cells of a column are written. */
export type ColumnKind = 'text' | 'amount' | 'count' | 'instant';

export interface SheetColumn {
	/** What people read at the top. */
	title: string;
	/** Name of the field in the rows. */
	from: string;
	kind: ColumnKind;
	/** In characters. */
	width: number;
}

export interface Sheet {
	/** At most 31 characters, without \ / ? * [ ] : */
	name: string;
	columns: readonly SheetColumn[];
	rows: ReadonlyArray<Record<string, unknown>>;
	/** What is done to each value before it is written. */
	clean?(value: unknown): unknown;
}

/** So much text in one sheet, characters: more does not fit into n8n's memory as a file. */
const MOST_TEXT = 256 * 1024 * 1024;
/** So much is written between two places where others may have their turn, characters. */
const PIECE = 64 * 1024;

/** What one sheet holds beside its heading, in Excel since 2007. */
const MOST_ROWS = 1_048_575;
/** Days from 1899-12-30, where Excel counts from, to 1970-01-01. */
const EPOCH = 25_569;
/** Places in `cellXfs` of STYLES. */
const STYLE = { text: 0, heading: 1, amount: 2, instant: 3, count: 4 } as const;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/**
 * A workbook (Office Open XML, ECMA-376) with a frozen heading and a filter on each sheet. Amounts are
 * numbers where a number holds them to the last digit, instants are dates in UTC; anything else is text,
 * which no program takes for a formula. In steps: there may be ten thousand rows on each sheet.
 *
 * @throws ExportTooLargeError
 */
export function* workbook(sheets: readonly Sheet[]): Generator<void, Uint8Array, void> {
	const numbered = sheets.map((sheet, index) => ({ ...sheet, number: index + 1 }));
	const file = (name: string, text: string) => ({
		name,
		bytes: new TextEncoder().encode(HEAD + text),
	});
	const written: Array<ReturnType<typeof file>> = [];
	for (const sheet of numbered)
		written.push({
			name: `xl/worksheets/sheet${sheet.number}.xml`,
			bytes: yield* sheetXml(sheet),
		});
	return yield* zip([
		file(
			'[Content_Types].xml',
			`<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${numbered
				.map(
					({ number }) =>
						`<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
				)
				.join('')}</Types>`,
		),
		file(
			'_rels/.rels',
			`<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		),
		file(
			'xl/workbook.xml',
			`<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${numbered
				.map(
					({ name, number }) =>
						`<sheet name="${text(name)}" sheetId="${number}" r:id="rId${number}"/>`,
				)
				.join('')}</sheets><definedNames>${numbered
				.map(
					(sheet) =>
						`<definedName name="_xlnm._FilterDatabase" localSheetId="${sheet.number - 1}" hidden="1">'${text(sheet.name.replaceAll("'", "''"))}'!${rangeOf(sheet, '$')}</definedName>`,
				)
				.join('')}</definedNames></workbook>`,
		),
		file(
			'xl/_rels/workbook.xml.rels',
			`<Relationships xmlns="${PACKAGE}/relationships">${numbered
				.map(
					({ number }) =>
						`<Relationship Id="rId${number}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
				)
				.join(
					'',
				)}<Relationship Id="rId${sheets.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
		),
		file('xl/styles.xml', STYLES),
		...written,
	]);
}

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;

function* sheetXml(sheet: Sheet): Generator<void, Uint8Array, void> {
	const { columns, clean = (value: unknown) => value } = sheet;
	const widths = columns.map(
		({ width }, index) =>
			`<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
	);
	const heading = columns.map((column, index) => textCell(column.title, index, 1, STYLE.heading));
	const pieces = [new TextEncoder().encode(HEAD)];
	let text = `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>${line(1, heading)}`;
	let length = 0;
	for (const [place, row] of sheet.rows.slice(0, MOST_ROWS).entries()) {
		const cells = columns.map((column, index) =>
			cellXml(clean(row[column.from]), column.kind, index, place + 2),
		);
		text += line(place + 2, cells);
		if (text.length < PIECE) continue;
		length += text.length;
		if (length > MOST_TEXT) throw new ExportTooLargeError();
		pieces.push(new TextEncoder().encode(text));
		text = '';
		yield;
	}
	text += `</sheetData><autoFilter ref="${rangeOf(sheet)}"/></worksheet>`;
	pieces.push(new TextEncoder().encode(text));
	return joined(pieces);
}

const line = (number: number, cells: readonly string[]) =>
	`<row r="${number}">${cells.join('')}</row>`;

function cellXml(value: unknown, kind: ColumnKind, column: number, row: number): string {
	if (value === null || value === undefined || value === '') return '';
	const number = kind === 'text' ? null : numberOf(value, kind);
	if (number === null || kind === 'text') return textCell(value, column, row, STYLE.text);
	return `<c r="${letters(column)}${row}" s="${STYLE[kind]}"><v>${number}</v></c>`;
}

/** Null where the text is no such thing, or a number would not say the same. */
function numberOf(value: unknown, kind: Exclude<ColumnKind, 'text'>): number | null {
	if (kind === 'instant') {
		const time = /^\d{4}-\d{2}-\d{2}/.test(String(value)) ? Date.parse(String(value)) : Number.NaN;
		return Number.isNaN(time) ? null : Math.round((time / 86_400_000 + EPOCH) * 86_400) / 86_400;
	}
	const exact = amountCell(typeof value === 'number' ? String(value) : value);
	return typeof exact === 'number' ? exact : null;
}

function textCell(value: unknown, column: number, row: number, style: number): string {
	const shown = text(String(spreadsheetCell(value)));
	return `<c r="${letters(column)}${row}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${shown}</t></is></c>`;
}

/** What a cell takes, without what XML does not allow and halves of signs. */
const LONGEST_CELL = 32_767;
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function text(given: string): string {
	const cut = given.slice(0, LONGEST_CELL).replace(NOT_XML, '\uFFFD');
	// "_x0041_" would be read as a sign's number.
	return escapeHtml(cut.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_'));
}

function rangeOf({ columns, rows }: Sheet, dollar = ''): string {
	const last = Math.min(rows.length, MOST_ROWS) + 1;
	return `${dollar}A${dollar}1:${dollar}${letters(columns.length - 1)}${dollar}${last}`;
}

/** 0 → A, 25 → Z, 26 → AA. */
function letters(column: number): string {
	const rest = Math.floor(column / 26) - 1;
	return (rest < 0 ? '' : letters(rest)) + String.fromCharCode(65 + (column % 26));
}
