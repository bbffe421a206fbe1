import type { Challenge } from './challenge-schemes';
import { findChallenge } from './challenge-schemes';
import { UnsupportedChallengeError } from './errors/unsupported-challenge-error';
import { ClearTextLoginRefusedError } from './errors/clear-text-login-refused-error';

export interface SchemeChoice {
	challenges: readonly Challenge[];
	address: string;
	secure: boolean;
	/** The certificate of the server is checked. */
	verified: boolean;
	allowBasic: boolean;
	/** What the server offered earlier in this run. */
	before?: 'NTLM' | 'Negotiate' | 'Basic';
}

/**
 * Picks the login for a Windows account from what the server offers: NTLM, else Negotiate (which
 * carries the same messages), else Basic where the user allowed it and the
 * connection is encrypted to a server whose certificate was checked. A server that knew Windows
 * authentication a moment ago and now wants the password itself does not get it.
 */
export function chooseWindowsScheme(choice: SchemeChoice): 'NTLM' | 'Negotiate' | 'Basic' {
	const { challenges, address } = choice;
	if (findChallenge(challenges, 'NTLM')) return 'NTLM';
	if (findChallenge(challenges, 'Negotiate')) return 'Negotiate';
	const offered = [...new Set(challenges.map((challenge) => challenge.scheme))];
	if (findChallenge(challenges, 'Basic')) {
		if (!choice.allowBasic) {
			throw new UnsupportedChallengeError(
				address,
				offered,
				'it offers only Basic, which sends the password itself',
				'Allow Basic in the "Dynamics GP API" credential if the service address begins with https://, or have Windows authentication (NTLM or Negotiate) enabled on the server.',
			);
		}
		if (!choice.secure) throw new ClearTextLoginRefusedError(address, 'password');
		if (!choice.verified) throw new ClearTextLoginRefusedError(address, 'unverified');
		if (choice.before === 'NTLM' || choice.before === 'Negotiate') {
			throw new UnsupportedChallengeError(
				address,
				offered,
				'it offered Windows authentication before and now only Basic, which sends the password itself',
				'Look for a proxy or another server that answers in place of Dynamics GP. If the server was reconfigured, run again.',
			);
		}
		return 'Basic';
	}
	throw new UnsupportedChallengeError(
		address,
		offered,
		offered.length === 0
			? 'it asks for a login but does not say which kind'
			: `it offers only ${offered.join(', ')}`,
		findChallenge(challenges, 'Bearer')
			? 'This site uses organizational accounts: choose the access token login in the "Dynamics GP API" credential.'
			: 'Have Windows authentication (NTLM or Negotiate) enabled on the Dynamics GP server, and check that the service address is the GP service itself.',
	);
}
