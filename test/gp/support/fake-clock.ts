import type { Effects } from '../../../lib/model/connection-check';

/** Time that passes only when somebody sleeps. */
export interface FakeClock extends Effects {
	slept: number[];
	advance(milliseconds: number): void;
}

export function fakeClock(
	start = Date.parse('2026-06-15T08:00:00Z'),
	random = () => 0.5,
): FakeClock {
	let time = start;
	const slept: number[] = [];
	return {
		slept,
		now: () => time,
		random,
		advance: (milliseconds) => (time += milliseconds),
		async sleep(milliseconds, signal) {
			signal?.throwIfAborted();
			slept.push(milliseconds);
			time += milliseconds;
			await Promise.resolve();
		},
	};
}
