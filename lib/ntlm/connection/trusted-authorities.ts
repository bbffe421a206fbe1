import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { InvalidCertificateAuthorityError } from '../errors/tls-errors';

/**
 * What TLS connections of a client trust: the public authorities and the private one given. Built
 * once per client: reading the public authorities takes longer than a request.
 * @param ca one or more certificates in PEM; undefined or blank for the public authorities alone
 * @throws InvalidCertificateAuthorityError when it is no PEM certificate
 */
export function trustedAuthorities(ca: string | undefined): tls.SecureContext | undefined {
	if (ca === undefined || ca.trim() === '') return undefined;
	const certificates = readCertificates(ca);
	return tls.createSecureContext({ ca: [...tls.rootCertificates, ...certificates] });
}

/** The PEM blocks of a text. Input fields may have turned line breaks into blanks or `\\n`. */
function readCertificates(text: string): string[] {
	const blocks = text.matchAll(/-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----/gs);
	const certificates = [...blocks].map(([, inner]) => {
		const der = Buffer.from(inner.replace(/\\[rn]/g, ''), 'base64');
		try {
			return new X509Certificate(der).toString();
		} catch (error) {
			throw new InvalidCertificateAuthorityError((error as { code?: string }).code ?? 'unreadable');
		}
	});
	if (certificates.length === 0) {
		throw new InvalidCertificateAuthorityError('no BEGIN CERTIFICATE line');
	}
	return certificates;
}
