import { ConnectorError } from '../../base/connector-error';

/** A password or token would have crossed the network readable by anyone. */
export class ClearTextLoginRefusedError extends ConnectorError {
	readonly code = 'clear-text-login-refused';
	readonly scope = 'configuration';

	constructor(address: string, what: 'password' | 'token') {
		super(`Refused to send the ${what} to ${address} without encryption`, {
			remedy:
				what === 'password'
					? 'Use an https:// service address in the "Dynamics GP API" credential, or let the server offer Windows authentication (NTLM or Negotiate).'
					: 'Use an https:// service address in the "Dynamics GP API" credential.',
			address,
		});
	}
}
