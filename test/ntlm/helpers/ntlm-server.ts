import { randomBytes } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type net from 'node:net';
import type { AddressInfo } from 'node:net';
import { buildType2, verifyType3, type Account, type ChallengeOptions } from './reference-ntlm';

export const ACCOUNT: Account = { domain: 'CONTOSO', user: 'gpsvc', password: 'P@ssw0rd-1' };

/** One request as the server saw it. */
export interface Seen {
	socket: number;
	method: string;
	url: string;
	leg: 'plain' | 'type1' | 'type3' | 'basic' | 'bearer' | 'other';
	body: string;
	status: number | 'closed';
	host: string;
}

/** What to do instead of the ordinary answer. */
export type Fault =
	| 'close'
	| 400
	| 401
	| 429
	| 503
	| 'connection-close'
	| 'half-answer'
	| 'garbage';

export interface NtlmServerOptions {
	account?: Account;
	/** How long a login holds. */
	lasts?: 'connection' | 'request';
	/** WWW-Authenticate of a bare 401; default `NTLM`. */
	offers?: string | string[];
	/** Scheme of Type 2; default as the client sent. */
	challenge?: Partial<ChallengeOptions> | ((type2: Buffer) => string);
	/** Asked before each answer. */
	fault?: (leg: Seen['leg'], requestNumber: number, socket: number) => Fault | undefined;
	/** Serves an authenticated request; default 200 with a small JSON. */
	serve?: (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void;
	/** Paths that need no login. */
	open?: (url: string, method: string) => boolean;
	/** A second login on an authenticated connection is not taken (mod_auth_gssapi 1.6). */
	oneLoginPerConnection?: boolean;
	/** On an authenticated connection Authorization is not looked at any more. */
	ignoresLoginOnceAuthenticated?: boolean;
	tls?: https.ServerOptions;
}

interface SocketState {
	id: number;
	authenticated: boolean;
	everAuthenticated: boolean;
	type1?: Buffer;
	type2?: Buffer;
}

export interface NtlmServer {
	url: string;
	port: number;
	seen: Seen[];
	/** Type 3 messages that came without a Type 2 on the same socket. */
	splitHandshakes: number;
	refusedLogins: string[];
	type3: Buffer[];
	options: NtlmServerOptions;
	sockets: Set<net.Socket>;
	close(): Promise<void>;
}

/** A real HTTP server that verifies NTLMv2 by its own code and can misbehave on demand. */
export async function startNtlmServer(options: NtlmServerOptions = {}): Promise<NtlmServer> {
	const states = new WeakMap<net.Socket, SocketState>();
	let socketCount = 0;
	const stateOf = (socket: net.Socket) => {
		let state = states.get(socket);
		if (state === undefined) {
			socketCount += 1;
			state = { id: socketCount, authenticated: false, everAuthenticated: false };
			states.set(socket, state);
		}
		return state;
	};

	const handle = async (request: http.IncomingMessage, response: http.ServerResponse) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { options } = server;
		const body = Buffer.concat(chunks).toString();
		const state = stateOf(request.socket);
		const [scheme = '', token = ''] = (request.headers.authorization ?? '').split(' ');
		const bytes = Buffer.from(token, 'base64');
		const windows = /^(NTLM|Negotiate)$/i.test(scheme);
		const leg: Seen['leg'] =
			scheme === ''
				? 'plain'
				: windows && bytes[8] === 1
					? 'type1'
					: windows && bytes[8] === 3
						? 'type3'
						: scheme === 'Basic'
							? 'basic'
							: scheme === 'Bearer'
								? 'bearer'
								: 'other';
		const entry: Seen = {
			socket: state.id,
			method: request.method ?? '',
			url: request.url ?? '',
			leg,
			body,
			status: 'closed',
			host: request.headers.host ?? '',
		};
		server.seen.push(entry);
		const answer = (status: number, headers: http.OutgoingHttpHeaders = {}, text = '') => {
			entry.status = status;
			response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(text) });
			response.end(request.method === 'HEAD' ? undefined : text);
		};
		const refuse = (challenge?: string) =>
			answer(401, { 'WWW-Authenticate': challenge ?? options.offers ?? 'NTLM' }, 'go away');
		const serve = () => {
			if (options.serve) {
				options.serve(request, response, body);
				entry.status = response.statusCode;
			} else {
				answer(200, { 'Content-Type': 'application/json' }, '{"ok":true}');
			}
		};

		const fault = options.fault?.(leg, server.seen.length, state.id);
		if (fault === 'close') return void request.socket.destroy();
		if (fault === 'half-answer') {
			request.socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
			return void request.socket.end();
		}
		if (fault === 'garbage') {
			request.socket.write('SSH-2.0-OpenSSH_9.2\r\n');
			return void request.socket.end();
		}
		if (fault === 400 || fault === 429 || fault === 503) return answer(fault);
		if (fault === 401) {
			state.authenticated = false;
			state.type2 = undefined;
			if (leg === 'type3') server.refusedLogins.push('fault');
			return refuse();
		}
		if (fault === 'connection-close') response.setHeader('Connection', 'close');

		if (options.open?.(request.url ?? '', request.method ?? '')) return serve();
		if (options.ignoresLoginOnceAuthenticated && state.authenticated) return serve();
		if (leg === 'type1') {
			if (options.oneLoginPerConnection && state.everAuthenticated) return refuse();
			state.authenticated = false;
			state.type1 = bytes;
			const extra = typeof options.challenge === 'object' ? options.challenge : {};
			state.type2 = buildType2({ serverChallenge: randomBytes(8), ...extra });
			const encoded =
				typeof options.challenge === 'function'
					? options.challenge(state.type2)
					: state.type2.toString('base64');
			return refuse(`${scheme} ${encoded}`);
		}
		if (leg === 'type3') {
			server.type3.push(bytes);
			if (state.type1 === undefined || state.type2 === undefined) {
				server.splitHandshakes += 1;
				return answer(400);
			}
			const verdict = verifyType3(state.type1, state.type2, bytes, options.account ?? ACCOUNT);
			state.type1 = state.type2 = undefined;
			if (verdict !== 'accepted') {
				server.refusedLogins.push(verdict);
				return refuse();
			}
			state.authenticated = state.everAuthenticated = options.lasts !== 'request';
			return serve();
		}
		if (leg === 'basic') {
			const { domain, user, password } = options.account ?? ACCOUNT;
			if (bytes.toString() === `${domain}\\${user}:${password}`) return serve();
			server.refusedLogins.push('basic');
			return refuse();
		}
		if (state.authenticated) {
			state.authenticated = options.lasts !== 'request';
			return serve();
		}
		return refuse();
	};

	const listener: http.RequestListener = (request, response) => {
		handle(request, response).catch(() => request.socket.destroy());
	};
	const base = options.tls
		? https.createServer(options.tls, listener)
		: http.createServer(listener);
	base.keepAliveTimeout = 60_000;
	const sockets = new Set<net.Socket>();
	base.on(options.tls ? 'secureConnection' : 'connection', (socket: net.Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		socket.on('error', () => {});
	});
	await new Promise<void>((resolve) => base.listen(0, '127.0.0.1', resolve));
	const { port } = base.address() as AddressInfo;
	const server: NtlmServer = {
		url: `${options.tls ? 'https://localhost' : 'http://127.0.0.1'}:${port}`,
		port,
		seen: [],
		splitHandshakes: 0,
		refusedLogins: [],
		type3: [],
		options,
		sockets,
		close: () =>
			new Promise((resolve) => {
				base.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
	return server;
}
