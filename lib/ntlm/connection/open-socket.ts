import { X509Certificate } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import type { ConnectorError } from '../../model/connector-error';
import {
	ConnectionFailedError,
	ConnectionLostError,
	ConnectionRefusedError,
	HostNotFoundError,
	InvalidCertificateAuthorityError,
	MalformedResponseError,
	RequestAbortedError,
	RequestTimeoutError,
	TlsCertificateExpiredError,
	TlsCertificateInvalidError,
	TlsNameMismatchError,
	TlsProtocolError,
	TlsUnknownAuthorityError,
} from '../errors/connection-errors';

/**
 * Lets many requests listen to one abort signal through a single listener. n8n hands the same stop
 * signal to every request of a run, and Node warns of a leak from the eleventh listener on.
 */
export class SharedSignals {
	private readonly listeners = new Map<AbortSignal, { all: Set<() => void>; fire: () => void }>();

	/** Calls back once when the signal aborts, at once if it has; returns the way to unsubscribe. */
	subscribe(signal: AbortSignal, listener: () => void): () => void {
		if (signal.aborted) {
			listener();
			return () => {};
		}
		const entry = this.listeners.get(signal) ?? this.attach(signal);
		entry.all.add(listener);
		return () => {
			entry.all.delete(listener);
			if (entry.all.size > 0 || this.listeners.get(signal) !== entry) return;
			signal.removeEventListener('abort', entry.fire);
			this.listeners.delete(signal);
		};
	}

	private attach(signal: AbortSignal) {
		const all = new Set<() => void>();
		const fire = () => {
			this.listeners.delete(signal);
			for (const listener of all) listener();
		};
		const entry = { all, fire };
		this.listeners.set(signal, entry);
		signal.addEventListener('abort', fire);
		return entry;
	}
}

/**
 * One signal for everything that may end a request early: the caller's stop button, the client
 * being closed, and time. Its reason is always the typed error to throw.
 */
export class Deadline {
	readonly signal: AbortSignal;
	private readonly release: Array<() => void>;

	/**
	 * @param stop the caller's signal
	 * @param closed aborts when the client is closed
	 */
	constructor(
		readonly address: string,
		timeoutMs: number,
		signals: SharedSignals,
		stop: AbortSignal | undefined,
		closed: AbortSignal,
	) {
		const controller = new AbortController();
		this.signal = controller.signal;
		const abortWith = (reason: () => Error) => () => controller.abort(reason());
		const onTimeout = abortWith(() => new RequestTimeoutError(address, 'answer', timeoutMs));
		const onStop = abortWith(() => new RequestAbortedError(address, 'stopped'));
		const onClosed = abortWith(() => new RequestAbortedError(address, 'closed'));

		// AbortSignal.timeout() does not keep the process alive and needs no timer to be cleared.
		const timer = AbortSignal.timeout(timeoutMs);
		timer.addEventListener('abort', onTimeout);
		this.release = [
			() => timer.removeEventListener('abort', onTimeout),
			signals.subscribe(closed, onClosed),
			...(stop === undefined ? [] : [signals.subscribe(stop, onStop)]),
		];
	}

	throwIfOver(): void {
		if (this.signal.aborted) throw this.signal.reason;
	}

	/** Calls back when the deadline is over; returns the way to unsubscribe. */
	onOver(listener: (reason: Error) => void): () => void {
		const handler = () => listener(this.signal.reason as Error);
		if (this.signal.aborted) handler();
		else this.signal.addEventListener('abort', handler);
		return () => this.signal.removeEventListener('abort', handler);
	}

	/** Lets go of the caller's signal; to be called when the request is over. */
	dispose(): void {
		for (const release of this.release) release();
	}
}

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
function connectError(error: unknown, address: string, secure: boolean): ConnectorError {
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

/**
 * Of several addresses of a name Node gives up each but the last after 250 ms, also one that answers by then
 * while n8n is busy, or that is far away. A server with a second, unreachable address would never be reached.
 */
const EACH_ADDRESS_MS = 2_000;

/**
 * Opens a TCP or TLS connection to the URL's origin, verified before anything is written to it.
 * TLS names the server (SNI) and offers HTTP/1.1 only: NTLM cannot live on HTTP/2.
 */
export function openSocket(
	url: URL,
	secureContext: tls.SecureContext | undefined,
	rejectUnauthorized: boolean,
	connectTimeoutMs: number,
	deadline: Deadline,
): Promise<net.Socket> {
	const host = url.hostname.replace(/^\[|\]$/g, '');
	const secure = url.protocol === 'https:';
	const to = {
		host,
		port: Number(url.port) || (secure ? 443 : 80),
		// Time is left for another address.
		autoSelectFamilyAttemptTimeout: Math.min(EACH_ADDRESS_MS, Math.ceil(connectTimeoutMs / 3)),
	};

	return new Promise((resolve, reject) => {
		deadline.throwIfOver();
		const socket: net.Socket = secure
			? tls.connect({
					...to,
					...(net.isIP(host) ? {} : { servername: host }),
					...(secureContext === undefined ? {} : { secureContext }),
					rejectUnauthorized,
					ALPNProtocols: ['http/1.1'],
				})
			: net.connect(to);
		const timer = AbortSignal.timeout(connectTimeoutMs);

		const finish = (error?: Error) => {
			unsubscribe();
			timer.removeEventListener('abort', onTimeout);
			socket.removeListener('close', onClose);
			if (error === undefined) {
				// From here on the connection's owner hears of errors through 'close'.
				socket.removeListener('error', onError);
				socket.on('error', () => {});
				socket.setNoDelay(true);
				socket.setKeepAlive(true, 30_000);
				resolve(socket);
			} else {
				socket.destroy();
				reject(error);
			}
		};
		const onError = (error: Error) => finish(connectError(error, deadline.address, secure));
		const onClose = () => onError(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
		const onTimeout = () =>
			finish(new RequestTimeoutError(deadline.address, 'connect', connectTimeoutMs));

		socket.on('error', onError);
		socket.once('close', onClose);
		socket.once(secure ? 'secureConnect' : 'connect', () => finish());
		timer.addEventListener('abort', onTimeout);
		const unsubscribe = deadline.onOver(finish);
	});
}

/**
 * What TLS connections of a client trust: the public authorities and the private one given. Built
 * once per client: reading the public authorities takes longer than a request.
 * @param ca one or more certificates in PEM; undefined or blank for the public authorities alone
 * @throws InvalidCertificateAuthorityError when it is no PEM certificate
 */
export function trustedAuthorities(ca: string | undefined): tls.SecureContext | undefined {
	if (ca === undefined || ca.trim() === '') return undefined;
	const certificates = readCertificates(ca);
	return tls.createSecureContext({
		ca: [...tls.rootCertificates, ...certificates],
		// What was pasted is trusted itself, also where another authority issued it that was not.
		allowPartialTrustChain: true,
	});
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
