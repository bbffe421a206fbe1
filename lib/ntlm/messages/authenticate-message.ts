import type { AccountName } from './account-name';
import type { ChallengeMessage } from './challenge-message';
import { hmacMd5 } from './digests';
import { NegotiateFlag, OFFERED_FLAGS, SIGNATURE, VERSION } from './negotiate-flags';
import { fileTime, lmV2Response, ntlmV2Response, utf16 } from './ntlmv2';
import {
	AvId,
	encodeTargetInfo,
	findPair,
	MIC_PRESENT,
	withPair,
	type AvPair,
} from './target-info';

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
	/** MD5 of the channel bindings on TLS; absent on plain HTTP. */
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
	pairs = withPair(pairs, AvId.channelBindings, input.channelBinding ?? Buffer.alloc(16));
	return withPair(pairs, AvId.targetName, utf16(input.targetName));
}
