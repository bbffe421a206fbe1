import { ConnectorError } from '../../base/connector-error';

export type FailureKind =
	| 'unavailable'
	| 'refused'
	| 'broken'
	| 'timeout'
	| 'login'
	| 'name'
	| 'tls'
	| 'other';

/** Passing faults of a server that restarts; a rejected login is never repeated, it could lock the account. */
const WORTH_REPEATING: readonly FailureKind[] = ['unavailable', 'refused', 'broken'];

/** Faults that say the server is in trouble, as opposed to a wrong setting here. */
export function countsAgainstServer(kind: FailureKind): boolean {
	return kind === 'timeout' || WORTH_REPEATING.includes(kind);
}

const BASE_MS = 1_000;
const CAP_MS = 30_000;

/** Whether attempt number `attempt` (from 1) may be followed by another. Reading is always safe to repeat. */
export function shouldRetry(kind: FailureKind, attempt: number, retries: number): boolean {
	return attempt <= retries && WORTH_REPEATING.includes(kind);
}

/** Full jitter: anywhere below a bound that doubles; a wait the server names is kept, up to five minutes. */
export function retryDelay(attempt: number, random: number, retryAfterMs: number | null): number {
	if (retryAfterMs !== null) return Math.min(retryAfterMs, 300_000);
	return Math.round(random * Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1)));
}

/** `Retry-After` as seconds or as a date; null when absent or unreadable. */
export function retryAfter(header: string | undefined, now: number): number | null {
	if (!header) return null;
	if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
	const date = Date.parse(header);
	return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** What a transport's error means, whatever class it has. */
export function failureKind(error: unknown): FailureKind {
	if (error instanceof ConnectorError) {
		// A transport with named errors says itself what may be repeated.
		if (/timeout/i.test(error.code)) return 'timeout';
		return error.retryable ? 'refused' : 'other';
	}
	const texts: string[] = [];
	for (
		let at: unknown = error, depth = 0;
		at instanceof Error && depth < 5;
		at = at.cause, depth += 1
	) {
		const { code } = at as { code?: unknown };
		texts.push(at.name, typeof code === 'string' ? code : '');
	}
	const told = texts.join(' ');
	if (/\bABORT_ERR\b|\bAbortError\b/.test(told)) return 'other';
	if (/ENOTFOUND|EAI_AGAIN|EAI_FAIL/.test(told)) return 'name';
	if (/CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|ERR_TLS|ERR_SSL|EPROTO/.test(told)) return 'tls';
	if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN/.test(told)) return 'refused';
	if (/ETIMEDOUT|TimeoutError|TIMEOUT/i.test(told)) return 'timeout';
	if (/ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_SOCKET|HPE_/.test(told)) return 'broken';
	return 'other';
}
