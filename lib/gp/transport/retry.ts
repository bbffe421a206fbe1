import { ConnectorError } from '../../model/connector-error';
import { backoff, networkFault, type NetworkFault } from '../../http/retry';

export type FailureKind = 'unavailable' | 'login' | NetworkFault;

/** Passing faults of a server that restarts; a rejected login is never repeated, it could lock the account. */
const WORTH_REPEATING: readonly FailureKind[] = ['unavailable', 'refused', 'broken'];

/** Longest wait a GP server or a proxy before it may ask for; a restart takes no longer. */
export const LONGEST_RETRY_AFTER_MS = 300_000;

/** Faults that say the server is in trouble, as opposed to a wrong setting here. */
export function countsAgainstServer(kind: FailureKind): boolean {
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

/** What a transport's error means, whatever class it has. */
export function failureKind(error: unknown): FailureKind {
	if (error instanceof ConnectorError) {
		// A transport with named errors says itself what may be repeated.
		if (/timeout/i.test(error.code)) return 'timeout';
		return error.retryable ? 'refused' : 'other';
	}
	return networkFault(error);
}
