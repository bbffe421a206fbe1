import type { Authentication } from './authentication.types';
import { parseAccountName, type AccountName } from './messages/account-name';
import { ntowfV2 } from './messages/ntlmv2';
import { InvalidRequestError } from './errors/invalid-request-error';

/** What a login needs, prepared once per client so that the password is hashed once. */
export interface WindowsLogin {
	account: AccountName;
	/** Account as shown in errors. */
	displayName: string;
	workstation: string;
	/** NTOWFv2; computed at first use because Node in FIPS mode refuses it. */
	key(): Buffer;
}

export function prepareWindowsLogin(
	authentication: Extract<Authentication, { kind: 'windows' }>,
): WindowsLogin {
	requireUser(authentication.user);
	const account = parseAccountName(authentication.user, authentication.domain);
	let key: Buffer | undefined;
	return {
		account,
		displayName: account.domain ? `${account.domain}\\${account.user}` : account.user,
		workstation: authentication.workstation ?? '',
		key: () => (key ??= ntowfV2(account, authentication.password)),
	};
}

/** Authorization header of HTTP Basic (RFC 7617), in UTF-8. */
export function basicAuthorization(user: string, password: string): string {
	return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

/** The user as Basic sends it: IIS expects `DOMAIN\user` or a user principal name. */
export function basicUser(user: string, domain: string | undefined): string {
	const account = parseAccountName(user, domain);
	return account.domain ? `${account.domain}\\${account.user}` : account.user;
}

export function requireUser(user: string): void {
	if (user.trim() === '') {
		throw new InvalidRequestError(
			'No user is given for the login at the Dynamics GP server',
			'Fill in the user in the "Dynamics GP API" credential.',
		);
	}
}
