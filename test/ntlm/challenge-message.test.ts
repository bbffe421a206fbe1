import fc from 'fast-check';
import { ConnectorError } from '../../lib/model/connector-error';
import {
	MalformedChallengeError,
	WeakAuthenticationRefusedError,
} from '../../lib/ntlm/errors/login-errors';
import { parseChallengeMessage } from '../../lib/ntlm/messages/messages';
import { buildType2, DEFAULT_FLAGS, TIMESTAMP } from './helpers/reference-ntlm';

const serverChallenge = Buffer.from('0123456789abcdef', 'hex');
const good = buildType2({ serverChallenge });

/** Parses; anything but a challenge or one of the two typed errors fails the test. */
function parseOrTypedError(bytes: Buffer): 'challenge' | string {
	try {
		const challenge = parseChallengeMessage(bytes);
		expect(challenge.serverChallenge).toHaveLength(8);
		return 'challenge';
	} catch (error) {
		expect(error).toBeInstanceOf(ConnectorError);
		expect(['ntlm-challenge-malformed', 'ntlm-v1-refused']).toContain(
			(error as ConnectorError).code,
		);
		expect((error as ConnectorError).remedy).not.toBe('');
		return (error as ConnectorError).code;
	}
}

describe('the challenge parser', () => {
	test('reads a challenge', () => {
		const challenge = parseChallengeMessage(good);
		expect(challenge.serverChallenge).toEqual(serverChallenge);
		expect(challenge.timestamp).toEqual(TIMESTAMP);
		expect(challenge.targetInfo.map((pair) => pair.id)).toEqual([2, 1, 4, 7]);
	});

	test('gives a challenge or a typed error for any bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
				parseOrTypedError(Buffer.from(bytes));
			}),
			{ numRuns: 2000 },
		);
	});

	test('gives a challenge or a typed error for any mutation of a good message', () => {
		const mutation = fc.record({
			cut: fc.nat(good.length),
			changes: fc.array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 })), {
				maxLength: 6,
			}),
			tail: fc.uint8Array({ maxLength: 20 }),
			keepWhole: fc.boolean(),
		});
		const outcomes = new Set<string>();
		fc.assert(
			fc.property(mutation, ({ cut, changes, tail, keepWhole }) => {
				const bytes = Buffer.from(good);
				for (const [at, value] of changes) bytes[at] = value;
				const kept = keepWhole ? bytes : bytes.subarray(0, cut);
				outcomes.add(parseOrTypedError(Buffer.concat([kept, tail])));
			}),
			{ numRuns: 5000 },
		);
		// The mutations reach all three ends, so the property is not empty.
		expect([...outcomes].sort()).toEqual([
			'challenge',
			'ntlm-challenge-malformed',
			'ntlm-v1-refused',
		]);
	});

	test('gives a typed error at every length a message may be cut to', () => {
		for (let length = 0; length < good.length; length += 1) {
			expect(parseOrTypedError(good.subarray(0, length))).not.toBe('challenge');
		}
	});

	test.each([
		['another signature', (bytes: Buffer) => bytes.write('NTLMSSQ\0'), MalformedChallengeError],
		['another type', (bytes: Buffer) => bytes.writeUInt32LE(3, 8), MalformedChallengeError],
		[
			'a field beyond the end',
			(bytes: Buffer) => bytes.writeUInt32LE(5000, 44),
			MalformedChallengeError,
		],
		[
			'a field inside the head',
			(bytes: Buffer) => bytes.writeUInt32LE(8, 44),
			MalformedChallengeError,
		],
		[
			'an offset that overflows',
			(bytes: Buffer) => bytes.writeUInt32LE(0xffffffff, 44),
			MalformedChallengeError,
		],
	])('refuses %s', (_, change, type) => {
		const bytes = Buffer.from(good);
		change(bytes);
		expect(() => parseChallengeMessage(bytes)).toThrow(type);
	});

	test.each([
		['without extended session security (NTLMv1)', DEFAULT_FLAGS & ~0x00080000, true],
		['with the NTLM flag unset', DEFAULT_FLAGS & ~0x00000200, true],
		['without target information', DEFAULT_FLAGS & ~0x00800000, false],
		['that takes names only in the OEM code page', DEFAULT_FLAGS & ~0x00000001, true],
	])('refuses to log in to a server %s', (_, flags, withTargetInfo) => {
		const bytes = buildType2({ serverChallenge, flags, withTargetInfo });
		expect(() => parseChallengeMessage(bytes)).toThrow(WeakAuthenticationRefusedError);
	});
});
