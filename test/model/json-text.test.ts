import { fc, test as property } from '@fast-check/jest';
import { canonicalJson, contentHash } from '../../lib/model/json-text';

describe('contentHash', () => {
	test('does not depend on the order of keys', () => {
		expect(contentHash({ a: 1, b: { c: 2, d: 3 } })).toBe(contentHash({ b: { d: 3, c: 2 }, a: 1 }));
	});

	test('depends on the order of a list', () => {
		expect(contentHash([1, 2])).not.toBe(contentHash([2, 1]));
	});

	test('ignores undefined members, as JSON does, but not null', () => {
		expect(contentHash({ a: 1, b: undefined })).toBe(contentHash({ a: 1 }));
		expect(contentHash({ a: 1, b: null })).not.toBe(contentHash({ a: 1 }));
	});

	test('tells text from number and empty from absent', () => {
		expect(contentHash({ a: '1' })).not.toBe(contentHash({ a: 1 }));
		expect(contentHash({ a: '' })).not.toBe(contentHash({}));
	});

	test('is 96 bits in hexadecimal, the same on every machine', () => {
		expect(contentHash({ vendor: 'ACME0001', name: 'Ñandú & Söhne' })).toMatch(/^[0-9a-f]{24}$/);
		// sha256('{}') begins so.
		expect(contentHash({})).toBe('44136fa355b3678a1146ad16');
	});

	property.prop([fc.jsonValue()])('reads back as the same value', (value) => {
		expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
		expect(contentHash(JSON.parse(canonicalJson(value)))).toBe(contentHash(value));
	});
});
