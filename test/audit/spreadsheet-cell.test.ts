import { spreadsheetCell, spreadsheetRow } from '../../lib/audit/spreadsheet-cell';

describe('an exported cell', () => {
	test.each([
		'=1+1',
		'+cmd|x',
		'-2+3',
		'@SUM(A1)',
		' =1',
		'\t=1',
		'\n@x',
		'＝1',
		'|calc',
		'-',
		'-5 days',
	])('never runs as a formula: %p', (text) => {
		expect(spreadsheetCell(text)).toBe(`'${text}`);
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
