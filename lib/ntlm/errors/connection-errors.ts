import { ConnectorError } from '../../model/connector-error';

/** The name of the server is unknown to the network. */
export class HostNotFoundError extends ConnectorError {
	readonly code = 'host-not-found';
	readonly scope = 'transport';
	override readonly retryable: boolean;

	constructor(address: string, systemCode: string) {
		super(`The name of the server in ${address} was not found`, {
			remedy:
				'Check the spelling of the service address in the "Dynamics GP API" credential, and that the machine n8n runs on can resolve names of your network.',
			address,
			systemCode,
		});
		// A name server that is out for the moment is worth another try; an unknown name is not.
		this.retryable = systemCode === 'EAI_AGAIN';
	}
}

/** Nobody listens at that address and port. */
export class ConnectionRefusedError extends ConnectorError {
	readonly code = 'connection-refused';
	readonly scope = 'transport';
	override readonly retryable = true;

	constructor(address: string) {
		super(`${address} refused the connection`, {
			remedy:
				'Check that the Dynamics GP service is started, that the port of the service address is right, and that no firewall is in the way.',
			address,
			systemCode: 'ECONNREFUSED',
		});
	}
}

/** The connection could not be made for another reason of the network. */
export class ConnectionFailedError extends ConnectorError {
	readonly code = 'connection-failed';
	readonly scope = 'transport';
	override readonly retryable = true;

	constructor(address: string, systemCode: string) {
		super(`No connection to ${address} could be made (${systemCode})`, {
			remedy: 'Check the network, VPN and firewall between n8n and the Dynamics GP server.',
			address,
			systemCode,
		});
	}
}

/** The connection broke before a whole answer had come. Whether the server acted on the request is unknown. */
export class ConnectionLostError extends ConnectorError {
	readonly code = 'connection-lost';
	readonly scope = 'transport';
	override readonly retryable = true;

	constructor(address: string, systemCode: string) {
		super(`The connection to ${address} broke before the answer was complete (${systemCode})`, {
			remedy:
				'Run again. If it happens often, look at the event log of the Dynamics GP server and at proxies in between.',
			address,
			systemCode,
		});
	}
}
