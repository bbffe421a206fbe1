import { sleep } from 'n8n-workflow';

import { LONGEST_TIMER_MS } from '../../lib/http/read-body';
import { unlessAborted } from '../../lib/http/request-rules';
import type { Effects } from '../../lib/model/connection-check';

/** The real clock and dice, for use inside n8n. */
export const n8nEffects: Effects = {
	now: () => Date.now(),
	sleep: sleepUnlessCancelled,
	random: () => Math.random(),
};

/** Older n8n releases have a `sleep` that does not know of signals, hence the race. */
async function sleepUnlessCancelled(milliseconds: number, signal?: AbortSignal): Promise<void> {
	// Node's timers fire at once when asked for more than they can hold.
	const wait = Math.min(Math.max(milliseconds, 0) || 0, LONGEST_TIMER_MS);
	signal?.throwIfAborted();
	await unlessAborted(sleep(wait), signal);
}
