import type { Effects } from '../../model/effects';

export interface Spacing {
	/** Requests under way at once. */
	concurrency: number;
	/** Pause between requests, milliseconds. */
	gapMs: number;
}

/**
 * Spares one server: every client of this process that talks to it waits in one queue.
 * GP runs each call in a runtime instance of its own, beside the accountants at work.
 */
export class ServerLimiter {
	private active = 0;
	private lastStart = -Infinity;
	private lastEnd = -Infinity;
	private queue: Promise<void> = Promise.resolve();
	private waiting: Array<() => void> = [];

	/** Runs `task` when it is its turn. */
	async run<T>(
		task: () => Promise<T>,
		spacing: Spacing,
		effects: Effects,
		signal?: AbortSignal,
	): Promise<T> {
		const turn = this.queue.then(() => this.enter(spacing, effects, signal));
		this.queue = turn.catch(() => undefined);
		await turn;
		try {
			return await task();
		} finally {
			this.active -= 1;
			this.lastEnd = effects.now();
			for (const wake of this.waiting.splice(0)) wake();
		}
	}

	private async enter(spacing: Spacing, effects: Effects, signal?: AbortSignal): Promise<void> {
		for (;;) {
			signal?.throwIfAborted();
			if (this.active >= spacing.concurrency) {
				await this.nextEnd(signal);
				continue;
			}
			const pause = this.pauseLeft(spacing.gapMs, effects.now());
			if (pause <= 0) break;
			await effects.sleep(pause, signal);
		}
		this.active += 1;
		this.lastStart = effects.now();
	}

	private pauseLeft(gapMs: number, now: number): number {
		// While others are under way the gap counts from the last start, otherwise the server rests after the last end.
		const last = this.active > 0 ? this.lastStart : Math.max(this.lastStart, this.lastEnd);
		const passed = now - last;
		return passed < 0 ? 0 : gapMs - passed; // the clock was set back: do not wait for it
	}

	private nextEnd(signal?: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			const abort = () => reject(signal!.reason);
			signal?.addEventListener('abort', abort, { once: true });
			this.waiting.push(() => {
				signal?.removeEventListener('abort', abort);
				resolve();
			});
		});
	}
}
