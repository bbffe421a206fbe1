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

/** Following the redirect would have carried the login elsewhere. */
export class RedirectRefusedError extends ConnectorError {
	readonly code = 'redirect-refused';
	readonly scope = 'configuration';

	constructor(address: string, target: string, reason: string, httpStatus: number) {
		super(`${address} redirects to ${target}; not followed because ${reason}`, {
			remedy: `If ${target} is where the Dynamics GP service really is, put that address into the "Dynamics GP API" credential. Otherwise tell the administrator of the server: a login must not be sent on to another machine.`,
			address,
			target,
			httpStatus,
		});
	}
}

/** The request cannot be sent as it stands: address, header or login is not usable. */
export class InvalidRequestError extends ConnectorError {
	readonly code = 'request-invalid';
	readonly scope = 'configuration';

	constructor(reason: string, remedy: string) {
		super(reason, { remedy });
	}
}

const CREDENTIAL = 'the "Dynamics GP API" credential';

/** The certificate is signed by nobody this machine trusts. */
export class TlsUnknownAuthorityError extends ConnectorError {
	readonly code = 'tls-unknown-authority';
	readonly scope = 'configuration';

	constructor(address: string, systemCode: string) {
		super(`The certificate of ${address} was issued by an unknown authority (${systemCode})`, {
			remedy: `Paste the certificate of your company's certificate authority (PEM) into ${CREDENTIAL}. The server's own certificate does as well, until it is renewed.`,
			address,
			systemCode,
		});
	}
}

/** The certificate is for another name. */
export class TlsNameMismatchError extends ConnectorError {
	readonly code = 'tls-name-mismatch';
	readonly scope = 'configuration';

	constructor(address: string, names: string) {
		super(`The certificate of ${address} is for another name${names ? ` (${names})` : ''}`, {
			remedy: `Use the name in the certificate as service address in ${CREDENTIAL}, or have the server's certificate renewed with the right name.`,
			address,
			certificateNames: names,
		});
	}
}

/** The certificate is expired or not valid yet. */
export class TlsCertificateExpiredError extends ConnectorError {
	readonly code = 'tls-certificate-expired';
	readonly scope = 'configuration';

	constructor(address: string, systemCode: string) {
		super(
			systemCode === 'CERT_NOT_YET_VALID'
				? `The certificate of ${address} is not valid yet`
				: `The certificate of ${address} has expired`,
			{
				remedy: "Have the server's certificate renewed, and check the clocks of both machines.",
				address,
				systemCode,
			},
		);
	}
}

/** The certificate is faulty in another way: revoked, wrong purpose, weak key, broken chain. */
export class TlsCertificateInvalidError extends ConnectorError {
	readonly code = 'tls-certificate-invalid';
	readonly scope = 'configuration';

	constructor(address: string, systemCode: string) {
		super(`The certificate of ${address} was not accepted (${systemCode})`, {
			remedy: `Show this message to the administrator of the server: its certificate needs to be replaced.`,
			address,
			systemCode,
		});
	}
}

/** Both sides found no common way to speak TLS, or the other side does not speak TLS at all. */
export class TlsProtocolError extends ConnectorError {
	readonly code = 'tls-protocol';
	readonly scope = 'configuration';

	constructor(address: string, systemCode: string) {
		super(`No encrypted connection to ${address} could be agreed on (${systemCode})`, {
			remedy: `Check that the port in ${CREDENTIAL} serves https (an http:// address may be meant) and that the server speaks TLS 1.2 or newer.`,
			address,
			systemCode,
		});
	}
}

/** The private authority in the credential is not a certificate. */
export class InvalidCertificateAuthorityError extends ConnectorError {
	readonly code = 'tls-authority-unreadable';
	readonly scope = 'configuration';

	constructor(systemCode: string) {
		super(`The certificate authority given is not a readable PEM certificate (${systemCode})`, {
			remedy: `Paste the certificate into ${CREDENTIAL} with its lines "-----BEGIN CERTIFICATE-----" and "-----END CERTIFICATE-----", line breaks kept.`,
			systemCode,
		});
	}
}
