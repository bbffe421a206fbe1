import { ConnectorError } from '../model/connector-error';
import type { Effects } from '../model/connection-check';
import { describeRefusal, fence, networkCode, readRetryAfter } from '../http/request-rules';
import {
	errorFromAnswer,
	errorFromSilence,
	notAnswered,
	redirectRefused,
	waitTooLong,
	type CallContext,
} from './errors/from-answer';
import { ProcoreInputError, ProcoreWritesEndedError } from './errors/procore-errors';
import { limiterFor, RateLimiter, readRateLimit } from './limiter';
import { eachPage, type ListCall, wholeList } from './list-pages';
import {
	askedWait,
	DEFAULT_RETRY,
	type Fault,
	headerOf,
	LONGEST_WAIT_MS,
	pausesEverybody,
	type ProcoreAnswer,
	type ProcoreCall,
	type ProcoreRequest,
	type ProcoreTransport,
	type QueryValue,
	retryDelay,
	type RetryRules,
	shouldRetry,
} from './transport';

export interface ProcoreCounters {
	/** Requests sent, repeated ones included. */
	calls: number;
	/** Of these, those that were not GET. */
	writes: number;
	/** Milliseconds spent waiting for the rate limits and between attempts. */
	waitsMs: number;
}

export interface ProcoreProgress {
	/** "vendors", "cost codes", "direct costs". */
	step: string;
	done: number;
	total: number;
	calls: number;
}

export interface ProcoreClientOptions {
	transport: ProcoreTransport;
	/** e.g. https://api.procore.com */
	apiBaseUrl: string;
	companyId: string;
	effects: Effects;
	/** Clients with the same key share one limiter in this process: use the credential's id. */
	limiterKey?: string;
	/** Key under which vendors' tax ids become match values (lib/model/same-firm.ts). */
	taxIdKey?: string;
	/** Rows per sync call, 1 to 1,000 (the vendor's maximum); default 500. */
	batchSize?: number;
	/** Projects worked on at once, 1 to 6; writes inside one project are always serial. Default 5. */
	projectConcurrency?: number;
	/** No write is sent from this moment on, epoch milliseconds: the caller's right to write ends then. */
	writesUntil?: number;
	signal?: AbortSignal;
	onProgress?: (progress: ProcoreProgress) => void;
	/** Hears once each of what {@link ProcoreClient.doubts} holds. */
	onDoubt?: (why: string) => void;
}

export interface ProcoreClient {
	readonly companyId: string;
	readonly apiBaseUrl: string;
	readonly taxIdKey?: string;
	readonly batchSize: number;
	readonly projectConcurrency: number;
	readonly effects: Effects;
	readonly counters: ProcoreCounters;
	/** Lists that may not have come whole, in words: records may stand in Procore that nobody was shown. */
	readonly doubts: ReadonlySet<string>;
	/** Sends one request, retrying as the policy allows. Throws a ProcoreError for anything but 2xx. */
	call(call: ProcoreCall): Promise<ProcoreAnswer>;
	/** All rows of a list, page after page; at most `limit` when given. */
	list(call: ListCall): Promise<unknown[]>;
	/** Hands on the pages of a list, one call each, so that a long one is never in memory whole; `false` ends it. */
	eachPage(call: ListCall, take: (rows: unknown[]) => boolean | void): Promise<void>;
	progress(step: string, done: number, total: number): void;
}

const MOST_REDIRECTS = 3;
const READ_TIMEOUT_MS = 60_000;
const WRITE_TIMEOUT_MS = 120_000;

export function createProcoreClient(options: ProcoreClientOptions): ProcoreClient {
	const { transport, effects, signal } = options;
	const apiBaseUrl = options.apiBaseUrl.trim().replace(/\/{1,9}$/, '');
	const companyId = String(options.companyId).trim();
	const limiter = options.limiterKey ? limiterFor(options.limiterKey) : new RateLimiter();
	const counters: ProcoreCounters = { calls: 0, writes: 0, waitsMs: 0 };
	const waited = (milliseconds: number) => void (counters.waitsMs += milliseconds);
	const doubts = new Set<string>();
	const doubt = (why: string) => {
		if (!doubts.has(why)) options.onDoubt?.(why);
		doubts.add(why);
	};

	async function call(request: ProcoreCall): Promise<ProcoreAnswer> {
		const address = apiBaseUrl + request.path;
		const context: CallContext = { ...request, address };
		const rules: RetryRules = {
			...DEFAULT_RETRY,
			replaySafe: request.method !== 'POST',
			...request.retry,
		};
		let waitedMs = 0;
		for (let attempt = 1; ; attempt++) {
			const permit = await limiter.acquire(effects, signal, waited);
			if (request.method !== 'GET' && effects.now() >= (options.writesUntil ?? Infinity)) {
				permit.answered();
				throw new ProcoreWritesEndedError(
					`The time in which this batch may write was over before Procore could be asked to ${request.what}`,
					{
						remedy:
							'Nothing to do: the run takes its lease anew and goes on. If this happens again and again, make the lease longer in the node "Open run".',
						address,
					},
				);
			}
			counters.calls++;
			if (request.method !== 'GET') counters.writes++;
			let fault: Fault;
			let fail: () => Error;
			try {
				const answer = await followed(wireRequest(request, address), context);
				permit.answered(answer.headers, answer.status === 429);
				if (answer.status >= 200 && answer.status < 300) {
					// Procore speaks JSON or says nothing: a page comes from elsewhere, and nothing was done.
					const isText = typeof answer.body === 'string' && answer.body.trim() !== '';
					if (isText && !request.anyAnswer) throw notAnswered(answer, context);
					return answer;
				}
				const now = effects.now();
				fault = {
					kind: 'status',
					status: answer.status,
					retryAfterMs: readRetryAfter(
						headerOf(answer.headers, 'retry-after'),
						now,
						headerOf(answer.headers, 'date'),
					),
					resetInMs: readRateLimit(answer.headers, now)?.resetInMs ?? null,
				};
				fail = () => {
					const asked = askedWait(fault);
					return asked && asked.milliseconds > LONGEST_WAIT_MS
						? waitTooLong(answer, context, asked.header, asked.milliseconds)
						: errorFromAnswer(answer, context);
				};
			} catch (error) {
				permit.answered();
				if (signal?.aborted) throw signal.reason;
				// The transport knows what is wrong itself, e.g. a credential that was never connected.
				if (error instanceof ConnectorError) throw error;
				fault = { kind: 'silence', code: networkCode(error) ?? 'NO_ANSWER' };
				fail = () => errorFromSilence(error, context);
			}
			if (!shouldRetry(fault, attempt, rules)) throw fail();
			if ((askedWait(fault)?.milliseconds ?? 0) > LONGEST_WAIT_MS) throw fail();
			const delay = retryDelay(fault, attempt, effects.random());
			waitedMs += delay;
			if (waitedMs > 2 * LONGEST_WAIT_MS) throw fail();
			if (pausesEverybody(fault)) {
				limiter.pause(effects, delay);
			} else {
				waited(delay);
				await effects.sleep(delay, signal);
			}
		}
	}

	/** Sends, and follows a redirect of a read within the API; nothing else gets the token. */
	async function followed(first: ProcoreRequest, context: CallContext): Promise<ProcoreAnswer> {
		let request = first;
		for (let hops = 0; ; hops += 1) {
			const answer = await transport(request);
			const location = headerOf(answer.headers, 'location');
			if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined)
				return answer;
			if (request.method !== 'GET')
				throw redirectRefused(answer, context, `a ${request.method} is not sent twice`);
			if (hops >= MOST_REDIRECTS)
				throw redirectRefused(answer, context, 'it goes round in circles');
			const target = URL.canParse(location, request.url)
				? fence(apiBaseUrl, new URL(location, request.url).href)
				: 'unreadable';
			if (typeof target === 'string')
				throw redirectRefused(answer, context, describeRefusal(target));
			request = { ...request, url: target.href };
		}
	}

	/** The address as the network will read it, when it lies within the API. */
	function fenced(request: ProcoreCall, address: string): string {
		const base = fence(apiBaseUrl, apiBaseUrl);
		const url = fence(apiBaseUrl, address);
		const why =
			typeof base === 'string'
				? describeRefusal(base)
				: typeof url === 'string'
					? describeRefusal(url)
					: !url.pathname.startsWith(`${base.pathname.replace(/\/$/, '')}/rest/`)
						? 'its path leads out of the API'
						: null;
		if (why === null) return address;
		throw new ProcoreInputError(`The request to ${request.what} was not sent: ${why}`, {
			remedy:
				'Check the ids given to this node, and the API address in the "Procore OAuth2 API" credential.',
			address: apiBaseUrl,
		});
	}

	function wireRequest(request: ProcoreCall, address: string): ProcoreRequest {
		return {
			method: request.method,
			url: fenced(request, address) + queryString(request.query),
			headers: {
				Accept: 'application/json',
				'Procore-Company-Id': companyId,
				...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
			},
			...(request.body === undefined ? {} : { body: request.body }),
			timeoutMs:
				request.timeoutMs ?? (request.method === 'GET' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS),
			signal,
		};
	}

	return {
		companyId,
		apiBaseUrl,
		...(options.taxIdKey ? { taxIdKey: options.taxIdKey } : {}),
		batchSize: clamp(options.batchSize ?? 500, 1, 1000),
		projectConcurrency: clamp(options.projectConcurrency ?? 5, 1, 6),
		effects,
		counters,
		doubts,
		call,
		eachPage: async (request, take) => await eachPage({ apiBaseUrl, call, doubt }, request, take),
		list: async (request) => await wholeList({ apiBaseUrl, call, doubt }, request),
		progress(step, done, total) {
			options.onProgress?.({ step, done, total, calls: counters.calls });
		},
	};
}

/** `?filters%5Bid%5D%5B%5D=1&…`, empty text when there is nothing to say. */
function queryString(query: Record<string, QueryValue> = {}): string {
	const parts = Object.entries(query).flatMap(([name, value]) =>
		(Array.isArray(value)
			? (value as (string | number)[])
			: value === undefined
				? []
				: [value]
		).map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(String(one))}`),
	);
	return parts.length > 0 ? `?${parts.join('&')}` : '';
}

function clamp(value: number, least: number, most: number): number {
	return Math.max(least, Math.min(most, Math.trunc(value) || most));
}
