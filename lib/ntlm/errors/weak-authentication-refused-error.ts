import { ConnectorError } from '../../model/connector-error';

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
