import type { Effects } from '../../lib/model/connection-check';

/** A clock on which waiting costs nothing, but which remembers what was asked of it. */
class FastClock implements Effects {
	longestSleepMs = 0;
	private ahead = 0;

	now(): number {
		return Date.now() + this.ahead;
	}

	async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		this.longestSleepMs = Math.max(this.longestSleepMs, milliseconds);
		this.ahead += milliseconds;
		await new Promise((resolve) => setTimeout(resolve, 1));
	}

	random(): number {
		return 0.5;
	}
}

export const clock = new FastClock();
