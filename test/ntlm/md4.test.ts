import fc from 'fast-check';
import referenceMd4 from 'js-md4';
import { md4 } from '../../lib/ntlm/messages/ntlmv2';

describe('MD4', () => {
	// RFC 1320, appendix A.5.
	test.each([
		['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
		['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
		['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
		['message digest', 'd9130a8164549fe818874806e1c7014b'],
		['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
		[
			'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
			'043f8582f241db351ce627e153e7f0e4',
		],
		[
			'12345678901234567890123456789012345678901234567890123456789012345678901234567890',
			'e33b4ddc9c38f2199c3e7b164fcc0536',
		],
	])('of %j is that of RFC 1320', (text, digest) => {
		expect(md4(Buffer.from(text)).toString('hex')).toBe(digest);
	});

	test('equals js-md4 on any bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				expect(md4(bytes).toString('hex')).toBe(referenceMd4.hex(bytes));
			}),
			{ numRuns: 300 },
		);
	});

	test('pads right at every length around the block size', () => {
		for (let length = 0; length <= 130; length += 1) {
			const bytes = Buffer.alloc(length, 0xa5);
			expect(md4(bytes).toString('hex')).toBe(referenceMd4.hex(bytes));
		}
	});
});
