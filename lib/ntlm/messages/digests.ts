import { createHash, createHmac } from 'node:crypto';
import { CryptographyUnavailableError } from '../errors/cryptography-unavailable-error';

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
export function md5(data: Uint8Array): Buffer {
	try {
		return createHash('md5').update(data).digest();
	} catch (error) {
		throw new CryptographyUnavailableError('MD5', error);
	}
}
