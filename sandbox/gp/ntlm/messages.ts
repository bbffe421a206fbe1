/** The three NTLM messages as a server sees them (MS-NLMP 2.2.1). Every read is bounds-checked. */

export class MalformedMessage extends Error {}

const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');

export const FLAG = {
	unicode: 0x00000001,
	requestTarget: 0x00000004,
	sign: 0x00000010,
	seal: 0x00000020,
	ntlm: 0x00000200,
	anonymous: 0x00000800,
	alwaysSign: 0x00008000,
	targetTypeDomain: 0x00010000,
	extendedSessionSecurity: 0x00080000,
	targetInfo: 0x00800000,
	version: 0x02000000,
	key128: 0x20000000,
	keyExchange: 0x40000000,
	key56: 0x80000000,
} as const;

/** AV_PAIR identifiers (MS-NLMP 2.2.2.1). */
export const AV = {
	end: 0,
	computerName: 1,
	domainName: 2,
	dnsComputerName: 3,
	dnsDomainName: 4,
	flags: 6,
	timestamp: 7,
	targetName: 9,
	channelBindings: 10,
} as const;

export interface NegotiateMessage {
	type: 1;
	flags: number;
}

export interface AuthenticateMessage {
	type: 3;
	flags: number;
	lmResponse: Buffer;
	ntResponse: Buffer;
	domain: string;
	user: string;
	workstation: string;
	encryptedSessionKey: Buffer;
	/** Where the payload starts: a MIC fits only when this is at least 88. */
	payloadStart: number;
}

export function parseMessage(token: Buffer): NegotiateMessage | AuthenticateMessage {
	if (token.length < 16 || !token.subarray(0, 8).equals(SIGNATURE)) {
		throw new MalformedMessage('not an NTLMSSP message');
	}
	const type = token.readUInt32LE(8);
	if (type === 1) return { type, flags: token.readUInt32LE(12) };
	if (type === 3) return parseAuthenticate(token);
	throw new MalformedMessage(`message type ${type} is not for a server`);
}

function parseAuthenticate(token: Buffer): AuthenticateMessage {
	if (token.length < 64)
		throw new MalformedMessage('authenticate message is shorter than its header');
	const fields = [12, 20, 28, 36, 44, 52].map((at) => field(token, at));
	const flags = token.readUInt32LE(60);
	const encoding = flags & FLAG.unicode ? 'utf16le' : 'latin1';
	const used = fields.filter((one) => one.length > 0);
	const payloadStart = Math.min(token.length, ...used.map((one) => one.offset));
	if (payloadStart < 64) throw new MalformedMessage('a field overlaps the header');
	const [lm, nt, domain, user, workstation, sessionKey] = fields.map((one) =>
		token.subarray(one.offset, one.offset + one.length),
	);
	return {
		type: 3,
		flags,
		lmResponse: lm,
		ntResponse: nt,
		domain: domain.toString(encoding),
		user: user.toString(encoding),
		workstation: workstation.toString(encoding),
		encryptedSessionKey: sessionKey,
		payloadStart,
	};
}

function field(token: Buffer, at: number): { offset: number; length: number } {
	const length = token.readUInt16LE(at);
	const offset = token.readUInt32LE(at + 4);
	if (length > 0 && offset + length > token.length) {
		throw new MalformedMessage(`field at byte ${at} points outside the message`);
	}
	return { offset, length };
}

/** Reads AV pairs up to the end marker; refuses lists without one. */
export function parseAvPairs(bytes: Buffer): Map<number, Buffer> {
	const pairs = new Map<number, Buffer>();
	let at = 0;
	for (;;) {
		if (at + 4 > bytes.length) throw new MalformedMessage('AV pairs have no end');
		const id = bytes.readUInt16LE(at);
		const length = bytes.readUInt16LE(at + 2);
		if (id === AV.end) return pairs;
		if (at + 4 + length > bytes.length)
			throw new MalformedMessage('AV pair is longer than its list');
		pairs.set(id, bytes.subarray(at + 4, at + 4 + length));
		at += 4 + length;
	}
}

export function encodeAvPairs(pairs: Array<[number, Buffer]>): Buffer {
	const parts = [...pairs, [AV.end, Buffer.alloc(0)] as [number, Buffer]].map(([id, value]) => {
		const head = Buffer.alloc(4);
		head.writeUInt16LE(id, 0);
		head.writeUInt16LE(value.length, 2);
		return Buffer.concat([head, value]);
	});
	return Buffer.concat(parts);
}

export interface ChallengeFields {
	flags: number;
	challenge: Buffer;
	targetName: string;
	/** Empty: the message carries no target information, as old servers do. */
	targetInfo: Buffer;
}

/** CHALLENGE_MESSAGE (MS-NLMP 2.2.1.2), 56-byte header with a VERSION structure. */
export function buildChallenge(fields: ChallengeFields): Buffer {
	const target = Buffer.from(fields.targetName, 'utf16le');
	const header = Buffer.alloc(56);
	SIGNATURE.copy(header, 0);
	header.writeUInt32LE(2, 8);
	header.writeUInt16LE(target.length, 12);
	header.writeUInt16LE(target.length, 14);
	header.writeUInt32LE(56, 16);
	header.writeUInt32LE(fields.flags >>> 0, 20);
	fields.challenge.copy(header, 24);
	header.writeUInt16LE(fields.targetInfo.length, 40);
	header.writeUInt16LE(fields.targetInfo.length, 42);
	header.writeUInt32LE(56 + target.length, 44);
	// Windows 10.0 build 17763, NTLM revision 15.
	Buffer.from([10, 0, 0x63, 0x45, 0, 0, 0, 15]).copy(header, 48);
	return Buffer.concat([header, target, fields.targetInfo]);
}

const EPOCH_OFFSET_MS = 11644473600000n;

/** 100-nanosecond ticks since 1601, as Windows counts time. */
export function toFileTime(epochMilliseconds: number): Buffer {
	const buffer = Buffer.alloc(8);
	buffer.writeBigUInt64LE((BigInt(Math.round(epochMilliseconds)) + EPOCH_OFFSET_MS) * 10000n);
	return buffer;
}

export function fromFileTime(bytes: Buffer): number {
	return Number(bytes.readBigUInt64LE(0) / 10000n - EPOCH_OFFSET_MS);
}
