import { sleep } from 'n8n-workflow';

import type { Effects } from '../../lib/base/effects';

/** The real clock and dice, for use inside n8n. */
export const n8nEffects: Effects = {
	now: () => Date.now(),
	sleep: sleepUnlessCancelled,
	random: () => Math.random(),
};

/** Older n8n releases have a `sleep` that does not know of signals, hence the race. */
async function sleepUnlessCancelled(milliseconds: number, signal?: AbortSignal): Promise<void> {
	if (!signal) return await sleep(milliseconds);
	signal.throwIfAborted();
	let stopListening = () => {};
	const cancelled = new Promise<never>((_resolve, reject) => {
		const listener = () => reject(signal.reason);
		signal.addEventListener('abort', listener, { once: true });
		stopListening = () => signal.removeEventListener('abort', listener);
	});
	try {
		await Promise.race([sleep(milliseconds), cancelled]);
	} finally {
		stopListening();
	}
}
