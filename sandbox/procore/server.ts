import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { startAdmin } from './admin/admin-server';
import { snapshot } from './admin/snapshot';
import { checkExchange, createContractValidator } from './contract/validator';
import { ApiError, conflict } from './http/api-error';
import { Faults } from './faults';
import { checkCompanyHeader, checkCompanyId, checkConnected, checkProject } from './gates';
import { parseBody, parseQuery, readText } from './http/body';
import { type Call, isRow, type Reply, type Route, type World } from './http/call';
import { htmlReply, injectedReply, plainHeaders, serialise } from './http/answer';
import { close, listen } from './http/listen';
import { Router } from './http/router';
import { answerOAuth } from './oauth/oauth-routes';
import { Tokens } from './oauth/tokens';
import {
	defaultClient,
	defaultSwitches,
	type Exchange,
	type ProcoreStandInOptions,
	type Switches,
} from './options';
import { RateLimiter } from './rate-limit';
import { routes } from './routes';
import { defaultCompany } from './state/default-seed';
import { seed } from './state/seed';
import { Store } from './state/store';
import { type Counters, type Health, type LogEntry, Traffic } from './traffic';

export interface ProcoreStandIn {
	/** Origin of login and API, e.g. "http://127.0.0.1:41234". */
	url: string;
	/** Origin of the admin API and page. */
	adminUrl: string;
	companyId: number;
	clientId: string;
	clientSecret: string;
	/** Changeable while running. */
	switches: Switches;
	faults: Faults;
	tokens: Tokens;
	/** The records themselves; `commit()` after changing them by hand. */
	state: Store;
	/** What a reader wants to see: projects with their direct costs, lines and totals. */
	snapshot(): ReturnType<typeof snapshot>;
	log(since?: number): LogEntry[];
	counters(): Counters;
	health(): Health;
	/** What requests and answers so far broke of the specification, each sentence once. */
	violations(): string[];
	/** Forgets log and rate windows; the records stay. */
	clearTraffic(): void;
	/** Back to the seed; log, faults and rate windows forgotten. */
	reset(): void;
	close(): Promise<void>;
}

/** Starts the Procore stand-in: OAuth, API and admin on two loopback ports. */
export async function startProcoreServer(
	options: ProcoreStandInOptions = {},
): Promise<ProcoreStandIn> {
	const standIn = new StandIn(options);
	return await standIn.start();
}

class StandIn {
	private readonly now: () => number;
	private readonly sleep: (milliseconds: number) => Promise<void>;
	private readonly switches: Switches;
	private readonly store: Store;
	private readonly world: World;
	private readonly tokens: Tokens;
	private readonly clients;
	private readonly router = new Router(routes);
	private readonly limiter = new RateLimiter();
	private readonly faults = new Faults();
	private readonly traffic = new Traffic();
	private readonly locks = new Set<string>();
	private readonly contract;
	private readonly broken = new Set<string>();

	constructor(private readonly options: ProcoreStandInOptions) {
		this.now = options.now ?? Date.now;
		this.sleep = options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
		this.switches = { ...structuredClone(defaultSwitches), ...options.switches };
		this.clients = options.clients ?? [defaultClient];
		this.store = new Store(this.now, options.stateFile);
		this.contract = options.specification ? createContractValidator(options.specification) : null;
		const company = options.seed?.company ?? defaultCompany;
		this.world = { store: this.store, switches: this.switches, company, now: this.now };
		this.tokens = new Tokens(this.store, this.switches, this.now);
		if (!this.store.load()) seed(this.world, options.seed);
	}

	async start(): Promise<ProcoreStandIn> {
		const server = createServer((request, response) => {
			this.serve(request, response).catch((error: unknown) => {
				console.error(error);
				response.destroy();
			});
		});
		const url = await listen(server, this.options.port);
		const standIn: ProcoreStandIn = {
			url,
			adminUrl: '',
			companyId: this.world.company.id,
			clientId: this.clients[0].clientId,
			clientSecret: this.clients[0].clientSecret,
			switches: this.switches,
			faults: this.faults,
			tokens: this.tokens,
			state: this.store,
			snapshot: () => snapshot(this.world),
			log: (since) => this.traffic.log(since),
			counters: () => this.traffic.counters(),
			health: () => this.traffic.health(),
			violations: () => [...this.broken],
			clearTraffic: () => {
				this.traffic.clear();
				this.broken.clear();
				this.limiter.clear();
			},
			reset: () => {
				this.store.clear();
				seed(this.world, this.options.seed);
				this.faults.clear();
				standIn.clearTraffic();
			},
			close: async () => {
				await Promise.all([close(server), admin.close()]);
			},
		};
		const admin = await startAdmin(this.world, standIn, this.options.adminPort);
		standIn.adminUrl = admin.url;
		return standIn;
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const startedAt = this.now();
		const origin = `http://${request.headers.host ?? '127.0.0.1'}`;
		const url = new URL(request.url ?? '/', origin);
		const method = request.method ?? 'GET';
		const bodyText = await readText(request);
		const query = parseQuery(url.searchParams);
		const contentType = request.headers['content-type'];
		const requestId = randomUUID();
		const headers: Record<string, string> = { 'X-Request-Id': requestId };
		const fault = this.faults.take(method, url.pathname, bodyText);
		let body: unknown;
		let reply: Reply;
		try {
			body = parseBody(bodyText, contentType);
			if (fault?.kind === 'delay') await this.sleep(fault.milliseconds);
			const injected = fault && injectedReply(fault);
			if (injected) reply = injected;
			else if (url.pathname.startsWith('/oauth/')) {
				const { authorization } = request.headers;
				const world = { ...this.world, tokens: this.tokens, clients: this.clients };
				const asked = { method, path: url.pathname, query, body, authorization };
				reply = answerOAuth(world, asked);
			} else {
				const call = { ...this.world, method, origin, path: url.pathname, params: {}, query, body };
				reply = await this.answerApi(call, request, headers);
			}
			this.store.commit();
		} catch (error) {
			this.store.rollback();
			reply = this.errorReply(error, url.pathname);
		}
		const status = reply.status ?? 200;
		const lost = fault?.kind === 'drop' || fault?.kind === 'loseResponse' || fault?.kind === 'hang';
		const injected = fault !== null && (lost || fault.kind === 'status');
		this.traffic.add({
			at: new Date(startedAt).toISOString(),
			method,
			path: url.pathname,
			query: url.search.slice(1),
			status: lost ? 0 : status,
			requestId,
			milliseconds: this.now() - startedAt,
			companyHeader: request.headers['procore-company-id'] !== undefined,
			known: this.router.find(method, url.pathname) !== null,
			injected,
			...(isRow(body) && Array.isArray(body.updates) ? { rows: body.updates.length } : {}),
			...(url.pathname === '/oauth/token' && isRow(body) ? { grant: String(body.grant_type) } : {}),
		});
		Object.assign(headers, reply.headers);
		const answer = serialise(reply.body, headers);
		this.report({
			method,
			path: url.pathname,
			query,
			headers: plainHeaders(request),
			requestBody: body,
			status: lost ? 0 : status,
			responseBody: reply.body,
			responseHeaders: headers,
			injected,
		});
		if (fault?.kind === 'hang') return;
		if (lost) {
			request.socket.destroy();
			return;
		}
		response.writeHead(status, headers);
		if (fault?.kind === 'truncate') {
			response.write(answer.slice(0, Math.floor(answer.length / 2)));
			response.socket?.end();
			return;
		}
		response.end(answer);
	}

	private report(exchange: Exchange): void {
		this.options.onExchange?.(exchange);
		if (!this.contract) return;
		for (const sentence of checkExchange(this.contract, exchange)) this.broken.add(sentence);
	}

	/** The gates in the order Procore passes them, then the route. */
	private async answerApi(
		call: Call,
		request: IncomingMessage,
		headers: Record<string, string>,
	): Promise<Reply> {
		const token = this.tokens.find(request.headers.authorization);
		const scope = this.switches.rateLimitScope === 'token' ? token?.id : token?.client_id;
		this.countRate(String(scope ?? 'nobody'), headers);
		if (!this.tokens.valid(token))
			throw new ApiError(401, { errors: 'The access token is invalid' });
		const company = request.headers['procore-company-id'] as string | undefined;
		checkCompanyHeader(call, company, token.grant);
		const found = this.router.find(call.method, call.path);
		if (found) call.params = found.params;
		if (call.path !== '/rest/v1.0/companies') checkConnected(call);
		checkCompanyId(call);
		if (!found) throw new ApiError(404, { message: 'Item not found' });
		checkProject(call, found.route);
		return await this.run(found.route, call);
	}

	private countRate(bucket: string, headers: Record<string, string>): void {
		const { hourlyLimit, spikeLimit, retryAfterOn429 } = this.switches;
		const now = this.now();
		const rate = this.limiter.count(bucket, [hourlyLimit, spikeLimit], now);
		if (!rate) return;
		headers['X-Rate-Limit-Limit'] = String(rate.limit);
		headers['X-Rate-Limit-Remaining'] = String(rate.remaining);
		headers['X-Rate-Limit-Reset'] = String(rate.reset);
		if (rate.allowed) return;
		const wait = Math.max(1, Math.ceil(rate.reset - now / 1000));
		throw new ApiError(
			429,
			{ error: { code: 'TOO_MANY_REQUESTS', message: 'Rate limit exceeded', details: [] } },
			retryAfterOn429 ? { 'Retry-After': String(wait) } : {},
		);
	}

	/** Runs the route holding its locks, for as long as a real request would take. */
	private async run(route: Route, call: Call): Promise<Reply> {
		const wanted = route.locks?.(call) ?? [];
		if (wanted.some((lock) => this.locks.has(lock))) throw conflict();
		for (const lock of wanted) this.locks.add(lock);
		try {
			const held = wanted.length > 0 ? this.switches.directCostLockMs : 0;
			const wait = this.switches.latencyMs + held;
			if (wait > 0) await this.sleep(wait);
			return this.handleWhole(route, call);
		} finally {
			for (const lock of wanted) this.locks.delete(lock);
		}
	}

	/** All of the route's changes or none, before any other request gets its turn. */
	private handleWhole(route: Route, call: Call): Reply {
		try {
			const reply = route.handle(call);
			this.store.commit();
			return reply;
		} catch (error) {
			this.store.rollback();
			throw error;
		}
	}

	private errorReply(error: unknown, path: string): Reply {
		if (!(error instanceof ApiError)) {
			console.error(error);
			return { status: 500, body: { message: 'Internal Server Error' } };
		}
		const { status, headers } = error;
		if (path.startsWith('/oauth/') && this.switches.oauthErrorBody === 'html') {
			return htmlReply(status, '<html><body><h1>Something went wrong</h1></body></html>', headers);
		}
		return { status, body: error.body, headers };
	}
}
