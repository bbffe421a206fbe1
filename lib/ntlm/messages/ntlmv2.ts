import { upperCaseAsWindows, type AccountName } from './account-name';
import { hmacMd5 } from './digests';
import { md4 } from './md4';

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
