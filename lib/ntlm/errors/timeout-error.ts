import { ConnectorError } from '../../model/connector-error';

/** The server took longer than allowed to take the connection or to answer. */
export class RequestTimeoutError extends ConnectorError {
	readonly code = 'request-timeout';
	readonly scope = 'transport';
	override readonly retryable = true;

	constructor(address: string, phase: 'connect' | 'answer', milliseconds: number) {
		super(
			phase === 'connect'
				? `${address} did not take the connection within ${milliseconds / 1000} s`
				: `${address} did not answer within ${milliseconds / 1000} s`,
			{
				remedy:
					phase === 'connect'
						? 'Check the service address and that no firewall silently drops the connection.'
						: 'Raise the timeout or ask for fewer records at a time; if it stays so, look at the load of the Dynamics GP server.',
				address,
				phase,
				milliseconds,
			},
		);
	}
}
