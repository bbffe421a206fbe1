import {
	ConnectionFailedError,
	ConnectionLostError,
	ConnectionRefusedError,
	HostNotFoundError,
} from '../errors/connection-errors';
import { MalformedResponseError } from '../errors/response-errors';
import {
	TlsCertificateExpiredError,
	TlsCertificateInvalidError,
	TlsNameMismatchError,
	TlsProtocolError,
	TlsUnknownAuthorityError,
} from '../errors/tls-errors';
import type { ConnectorError } from '../../model/connector-error';

const UNKNOWN_AUTHORITY = new Set([
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'CERT_UNTRUSTED',
]);

const INVALID_CERTIFICATE = new Set([
	'CERT_REVOKED',
	'CERT_REJECTED',
	'CERT_SIGNATURE_FAILURE',
	'CERT_CHAIN_TOO_LONG',
	'INVALID_CA',
	'INVALID_PURPOSE',
	'PATH_LENGTH_EXCEEDED',
	'ERROR_IN_CERT_NOT_BEFORE_FIELD',
	'ERROR_IN_CERT_NOT_AFTER_FIELD',
	'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
	'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
]);

interface SystemError {
	code?: string;
	message?: string;
	cert?: { subject?: { CN?: string }; subjectaltname?: string };
}

/**
 * Error of name resolution, TCP or TLS while a connection is made → what the user can act on.
 * Only the code of the original is kept: its other fields may hold bytes from the wire.
 */
export function connectError(error: unknown, address: string, secure: boolean): ConnectorError {
	const { code = 'unknown', cert } = firstOf(error);
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA') {
		return new HostNotFoundError(address, code);
	}
	if (code === 'ECONNREFUSED') return new ConnectionRefusedError(address);
	if (UNKNOWN_AUTHORITY.has(code)) return new TlsUnknownAuthorityError(address, code);
	if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
		return new TlsNameMismatchError(address, cert?.subjectaltname ?? cert?.subject?.CN ?? '');
	}
	if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
		return new TlsCertificateExpiredError(address, code);
	}
	if (INVALID_CERTIFICATE.has(code)) return new TlsCertificateInvalidError(address, code);
	if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO') {
		return new TlsProtocolError(address, code);
	}
	// A server that hangs up during the TLS greeting does not like the greeting.
	if (secure && code === 'ECONNRESET') return new TlsProtocolError(address, code);
	return new ConnectionFailedError(address, code);
}

/** Error on an established connection. */
export function exchangeError(error: unknown, address: string): ConnectorError {
	const { code = 'unknown' } = firstOf(error);
	if (code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE') {
		return new MalformedResponseError(address, code);
	}
	if (code.startsWith('ERR_SSL_')) return new TlsProtocolError(address, code);
	return new ConnectionLostError(address, code);
}

/** Node tries all addresses of a name and then throws their errors in one AggregateError. */
function firstOf(error: unknown): SystemError {
	const nested = (error as { errors?: unknown[] } | undefined)?.errors;
	if (Array.isArray(nested) && nested.length > 0) return nested[0] as SystemError;
	return (error ?? {}) as SystemError;
}
