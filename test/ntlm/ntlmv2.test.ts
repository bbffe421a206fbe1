import fc from 'fast-check';
import httpntlm from 'httpntlm';
import {
	fileTime,
	lmV2Response,
	md4,
	ntlmV2Response,
	ntowfV2,
	parseAccountName,
	upperCaseAsWindows,
	utf16,
} from '../../lib/ntlm/messages/ntlmv2';
import { encodeTargetInfo } from '../../lib/ntlm/messages/messages';
import { buildType2, readType3 } from './helpers/reference-ntlm';

describe('the worked example of MS-NLMP 4.2', () => {
	const account = { user: 'User', domain: 'Domain' };
	const serverChallenge = Buffer.from('0123456789abcdef', 'hex');
	const clientChallenge = Buffer.alloc(8, 0xaa);
	const targetInfo = encodeTargetInfo([
		{ id: 2, value: utf16('Domain') },
		{ id: 1, value: utf16('Server') },
	]);
	const key = ntowfV2(account, 'Password');

	test('the NT hash of the password', () => {
		expect(md4(utf16('Password')).toString('hex')).toBe('a4f49c406510bdcab6824ee7c30fd852');
	});

	test('NTOWFv2 (4.2.4.1.1)', () => {
		expect(key.toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f');
	});

	test('proof and session key (4.2.4.1.2, 4.2.4.2.2)', () => {
		const { proof, sessionKey } = ntlmV2Response(
			key,
			serverChallenge,
			clientChallenge,
			Buffer.alloc(8),
			targetInfo,
		);
		expect(proof.toString('hex')).toBe('68cd0ab851e51c96aabc927bebef6a1c');
		expect(sessionKey.toString('hex')).toBe('8de40ccadbc14a82f15cb0ad0de95ca3');
	});

	test('LMv2 response (4.2.4.2.1)', () => {
		expect(lmV2Response(key, serverChallenge, clientChallenge).toString('hex')).toBe(
			'86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa',
		);
	});
});

test('for 1,000 random logins and challenges the response equals that of httpntlm', () => {
	// httpntlm is right where the domain is upper case and safe from escape(), and where JavaScript
	// and Windows agree on the upper case of the user.
	const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-'];
	const login = fc.record({
		domain: fc.string({ unit: fc.constantFrom(...letters), maxLength: 15 }),
		username: fc
			.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
			.filter((user) => upperCaseAsWindows(user) === user.toUpperCase()),
		password: fc.string({ unit: 'grapheme', maxLength: 30 }),
		serverChallenge: fc.uint8Array({ minLength: 8, maxLength: 8 }),
		withTimestamp: fc.boolean(),
	});
	fc.assert(
		fc.property(login, ({ serverChallenge, withTimestamp, ...options }) => {
			const type2 = buildType2({ serverChallenge: Buffer.from(serverChallenge), withTimestamp });
			const parsed = httpntlm.ntlm.parseType2Message(`NTLM ${type2.toString('base64')}`, () => {});
			const header = httpntlm.ntlm.createType3Message(parsed, { ...options, workstation: 'N8N' });
			const theirs = readType3(Buffer.from(header.split(' ')[1], 'base64'));

			const key = ntowfV2({ user: options.username, domain: options.domain }, options.password);
			const infoLength = type2.readUInt16LE(40);
			const infoOffset = type2.readUInt32LE(44);
			const ours = ntlmV2Response(
				key,
				Buffer.from(serverChallenge),
				theirs.clientChallenge,
				theirs.timestamp,
				type2.subarray(infoOffset, infoOffset + infoLength),
			);
			expect(ours.proof.toString('hex')).toBe(theirs.nt.subarray(0, 16).toString('hex'));
			expect(ours.response.equals(theirs.nt)).toBe(true);
			const lm = lmV2Response(key, Buffer.from(serverChallenge), theirs.lm.subarray(16));
			expect(lm.equals(theirs.lm)).toBe(true);
		}),
		{ numRuns: 1000 },
	);
});

describe('account names', () => {
	test.each([
		['CONTOSO\\gpsvc', '', { domain: 'CONTOSO', user: 'gpsvc' }],
		['CONTOSO\\gpsvc', 'FABRIKAM', { domain: 'CONTOSO', user: 'gpsvc' }],
		['gpsvc@contoso.com', 'CONTOSO', { domain: '', user: 'gpsvc@contoso.com' }],
		['gpsvc', 'CONTOSO', { domain: 'CONTOSO', user: 'gpsvc' }],
		['gpsvc', undefined, { domain: '', user: 'gpsvc' }],
		['.\\gpsvc', '', { domain: '.', user: 'gpsvc' }],
		[' gpsvc\t', ' CONTOSO ', { domain: 'CONTOSO', user: 'gpsvc' }],
		['gpsvc', 'CONTOSO\\', { domain: 'CONTOSO', user: 'gpsvc' }],
		['CONTOSO\\ gpsvc ', '', { domain: 'CONTOSO', user: 'gpsvc' }],
		['CONTOSO/gpsvc', '', { domain: 'CONTOSO', user: 'gpsvc' }],
		['\\gpsvc', 'CONTOSO', { domain: '', user: 'gpsvc' }],
	])('%j with domain %j', (user, domain, expected) => {
		expect(parseAccountName(user, domain)).toEqual(expected);
	});

	test('upper case goes unit by unit, as Windows does it', () => {
		expect(upperCaseAsWindows('jürgen')).toBe('JÜRGEN');
		expect(upperCaseAsWindows('straße')).toBe('STRAßE');
		expect(upperCaseAsWindows('ﬁnn')).toBe('ﬁNN');
		expect(upperCaseAsWindows('ışıl ſvc µ1 ǰ ϐϑ')).toBe('ıŞıL ſVC µ1 ǰ ϐϑ');
		expect(upperCaseAsWindows('σοφός æœÿ žluť')).toBe('ΣΟΦΌΣ ÆŒŸ ŽLUŤ');
	});

	test('a domain keeps its case, since servers differ in how they compare it', () => {
		const lower = ntowfV2({ user: 'a', domain: 'corp' }, 'p');
		const upper = ntowfV2({ user: 'A', domain: 'CORP' }, 'p');
		expect(lower.equals(upper)).toBe(false);
		expect(lower.equals(ntowfV2({ user: 'A', domain: 'corp' }, 'p'))).toBe(true);
	});
});

test('file time counts tenths of microseconds since 1601', () => {
	expect(fileTime(0).readBigUInt64LE()).toBe(116444736000000000n);
	expect(fileTime(Date.UTC(2026, 0, 1)).readBigUInt64LE()).toBe(134116992000000000n);
});
