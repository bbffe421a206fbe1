import { fc, test as property } from '@fast-check/jest';
import { XMLValidator } from 'fast-xml-parser';
import { aboutSheet, exportedSheet } from '../../lib/audit/export';
import { type Sheet, workbook } from '../../lib/audit/workbook';
import { crc32, zip } from '../../lib/audit/zip';
import { runSteps } from '../../lib/http/read-body';
import { TABLES } from '../../lib/tables/tables';

interface Cell {
	t: string;
	v: unknown;
	f?: string;
	w?: string;
}
interface ReadSheet {
	[cell: string]: Cell | unknown;
}
/** SheetJS, which n8n itself reads spreadsheets with: none of our code. */
const reader = jest.requireActual<{
	read(
		bytes: Uint8Array,
		options: object,
	): {
		SheetNames: string[];
		Sheets: Record<string, ReadSheet>;
		files: Record<string, { content?: Uint8Array | string }>;
	};
}>('@e965/xlsx');

const open = (sheets: readonly Sheet[]) =>
	reader.read(runSteps(workbook(sheets)), {
		type: 'array',
		cellDates: true,
		cellNF: true,
		bookFiles: true,
	});
const cell = (sheet: ReadSheet | undefined, name: string) => sheet?.[name] as Cell | undefined;

const EVENT = {
	...{ at: '2026-03-01T06:00:12.000Z', gp_label: 'Invoice INV-88', gp_amount: '1250.50' },
	...{ procore_amount: '12345678901234.56', sequence: 7, message: '=HYPERLINK("http://x")' },
	...{ remedy: 'a <b> & "c" \u0000\u0008', vendor_name: '@SUM(1)', gp_key: '1;0000417' },
};

describe('a workbook', () => {
	const book = open([
		exportedSheet('events', [EVENT, { gp_amount: 'n/a', at: 'yesterday' }]),
		exportedSheet('waiting', []),
	]);
	const events = book.Sheets.Events;

	it('has a sheet per table with named columns, also where there is no row', () => {
		expect(book.SheetNames).toEqual(['Events', 'Waiting']);
		expect(cell(events, 'A1')!.v).toBe('When (UTC)');
		expect(cell(book.Sheets.Waiting, 'A1')!.v).toBe('Record');
	});

	it('holds amounts as numbers, instants as dates, and what a number would round as text', () => {
		expect(cell(events, 'E2')).toMatchObject({ t: 'n', v: 1250.5 });
		expect(cell(events, 'F2')).toMatchObject({ t: 's', v: '12345678901234.56' });
		expect(cell(events, 'A2')!.t).toBe('d');
		expect((cell(events, 'A2')!.v as Date).toISOString().slice(0, 16)).toMatch(/^2026-03-01T/);
		expect(cell(events, 'A2')!.w).toBe('2026-03-01 06:00');
		expect(cell(events, 'E3')).toMatchObject({ t: 's', v: 'n/a' });
		expect(cell(events, 'A3')).toMatchObject({ t: 's', v: 'yesterday' });
	});

	it('has no formula, whatever was typed', () => {
		const cells = Object.values(events!).filter(
			(one): one is Cell => typeof one === 'object' && one !== null && 't' in one,
		);
		expect(cells.some(({ f }) => f !== undefined)).toBe(false);
		expect(cell(events, 'I2')!.v).toBe(`'=HYPERLINK("http://x")`);
		expect(cell(events, 'C2')!.v).toBe("'@SUM(1)");
	});

	it('keeps its heading in sight and can be filtered', () => {
		const xml = Buffer.from(
			book.files['xl/worksheets/sheet1.xml']!.content as Uint8Array,
		).toString();
		expect(xml).toContain(
			'<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
		);
		expect(xml).toContain('<autoFilter ref="A1:V3"/>');
	});

	it('is the same file for the same content', () => {
		const sheets = [exportedSheet('events', [EVENT])];
		const [one, other] = [runSteps(workbook(sheets)), runSteps(workbook(sheets))];
		expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
	});

	it('leaves out secrets that a server repeated', () => {
		const sheet = exportedSheet('events', [{ message: 'refused: password=hunter2secret' }]);
		const text = Buffer.from(runSteps(workbook([sheet]))).toString('latin1');
		expect(text).toContain('refused: password=');
		expect(text).not.toContain('hunter2');
	});

	it('takes only columns that the tables have', () => {
		const tables = {
			events: 'events',
			waiting: 'parked',
			reconciliation: 'reconciliation',
		} as const;
		for (const [which, table] of Object.entries(tables)) {
			const known = TABLES[table].columns.map(({ name }) => name as string);
			const asked = exportedSheet(which as keyof typeof tables, []).columns.map(({ from }) => from);
			expect(asked.filter((from) => !known.includes(from))).toEqual([]);
		}
	});

	property.prop([fc.array(fc.string({ unit: 'binary', maxLength: 50 }), { maxLength: 20 })], {
		numRuns: 200,
	})('is well-formed and says what it was given, for any text', (texts) => {
		const sheet = aboutSheet(texts.map((text) => [text, text]));
		const read = open([sheet]);
		for (const { content } of Object.values(read.files)) {
			// Folders have none.
			if (content === undefined) continue;
			const text = typeof content === 'string' ? content : Buffer.from(content).toString();
			if (text.startsWith('<?xml')) expect(XMLValidator.validate(text)).toBe(true);
		}
		texts.forEach((text, index) => {
			if (!/^[A-Za-z0-9 <>&"']+$/.test(text)) return;
			const shown = String(cell(read.Sheets.About, `A${index + 2}`)?.v ?? '');
			expect(shown.replace(/^'/, '')).toBe(text.replace(/^'/, ''));
		});
	});
});

describe('the archive', () => {
	it('carries the known check sum', () => {
		expect(runSteps(crc32(new TextEncoder().encode('123456789')))).toBe(0xcbf43926);
		expect(runSteps(zip([])).length).toBe(22);
	});
});
