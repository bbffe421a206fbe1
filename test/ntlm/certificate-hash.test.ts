import { createHash } from 'node:crypto';
import { channelBindingOf, elementAt, endPointHash } from '../../lib/ntlm/messages/ntlmv2';

/** A DER element: tag, length, contents. */
const der = (tag: number, ...contents: Buffer[]): Buffer => {
	const body = Buffer.concat(contents);
	const length =
		body.length < 0x80
			? Buffer.from([body.length])
			: Buffer.from([0x82, body.length >> 8, body.length & 0xff]);
	return Buffer.concat([Buffer.from([tag]), length, body]);
};
const sequence = (...contents: Buffer[]) => der(0x30, ...contents);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
/** A certificate as far as its signature algorithm: the signed part, then the algorithm (RFC 5280, 4.1). */
const certificate = (...algorithm: Buffer[]) =>
	sequence(sequence(Buffer.alloc(300, 1)), sequence(...algorithm), der(0x03, Buffer.alloc(9)));

const PSS = '2a864886f70d01010a';

test.each([
	['md5WithRSAEncryption', '2a864886f70d010104', 'sha256'],
	['sha1WithRSAEncryption', '2a864886f70d010105', 'sha256'],
	['sha224WithRSAEncryption', '2a864886f70d01010e', 'sha224'],
	['sha256WithRSAEncryption', '2a864886f70d01010b', 'sha256'],
	['sha384WithRSAEncryption', '2a864886f70d01010c', 'sha384'],
	['sha512WithRSAEncryption', '2a864886f70d01010d', 'sha512'],
	['ecdsa-with-SHA384', '2a8648ce3d040303', 'sha384'],
	['ecdsa-with-SHA512', '2a8648ce3d040304', 'sha512'],
	['Ed25519, which has no single hash', '2b6570', undefined],
])('a certificate signed by %s is bound by the hash of RFC 5929', (_name, hex, expected) => {
	expect(endPointHash(certificate(oid(hex), der(0x05)))).toBe(expected);
});

describe('RSASSA-PSS names its hash in the parameters', () => {
	const withHash = (hex: string) =>
		certificate(oid(PSS), sequence(der(0xa0, sequence(oid(hex), der(0x05)))));

	test.each([
		['SHA-1', '2b0e03021a', 'sha256'],
		['SHA-224', '608648016503040204', 'sha224'],
		['SHA-256', '608648016503040201', 'sha256'],
		['SHA-384', '608648016503040202', 'sha384'],
		['SHA-512', '608648016503040203', 'sha512'],
		['an unknown one', '608648016503040209', undefined],
	])('%s', (_name, hex, expected) => expect(endPointHash(withHash(hex))).toBe(expected));

	test('where it names none it is SHA-1, lifted to SHA-256', () => {
		expect(endPointHash(certificate(oid(PSS), sequence()))).toBe('sha256');
		// Salt length alone: [2].
		expect(endPointHash(certificate(oid(PSS), sequence(der(0xa2, der(0x02)))))).toBe('sha256');
	});

	test('where it cannot be read there is none', () => {
		const cut = sequence(sequence(), sequence(oid(PSS), sequence(der(0xa0, sequence()))));
		expect(endPointHash(cut)).toBeUndefined();
	});
});

test('what is no certificate has no hash, and so no binding', () => {
	for (const bytes of [
		Buffer.alloc(0),
		sequence(),
		sequence(sequence()),
		sequence(sequence(), sequence()),
		// A number stands where the algorithm should be.
		sequence(sequence(), sequence(der(0x02, Buffer.from('2a864886f70d01010b', 'hex')))),
	]) {
		expect(endPointHash(bytes)).toBeUndefined();
		expect(channelBindingOf(bytes)).toBeUndefined();
	}
});

test('the binding is the MD5 of the GSS structure around the hash of the certificate', () => {
	const bytes = certificate(oid('2a864886f70d01010c'), der(0x05));
	const data = Buffer.concat([
		Buffer.from('tls-server-end-point:'),
		createHash('sha384').update(bytes).digest(),
	]);
	// RFC 2744: initiator and acceptor of type 0 and length 0, then the data with its length.
	const structure = Buffer.from(`${'00'.repeat(16)}45000000`, 'hex');
	expect(channelBindingOf(bytes)).toEqual(
		createHash('md5')
			.update(Buffer.concat([structure, data]))
			.digest(),
	);
});

describe('a DER element', () => {
	const at = (hex: string, position = 0) => elementAt(Buffer.from(hex, 'hex'), position);

	test.each([
		['with a short length', '0402aabb', 0, { tag: 4, start: 2, end: 4 }],
		['without contents, at the end', 'ff0500', 1, { tag: 5, start: 3, end: 3 }],
		['with a length of one byte', '048102aabb', 0, { tag: 4, start: 3, end: 5 }],
		['with a length of two bytes', '04820001aa', 0, { tag: 4, start: 4, end: 5 }],
		['with a length of four bytes', '048400000001aa', 0, { tag: 4, start: 6, end: 7 }],
		['with bytes behind it', '0401aabbcc', 0, { tag: 4, start: 2, end: 3 }],
	])('%s is read', (_what, hex, position, expected) => {
		expect(at(hex, position)).toEqual(expected);
	});

	test.each([
		['longer than the bytes that are there', '0403aabb'],
		['of unknown length', '0480aabb'],
		['with a length of five bytes', '04850000000001aa'],
		['whose length is cut off', '048200'],
		['of one byte alone', '04'],
	])('%s is none', (_what, hex) => expect(at(hex)).toBeUndefined());

	test('behind the bytes is none', () => expect(at('0401aa', 3)).toBeUndefined());
});
