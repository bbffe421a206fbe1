import { randomBytes as strongRandomBytes } from 'node:crypto';
import type tls from 'node:tls';
import { type Answer, ConnectionPool, PinnedConnection } from './connection/pinned-connection';
import { Deadline, openSocket, SharedSignals, trustedAuthorities } from './connection/open-socket';
import { InvalidRequestError, RedirectRefusedError } from './errors/connection-errors';
import { ClearTextLoginRefusedError } from './errors/login-errors';
import { fixedExchange, type OriginKnowledge } from './challenge-schemes';
import {
	type Authentication,
	basicAuthorization,
	basicUser,
	type Counters,
	LoginGate,
	prepareWindowsLogin,
	requireUser,
} from './login';
import { windowsExchange } from './windows-exchange';

export type { Authentication, Counters } from './login';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;

/**
 * Where a redirect leads, or undefined when the answer is none. Only GET and HEAD are followed, and
 * only within the origin: elsewhere the login would be handed to a machine nobody chose.
 */
function redirectTarget(
	from: URL,
	method: string,
	status: number,
	location: string | undefined,
	followed: number,
): URL | undefined {
	if (!REDIRECTS.has(status) || location === undefined) return undefined;
	const refuse = (target: string, reason: string) =>
		new RedirectRefusedError(addressOf(from), target, reason, status);

	if (!URL.canParse(location, from.href))
		throw refuse('an unreadable address', 'it cannot be read');
	const target = new URL(location, from);
	if (target.origin !== from.origin) {
		throw refuse(addressOf(target), 'it is another server, port or protocol');
	}
	if (method !== 'GET' && method !== 'HEAD') {
		throw refuse(addressOf(target), `a ${method} must not be sent twice`);
	}
	if (followed >= MOST_REDIRECTS) throw refuse(addressOf(target), 'it goes round in circles');
	return target;
}

/** Address for errors: without login, query and fragment. */
function addressOf(url: URL): string {
	return `${url.origin}${url.pathname}`;
}

export interface WindowsHttpRequest {
	method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
	/** Absolute http or https address. */
	url: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
	/** For the whole request with login, redirects and waiting in line. Default 120,000. */
	timeoutMs?: number;
	/** n8n's stop button. */
	signal?: AbortSignal;
	/** Default 64 MiB. */
	maxBodyBytes?: number;
}

export interface WindowsHttpResponse {
	status: number;
	/** Lower-case names; the server's half of the login is left out. */
	headers: Record<string, string>;
	body: Buffer;
	/** Address that answered, after redirects. */
	url: string;
}

export interface WindowsHttpClient {
	/**
	 * Sends one request with the login and resolves with whatever status the server answers. An
	 * answered request is never repeated; when to try again is the caller's decision.
	 * @throws ConnectorError of the closed set in lib/ntlm/errors
	 */
	request(request: WindowsHttpRequest): Promise<WindowsHttpResponse>;
	/** Drops all connections; requests under way fail with `request-aborted`. */
	close(): void;
	readonly counters: Readonly<Counters>;
}

export interface WindowsHttpClientOptions {
	authentication: Authentication;
	tls?: { ca?: string; rejectUnauthorized?: boolean };
	/** Connections at once, default 4. Further requests wait in line. */
	maxSockets?: number;
	/** For TCP and TLS together, default 15,000. */
	connectTimeoutMs?: number;
	/** Source of strong randomness; for tests. */
	randomBytes?: (count: number) => Buffer;
	/** Milliseconds since the Unix epoch; for tests. */
	now?: () => number;
}

/**
 * HTTP client for servers that want a Windows login. One client stands for one run: a login that was
 * refused is not sent again by it, whatever is asked of it later.
 *
 * @example
 * const client = createWindowsHttpClient({
 *   authentication: { kind: 'windows', user: 'CONTOSO\\gpsvc', password },
 * });
 * const { status, body } = await client.request({ method: 'GET', url: 'https://gp/GPService/…' });
 */
export function createWindowsHttpClient(options: WindowsHttpClientOptions): WindowsHttpClient {
	const { authentication } = options;
	const rejectUnauthorized = options.tls?.rejectUnauthorized ?? true;
	const closed = new AbortController();
	const signals = new SharedSignals();
	const counters: Counters = { requests: 0, handshakes: 0, rejectedLogins: 0 };
	const gate = new LoginGate();
	const knowledge = new Map<string, OriginKnowledge>();
	let authorities: { context: tls.SecureContext | undefined } | undefined;

	const pool = new ConnectionPool(options.maxSockets ?? 4, async (url, deadline) => {
		if (url.protocol === 'https:') {
			authorities ??= { context: trustedAuthorities(options.tls?.ca) };
		}
		const socket = await openSocket(
			url,
			authorities?.context,
			rejectUnauthorized,
			options.connectTimeoutMs ?? 15_000,
			deadline,
		);
		return new PinnedConnection(socket, url);
	});
	const exchange = exchangeFor();

	return {
		counters,
		close() {
			closed.abort();
			pool.close();
		},
		async request(request) {
			let url = parseAddress(request.url);
			const deadline = new Deadline(
				addressOf(url),
				request.timeoutMs ?? 120_000,
				signals,
				request.signal,
				closed.signal,
			);
			try {
				for (let followed = 0; ; followed += 1) {
					const answer = await exchange(url, request, deadline);
					const { status, headers, body } = answer;
					const target = redirectTarget(url, request.method, status, headers.location, followed);
					if (target === undefined) return { status, headers, body, url: url.href };
					url = target;
				}
			} finally {
				deadline.dispose();
			}
		},
	};

	/** The way requests travel under this login, checked before anything is sent. */
	function exchangeFor(): (
		url: URL,
		request: WindowsHttpRequest,
		deadline: Deadline,
	) => Promise<Answer> {
		if (authentication.kind === 'windows') {
			const login = prepareWindowsLogin(authentication);
			const basic = authentication.allowBasic
				? basicAuthorization(
						basicUser(authentication.user, authentication.domain),
						authentication.password,
					)
				: undefined;
			return (url, request, deadline) => {
				let known = knowledge.get(url.origin);
				if (known === undefined) knowledge.set(url.origin, (known = { lasts: 'unknown' }));
				const context = {
					pool,
					gate,
					login,
					basicAuthorization: basic,
					verified: rejectUnauthorized,
					counters,
					knowledge: known,
					randomBytes: options.randomBytes ?? strongRandomBytes,
					now: options.now ?? Date.now,
				};
				return windowsExchange(context, url, outgoing(url, request), limit(request), deadline);
			};
		}

		const header = fixedAuthorization(authentication);
		return (url, request, deadline) => {
			if (authentication.kind !== 'none') {
				const what = authentication.kind === 'basic' ? 'password' : 'token';
				const isSecure = url.protocol === 'https:';
				if (!isSecure && (what === 'password' || !isThisMachine(url)))
					throw new ClearTextLoginRefusedError(deadline.address, what);
				if (isSecure && !rejectUnauthorized)
					throw new ClearTextLoginRefusedError(deadline.address, what, 'unverified');
			}
			const message = outgoing(url, request);
			if (header !== undefined) message.headers.Authorization = header.value;
			return fixedExchange(
				{ pool, gate, counters, login: header },
				url,
				message,
				limit(request),
				deadline,
			);
		};
	}
}

function fixedAuthorization(authentication: Exclude<Authentication, { kind: 'windows' }>) {
	if (authentication.kind === 'basic') {
		requireUser(authentication.user);
		const value = basicAuthorization(authentication.user, authentication.password);
		return { scheme: 'Basic' as const, value, account: authentication.user };
	}
	if (authentication.kind === 'bearer') {
		const value = `Bearer ${authentication.token.trim()}`;
		return { scheme: 'Bearer' as const, value, account: 'the access token' };
	}
	return undefined;
}

/** Headers that belong to the connection or the login and are never taken from the caller. */
const OWN_HEADERS = new Set([
	'authorization',
	'connection',
	'content-length',
	'expect',
	'host',
	'keep-alive',
	'proxy-authorization',
	'transfer-encoding',
	'upgrade',
]);

function outgoing(url: URL, request: WindowsHttpRequest) {
	// Unless told, a server or proxy may compress, which nothing here takes apart (RFC 9110 12.5.3).
	const headers: Record<string, string> = { 'Accept-Encoding': 'identity' };
	for (const [name, value] of Object.entries(request.headers ?? {})) {
		if (!OWN_HEADERS.has(name.toLowerCase())) headers[name] = value;
	}
	return {
		method: request.method,
		path: url.pathname + url.search,
		headers,
		...(request.body === undefined ? {} : { body: request.body }),
	};
}

function limit(request: WindowsHttpRequest): number {
	return request.maxBodyBytes ?? 64 * 1024 * 1024;
}

function isThisMachine(url: URL): boolean {
	return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

function parseAddress(address: string): URL {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
		throw new InvalidRequestError(
			'The address of the Dynamics GP server is not an http or https address',
			'Write the service address in the "Dynamics GP API" credential in full, e.g. https://gp.example.com:48620/.',
		);
	}
	return url;
}
