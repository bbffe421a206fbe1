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
			{ remedy: remedyFor(scheme, acceptedBefore), address, account, scheme, httpStatus: 401 },
		);
	}
}

function remedyFor(scheme: LoginRejectedDetails['scheme'], acceptedBefore: boolean): string {
	if (scheme === 'Bearer') {
		return 'Put a valid access token into the "Dynamics GP API" credential; the present one is wrong or has expired. It was not sent again.';
	}
	if (acceptedBefore) {
		return 'Check whether the password was changed or the account locked meanwhile, and whether it may open this address, then correct the "Dynamics GP API" credential. The login was not sent again, so that the account is not locked.';
	}
	return 'Check domain, user and password in the "Dynamics GP API" credential, and that the account is not locked and may use the service. The login was tried once only, so that the account is not locked.';
}
