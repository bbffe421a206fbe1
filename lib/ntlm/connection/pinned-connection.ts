import http from 'node:http';
import type net from 'node:net';
import type tls from 'node:tls';
import {
	ConnectionLostError,
	InvalidRequestError,
	ResponseTooLargeError,
} from '../errors/connection-errors';
import type { Deadline } from './deadline';
import { exchangeError } from './open-socket';

export interface OutgoingMessage {
	method: string;
	/** Path and query. */
	path: string;
	headers: Record<string, string>;
	body?: string | Buffer;
}

export interface Answer {
	status: number;
	headers: Record<string, string>;
	/** Every WWW-Authenticate line; kept apart so that it never reaches the caller. */
	authenticate: string[];
	body: Buffer;
}

/**
 * An agent that hands out one given socket, once. If that socket is gone, the request fails instead
 * of moving to another socket, which is what would break (or leak) an NTLM login.
 */
class SingleSocketAgent extends http.Agent {
	private taken = false;

	constructor(private readonly socket: net.Socket) {
		super({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });
	}

	createConnection(
		_options: unknown,
		callback: (error: Error | null, socket?: net.Socket) => void,
	): net.Socket | undefined {
		if (this.taken) {
			callback(Object.assign(new Error('The connection is gone'), { code: 'ECONNRESET' }));
			return undefined;
		}
		this.taken = true;
		return this.socket;
	}
}

/** One TCP or TLS connection that carries one request at a time, and never any other connection. */
export class PinnedConnection {
	/** A Windows login was accepted on this very connection. */
	authenticated = false;
	/** A request has been answered on it before. */
	used = false;
	private readonly agent: SingleSocketAgent;
	private open = true;
	private busy = false;

	constructor(
		private readonly socket: net.Socket,
		private readonly url: URL,
	) {
		this.agent = new SingleSocketAgent(socket);
		socket.once('close', () => {
			this.open = false;
		});
		// Bytes nobody asked for would be taken for the answer to the next request.
		socket.on('data', () => {
			if (!this.busy) this.destroy();
		});
	}

	/** Whether another request may be sent on it. */
	get usable(): boolean {
		return this.open && !this.busy && !this.socket.destroyed;
	}

	/** The server's certificate in DER; undefined on plain HTTP. */
	get serverCertificate(): Buffer | undefined {
		const getPeerCertificate = (this.socket as tls.TLSSocket).getPeerCertificate;
		return getPeerCertificate?.call(this.socket)?.raw;
	}

	/**
	 * Sends one request and reads its whole answer.
	 * @throws ConnectionLostError when the connection ended before the answer was complete
	 */
	async send(message: OutgoingMessage, maxBodyBytes: number, deadline: Deadline): Promise<Answer> {
		deadline.throwIfOver();
		if (!this.usable) throw new ConnectionLostError(deadline.address, 'closed by the server');
		this.busy = true;
		try {
			const answer = await this.roundTrip(message, maxBodyBytes, deadline);
			this.used = true;
			return answer;
		} catch (error) {
			this.destroy();
			throw error;
		} finally {
			this.busy = false;
		}
	}

	destroy(): void {
		this.open = false;
		this.socket.destroy();
		this.agent.destroy();
	}

	private roundTrip(
		message: OutgoingMessage,
		maxBodyBytes: number,
		deadline: Deadline,
	): Promise<Answer> {
		return new Promise((resolve, reject) => {
			const fail = (error: unknown) => {
				unsubscribe();
				reject(error);
			};
			let request: http.ClientRequest;
			let unsubscribe = () => {};
			try {
				request = http.request({
					agent: this.agent,
					host: this.url.hostname,
					method: message.method,
					path: message.path,
					setHost: false,
					headers: { ...message.headers, Host: this.url.host, Connection: 'keep-alive' },
				});
			} catch (error) {
				reject(invalidRequest(error));
				return;
			}
			request.on('error', (error) => fail(exchangeError(error, deadline.address)));
			const onClose = () => fail(new ConnectionLostError(deadline.address, 'closed'));
			request.on('close', onClose);
			request.on('response', (response) => {
				// An answer that lasts until the connection closes ends after the request has closed.
				request.removeListener('close', onClose);
				response.on('close', onClose);
				const chunks: Buffer[] = [];
				let size = 0;
				if (!staysOpen(response, message.method)) this.open = false;
				response.on('data', (chunk: Buffer) => {
					size += chunk.length;
					if (size > maxBodyBytes) fail(new ResponseTooLargeError(deadline.address, maxBodyBytes));
					else chunks.push(chunk);
				});
				response.on('error', (error) => fail(exchangeError(error, deadline.address)));
				response.on('end', () => {
					if (!response.complete) {
						fail(new ConnectionLostError(deadline.address, 'cut short'));
						return;
					}
					unsubscribe();
					resolve({
						status: response.statusCode ?? 0,
						headers: plainHeaders(response),
						authenticate: response.headersDistinct['www-authenticate'] ?? [],
						body: Buffer.concat(chunks),
					});
				});
			});
			unsubscribe = deadline.onOver(fail);
			request.end(message.body);
		});
	}
}

/** Node gives up the socket of an answer that names no length, a HEAD answer included. */
function staysOpen(response: http.IncomingMessage, method: string): boolean {
	const framed = 'content-length' in response.headers || 'transfer-encoding' in response.headers;
	if (method === 'HEAD' && !framed) return false;
	const connection = String(response.headers.connection ?? '').toLowerCase();
	if (/(^|,)\s*close\s*(,|$)/.test(connection)) return false;
	return response.httpVersion !== '1.0' || connection.includes('keep-alive');
}

/** Headers for the caller, without the server's half of the login. */
function plainHeaders(response: http.IncomingMessage): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [name, values] of Object.entries(response.headersDistinct)) {
		if (values === undefined || HIDDEN_HEADERS.has(name)) continue;
		headers[name] = values.join(', ');
	}
	return headers;
}

const HIDDEN_HEADERS = new Set(['www-authenticate', 'proxy-authenticate', 'authentication-info']);

function invalidRequest(error: unknown): InvalidRequestError {
	const code = (error as { code?: string }).code ?? 'unknown';
	return new InvalidRequestError(
		`The request cannot be sent: a header, the method or the path is not allowed in HTTP (${code})`,
		'Look for line breaks or special characters in the service address, the tenant, the company and the filter.',
	);
}
