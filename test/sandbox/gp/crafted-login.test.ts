import { randomBytes } from 'node:crypto';

import {
	DEFAULT_NTLM_POLICY,
	NtlmAcceptor,
	type NtlmPolicy,
	type Verdict,
} from '../../../sandbox/gp/ntlm/acceptor';
import { Directory } from '../../../sandbox/gp/ntlm/directory';
import { hmacMd5, ntHash, ntOneWayV2, rc4 } from '../../../sandbox/gp/ntlm/hashes';
import {
	AV,
	encodeAvPairs,
	FLAG,
	parseAvPairs,
	toFileTime,
} from '../../../sandbox/gp/ntlm/messages';

const NOW = Date.parse('2026-07-01T12:00:00Z');
const CERTIFICATE_HASH = Buffer.alloc(16, 0xcb);

/** What a client may get wrong. Everything left out is right. */
interface Craft {
	mic?: 'absent' | 'corrupt' | 'promisedOnly';
	lmResponse?: Buffer;
	time?: number | 'server';
	channelBinding?: Buffer;
	targetName?: string;
	keyExchange?: boolean;
	flags?: number;
	changePairs?(pairs: Map<number, Buffer>): void;
	blobVersion?: number;
	user?: string;
	domain?: string;
	clientChallenge?: Buffer;
	policy?: Partial<NtlmPolicy>;
	mangle?(token: Buffer): Buffer;
}

function login(craft: Craft = {}): Verdict {
	const directory = new Directory(
		[{ domain: 'CONTOSO', user: 'jürgen', password: 'Pässwörd 1' }],
		'contoso.local',
		0,
	);
	const acceptor = new NtlmAcceptor({
		directory,
		policy: () => ({ ...DEFAULT_NTLM_POLICY, strict: true, ...craft.policy }),
		computerName: 'GPHOST',
		channelBinding: CERTIFICATE_HASH,
		now: () => NOW,
	});
	const flags =
		(craft.flags ?? FLAG.unicode) |
		FLAG.ntlm |
		FLAG.version |
		(craft.keyExchange ? FLAG.keyExchange : 0);
	const negotiate = Buffer.alloc(40);
	negotiate.write('NTLMSSP\0', 'latin1');
	negotiate.writeUInt32LE(1, 8);
	negotiate.writeUInt32LE((FLAG.unicode | flags) >>> 0, 12);
	const second = acceptor.accept(negotiate);
	if (second.kind !== 'challenge') return second;

	const target = second.token.subarray(
		second.token.readUInt32LE(44),
		second.token.readUInt32LE(44) + second.token.readUInt16LE(40),
	);
	const pairs = parseAvPairs(target);
	const serverTime = pairs.get(AV.timestamp);
	if (craft.mic !== 'absent') pairs.set(AV.flags, Buffer.from([2, 0, 0, 0]));
	if (craft.channelBinding) pairs.set(AV.channelBindings, craft.channelBinding);
	if (craft.targetName) pairs.set(AV.targetName, Buffer.from(craft.targetName, 'utf16le'));
	craft.changePairs?.(pairs);

	const user = craft.user ?? 'jürgen';
	const domain = craft.domain ?? 'CONTOSO';
	const head = Buffer.alloc(8);
	head[0] = head[1] = craft.blobVersion ?? 1;
	const time =
		craft.time === undefined || craft.time === 'server' ? serverTime! : toFileTime(craft.time);
	const blob = Buffer.concat([
		head,
		time,
		craft.clientChallenge ?? randomBytes(8),
		Buffer.alloc(4),
		encodeAvPairs([...pairs]),
		Buffer.alloc(4),
	]);
	const key = ntOneWayV2(ntHash('Pässwörd 1'), user, domain);
	const proof = hmacMd5(key, second.token.subarray(24, 32), blob);
	const sessionBaseKey = hmacMd5(key, proof);
	const exported = craft.keyExchange ? randomBytes(16) : sessionBaseKey;

	const fields = [
		craft.lmResponse ?? Buffer.alloc(24),
		Buffer.concat([proof, blob]),
		Buffer.from(domain, 'utf16le'),
		Buffer.from(user, 'utf16le'),
		Buffer.from('BUILD', 'utf16le'),
		craft.keyExchange ? rc4(sessionBaseKey, exported) : Buffer.alloc(0),
	];
	const header = Buffer.alloc(craft.mic === 'absent' || craft.mic === 'promisedOnly' ? 72 : 88);
	header.write('NTLMSSP\0', 'latin1');
	header.writeUInt32LE(3, 8);
	let offset = header.length;
	fields.forEach((value, position) => {
		header.writeUInt16LE(value.length, 12 + position * 8);
		header.writeUInt16LE(value.length, 14 + position * 8);
		header.writeUInt32LE(offset, 16 + position * 8);
		offset += value.length;
	});
	header.writeUInt32LE(flags >>> 0, 60);
	const token = Buffer.concat([header, ...fields]);
	if (header.length === 88) {
		const mic = hmacMd5(exported, negotiate, second.token, token);
		if (craft.mic === 'corrupt') mic[3] ^= 1;
		mic.copy(token, 72);
	}
	return acceptor.accept(craft.mangle ? craft.mangle(token) : token);
}

describe('a crafted login', () => {
	it.each<[string, Craft]>([
		['that is right', {}],
		['with key exchange, its MIC under the exported key', { keyExchange: true }],
		[
			'bound to the certificate',
			{ channelBinding: CERTIFICATE_HASH, policy: { requireChannelBinding: true } },
		],
		['with an all-zero binding where none is required', { channelBinding: Buffer.alloc(16) }],
		['of user@domain', { user: 'jürgen@contoso.local', domain: '' }],
		['with the domain in lower case', { domain: 'contoso' }],
		['without a MIC where rules are lax', { mic: 'absent', policy: { strict: false } }],
		['with its own clock where rules are lax', { time: NOW - 3600_000, policy: { strict: false } }],
		[
			'meant for this service',
			{
				targetName: 'http/GP.contoso.local',
				policy: { expectedTargetName: 'HTTP/gp.contoso.local' },
			},
		],
	])('%s is accepted', (_what, craft) => {
		expect(login(craft)).toMatchObject({ kind: 'accepted' });
	});

	it.each<[string, Craft, RegExp]>([
		['with one bit of its MIC turned', { mic: 'corrupt' }, /MIC does not fit/],
		[
			'with one bit of its MIC turned, rules lax',
			{ mic: 'corrupt', policy: { strict: false } },
			/MIC does not fit/,
		],
		[
			'that promises a MIC and sends none',
			{ mic: 'promisedOnly', policy: { strict: false } },
			/promised but is missing/,
		],
		['without a MIC beside a timestamp', { mic: 'absent' }, /no MIC/],
		[
			'with an LM response beside a timestamp',
			{ lmResponse: randomBytes(24) },
			/LM response is not empty/,
		],
		['48 hours old', { time: NOW - 48 * 3600_000, policy: { strict: false } }, /too far/],
		['48 hours ahead', { time: NOW + 48 * 3600_000, policy: { strict: false } }, /too far/],
		['with its own clock', { time: NOW - 1000 }, /time the server sent/],
		[
			'bound to another certificate',
			{ channelBinding: Buffer.alloc(16, 1) },
			/another certificate/,
		],
		[
			'unbound where binding is required',
			{ policy: { requireChannelBinding: true } },
			/no channel binding/,
		],
		[
			'bound to nothing where binding is required',
			{ channelBinding: Buffer.alloc(16), policy: { requireChannelBinding: true } },
			/no channel binding/,
		],
		[
			'meant for another service',
			{ targetName: 'HTTP/evil.example', policy: { expectedTargetName: 'HTTP/gp.contoso.local' } },
			/meant for/,
		],
		[
			'with another domain in the target information',
			{ changePairs: (pairs) => pairs.set(AV.domainName, Buffer.from('X\0')) },
			/target information/,
		],
		['with a client challenge of zeros', { clientChallenge: Buffer.alloc(8) }, /all zeros/],
		['with an unknown blob version', { blobVersion: 2 }, /version 1.1/],
		['of nobody', { user: '' }, /anonymous/],
		['of a UPN elsewhere', { user: 'jürgen@litware.com', domain: '' }, /unknown user/],
		[
			'with a field outside the message',
			{ mangle: (token) => (token.writeUInt32LE(0xfffffff0, 24), token) },
			/outside the message/,
		],
		[
			'with a field inside the header',
			{ mangle: (token) => (token.writeUInt32LE(8, 24), token) },
			/overlaps the header/,
		],
	])('%s is refused', (_what, craft, reason) => {
		const verdict = login(craft);
		expect(['rejected', 'malformed']).toContain(verdict.kind);
		expect((verdict as { reason: string }).reason).toMatch(reason);
	});
});
