import { comparableVendorName } from '../../../lib/sync/kinds/vendor-directory';

test.each([
	['ACME  Concrete,\tInc.', 'acme concrete'],
	['Acme Concrete Co., Ltd.', 'acme concrete'],
	['Smith & Co.', 'smith'],
	['Smith and Sons', 'smith and sons'],
	['J.R. Smith', 'jr smith'],
	['St. Mary', 'st mary'],
	['AT&T', 'at and t'],
	["Bob's Café", 'bobs cafe'],
	['Bob’s ‘n’ Sons', 'bobs n sons'],
	['3-D Printing (North)', '3 d printing north'],
	// Words that are legal forms stay where they are not the end, or all there is.
	['Company Roofing', 'company roofing'],
	['Company', 'company'],
	['Co. Inc.', 'co'],
	['And', 'and'],
	['And Co', 'and'],
	['...', ''],
])('%s is compared as "%s"', (name, compared) => expect(comparableVendorName(name)).toBe(compared));
