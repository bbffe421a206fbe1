import { ConnectorError } from '../../model/connector-error';

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
