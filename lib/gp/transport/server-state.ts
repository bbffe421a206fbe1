import type { Effects } from '../../model/connection-check';

/** Failed attempts in a row after which a server is left alone. */
export const CIRCUIT_THRESHOLD = 10;
/** How long it is left alone, milliseconds. */
export const CIRCUIT_PAUSE_MS = 60_000;

/** Stops asking a server that fails again and again, and lets one request through after a pause. */
class ServerCircuit {
	failures = 0;
	private openUntil = 0;
	private trial = false;

	/** Null when a request may go, otherwise the time until which none may. */
	closedUntil(now: number): Date | null {
		if (this.failures < CIRCUIT_THRESHOLD) return null;
		if (now < this.openUntil && this.openUntil - now <= CIRCUIT_PAUSE_MS)
			return new Date(this.openUntil);
		if (this.trial) return new Date(now + CIRCUIT_PAUSE_MS);
		this.trial = true;
		return null;
	}

	succeeded(): void {
		this.failures = 0;
		this.trial = false;
	}

	failed(now: number): void {
		this.failures += 1;
		this.trial = false;
		if (this.failures >= CIRCUIT_THRESHOLD) this.openUntil = now + CIRCUIT_PAUSE_MS;
	}

	/** The trial ended without telling anything about the server (aborted). */
	undecided(): void {
		this.trial = false;
	}
}

export interface Spacing {
	/** Requests under way at once. */
	concurrency: number;
	/** Pause between requests, milliseconds. */
	gapMs: number;
	/** Rest no longer than the last answer took: where it is short, the server had little to do. */
	shorter?: boolean;
}

/**
 * Spares one server: every client of this process that talks to it waits in one queue.
 * GP runs each call in a runtime instance of its own, beside the accountants at work.
 */
export class ServerLimiter {
	private active = 0;
	private lastStart = -Infinity;
	private lastEnd = -Infinity;
	private lastTook = Infinity;
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
		const began = effects.now();
		try {
			return await task();
		} finally {
			this.active -= 1;
			this.lastEnd = effects.now();
			this.lastTook = this.lastEnd - began;
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
			const { gapMs, shorter } = spacing;
			const rest = shorter ? Math.min(gapMs, this.lastTook) : gapMs;
			const pause = this.pauseLeft(rest, effects.now());
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

/** What all clients of this process share about one server. */
export interface ServerState {
	limiter: ServerLimiter;
	circuit: ServerCircuit;
}

const servers = new Map<string, ServerState>();

/** One for each origin, made when it is first asked for. */
export function serverState(origin: string): ServerState {
	let state = servers.get(origin);
	if (!state)
		servers.set(origin, (state = { limiter: new ServerLimiter(), circuit: new ServerCircuit() }));
	return state;
}
