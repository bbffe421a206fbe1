import { ConnectorError } from '../../model/connector-error';

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
