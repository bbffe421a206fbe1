import { ConnectorError } from '../../model/connector-error';

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
