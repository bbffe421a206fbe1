import { createHash, createHmac } from 'node:crypto';

// js-md4 ships no types; OpenSSL 3 has no MD4, which NTLM cannot do without.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const md4 = require('js-md4') as { array(message: number[] | Uint8Array): number[] };

export function hmacMd5(key: Buffer, ...parts: Buffer[]): Buffer {
	const hmac = createHmac('md5', key);
	for (const part of parts) hmac.update(part);
	return hmac.digest();
}

/** NT hash of a password: MD4 over its UTF-16LE form (MS-NLMP 3.3.1). */
export function ntHash(password: string): Buffer {
	return Buffer.from(md4.array(Array.from(Buffer.from(password, 'utf16le'))));
}

/** NTOWFv2 (MS-NLMP 3.3.2): user in upper case, domain exactly as the client sent it. */
export function ntOneWayV2(passwordHash: Buffer, user: string, domain: string): Buffer {
	return hmacMd5(passwordHash, Buffer.from(user.toUpperCase() + domain, 'utf16le'));
}

/** RC4, only to unwrap the session key of a client that negotiated key exchange. */
export function rc4(key: Buffer, data: Buffer): Buffer {
	const state = Array.from({ length: 256 }, (_, index) => index);
	for (let i = 0, j = 0; i < 256; i++) {
		j = (j + state[i] + key[i % key.length]) & 255;
		[state[i], state[j]] = [state[j], state[i]];
	}
	const output = Buffer.alloc(data.length);
	for (let n = 0, i = 0, j = 0; n < data.length; n++) {
		i = (i + 1) & 255;
		j = (j + state[i]) & 255;
		[state[i], state[j]] = [state[j], state[i]];
		output[n] = data[n] ^ state[(state[i] + state[j]) & 255];
	}
	return output;
}

/**
 * MD5 over the gss_channel_bindings structure with application data
 * `tls-server-end-point:` + certificate hash (RFC 5929 4.1, MS-NLMP 2.2.2.1 MsvAvChannelBindings).
 */
export function channelBindingHash(certificateDer: Buffer): Buffer {
	const digest = createHash(endPointDigest(certificateDer)).update(certificateDer).digest();
	const data = Buffer.concat([Buffer.from('tls-server-end-point:', 'ascii'), digest]);
	const header = Buffer.alloc(20);
	header.writeUInt32LE(data.length, 16);
	return createHash('md5').update(header).update(data).digest();
}

/** Object identifiers of the signature algorithms whose hash is longer than SHA-256. */
const LONGER_DIGESTS: Readonly<Record<string, string>> = {
	'2a864886f70d01010c': 'sha384',
	'2a864886f70d01010d': 'sha512',
	'2a8648ce3d040303': 'sha384',
	'2a8648ce3d040304': 'sha512',
};

/** RFC 5929: the hash of the certificate's signature algorithm, MD5 and SHA-1 replaced by SHA-256. */
function endPointDigest(certificateDer: Buffer): string {
	const certificate = element(certificateDer, 0);
	const toBeSigned = element(certificateDer, certificate.start);
	const algorithm = element(certificateDer, toBeSigned.end);
	const identifier = element(certificateDer, algorithm.start);
	const hex = certificateDer.subarray(identifier.start, identifier.end).toString('hex');
	return LONGER_DIGESTS[hex] ?? 'sha256';
}

/** Bounds of one DER element's content. */
function element(der: Buffer, offset: number): { start: number; end: number } {
	let length = der.readUInt8(offset + 1);
	let start = offset + 2;
	if (length & 0x80) {
		const bytes = length & 0x7f;
		length = der.readUIntBE(start, bytes);
		start += bytes;
	}
	return { start, end: start + length };
}
