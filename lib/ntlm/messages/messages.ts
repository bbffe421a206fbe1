import { MalformedChallengeError, WeakAuthenticationRefusedError } from '../errors/login-errors';
import { type AccountName, fileTime, hmacMd5, lmV2Response, ntlmV2Response, utf16 } from './ntlmv2';

/** Negotiate flags, MS-NLMP 2.2.2.5. Only those this client reads or sends. */
const NegotiateFlag = {
	unicode: 0x00000001,
	requestTarget: 0x00000004,
	ntlm: 0x00000200,
	alwaysSign: 0x00008000,
	extendedSessionSecurity: 0x00080000,
	targetInfo: 0x00800000,
	version: 0x02000000,
	key128: 0x20000000,
	key56: 0x80000000,
} as const;

/**
 * What this client offers. Not OEM (names are UTF-16), not the LAN Manager key (NTLMv1), and neither
 * signing, sealing nor key exchange: HTTP protects its own messages by TLS.
 */
const OFFERED_FLAGS =
	(NegotiateFlag.unicode |
		NegotiateFlag.requestTarget |
		NegotiateFlag.ntlm |
		NegotiateFlag.alwaysSign |
		NegotiateFlag.extendedSessionSecurity |
		NegotiateFlag.targetInfo |
		NegotiateFlag.version |
		NegotiateFlag.key128 |
		NegotiateFlag.key56) >>>
	0;

const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');

/** VERSION, MS-NLMP 2.2.2.10: Windows 10, NTLMSSP revision 15. Informative only. */
const VERSION = Buffer.from([10, 0, 0x61, 0x4a, 0, 0, 0, 15]);

/** AV_PAIR identifiers, MS-NLMP 2.2.2.1. */
const AvId = {
	endOfList: 0,
	flags: 6,
	timestamp: 7,
	targetName: 9,
	channelBindings: 10,
} as const;

/** Bit of MsvAvFlags that announces a message integrity code. */
const MIC_PRESENT = 0x2;

interface AvPair {
	id: number;
	value: Buffer;
}

/** Reads the AV_PAIR list of a challenge; every length is checked against the bytes that came. */
function parseTargetInfo(bytes: Buffer): AvPair[] {
	const pairs: AvPair[] = [];
	let position = 0;
	while (position + 4 <= bytes.length) {
		const id = bytes.readUInt16LE(position);
		const length = bytes.readUInt16LE(position + 2);
		position += 4;
		if (id === AvId.endOfList) return pairs;
		if (position + length > bytes.length) {
			throw new MalformedChallengeError('its target information runs past the end of the message');
		}
		pairs.push({ id, value: bytes.subarray(position, position + length) });
		position += length;
	}
	throw new MalformedChallengeError('its target information has no end mark');
}

/** Writes the list back in its order, closed by the end mark. */
export function encodeTargetInfo(pairs: readonly AvPair[]): Buffer {
	const parts: Buffer[] = [];
	for (const { id, value } of pairs) {
		const head = Buffer.alloc(4);
		head.writeUInt16LE(id, 0);
		head.writeUInt16LE(value.length, 2);
		parts.push(head, value);
	}
	parts.push(Buffer.alloc(4));
	return Buffer.concat(parts);
}

function findPair(pairs: readonly AvPair[], id: number): Buffer | undefined {
	return pairs.find((pair) => pair.id === id)?.value;
}

/** Replaces the pair of that identifier, or appends it. */
function withPair(pairs: readonly AvPair[], id: number, value: Buffer): AvPair[] {
	return [...pairs.filter((pair) => pair.id !== id), { id, value }];
}

/** CHALLENGE_MESSAGE ("Type 2") as far as NTLMv2 needs it. */
interface ChallengeMessage {
	flags: number;
	/** 8 random bytes of the server. */
	serverChallenge: Buffer;
	targetInfo: AvPair[];
	/** MsvAvTimestamp, 8 bytes of FILETIME; absent on very old servers. */
	timestamp?: Buffer;
	/** The message as it came: the integrity code is computed over it. */
	bytes: Buffer;
}

const FIXED_PART = 48;

/**
 * Parses a CHALLENGE_MESSAGE, MS-NLMP 2.2.1.2. Any byte string gives a challenge or a typed error.
 * @throws MalformedChallengeError when the bytes are no such message
 * @throws WeakAuthenticationRefusedError when answering would need LM or NTLMv1
 */
export function parseChallengeMessage(bytes: Buffer): ChallengeMessage {
	if (bytes.length < 12 || !bytes.subarray(0, 8).equals(SIGNATURE)) {
		throw new MalformedChallengeError('it is not an NTLM message');
	}
	const type = bytes.readUInt32LE(8);
	if (type !== 2) throw new MalformedChallengeError(`it is a message of type ${type}, not 2`);
	if (bytes.length < 32) throw new MalformedChallengeError('it is cut short');

	const flags = bytes.readUInt32LE(20);
	requireStrongSession(flags);
	if (bytes.length < FIXED_PART) throw new MalformedChallengeError('it is cut short');

	const targetInfo = parseTargetInfo(fieldAt(bytes, 40));
	const timestamp = findPair(targetInfo, AvId.timestamp);
	if (timestamp !== undefined && timestamp.length !== 8) {
		throw new MalformedChallengeError('its time stamp has the wrong length');
	}
	const avFlags = findPair(targetInfo, AvId.flags);
	if (avFlags !== undefined && avFlags.length !== 4) {
		throw new MalformedChallengeError('its flags have the wrong length');
	}
	return {
		flags,
		serverChallenge: Buffer.from(bytes.subarray(24, 32)),
		targetInfo,
		timestamp,
		bytes,
	};
}

function requireStrongSession(flags: number): void {
	if (!(flags & NegotiateFlag.ntlm) || !(flags & NegotiateFlag.extendedSessionSecurity)) {
		throw new WeakAuthenticationRefusedError('does not offer extended session security');
	}
	if (!(flags & NegotiateFlag.targetInfo)) {
		throw new WeakAuthenticationRefusedError('sends no target information');
	}
	if (!(flags & NegotiateFlag.unicode)) {
		throw new WeakAuthenticationRefusedError('does not accept Unicode names');
	}
}

/** Length, allocated length and offset of a payload field, MS-NLMP 2.2.1.2. */
function fieldAt(bytes: Buffer, position: number): Buffer {
	const length = bytes.readUInt16LE(position);
	const offset = bytes.readUInt32LE(position + 4);
	if (length > 0 && (offset < FIXED_PART || offset + length > bytes.length)) {
		throw new MalformedChallengeError('one of its fields lies outside the message');
	}
	return bytes.subarray(offset, offset + length);
}

export interface AuthenticateInput {
	account: AccountName;
	/** NTOWFv2 of the account. */
	key: Buffer;
	workstation: string;
	/** The Type 1 message as it was sent. */
	negotiateMessage: Buffer;
	challenge: ChallengeMessage;
	/** 8 bytes, fresh for every handshake. */
	clientChallenge: Buffer;
	/** Service principal name, e.g. `HTTP/gp.contoso.com`. */
	targetName: string;
	/** MD5 of the channel bindings on TLS, zeros on plain HTTP; absent where a certificate names no single hash. */
	channelBinding?: Buffer;
	/** Milliseconds since the Unix epoch, used when the server sends no time of its own. */
	now: number;
}

const PAYLOAD_OFFSET = 88;
const MIC_OFFSET = 72;

/** AUTHENTICATE_MESSAGE ("Type 3"), MS-NLMP 2.2.1.3, with VERSION and MIC in their places. */
export function createAuthenticateMessage(input: AuthenticateInput): Buffer {
	const { account, challenge, key, clientChallenge } = input;
	const withMic = challenge.timestamp !== undefined;
	const nt = ntlmV2Response(
		key,
		challenge.serverChallenge,
		clientChallenge,
		challenge.timestamp ?? fileTime(input.now),
		encodeTargetInfo(answeredTargetInfo(input, withMic)),
	);
	// A server that sends the time must not be given an LMv2 response (MS-NLMP 3.1.5.1.2).
	const lm = withMic
		? Buffer.alloc(24)
		: lmV2Response(key, challenge.serverChallenge, clientChallenge);

	const flags = (challenge.flags & OFFERED_FLAGS) >>> 0;
	const head = Buffer.alloc(PAYLOAD_OFFSET);
	SIGNATURE.copy(head, 0);
	head.writeUInt32LE(3, 8);
	head.writeUInt32LE(flags, 60);
	if (flags & NegotiateFlag.version) VERSION.copy(head, 64);

	const fields: Array<[position: number, value: Buffer]> = [
		[28, utf16(account.domain)],
		[36, utf16(account.user)],
		[44, utf16(input.workstation)],
		[12, lm],
		[20, nt.response],
		[52, Buffer.alloc(0)],
	];
	let offset = PAYLOAD_OFFSET;
	for (const [position, value] of fields) {
		head.writeUInt16LE(value.length, position);
		head.writeUInt16LE(value.length, position + 2);
		head.writeUInt32LE(offset, position + 4);
		offset += value.length;
	}
	const message = Buffer.concat([head, ...fields.map(([, value]) => value)]);
	if (withMic) {
		// The code is computed with its own place zeroed, over all three messages.
		hmacMd5(nt.sessionKey, input.negotiateMessage, challenge.bytes, message).copy(
			message,
			MIC_OFFSET,
		);
	}
	return message;
}

/** The server's list given back, with the client's own statements added. */
function answeredTargetInfo(input: AuthenticateInput, withMic: boolean): AvPair[] {
	let pairs: AvPair[] = input.challenge.targetInfo;
	if (withMic) {
		const flags = Buffer.alloc(4);
		const sent = findPair(pairs, AvId.flags);
		flags.writeUInt32LE(((sent?.readUInt32LE(0) ?? 0) | MIC_PRESENT) >>> 0);
		pairs = withPair(pairs, AvId.flags, flags);
	}
	// Over TLS Windows compares zeros, too, where bindings are optional (gss-ntlmssp 25): none are sent in their place.
	if (input.channelBinding) pairs = withPair(pairs, AvId.channelBindings, input.channelBinding);
	return withPair(pairs, AvId.targetName, utf16(input.targetName));
}

/**
 * NEGOTIATE_MESSAGE ("Type 1"), MS-NLMP 2.2.1.1. Always 40 bytes: gss-ntlmssp refuses shorter ones.
 * Domain and workstation stay empty, so an unproven server learns nothing about the account.
 */
export function createNegotiateMessage(): Buffer {
	const message = Buffer.alloc(40);
	SIGNATURE.copy(message, 0);
	message.writeUInt32LE(1, 8);
	message.writeUInt32LE(OFFERED_FLAGS, 12);
	message.writeUInt32LE(40, 20);
	message.writeUInt32LE(40, 28);
	VERSION.copy(message, 32);
	return message;
}
