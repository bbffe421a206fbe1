import type { Effects } from '../../../lib/model/connection-check';

/** Effects whose time passes only when somebody sleeps, as fast as the machine goes. */
export function fakeClock(
	start = Date.UTC(2026, 8, 30, 12),
): Effects & { advance(ms: number): void } {
	let now = start;
	let sequence = 0;
	const sleepers: Array<{ at: number; order: number; wake: () => void }> = [];
	let ticking = false;

	// Wakes the earliest sleeper once everything else has come to rest.
	function tick(): void {
		if (ticking || sleepers.length === 0) return;
		ticking = true;
		setImmediate(() => {
			ticking = false;
			sleepers.sort((left, right) => left.at - right.at || left.order - right.order);
			const next = sleepers.shift();
			if (!next) return;
			now = Math.max(now, next.at);
			next.wake();
			tick();
		});
	}

	return {
		now: () => now,
		random: () => 0.5,
		advance: (ms) => void (now += ms),
		sleep: (ms, signal) =>
			new Promise((resolve, reject) => {
				if (signal?.aborted) return reject(signal.reason);
				signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
				sleepers.push({ at: now + Math.max(0, ms), order: sequence++, wake: resolve });
				tick();
			}),
	};
}
