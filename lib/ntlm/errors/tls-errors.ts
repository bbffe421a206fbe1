import { ConnectorError } from '../../model/connector-error';

const CREDENTIAL = 'the "Dynamics GP API" credential';

/** The certificate is signed by nobody this machine trusts. */
export class TlsUnknownAuthorityError extends ConnectorError {
	readonly code = 'tls-unknown-authority';
	readonly scope = 'configuration';

	constructor(address: string, systemCode: string) {
		super(`The certificate of ${address} was issued by an unknown authority (${systemCode})`, {
			remedy: `Paste the certificate of your company's certificate authority (PEM) into ${CREDENTIAL}. For a self-signed certificate paste that certificate itself.`,
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
