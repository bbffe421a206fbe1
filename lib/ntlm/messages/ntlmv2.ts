import { createHash, createHmac } from 'node:crypto';
import { CryptographyUnavailableError } from '../errors/login-errors';

/** A Windows account as NTLM names it. */
export interface AccountName {
	domain: string;
	user: string;
}

/**
 * Reads `DOMAIN\user`, `DOMAIN/user`, `user@domain` or a bare user. A user principal name travels whole in
 * the user field with the domain left empty, as Windows itself sends it; `domain` counts for a bare user
 * only. Blanks around, and a backslash behind a domain, are none of a Windows name: they were pasted.
 */
export function parseAccountName(user: string, domain = ''): AccountName {
	const written = user.trim();
	const slash = written.search(/[\\/]/);
	if (slash >= 0) {
		return { domain: written.slice(0, slash).trim(), user: written.slice(slash + 1).trim() };
	}
	if (written.includes('@')) return { domain: '', user: written };
	return { domain: domain.trim().replace(/[\\/]$/, ''), user: written };
}

/**
 * Upper case the way Windows does it (RtlUpcaseUnicodeString), or the proof would not fit: one UTF-16
 * unit for one, and only where the small letter comes back from the capital one. So `ß` (JavaScript:
 * `SS`), `ı` (`I`), `ſ` (`S`), `µ` (`Μ`) and the Greek symbols stay as they are; of what does not come
 * back, Windows raises the final sigma alone. Georgian and Cherokee got their capitals after its
 * table was made. Source: the table of capitals NTFS writes to each volume, as Linux keeps it
 * (fs/ntfs/upcase.c).
 */
export function upperCaseAsWindows(text: string): string {
	let result = '';
	for (let index = 0; index < text.length; index += 1) {
		const letter = text[index];
		const upper = letter.toUpperCase();
		const paired = upper.length === 1 && upper.toLowerCase() === letter;
		result += (paired && !WITHOUT_CAPITALS.test(letter)) || letter === 'ς' ? upper : letter;
	}
	return result;
}

const WITHOUT_CAPITALS = /[\u10d0-\u10ff\u13f8-\u13fd\uab70-\uabbf]/;

/**
 * HMAC-MD5, the keyed digest of NTLMv2. A Node process in FIPS mode refuses it, and going round
 * that policy with a private MD5 would be wrong: the user is told instead.
 */
export function hmacMd5(key: Uint8Array, ...parts: Uint8Array[]): Buffer {
	try {
		const hmac = createHmac('md5', key);
		for (const part of parts) hmac.update(part);
		return hmac.digest();
	} catch (error) {
		throw new CryptographyUnavailableError('HMAC-MD5', error);
	}
}

/** MD5, used only to fold the channel binding into 16 bytes. */
function md5(data: Uint8Array): Buffer {
	try {
		return createHash('md5').update(data).digest();
	} catch (error) {
		throw new CryptographyUnavailableError('MD5', error);
	}
}

/**
 * MD4 (RFC 1320). OpenSSL 3 ships it only in its legacy provider, which Node does not load, so
 * `node:crypto` cannot be relied on for the one digest the Windows password hash is made of.
 */
export function md4(message: Uint8Array): Buffer {
	const words = paddedWords(message);
	let [a, b, c, d] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];

	for (let block = 0; block < words.length; block += 16) {
		const [startA, startB, startC, startD] = [a, b, c, d];
		for (let step = 0; step < 48; step += 1) {
			const round = step >> 4;
			const sum =
				a + MIX[round](b, c, d) + words[block + WORD_ORDER[round][step & 15]] + CONSTANTS[round];
			const rotated = rotateLeft(sum | 0, ROTATIONS[round][step & 3]);
			[a, b, c, d] = [d, rotated, b, c];
		}
		a = (a + startA) | 0;
		b = (b + startB) | 0;
		c = (c + startC) | 0;
		d = (d + startD) | 0;
	}

	const digest = Buffer.alloc(16);
	[a, b, c, d].forEach((word, index) => digest.writeInt32LE(word | 0, index * 4));
	return digest;
}

const CONSTANTS = [0, 0x5a827999, 0x6ed9eba1];
const ROTATIONS = [
	[3, 7, 11, 19],
	[3, 5, 9, 13],
	[3, 9, 11, 15],
];
const WORD_ORDER = [
	[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
	[0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
	[0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
];
const MIX: Array<(x: number, y: number, z: number) => number> = [
	(x, y, z) => (x & y) | (~x & z),
	(x, y, z) => (x & y) | (x & z) | (y & z),
	(x, y, z) => x ^ y ^ z,
];

function rotateLeft(word: number, bits: number): number {
	return (word << bits) | (word >>> (32 - bits));
}

/** The message, a one bit, zeros and the length in bits, as little-endian words in blocks of 16. */
function paddedWords(message: Uint8Array): Int32Array {
	const padded = Buffer.alloc((((message.length + 8) >> 6) + 1) << 6);
	padded.set(message);
	padded[message.length] = 0x80;
	padded.writeBigUInt64LE(BigInt(message.length) * 8n, padded.length - 8);
	const words = new Int32Array(padded.length / 4);
	for (let index = 0; index < words.length; index += 1)
		words[index] = padded.readInt32LE(index * 4);
	return words;
}

export interface NtlmV2Response {
	/** The 16 bytes that prove knowledge of the password. */
	proof: Buffer;
	/** Proof and blob: the NtChallengeResponse. */
	response: Buffer;
	/** Key of the message integrity code (no key exchange is negotiated). */
	sessionKey: Buffer;
}

export function utf16(text: string): Buffer {
	return Buffer.from(text, 'utf16le');
}

/** NTOWFv2, MS-NLMP 3.3.2: HMAC-MD5 of upper-cased user and domain under the password's MD4. */
export function ntowfV2(account: AccountName, password: string): Buffer {
	const name = utf16(upperCaseAsWindows(account.user) + account.domain);
	return hmacMd5(md4(utf16(password)), name);
}

/**
 * ComputeResponse of NTLMv2, MS-NLMP 3.3.2.
 * @param key NTOWFv2 of the account
 * @param timestamp FILETIME, 8 bytes
 * @param targetInfo encoded AV_PAIR list
 */
export function ntlmV2Response(
	key: Buffer,
	serverChallenge: Buffer,
	clientChallenge: Buffer,
	timestamp: Buffer,
	targetInfo: Buffer,
): NtlmV2Response {
	const blob = Buffer.concat([
		Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
		timestamp,
		clientChallenge,
		Buffer.alloc(4),
		targetInfo,
		Buffer.alloc(4),
	]);
	const proof = hmacMd5(key, serverChallenge, blob);
	return { proof, response: Buffer.concat([proof, blob]), sessionKey: hmacMd5(key, proof) };
}

/** LMv2 response; only for servers that send no time stamp, otherwise 24 zeros take its place. */
export function lmV2Response(
	key: Buffer,
	serverChallenge: Buffer,
	clientChallenge: Buffer,
): Buffer {
	return Buffer.concat([hmacMd5(key, serverChallenge, clientChallenge), clientChallenge]);
}

/** Milliseconds since the Unix epoch as FILETIME: tenths of a microsecond since 1601. */
export function fileTime(millisecondsSinceEpoch: number): Buffer {
	const ticks = (BigInt(Math.trunc(millisecondsSinceEpoch)) + 11_644_473_600_000n) * 10_000n;
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64LE(ticks);
	return bytes;
}

/**
 * MsvAvChannelBindings for a TLS connection: MD5 of the GSS channel bindings structure (RFC 2744)
 * that holds `tls-server-end-point` (RFC 5929), the hash of the server's certificate. It ties the
 * login to this very TLS connection, so a man in the middle cannot pass it on.
 * @param certificate the server's certificate in DER
 * @returns 16 bytes, or undefined when the certificate's signature has no single hash (RFC 5929, 4.1)
 */
export function channelBindingOf(certificate: Buffer): Buffer | undefined {
	const algorithm = endPointHash(certificate);
	if (algorithm === undefined) return undefined;
	const applicationData = Buffer.concat([
		Buffer.from('tls-server-end-point:', 'latin1'),
		createHash(algorithm).update(certificate).digest(),
	]);
	const structure = Buffer.alloc(20);
	structure.writeUInt32LE(applicationData.length, 16);
	return md5(Buffer.concat([structure, applicationData]));
}

/** Signature algorithm → hash. MD5 and SHA-1 are lifted to SHA-256 as RFC 5929 demands. */
const HASH_BY_SIGNATURE: Record<string, string> = {
	'2a864886f70d010104': 'sha256', // md5WithRSAEncryption
	'2a864886f70d010105': 'sha256', // sha1WithRSAEncryption
	'2a864886f70d01010e': 'sha224',
	'2a864886f70d01010b': 'sha256',
	'2a864886f70d01010c': 'sha384',
	'2a864886f70d01010d': 'sha512',
	'2a8648ce3d0401': 'sha256', // ecdsa-with-SHA1
	'2a8648ce3d040301': 'sha224',
	'2a8648ce3d040302': 'sha256',
	'2a8648ce3d040303': 'sha384',
	'2a8648ce3d040304': 'sha512',
	'2a8648ce380403': 'sha256', // dsa-with-sha1
	'608648016503040302': 'sha256', // dsa-with-sha256
};

const RSASSA_PSS = '2a864886f70d01010a';
const HASH_BY_DIGEST: Record<string, string> = {
	'2b0e03021a': 'sha256', // sha1
	'608648016503040204': 'sha224',
	'608648016503040201': 'sha256',
	'608648016503040202': 'sha384',
	'608648016503040203': 'sha512',
};

/** Name of the hash that RFC 5929 prescribes for this certificate. */
export function endPointHash(certificate: Buffer): string | undefined {
	const outer = elementAt(certificate, 0);
	const body = outer && elementAt(certificate, outer.start);
	const algorithm = body && elementAt(certificate, body.end);
	const identifier = algorithm && elementAt(certificate, algorithm.start);
	if (identifier === undefined || identifier.tag !== 0x06) return undefined;
	const signature = certificate.subarray(identifier.start, identifier.end).toString('hex');
	return signature === RSASSA_PSS
		? probabilisticHash(certificate, identifier.end)
		: HASH_BY_SIGNATURE[signature];
}

/** RSASSA-PSS keeps its hash in the parameters: SEQUENCE { [0] { SEQUENCE { OID } } … }, RFC 4055. */
function probabilisticHash(certificate: Buffer, position: number): string | undefined {
	const parameters = elementAt(certificate, position);
	const tagged = parameters && elementAt(certificate, parameters.start);
	if (tagged === undefined || tagged.tag !== 0xa0) return 'sha256'; // default is SHA-1, lifted
	const digest = elementAt(certificate, tagged.start);
	const identifier = digest && elementAt(certificate, digest.start);
	if (identifier === undefined) return undefined;
	return HASH_BY_DIGEST[certificate.subarray(identifier.start, identifier.end).toString('hex')];
}

interface DerElement {
	tag: number;
	/** First byte of the contents. */
	start: number;
	/** First byte after the contents. */
	end: number;
}

/** Reads one DER tag and length; undefined when they do not fit into the bytes. */
export function elementAt(bytes: Buffer, position: number): DerElement | undefined {
	if (position + 2 > bytes.length) return undefined;
	const tag = bytes[position];
	let length = bytes[position + 1];
	let start = position + 2;
	if (length >= 0x80) {
		const count = length & 0x7f;
		if (count === 0 || count > 4 || start + count > bytes.length) return undefined;
		length = bytes.readUIntBE(start, count);
		start += count;
	}
	return start + length > bytes.length ? undefined : { tag, start, end: start + length };
}
