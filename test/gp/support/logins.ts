import {
	createWindowsHttpClient,
	type Authentication,
	type WindowsHttpClient,
} from '../../../lib/ntlm/windows-http-client';
import { SANDBOX_ACCOUNT } from '../../../sandbox/gp/ntlm/directory';
import { startGpServer, type GpStandIn } from '../../../sandbox/gp/server/start-gp-server';
import type { CompanyOptions } from '../../../sandbox/gp/company/company';
import { DEFAULT_SWITCHES } from '../../../sandbox/gp/server/switches';
import { opensslIsThere, TestAuthority } from '../../ntlm/helpers/test-certificates';
import type { AuthMode } from './shapes';

/** Basic sends the password itself, and so only over TLS. */
const OVER_TLS: readonly AuthMode[] = ['basic'];

/** Logins that can be shown on this machine. */
export function canLogIn(authMode: AuthMode): boolean {
	return opensslIsThere || !OVER_TLS.includes(authMode);
}

const WRONG_SECRET = 'not-the-password';

/** What the credential says for this kind of site. */
function authenticationFor(authMode: AuthMode, wrong: boolean): Authentication {
	const { domain, user } = SANDBOX_ACCOUNT;
	const password = wrong ? WRONG_SECRET : SANDBOX_ACCOUNT.password;
	switch (authMode) {
		case 'basic':
			return { kind: 'basic', user: `${domain}\\${user}`, password };
		case 'bearer':
			return { kind: 'bearer', token: wrong ? WRONG_SECRET : DEFAULT_SWITCHES.bearerToken };
		default:
			return { kind: 'windows', domain, user, password };
	}
}

export const SECRETS = [SANDBOX_ACCOUNT.password, DEFAULT_SWITCHES.bearerToken, WRONG_SECRET];

/** The same company behind http and behind https, and the package's own login to each. */
export async function startSites(company: Partial<CompanyOptions>) {
	const authority = opensslIsThere ? new TestAuthority() : null;
	const plain = await startGpServer({ company });
	const secure = authority
		? await startGpServer({ company, tls: authority.issue('localhost') })
		: null;
	const open: WindowsHttpClient[] = [];
	const closeClients = () => {
		for (const http of open.splice(0)) http.close();
	};
	return {
		serverFor(authMode: AuthMode): GpStandIn {
			return (OVER_TLS.includes(authMode) && secure) || plain;
		},
		/** A fresh client, as each run of a node has. */
		logIn(authMode: AuthMode, { wrong = false } = {}): WindowsHttpClient {
			const http = createWindowsHttpClient({
				authentication: authenticationFor(authMode, wrong),
				maxSockets: 5,
				...(authority ? { tls: { ca: authority.certificate } } : {}),
			});
			open.push(http);
			return http;
		},
		closeClients,
		async close(): Promise<void> {
			closeClients();
			authority?.remove();
			await Promise.all([plain.close(), secure?.close()]);
		},
	};
}

export type Sites = Awaited<ReturnType<typeof startSites>>;
