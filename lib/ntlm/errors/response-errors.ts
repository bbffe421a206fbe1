import { ConnectorError } from '../../model/connector-error';

/** More bytes came than the caller was ready to keep in memory. */
export class ResponseTooLargeError extends ConnectorError {
	readonly code = 'response-too-large';
	readonly scope = 'transport';

	constructor(address: string, maxBodyBytes: number) {
		super(`The answer of ${address} is larger than ${maxBodyBytes} bytes`, {
			remedy: 'Ask for fewer records at a time (smaller page size).',
			address,
			maxBodyBytes,
		});
	}
}

/** What came back is not HTTP. */
export class MalformedResponseError extends ConnectorError {
	readonly code = 'response-malformed';
	readonly scope = 'transport';

	constructor(address: string, parserCode: string) {
		super(`What ${address} sent is not a valid HTTP answer (${parserCode})`, {
			remedy:
				'Check that the service address and port in the "Dynamics GP API" credential belong to the Dynamics GP service (http or https, not another protocol).',
			address,
			parserCode,
		});
	}
}
