import fc from 'fast-check';
import { findChallenge, parseChallenges } from '../../lib/ntlm/challenge-schemes';

describe('reading WWW-Authenticate', () => {
	test.each<[string, string[], Array<{ scheme: string; token?: string }>]>([
		['one scheme a line', ['Negotiate', 'NTLM'], [{ scheme: 'Negotiate' }, { scheme: 'NTLM' }]],
		['both joined', ['Negotiate, NTLM'], [{ scheme: 'Negotiate' }, { scheme: 'NTLM' }]],
		['a token', ['NTLM TlRMTVNT+/8='], [{ scheme: 'NTLM', token: 'TlRMTVNT+/8=' }]],
		[
			'a token beside another scheme',
			['NTLM AAAA, Basic realm="GP"'],
			[{ scheme: 'NTLM', token: 'AAAA' }, { scheme: 'Basic' }],
		],
		[
			'commas and scheme names inside quotes',
			['Basic realm="a, NTLM b", charset="UTF-8", Negotiate'],
			[{ scheme: 'Basic' }, { scheme: 'Negotiate' }],
		],
		['quotes escaped inside quotes', ['Basic realm="a\\", NTLM"'], [{ scheme: 'Basic' }]],
		['a scheme after an escaped quote', ['Basic realm="a\\", NTLM, b"'], [{ scheme: 'Basic' }]],
		[
			'a backslash outside of quotes',
			['Basic a=\\, NTLM'],
			[{ scheme: 'Basic' }, { scheme: 'NTLM' }],
		],
		['spaces around the equals sign', ['Basic a="1", realm = "GP"'], [{ scheme: 'Basic' }]],
		['nothing', [''], []],
	])('%s', (_, lines, expected) => {
		expect(parseChallenges(lines)).toEqual(expected);
	});

	test('scheme names are compared without regard to case, and one with a token comes first', () => {
		const challenges = parseChallenges(['ntlm, NTLM AAAA']);
		expect(findChallenge(challenges, 'NTLM')?.token).toBe('AAAA');
		expect(findChallenge(challenges, 'Basic')).toBeUndefined();
	});

	test('never throws', () => {
		fc.assert(
			fc.property(fc.array(fc.string({ maxLength: 60 })), (lines) => {
				for (const { scheme } of parseChallenges(lines)) expect(scheme).not.toContain(',');
			}),
		);
	});
});
