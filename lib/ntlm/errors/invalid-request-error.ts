import { ConnectorError } from '../../model/connector-error';

/** The request cannot be sent as it stands: address, header or login is not usable. */
export class InvalidRequestError extends ConnectorError {
	readonly code = 'request-invalid';
	readonly scope = 'configuration';

	constructor(reason: string, remedy: string) {
		super(reason, { remedy });
	}
}
