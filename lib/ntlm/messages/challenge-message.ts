import { MalformedChallengeError } from '../errors/malformed-challenge-error';
import { WeakAuthenticationRefusedError } from '../errors/weak-authentication-refused-error';
import { NegotiateFlag, SIGNATURE } from './negotiate-flags';
import { AvId, findPair, parseTargetInfo, type AvPair } from './target-info';

/** CHALLENGE_MESSAGE ("Type 2") as far as NTLMv2 needs it. */
export interface ChallengeMessage {
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
		...(timestamp === undefined ? {} : { timestamp }),
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
