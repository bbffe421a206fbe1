import { createCipheriv, createHash } from 'node:crypto';
import md4 from 'js-md4';
import { DEFAULT_FLAGS } from '../../ntlm/helpers/reference-ntlm';

/** The weak logins this project never sends; needed to see a peer refuse them. */

/** NTLMv1 response, MS-NLMP 3.3.1: three single-DES encryptions under the NT hash. */
export function ntlmV1Response(password: string, challenge: Buffer): Buffer {
	const hash = Buffer.concat([
		Buffer.from(md4.arrayBuffer(Buffer.from(password, 'utf16le'))),
		Buffer.alloc(5),
	]);
	return Buffer.concat([0, 7, 14].map((at) => singleDes(hash.subarray(at, at + 7), challenge)));
}

/** NTLMv1 with extended session security ("NTLM2 session"): the challenge is hashed with the client's. */
export function ntlm2SessionResponse(
	password: string,
	serverChallenge: Buffer,
	clientChallenge: Buffer,
): { lm: Buffer; nt: Buffer } {
	const session = createHash('md5').update(serverChallenge).update(clientChallenge).digest();
	return {
		lm: Buffer.concat([clientChallenge, Buffer.alloc(16)]),
		nt: ntlmV1Response(password, session.subarray(0, 8)),
	};
}

export function type3Of(
	account: { domain: string; user: string },
	lm: Buffer,
	nt: Buffer,
	extendedSecurity: boolean,
): Buffer {
	const ess = 0x00080000;
	const flags = (extendedSecurity ? DEFAULT_FLAGS | ess : DEFAULT_FLAGS & ~ess) & ~0x50000030;
	const head = Buffer.alloc(88);
	head.write('NTLMSSP\0', 'latin1');
	head.writeUInt32LE(3, 8);
	head.writeUInt32LE(flags >>> 0, 60);
	const parts: Array<[number, Buffer]> = [
		[12, lm],
		[20, nt],
		[28, Buffer.from(account.domain, 'utf16le')],
		[36, Buffer.from(account.user, 'utf16le')],
		[44, Buffer.alloc(0)],
		[52, Buffer.alloc(0)],
	];
	let offset = 88;
	for (const [position, value] of parts) {
		head.writeUInt16LE(value.length, position);
		head.writeUInt16LE(value.length, position + 2);
		head.writeUInt32LE(offset, position + 4);
		offset += value.length;
	}
	return Buffer.concat([head, ...parts.map(([, value]) => value)]);
}

/** Single DES as triple DES with one key thrice, since OpenSSL 3 offers only the latter. */
function singleDes(key7: Buffer, block: Buffer): Buffer {
	const bits = BigInt(`0x${key7.toString('hex')}`);
	const key8 = Buffer.alloc(8);
	for (let index = 0; index < 8; index += 1) {
		key8[index] = Number((bits >> BigInt(49 - 7 * index)) & 0x7fn) << 1;
	}
	const cipher = createCipheriv('des-ede3', Buffer.concat([key8, key8, key8]), null);
	cipher.setAutoPadding(false);
	return cipher.update(block);
}
