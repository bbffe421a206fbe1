import { spreadsheetCell, spreadsheetRow } from '../../lib/audit/workbook';

describe('an exported cell', () => {
	test.each([
		'=1+1',
		'+cmd|x',
		'-2+3',
		'@SUM(A1)',
		' =1',
		'＝1',
		'|calc',
		'-',
		'-5 days',
		'\u00a0=1',
		'\u200b+1',
		'\ufeff@x',
		'\u3164=1',
		'\ufe0f=1',
		'\u2800=1',
		'   -x',
		'＋1',
		'－x',
		'＠SUM(A1)',
		'"=1',
		"'=1",
	])('never runs as a formula: %p', (text) => {
		expect(spreadsheetCell(text)).toBe(`'${text}`);
	});

	test.each([
		['\t=1', "' '=1"],
		['\r=1', "' '=1"],
		['\n@x', "' '@x"],
		['a\r=1', "a '=1"],
		['a\n+1', "a '+1"],
		['a;=1', "a '=1"],
		['a; =1', "a ' =1"],
		['a,@x', "a '@x"],
		['a\t-1', "a '-1"],
		['a;"=1', 'a \'"=1'],
		['a;＝1', "a '＝1"],
	])('begins no other cell with a formula inside it: %p', (text, shown) => {
		expect(spreadsheetCell(text)).toBe(shown);
		for (const cell of String(spreadsheetCell(text)).split(/[\r\n\t;,]/)) {
			expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/);
		}
	});

	test('holds no sign that makes a damaged file, and is cut where it would be none', () => {
		expect(spreadsheetCell('\u0000=1')).toBe("' =1");
		expect(spreadsheetCell('a\u0001b\vc\u001f')).toBe('a b c ');
		for (const sign of ['x', ';=', ' ', '='])
			expect(String(spreadsheetCell(sign.repeat(100_000))).length).toBeLessThanOrEqual(32_767);
	});

	test('is a number where its column holds amounts and nothing is lost', () => {
		const row = { gp_amount: '-1234.50', procore_amount: '0.10', voucher: '00417', key: '12' };
		expect(spreadsheetRow(row)).toEqual({
			gp_amount: -1234.5,
			procore_amount: 0.1,
			voucher: '00417',
			key: '12',
		});
		for (const kept of ['1234567890123456.78', '007', '1e5', '', '1,200.00', '0x10', '.5']) {
			expect(spreadsheetRow({ gp_amount: kept })).toEqual({ gp_amount: kept });
		}
		expect(spreadsheetRow({ gp_amount: '=1+1' })).toEqual({ gp_amount: "'=1+1" });
	});

	test.each(['-12.50', '0.00', 'ACME = good', 'a-b', '', '1;00417'])(
		'stays as it is: %p',
		(text) => {
			expect(spreadsheetCell(text)).toBe(text);
		},
	);

	test('keeps numbers, yes and no, and makes nothing of nothing', () => {
		expect(spreadsheetRow({ tries: -1, dry_run: false, note: null, label: '=x' })).toEqual({
			tries: -1,
			dry_run: false,
			note: '',
			label: "'=x",
		});
	});
});
