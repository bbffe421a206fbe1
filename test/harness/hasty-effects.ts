import type { Effects } from '../../lib/model/connection-check';

let skipped = 0;

/** Back to the real time, which n8n's own expressions tell: a lease of five minutes is over when the two drift apart. */
export function stopRunningAhead(): void {
	skipped = 0;
}

/** Milliseconds by which the clock is ahead of n8n's. */
export function aheadBy(): number {
	return skipped;
}

/**
 * A clock that runs ahead instead of waiting: whoever sleeps wakes at once, with the time passed.
 * In a test: `jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'))`.
 */
export const hastyEffects: Effects = {
	now: () => Date.now() + skipped,
	sleep: async (milliseconds, signal) => {
		signal?.throwIfAborted();
		skipped += milliseconds;
		await new Promise((resolve) => setImmediate(resolve));
	},
	random: () => 0.5,
};

/** By the name it has where it stands in. */
export const n8nEffects = hastyEffects;
