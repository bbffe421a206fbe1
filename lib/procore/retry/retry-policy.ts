/** How one attempt failed: a status, or silence with the network's code. */
export type Fault =
	| { kind: 'status'; status: number; retryAfterMs: number | null; resetInMs: number | null }
	| { kind: 'silence'; code: string };

export interface RetryRules {
	/** The request may be sent again although the first may have taken effect. */
	replaySafe: boolean;
	/** Attempts for faults that may lie in the request itself: timeouts, 408, 500, 502, 504. */
	faultAttempts: number;
	/** Attempts for faults that cannot: refused connections, 409, 503. */
	attempts: number;
	/** Waits for 429 before giving up. */
	rateLimitAttempts: number;
}

export const DEFAULT_RETRY: RetryRules = {
	replaySafe: true,
	faultAttempts: 5,
	attempts: 5,
	rateLimitAttempts: 10,
};

/** The request cannot have reached Procore. */
const NEVER_ARRIVED = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);

export function neverArrived(code: string): boolean {
	return NEVER_ARRIVED.has(code);
}

/** Whether attempt number `attempt` (1 = the first) that failed so is followed by another. */
export function shouldRetry(fault: Fault, attempt: number, rules: RetryRules): boolean {
	if (fault.kind === 'silence') {
		if (/CERT|SELF_SIGNED|UNABLE_TO/.test(fault.code)) return false;
		if (neverArrived(fault.code)) return attempt < rules.attempts;
		return rules.replaySafe && attempt < rules.faultAttempts;
	}
	switch (fault.status) {
		case 429:
			return attempt < rules.rateLimitAttempts;
		case 503:
			return rules.replaySafe && attempt < rules.attempts;
		case 409:
			return rules.replaySafe && attempt < rules.attempts;
		case 408:
		case 500:
		case 502:
		case 504:
			return rules.replaySafe && attempt < rules.faultAttempts;
		default:
			return false;
	}
}

/**
 * Milliseconds before the next attempt. 429 and 503 wait as long as the server asks (the later of
 * Retry-After and the window's reset) plus jitter; 409 briefly, since the other writer is quick;
 * everything else doubles from one second, between half and all of it, 30 seconds at most.
 */
export function retryDelay(fault: Fault, attempt: number, random: number): number {
	if (fault.kind === 'status' && (fault.status === 429 || fault.status === 503)) {
		const asked = Math.max(
			fault.retryAfterMs ?? 0,
			fault.status === 429 ? (fault.resetInMs ?? 0) : 0,
		);
		if (asked > 0) return Math.round(asked + 250 + random * 1000);
	}
	const base = fault.kind === 'status' && fault.status === 409 ? 250 : 1000;
	const full = Math.min(base * 2 ** (attempt - 1), 30_000);
	return Math.round(full / 2 + (random * full) / 2);
}

/** Whether the pause concerns every request of the credential, not just this one. */
export function pausesEverybody(fault: Fault): boolean {
	return fault.kind === 'status' && (fault.status === 429 || fault.status === 503);
}
