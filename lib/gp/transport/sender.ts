import {
	backoff,
	describeRefusal,
	fence,
	networkFault,
	type NetworkFault,
	readRetryAfter,
} from '../../http/request-rules';
import { answerCap, MOST_ANSWER_MB } from '../../http/read-body';
import { ConnectorError } from '../../model/connector-error';
import type { Effects } from '../../model/connection-check';
import { excerptOf } from '../../model/foreign-text';
import { type GpErrorContext, GpSettingInvalid } from '../errors/gp-error';
import { GpRowSourceFailed } from '../errors/other-doors';
import {
	GpCircuitOpen,
	GpLoginRefused,
	GpRequestRefused,
	GpServiceUnavailable,
	GpTimeout,
	GpUnreachable,
	LONGEST_RETRY_AFTER_MS,
} from '../errors/refusals';
import type { GpHttp, GpHttpResponse } from '../site';
import { serverState } from './server-state';

export type FailureKind = 'unavailable' | 'login' | NetworkFault;

/** Passing faults of a server that restarts; a rejected login is never repeated, it could lock the account. */
const WORTH_REPEATING: readonly FailureKind[] = ['unavailable', 'refused', 'broken'];

/** Faults that say the server is in trouble, as opposed to a wrong setting here. */
function countsAgainstServer(kind: FailureKind): boolean {
	return kind === 'timeout' || WORTH_REPEATING.includes(kind);
}

/** Whether attempt number `attempt` (from 1) may be followed by another. Reading is always safe to repeat. */
export function shouldRetry(
	kind: FailureKind,
	attempt: number,
	retries: number,
	retryAfterMs: number | null = null,
): boolean {
	return (
		attempt <= retries &&
		WORTH_REPEATING.includes(kind) &&
		(retryAfterMs ?? 0) <= LONGEST_RETRY_AFTER_MS
	);
}

/** Anywhere below a bound that doubles; a wait the server names is kept. */
export function retryDelay(attempt: number, random: number, retryAfterMs: number | null): number {
	return retryAfterMs ?? backoff(attempt, random);
}

/** Asks another workflow for rows again, as a server is asked, where what it failed of passes. */
export async function askedAgain<Result>(
	ask: () => Promise<Result>,
	{ retries }: Pick<Throttle, 'retries'>,
	effects: Effects,
	signal?: AbortSignal,
): Promise<Result> {
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await ask();
		} catch (error) {
			const passes = error instanceof GpRowSourceFailed && error.retryable;
			if (!passes || attempt > retries) throw error;
			await effects.sleep(retryDelay(attempt, effects.random(), null), signal);
		}
	}
}

/** What a transport's error means, whatever class it has. */
function failureKind(error: unknown): FailureKind {
	if (error instanceof ConnectorError) {
		// A transport with named errors says itself what may be repeated.
		if (/timeout/i.test(error.code)) return 'timeout';
		return error.retryable ? 'refused' : 'other';
	}
	return networkFault(error);
}

export interface Throttle {
	concurrency: number;
	gapMs: number;
	timeoutMs: number;
	retries: number;
	/** Largest answer taken in, bytes. */
	maxBodyBytes: number;
}

export const DEFAULT_THROTTLE: Throttle = {
	concurrency: 1,
	gapMs: 200,
	timeoutMs: 120_000,
	retries: 4,
	maxBodyBytes: answerCap(),
};

export interface SenderOptions {
	origin: string;
	http: GpHttp;
	effects: Effects;
	throttle: Throttle;
	headers: Record<string, string>;
	signal?: AbortSignal;
	onRequest(): void;
}

/** Stopped, starting, too busy; 408 and 429 come from proxies before the service. */
const TRY_LATER = [408, 429, 502, 503, 504];

/**
 * Sends one read, in turn, repeated while the server is restarting. Resolves with any status that
 * is an answer (200 to 501); throws for a login refused, a server away, and anything the transport throws.
 */
export function createSender(options: SenderOptions) {
	const { origin, http, effects, throttle, signal } = options;
	const { limiter, circuit } = serverState(origin);

	async function attempt(
		url: string,
		headers: Record<string, string>,
		body: string | undefined,
	): Promise<GpHttpResponse> {
		const task = () => {
			options.onRequest();
			return http.request({
				method: body === undefined ? 'GET' : 'POST',
				url,
				headers,
				...(body === undefined ? {} : { body }),
				timeoutMs: throttle.timeoutMs,
				maxBodyBytes: throttle.maxBodyBytes,
				...(signal ? { signal } : {}),
			});
		};
		return await limiter.run(task, throttle, effects, signal);
	}

	return async function send(
		url: string,
		context: GpErrorContext,
		headers: Record<string, string> = options.headers,
		/** A question that has to be posted; asking it twice changes nothing. */
		body?: string,
	): Promise<GpHttpResponse> {
		// The one place every request passes, whatever door, link or setting its address came from.
		const fenced = fence(origin, url);
		if (typeof fenced === 'string')
			throw new GpRequestRefused(describeRefusal(fenced), { address: origin });
		const where: GpErrorContext = { ...context, address: url };
		for (let count = 1; ; count += 1) {
			signal?.throwIfAborted();
			const until = circuit.closedUntil(effects.now());
			if (until) throw new GpCircuitOpen(where, circuit.failures, until);

			let failure: unknown;
			let wait: number | null = null;
			let kind: ReturnType<typeof failureKind>;
			try {
				const response = await attempt(fenced.href, headers, body);
				if (response.status === 401) {
					circuit.succeeded();
					throw new GpLoginRefused({ ...where, httpStatus: 401 });
				}
				if (!TRY_LATER.includes(response.status)) {
					circuit.succeeded();
					return response;
				}
				kind = 'unavailable';
				const { 'retry-after': asked, date } = response.headers;
				wait = readRetryAfter(asked, effects.now(), date);
				failure = new GpServiceUnavailable(
					{ ...where, httpStatus: response.status, excerpt: excerptOf(response.body) },
					count,
					wait,
				);
			} catch (error) {
				if (error instanceof GpLoginRefused) throw error;
				if (signal?.aborted) {
					circuit.undecided();
					throw error;
				}
				kind = failureKind(error);
				failure = translate(error, kind, where, throttle.timeoutMs, count);
			}
			if (countsAgainstServer(kind)) circuit.failed(effects.now());
			else circuit.undecided();
			if (!shouldRetry(kind, count, throttle.retries, wait)) throw failure;
			await effects.sleep(retryDelay(count, effects.random(), wait), signal);
		}
	};
}

export type Send = ReturnType<typeof createSender>;

/** The transport's own named errors (name, TLS, login) say more than ours and pass as they are. */
function translate(
	error: unknown,
	kind: ReturnType<typeof failureKind>,
	context: GpErrorContext,
	timeoutMs: number,
	attempts: number,
): unknown {
	const where = { ...context, cause: error };
	if (kind === 'timeout') return new GpTimeout(where, timeoutMs);
	if (error instanceof ConnectorError) {
		// Only what was being read is unknown to the transport.
		if (context.entity) error.details.entity ??= context.entity;
		return error;
	}
	if (kind === 'other') return error;
	if (kind === 'name' || kind === 'tls' || kind === 'refused' || kind === 'broken') {
		return new GpUnreachable(where, kind, attempts);
	}
	return error;
}

/** @throws GpSettingInvalid where a setting is out of its range */
export function checkedThrottle(throttle: Throttle): Throttle {
	const ranges: Record<keyof Throttle, [least: number, most: number]> = {
		concurrency: [1, 5],
		gapMs: [0, 60_000],
		timeoutMs: [1_000, 600_000],
		retries: [0, 10],
		maxBodyBytes: [1024, answerCap(MOST_ANSWER_MB)],
	};
	for (const [name, [least, most]] of Object.entries(ranges)) {
		const value = throttle[name as keyof Throttle];
		if (!Number.isInteger(value) || value < least || value > most) {
			throw new GpSettingInvalid(
				name,
				`${value} is out of range`,
				`Give a whole number from ${least} to ${most}.`,
			);
		}
	}
	return throttle;
}
