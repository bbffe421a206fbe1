import { ConnectorError } from '../../model/connector-error';

export interface LoginRejectedDetails {
	account: string;
	address: string;
	/** Scheme the login was sent with. */
	scheme: 'NTLM' | 'Negotiate' | 'Basic' | 'Bearer';
	/** The same login had been accepted earlier in this run. */
	acceptedBefore: boolean;
}

/**
 * The server looked at the login and refused it. Sent once per run: further tries could lock the
 * Windows account.
 */
export class LoginRejectedError extends ConnectorError {
	readonly code = 'windows-login-rejected';
	readonly scope = 'configuration';

	constructor({ account, address, scheme, acceptedBefore }: LoginRejectedDetails) {
		super(
			acceptedBefore
				? `${address} accepted the login of ${account} earlier in this run and now refuses it`
				: `${address} refused the login of ${account}`,
			{
				remedy: remedyFor(scheme, acceptedBefore, address),
				address,
				account,
				scheme,
				httpStatus: 401,
			},
		);
	}
}

function remedyFor(
	scheme: LoginRejectedDetails['scheme'],
	acceptedBefore: boolean,
	address: string,
): string {
	if (scheme === 'Bearer') {
		return 'Put a valid access token into the "Dynamics GP API" credential; the present one is wrong or has expired. It was not sent again.';
	}
	if (acceptedBefore) {
		return 'Check whether the password was changed or the account locked meanwhile, and whether it may open this address, then correct the "Dynamics GP API" credential. The login was not sent again, so that the account is not locked.';
	}
	// A Windows login is bound to the certificate it was sent to; one passed on is refused like a wrong password.
	const between =
		scheme !== 'Basic' && address.startsWith('https:')
			? ' If all of that is right, look for a load balancer or an inspection of TLS between n8n and the server that shows a certificate of its own: Windows then refuses each login that is passed on (Extended Protection). Address the server itself.'
			: '';
	return `Check domain, user and password in the "Dynamics GP API" credential, and that the account is not locked and may use the service.${between} The login was tried once only, so that the account is not locked.`;
}

/** A password or token would have crossed the network readable by anyone. */
export class ClearTextLoginRefusedError extends ConnectorError {
	readonly code = 'clear-text-login-refused';
	readonly scope = 'configuration';

	constructor(
		address: string,
		what: 'password' | 'token',
		why: 'readable' | 'unverified' = 'readable',
	) {
		const isUnverified = why === 'unverified';
		const how = isUnverified ? 'while its certificate is not checked' : 'without encryption';
		const isPassword = what === 'password';
		super(`Refused to send the ${what} to ${address} ${how}`, {
			remedy: isUnverified
				? `${isPassword ? 'Basic sends the password itself' : 'The token alone opens GP'}, and with "Ignore TLS Problems" anybody may be the one who reads it. Switch that off in the "Dynamics GP API" credential and paste the certificate of the authority instead, or use Windows authentication.`
				: isPassword
					? 'Use an https:// service address in the "Dynamics GP API" credential, or let the server offer Windows authentication (NTLM or Negotiate).'
					: 'Use an https:// service address in the "Dynamics GP API" credential.',
			address,
		});
	}
}

/** This Node process may not compute a digest that NTLM is defined with. */
export class CryptographyUnavailableError extends ConnectorError {
	readonly code = 'cryptography-unavailable';
	readonly scope = 'configuration';

	constructor(digest: string, cause: unknown) {
		super(`Windows authentication needs ${digest}, which this n8n's Node.js refuses to compute`, {
			remedy:
				'n8n most likely runs in FIPS mode, which forbids NTLM. Run n8n without FIPS mode, or choose Basic over https or an access token in the "Dynamics GP API" credential.',
			digest,
			systemCode: (cause as { code?: string } | undefined)?.code,
		});
	}
}

/** The connection did not survive the login, nor did the one fresh attempt on a new connection. */
export class HandshakeInterruptedError extends ConnectorError {
	readonly code = 'windows-login-interrupted';
	readonly scope = 'transport';

	constructor(
		address: string,
		reason: string,
		override readonly retryable: boolean,
	) {
		super(`The Windows login at ${address} was interrupted: ${reason}`, {
			remedy:
				'A Windows login must stay on one network connection. Look for a proxy or load balancer between n8n and the Dynamics GP server that closes or shares connections, and address the server directly.',
			address,
		});
	}
}

/** The server's half of the Windows login cannot be read. */
export class MalformedChallengeError extends ConnectorError {
	readonly code = 'ntlm-challenge-malformed';
	readonly scope = 'transport';

	constructor(reason: string) {
		super(`The server's Windows login challenge cannot be read: ${reason}`, {
			remedy:
				'Check that the service address in the "Dynamics GP API" credential is the GP service itself and that no proxy between rewrites its headers.',
		});
	}
}

/** The server asks for a kind of login this credential cannot give. No password was sent. */
export class UnsupportedChallengeError extends ConnectorError {
	readonly code = 'login-scheme-unsupported';
	readonly scope = 'configuration';

	constructor(address: string, offered: readonly string[], reason: string, remedy: string) {
		super(`Cannot log in to ${address}: ${reason}`, {
			remedy,
			address,
			offered: [...offered],
			httpStatus: 401,
		});
	}
}

/** Answering this server would need LM or NTLMv1, which give the password away. */
export class WeakAuthenticationRefusedError extends ConnectorError {
	readonly code = 'ntlm-v1-refused';
	readonly scope = 'configuration';

	constructor(reason: string) {
		super(`Refused to log in: the server ${reason}, so only LM or NTLMv1 would be possible`, {
			remedy:
				'Ask the administrator of the Dynamics GP server to allow NTLMv2 (Windows policy "LAN Manager authentication level": send NTLMv2 response only). If the server does, something between you and it is tampering with the login.',
		});
	}
}
