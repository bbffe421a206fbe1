import http from 'node:http';
import type net from 'node:net';
import type tls from 'node:tls';
import {
	ConnectionLostError,
	InvalidRequestError,
	ResponseTooLargeError,
} from '../errors/connection-errors';
import { type Deadline, exchangeError } from './open-socket';

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

/**
 * Lends each connection to one request at a time, at most `size` at once; callers beyond that wait
 * in line. Idle connections are kept by origin, the most recently used first: the others age out.
 */
export class ConnectionPool {
	private readonly idle: Array<{ origin: string; connection: PinnedConnection }> = [];
	private readonly waiting: Array<() => void> = [];
	private readonly lent = new Set<PinnedConnection>();
	private slots = 0;

	constructor(
		private readonly size: number,
		private readonly open: (url: URL, deadline: Deadline) => Promise<PinnedConnection>,
	) {}

	/**
	 * Borrows a connection to the URL's origin. `fresh` asks for a new one, because an idle one has
	 * just proved stale.
	 */
	async acquire(url: URL, fresh: boolean, deadline: Deadline): Promise<PinnedConnection> {
		await this.takeSlot(deadline);
		try {
			const kept = fresh ? undefined : this.takeIdle(url.origin);
			if (kept === undefined) this.makeRoom();
			const connection = kept ?? (await this.open(url, deadline));
			this.lent.add(connection);
			return connection;
		} catch (error) {
			this.freeSlot();
			throw error;
		}
	}

	/** Gives a borrowed connection back. */
	release(url: URL, connection: PinnedConnection): void {
		this.lent.delete(connection);
		if (connection.usable) this.idle.push({ origin: url.origin, connection });
		else connection.destroy();
		this.freeSlot();
	}

	close(): void {
		for (const { connection } of this.idle.splice(0)) connection.destroy();
		for (const connection of this.lent) connection.destroy();
	}

	private takeIdle(origin: string): PinnedConnection | undefined {
		for (let index = this.idle.length - 1; index >= 0; index -= 1) {
			const { origin: its, connection } = this.idle[index];
			if (!connection.usable) {
				this.idle.splice(index, 1);
				connection.destroy();
			} else if (its === origin) {
				this.idle.splice(index, 1);
				return connection;
			}
		}
		return undefined;
	}

	/** Idle connections count against the size too; the longest idle one makes room. */
	private makeRoom(): void {
		while (this.idle.length > 0 && this.slots + this.idle.length > this.size) {
			this.idle.shift()?.connection.destroy();
		}
	}

	private takeSlot(deadline: Deadline): Promise<void> {
		deadline.throwIfOver();
		if (this.slots < this.size) {
			this.slots += 1;
			return Promise.resolve();
		}
		return new Promise((resolve, reject) => {
			const wake = () => {
				unsubscribe();
				resolve();
			};
			const unsubscribe = deadline.onOver((reason) => {
				const index = this.waiting.indexOf(wake);
				if (index >= 0) this.waiting.splice(index, 1);
				reject(reason);
			});
			this.waiting.push(wake);
		});
	}

	/** Hands the slot to the next in line, or puts it back. */
	private freeSlot(): void {
		const next = this.waiting.shift();
		if (next === undefined) this.slots -= 1;
		else next();
	}
}
