import { RateLimiter } from './rate-limiter';

const limiters = new Map<string, RateLimiter>();

/**
 * The one limiter of a credential in this process: workflows that run side by side with the same
 * credential share Procore's quota, so they must share the count.
 */
export function limiterFor(key: string): RateLimiter {
	let limiter = limiters.get(key);
	if (!limiter) limiters.set(key, (limiter = new RateLimiter()));
	return limiter;
}
