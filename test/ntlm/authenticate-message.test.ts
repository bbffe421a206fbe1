import { answerToChallenge, prepareWindowsLogin } from '../../lib/ntlm/login';
import {
	createAuthenticateMessage,
	createNegotiateMessage,
	parseChallengeMessage,
} from '../../lib/ntlm/messages/messages';
import { fileTime, ntowfV2 } from '../../lib/ntlm/messages/ntlmv2';
import {
	buildType2,
	readType3,
	TIMESTAMP,
	verifyType3,
	type ChallengeOptions,
} from './helpers/reference-ntlm';

const account = { domain: 'MÜNCHEN', user: 'jürgen', password: 'Straße€9' };
const now = Date.UTC(2026, 5, 1, 12);
const type1 = createNegotiateMessage();

function login(challenge: Partial<ChallengeOptions> = {}, channelBinding?: Buffer) {
	const type2 = buildType2({ serverChallenge: Buffer.alloc(8, 7), ...challenge });
	const message = createAuthenticateMessage({
		account,
		key: ntowfV2(account, account.password),
		workstation: 'N8N',
		negotiateMessage: type1,
		challenge: parseChallengeMessage(type2),
		clientChallenge: Buffer.alloc(8, 3),
		targetName: 'HTTP/gp.contoso.com',
		...(channelBinding === undefined ? {} : { channelBinding }),
		now,
	});
	return {
		message,
		fields: readType3(message),
		verdict: verifyType3(type1, type2, message, account),
	};
}

describe('Type 1', () => {
	test('has 40 bytes with a version, since gss-ntlmssp refuses shorter ones, and names nobody', () => {
		expect(type1).toHaveLength(40);
		expect(type1.readUInt16LE(16)).toBe(0);
		expect(type1.readUInt16LE(24)).toBe(0);
		expect(type1[39]).toBe(15);
	});

	test('offers neither LAN Manager keys nor OEM names, signing, sealing or key exchange', () => {
		expect(type1.readUInt32LE(12) & (0x80 | 0x02 | 0x10 | 0x20 | 0x40000000)).toBe(0);
	});
});

describe('Type 3 to a server that sends the time', () => {
	const { message, fields, verdict } = login();

	test('proves the password to an independent verifier', () => expect(verdict).toBe('accepted'));
	test('carries the names in UTF-16', () => {
		expect(fields).toMatchObject({ domain: 'MÜNCHEN', user: 'jürgen', workstation: 'N8N' });
	});
	test('gives the time of the server back, not that of this machine', () => {
		expect(fields.timestamp).toEqual(TIMESTAMP);
		expect(fields.targetInfo.get(7)).toEqual(TIMESTAMP);
	});
	test('sends zeros in place of an LMv2 response', () =>
		expect(fields.lm).toEqual(Buffer.alloc(24)));
	test('announces and carries a message integrity code', () => {
		expect(fields.targetInfo.get(6)?.readUInt32LE(0)).toBe(2);
		expect(fields.mic).not.toEqual(Buffer.alloc(16));
	});
	test('names the service it means to reach', () => {
		expect(fields.targetInfo.get(9)?.toString('utf16le')).toBe('HTTP/gp.contoso.com');
	});
	test('says nothing of a binding where none is given', () => {
		expect(fields.targetInfo.has(10)).toBe(false);
	});
	test('has a version where the flags say so, and its payload behind it', () => {
		expect(fields.flags & 0x02000000).not.toBe(0);
		expect(message[64 + 7]).toBe(15);
		expect(message.readUInt32LE(32)).toBe(88);
	});
	test('claims no flag the client did not offer', () => {
		expect(fields.flags & ~type1.readUInt32LE(12)).toBe(0);
	});
});

test('Type 3 over TLS binds the login to the channel', () => {
	const binding = Buffer.alloc(16, 0xcb);
	expect(login({}, binding).fields.targetInfo.get(10)).toEqual(binding);
});

describe('Type 3 to an old server that sends no time', () => {
	const { fields, verdict } = login({ withTimestamp: false });

	test('proves the password', () => expect(verdict).toBe('accepted'));
	test("uses this machine's time", () => expect(fields.timestamp).toEqual(fileTime(now)));
	test('sends an LMv2 response and no integrity code', () => {
		expect(fields.lm.subarray(16)).toEqual(Buffer.alloc(8, 3));
		expect(fields.targetInfo.get(6)).toBeUndefined();
		expect(fields.mic).toEqual(Buffer.alloc(16));
	});
});

test.each([
	['zeros without TLS', undefined, Buffer.alloc(16)],
	['nothing where a certificate names no single hash', Buffer.from('no certificate'), undefined],
])('a login says of its channel: %s', (_said, certificate, expected) => {
	const message = answerToChallenge(prepareWindowsLogin({ kind: 'windows', ...account }), {
		token: buildType2({ serverChallenge: Buffer.alloc(8, 7) }).toString('base64'),
		negotiateMessage: type1,
		hostname: 'gp.contoso.com',
		certificate,
		clientChallenge: Buffer.alloc(8, 3),
		now,
	});
	expect(readType3(message).targetInfo.get(10)).toEqual(expected);
});
