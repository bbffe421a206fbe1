import fc from 'fast-check';
import { taxIdKeyOf, taxIdMatch } from '../../lib/model/same-firm';

const KEY = 'correct horse battery staple';

test('blanks, dashes, dots and case do not count', () => {
	const written = ['12-3456789', '123456789', ' 12 345 6789 ', '12.345.6789', '１２-3456789'];
	expect(new Set(written.map((one) => taxIdMatch(one, KEY))).size).toBe(1);
	expect(taxIdMatch('atu12345678', KEY)).toBe(taxIdMatch('ATU 1234 5678', KEY));
	expect(taxIdMatch('12-3456789', KEY)).not.toBe(taxIdMatch('12-3456780', KEY));
});

test('it has 22 characters of base64url and depends on the key', () => {
	const match = taxIdMatch('12-3456789', KEY);
	expect(match).toMatch(/^[\w-]{22}$/);
	expect(taxIdMatch('12-3456789', `${KEY}!`)).not.toBe(match);
});

test.each([
	undefined,
	null,
	'',
	'   ',
	'N/A',
	'applied for',
	'pending 12',
	'00-0000000',
	'999-99-9999',
])('%p is no tax id', (taxId) => expect(taxIdMatch(taxId, KEY)).toBeUndefined());

test('a key is trimmed, may be absent, and must be long', () => {
	expect(taxIdKeyOf(` ${KEY} `)).toBe(KEY);
	expect([undefined, '', '  '].map(taxIdKeyOf)).toEqual([undefined, undefined, undefined]);
	expect(taxIdKeyOf('short')).toBeNull();
});

test('the tax id cannot be read off it, whatever the tax id', () => {
	fc.assert(
		fc.property(fc.integer({ min: 100_000_000, max: 999_999_999 }), (number) => {
			const match = taxIdMatch(String(number), KEY);
			if (match) expect(match).not.toContain(String(number));
		}),
	);
});
