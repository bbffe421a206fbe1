import { createHmac, timingSafeEqual } from 'node:crypto';
import md4 from 'js-md4';

/**
 * The server's side of NTLMv2, written apart from lib/ntlm (own layout code, js-md4 for the hash) so
 * that a mistake there is not repeated here.
 */
export interface Account {
	domain: string;
	user: string;
	password: string;
}

export interface Type3Fields {
	lm: Buffer;
	nt: Buffer;
	domain: string;
	user: string;
	workstation: string;
	flags: number;
	mic: Buffer;
	targetInfo: Map<number, Buffer>;
	timestamp: Buffer;
	clientChallenge: Buffer;
}

export const TIMESTAMP = Buffer.from('00b0d6f2f5c1da01', 'hex');

export interface ChallengeOptions {
	serverChallenge: Buffer;
	flags?: number;
	withTimestamp?: boolean;
	withTargetInfo?: boolean;
}

export const DEFAULT_FLAGS = 0xe2898235;

export function buildType2(options: ChallengeOptions): Buffer {
	const { serverChallenge, flags = DEFAULT_FLAGS } = options;
	const name = Buffer.from('GPHOST', 'utf16le');
	const info: Buffer[] = [];
	if (options.withTargetInfo !== false) {
		const add = (id: number, value: Buffer) => {
			const head = Buffer.alloc(4);
			head.writeUInt16LE(id, 0);
			head.writeUInt16LE(value.length, 2);
			info.push(head, value);
		};
		add(2, Buffer.from('CONTOSO', 'utf16le'));
		add(1, name);
		add(4, Buffer.from('contoso.com', 'utf16le'));
		if (options.withTimestamp !== false) add(7, TIMESTAMP);
		info.push(Buffer.alloc(4));
	}
	const targetInfo = Buffer.concat(info);
	const head = Buffer.alloc(56);
	head.write('NTLMSSP\0', 'latin1');
	head.writeUInt32LE(2, 8);
	head.writeUInt16LE(name.length, 12);
	head.writeUInt16LE(name.length, 14);
	head.writeUInt32LE(56, 16);
	head.writeUInt32LE(flags >>> 0, 20);
	serverChallenge.copy(head, 24);
	head.writeUInt16LE(targetInfo.length, 40);
	head.writeUInt16LE(targetInfo.length, 42);
	head.writeUInt32LE(56 + name.length, 44);
	return Buffer.concat([head, name, targetInfo]);
}

export function readType3(message: Buffer): Type3Fields {
	if (message.toString('latin1', 0, 8) !== 'NTLMSSP\0' || message.readUInt32LE(8) !== 3) {
		throw new Error('not a Type 3 message');
	}
	const field = (position: number) => {
		const length = message.readUInt16LE(position);
		const offset = message.readUInt32LE(position + 4);
		if (offset + length > message.length) throw new Error('field outside the message');
		return message.subarray(offset, offset + length);
	};
	const nt = field(20);
	const targetInfo = new Map<number, Buffer>();
	let position = 44;
	while (position + 4 <= nt.length) {
		const id = nt.readUInt16LE(position);
		const length = nt.readUInt16LE(position + 2);
		if (id === 0) break;
		if (targetInfo.has(id)) throw new Error(`AV pair ${id} twice`);
		targetInfo.set(id, nt.subarray(position + 4, position + 4 + length));
		position += 4 + length;
	}
	return {
		lm: field(12),
		nt,
		domain: field(28).toString('utf16le'),
		user: field(36).toString('utf16le'),
		workstation: field(44).toString('utf16le'),
		flags: message.readUInt32LE(60),
		mic: message.subarray(72, 88),
		targetInfo,
		timestamp: nt.subarray(24, 32),
		clientChallenge: nt.subarray(32, 40),
	};
}

/** Whether the message proves the password; NTLMv1 (24-byte responses) never does. */
export function verifyType3(
	type1: Buffer,
	type2: Buffer,
	type3: Buffer,
	account: Account,
): 'accepted' | string {
	const fields = readType3(type3);
	if (fields.nt.length <= 24) return 'NTLMv1';
	if (fields.user.toUpperCase() !== account.user.toUpperCase()) return 'unknown user';
	const ntHash = Buffer.from(md4.arrayBuffer(Buffer.from(account.password, 'utf16le')));
	const key = hmac(ntHash, Buffer.from(fields.user.toUpperCase() + fields.domain, 'utf16le'));
	const proof = hmac(key, Buffer.concat([type2.subarray(24, 32), fields.nt.subarray(16)]));
	if (!timingSafeEqual(proof, fields.nt.subarray(0, 16))) return 'wrong password';
	const avFlags = fields.targetInfo.get(6)?.readUInt32LE(0) ?? 0;
	if (avFlags & 2) {
		const zeroed = Buffer.from(type3);
		zeroed.fill(0, 72, 88);
		const mic = hmac(hmac(key, proof), Buffer.concat([type1, type2, zeroed]));
		if (!timingSafeEqual(mic, fields.mic)) return 'wrong MIC';
	}
	return 'accepted';
}

function hmac(key: Buffer, data: Buffer): Buffer {
	return createHmac('md5', key).update(data).digest();
}
