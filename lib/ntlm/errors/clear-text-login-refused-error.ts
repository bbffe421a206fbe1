import { ConnectorError } from '../../model/connector-error';

/** A password or token would have crossed the network readable by anyone. */
export class ClearTextLoginRefusedError extends ConnectorError {
	readonly code = 'clear-text-login-refused';
	readonly scope = 'configuration';

	constructor(address: string, what: 'password' | 'token' | 'unverified') {
		const how =
			what === 'unverified' ? 'while its certificate is not checked' : 'without encryption';
		super(`Refused to send the ${what === 'token' ? what : 'password'} to ${address} ${how}`, {
			remedy:
				what === 'unverified'
					? 'Basic sends the password itself, and with "Ignore TLS Problems" anybody may be the one who reads it. Switch that off in the "Dynamics GP API" credential and paste the certificate of the authority instead, or use Windows authentication.'
					: what === 'password'
						? 'Use an https:// service address in the "Dynamics GP API" credential, or let the server offer Windows authentication (NTLM or Negotiate).'
						: 'Use an https:// service address in the "Dynamics GP API" credential.',
			address,
		});
	}
}
