import { ConnectorError } from '../../model/connector-error';

/** The caller gave up, e.g. by n8n's stop button, or the client was closed. */
export class RequestAbortedError extends ConnectorError {
	readonly code = 'request-aborted';
	readonly scope = 'transport';

	constructor(address: string, reason: 'stopped' | 'closed') {
		super(
			reason === 'stopped'
				? `The request to ${address} was stopped`
				: `The request to ${address} was dropped because its client was closed`,
			{ remedy: 'Nothing to do; run again when you like.', address },
		);
	}
}
