import { randomBytes, timingSafeEqual } from 'node:crypto';

import type { Directory, WindowsAccount } from './directory';
import { hmacMd5, ntHash, ntOneWayV2, rc4 } from './hashes';
import {
	AV,
	buildChallenge,
	encodeAvPairs,
	FLAG,
	fromFileTime,
	MalformedMessage,
	parseAvPairs,
	parseMessage,
	toFileTime,
	type AuthenticateMessage,
	type NegotiateMessage,
} from './messages';

/** How the sandbox server behaves in a handshake. */
export interface NtlmPolicy {
	/** Send target information; without it no NTLMv2 client should go on. */
	targetInfo: boolean;
	/** Send MsvAvTimestamp; its presence obliges the client to send a MIC and an empty LM response. */
	timestamp: boolean;
	extendedSessionSecurity: boolean;
	/** Refuse a client that sends no MIC. */
	requireMic: boolean;
	/** Refuse a client that does not bind itself to the TLS certificate (Windows: "Required"). */
	requireChannelBinding: boolean;
	/**
	 * Refuse whatever MS-NLMP 3.1.5.1.2 forbids a client, though Windows lets it pass: no MIC or an
	 * LM response beside a server timestamp, another timestamp than the server's, altered AV pairs.
	 */
	strict: boolean;
	/** Oldest or newest client time accepted (MS-NLMP 3.2.5.2.2 names 36 hours). */
	maximumAgeMs: number;
	/** Service name the client must mean when it sends one, e.g. "HTTP/gp.contoso.local"; null = any. */
	expectedTargetName: string | null;
}

export const DEFAULT_NTLM_POLICY: NtlmPolicy = {
	targetInfo: true,
	timestamp: true,
	extendedSessionSecurity: true,
	requireMic: false,
	requireChannelBinding: false,
	strict: false,
	maximumAgeMs: 36 * 3600 * 1000,
	expectedTargetName: null,
};

export interface AcceptorEnvironment {
	directory: Directory;
	/** Read at each handshake, so that it may change while running. */
	policy(): NtlmPolicy;
	computerName: string;
	/** channelBindingHash of the server's own certificate; null over plain HTTP. */
	channelBinding: Buffer | null;
	now(): number;
}

export type Verdict =
	| { kind: 'challenge'; token: Buffer }
	| { kind: 'accepted'; account: WindowsAccount; withMic: boolean; channelBound: boolean }
	/** A login was tried and failed: this is what locks accounts. */
	| { kind: 'rejected'; reason: string }
	/** Type 3 without an outstanding challenge: its first leg went over another socket. */
	| { kind: 'split' }
	| { kind: 'malformed'; reason: string };

class Refusal extends Error {}

interface Outstanding {
	challenge: Buffer;
	negotiate: Buffer;
	challengeMessage: Buffer;
	flags: number;
	timestamp: Buffer | null;
	domain: string;
}

/** One side of one socket: knows the challenge it sent there and nothing of other sockets. */
export class NtlmAcceptor {
	private outstanding: Outstanding | null = null;

	constructor(private readonly environment: AcceptorEnvironment) {}

	/** A request without a token in mid-handshake drops the handshake. */
	forget(): void {
		this.outstanding = null;
	}

	accept(token: Buffer): Verdict {
		try {
			const message = parseMessage(token);
			if (message.type === 1) return this.challenge(message, token);
			const outstanding = this.outstanding;
			this.outstanding = null;
			return outstanding ? this.authenticate(message, token, outstanding) : { kind: 'split' };
		} catch (error) {
			this.outstanding = null;
			if (error instanceof MalformedMessage) return { kind: 'malformed', reason: error.message };
			throw error;
		}
	}

	private challenge(message: NegotiateMessage, token: Buffer): Verdict {
		if (!(message.flags & FLAG.unicode)) {
			throw new MalformedMessage('client does not offer Unicode');
		}
		const policy = this.environment.policy();
		const domain = this.environment.directory.accounts[0]?.domain ?? 'WORKGROUP';
		const { dnsDomain } = this.environment.directory;
		const computer = this.environment.computerName;
		const timestamp = policy.timestamp ? toFileTime(this.environment.now()) : null;
		const text = (value: string) => Buffer.from(value, 'utf16le');
		const pairs: Array<[number, Buffer]> = [
			[AV.domainName, text(domain)],
			[AV.computerName, text(computer)],
			[AV.dnsDomainName, text(dnsDomain)],
			[AV.dnsComputerName, text(`${computer.toLowerCase()}.${dnsDomain}`)],
		];
		if (timestamp) pairs.push([AV.timestamp, timestamp]);
		// Only what the client asked for is granted, as Windows does.
		const echoed =
			message.flags &
			(FLAG.sign |
				FLAG.seal |
				FLAG.alwaysSign |
				FLAG.version |
				FLAG.key128 |
				FLAG.key56 |
				FLAG.keyExchange);
		const flags =
			echoed |
			FLAG.unicode |
			FLAG.requestTarget |
			FLAG.ntlm |
			FLAG.targetTypeDomain |
			(policy.extendedSessionSecurity ? FLAG.extendedSessionSecurity : 0) |
			(policy.targetInfo ? FLAG.targetInfo : 0);
		const challenge = randomBytes(8);
		const challengeMessage = buildChallenge({
			flags,
			challenge,
			targetName: domain,
			targetInfo: policy.targetInfo ? encodeAvPairs(pairs) : Buffer.alloc(0),
		});
		this.outstanding = { challenge, negotiate: token, challengeMessage, flags, timestamp, domain };
		return { kind: 'challenge', token: challengeMessage };
	}

	private authenticate(message: AuthenticateMessage, token: Buffer, sent: Outstanding): Verdict {
		const { directory } = this.environment;
		const account = directory.find(message.domain, message.user);
		try {
			const proof = this.verify(message, token, sent, account);
			if (!directory.book(message.domain, message.user, true)) {
				return { kind: 'rejected', reason: 'account is locked' };
			}
			return { kind: 'accepted', ...proof };
		} catch (error) {
			if (!(error instanceof Refusal || error instanceof MalformedMessage)) throw error;
			directory.book(message.domain, message.user, false);
			return { kind: 'rejected', reason: error.message };
		}
	}

	private verify(
		message: AuthenticateMessage,
		token: Buffer,
		sent: Outstanding,
		account: WindowsAccount | undefined,
	): { account: WindowsAccount; withMic: boolean; channelBound: boolean } {
		const policy = this.environment.policy();
		if (!(message.flags & FLAG.unicode)) throw new Refusal('names are not in Unicode');
		if (message.flags & FLAG.anonymous || message.user === '') throw new Refusal('anonymous login');
		// NTLMv1 and NTLM2 session responses have exactly 24 bytes; LM-only logins have none.
		if (message.ntResponse.length <= 24) throw new Refusal('LM and NTLMv1 are not allowed');
		if (!account) throw new Refusal('unknown user');

		const proof = message.ntResponse.subarray(0, 16);
		const blob = message.ntResponse.subarray(16);
		if (blob.length < 32 || blob[0] !== 1 || blob[1] !== 1) {
			throw new Refusal('NTLMv2 client challenge is not version 1.1');
		}
		const key = ntOneWayV2(ntHash(account.password), message.user, message.domain);
		if (!timingSafeEqual(proof, hmacMd5(key, sent.challenge, blob)))
			throw new Refusal('wrong password');

		const pairs = parseAvPairs(blob.subarray(28));
		this.checkTime(blob, sent, policy);
		const withMic = this.checkMic(message, token, sent, pairs, hmacMd5(key, proof), policy);
		const channelBound = this.checkChannelBinding(pairs, policy);
		if (policy.strict) checkStrict(message, blob, pairs, sent, withMic);
		const target = pairs.get(AV.targetName)?.toString('utf16le') ?? '';
		if (
			policy.expectedTargetName &&
			target !== '' &&
			target.toUpperCase() !== policy.expectedTargetName.toUpperCase()
		) {
			throw new Refusal(`login was meant for ${target}`);
		}
		return { account, withMic, channelBound };
	}

	private checkTime(blob: Buffer, sent: Outstanding, policy: NtlmPolicy): void {
		const time = fromFileTime(blob.subarray(8, 16));
		if (Math.abs(time - this.environment.now()) > policy.maximumAgeMs) {
			throw new Refusal('client time is too far from the server time');
		}
		if (policy.strict && sent.timestamp && !blob.subarray(8, 16).equals(sent.timestamp)) {
			throw new Refusal('client did not use the time the server sent');
		}
	}

	private checkMic(
		message: AuthenticateMessage,
		token: Buffer,
		sent: Outstanding,
		pairs: Map<number, Buffer>,
		sessionBaseKey: Buffer,
		policy: NtlmPolicy,
	): boolean {
		const flags = pairs.get(AV.flags);
		const promised = flags !== undefined && flags.length >= 4 && (flags.readUInt32LE(0) & 2) !== 0;
		if (!promised) {
			if (policy.requireMic) throw new Refusal('no MIC');
			return false;
		}
		if (message.payloadStart < 88 || token.length < 88)
			throw new Refusal('MIC was promised but is missing');
		const exchanged = (message.flags & FLAG.keyExchange) !== 0;
		if (exchanged && message.encryptedSessionKey.length !== 16)
			throw new Refusal('session key has no 16 bytes');
		const sessionKey = exchanged
			? rc4(sessionBaseKey, message.encryptedSessionKey)
			: sessionBaseKey;
		const without = Buffer.from(token);
		without.fill(0, 72, 88);
		const expected = hmacMd5(sessionKey, sent.negotiate, sent.challengeMessage, without);
		if (!timingSafeEqual(expected, token.subarray(72, 88)))
			throw new Refusal('MIC does not fit the messages');
		return true;
	}

	private checkChannelBinding(pairs: Map<number, Buffer>, policy: NtlmPolicy): boolean {
		const { channelBinding } = this.environment;
		const sent = pairs.get(AV.channelBindings);
		const bound = sent !== undefined && sent.some((byte) => byte !== 0);
		if (channelBinding && bound && !sent.equals(channelBinding)) {
			throw new Refusal('channel binding is for another certificate');
		}
		if (channelBinding && policy.requireChannelBinding && !bound)
			throw new Refusal('no channel binding');
		return channelBinding !== null && bound;
	}
}

function checkStrict(
	message: AuthenticateMessage,
	blob: Buffer,
	pairs: Map<number, Buffer>,
	sent: Outstanding,
	withMic: boolean,
): void {
	if (sent.timestamp && !withMic) throw new Refusal('server sent a timestamp, client sent no MIC');
	if (sent.timestamp && message.lmResponse.some((byte) => byte !== 0)) {
		throw new Refusal('server sent a timestamp, LM response is not empty');
	}
	if (blob.subarray(16, 24).every((byte) => byte === 0))
		throw new Refusal('client challenge is all zeros');
	if (pairs.get(AV.domainName)?.toString('utf16le') !== sent.domain) {
		throw new Refusal('client changed the target information');
	}
	if (message.flags & FLAG.version && message.payloadStart < 72) {
		throw new Refusal('version was promised but is missing');
	}
}
