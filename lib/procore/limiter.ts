import { serverNow, unlessAborted } from '../http/request-rules';
import type { Effects } from '../model/connection-check';
import { headerOf } from './transport';

/** One of Procore's two limits: at most `limit` requests in any `periodMs`. */
interface RateWindow {
	limit: number;
	readonly periodMs: number;
	/** When each request still counted was answered (or sent, while unanswered), ascending. */
	readonly spent: number[];
	/** What the server last said is left, until `until`; lower than our own count when others share the quota. */
	ceiling?: { left: number; until: number };
	/** Others use the quota too: our part of it, as last seen, and how long to go by that. */
	shared?: { part: number; until: number };
}

/** With everything in flight there is no time to name yet: look again when something came back. */
const LOOK_AGAIN_MS = 50;

function createWindow(limit: number, periodMs: number): RateWindow {
	return { limit, periodMs, spent: [] };
}

/**
 * Milliseconds until one more request may go out; 0 = now. A request stops counting one period
 * after its *answer*, since the server counted it some time between sending and answer. So no
 * alignment of the server's window can see more than `limit` requests.
 */
function windowWait(window: RateWindow, now: number, inFlight: number): number {
	while (window.spent[0] + window.periodMs <= now) window.spent.shift();
	if (window.ceiling && window.ceiling.until <= now) window.ceiling = undefined;
	if (window.ceiling && window.ceiling.left <= 0) return window.ceiling.until - now;
	const surplus = window.spent.length + inFlight - window.limit;
	if (surplus < 0) return 0;
	const frees = window.spent[Math.min(surplus, window.spent.length - 1)];
	return frees === undefined ? LOOK_AGAIN_MS : frees + window.periodMs - now;
}

/** Moves what a window remembers, as the clock was moved. */
function moveWindow(window: RateWindow, byMs: number): void {
	moveAll(window.spent, byMs);
	for (const span of [window.ceiling, window.shared]) if (span) span.until += byMs;
}

function moveAll(moments: number[], byMs: number): void {
	moments.forEach((moment, at) => (moments[at] = moment + byMs));
}

/** Requests of others in a window that are put down to rounding. */
const UNNOTICED = 1;
/** Procore names the end of a window in whole seconds, and clocks tell the time in them. */
const ROUNDING_MS = 1_500;
/** Added to our part: who came later gets more of the quota from one window to the next. */
const LATECOMER = 0.5;
/** Others may have sent since we heard what is left. */
const UNHEARD = 1;
/** Windows in which others are remembered that were heard of no more. */
const REMEMBERED = 6;

/** What one window was seen to hold: requests of ours that the server took, and of all. */
interface Seen {
	ends: number;
	own: number;
	used: number;
}

/**
 * The part of the quota that is ours, by this window and the one before; null: nobody else seems to use it.
 *
 * @param unanswered requests of ours that the server may have counted already
 */
function partOf(seen: Seen, before: Seen, unanswered: number): number | null {
	if (seen.used - seen.own - unanswered <= UNNOTICED) return null;
	const own = seen.own + before.own + LATECOMER;
	return Math.min(1, own / (seen.used + before.used + LATECOMER));
}

/**
 * Milliseconds until our next request where others use the quota too: what is left is spread by our part over the time
 * until the window ends. Whoever sends as long as anything is left sends at the same moment as the
 * others, and what was left is gone. Two requests in a window remain at least, so as to hear when the others are gone.
 */
function pacedWait(window: RateWindow, lastSent: number, now: number): number {
	const { shared, ceiling, limit, periodMs } = window;
	if (!shared || shared.until <= now) return 0;
	const left = (ceiling ? ceiling.left : limit) - UNHEARD;
	const untilMs = ceiling ? ceiling.until - now : periodMs;
	// Endless where none is left; where the server said so, the window itself is waited for anyhow.
	const apart = untilMs / (left * shared.part);
	// With the window's end all is new.
	return Math.min(lastSent + Math.min(apart, periodMs / 2) - now, untilMs);
}

/** What an answer says of the window nearest to its limit (vendor page "Rate limiting"). */
export interface RateLimitState {
	limit: number;
	remaining: number;
	/** Milliseconds from now until the window starts anew. */
	resetInMs: number;
}

/** Reads X-Rate-Limit-*; null when they are absent or unreadable. */
export function readRateLimit(headers: Record<string, string>, now: number): RateLimitState | null {
	const limit = wholeNumber(headerOf(headers, 'x-rate-limit-limit'));
	const remaining = wholeNumber(headerOf(headers, 'x-rate-limit-remaining'));
	const reset = wholeNumber(headerOf(headers, 'x-rate-limit-reset'));
	if (limit === null || remaining === null || reset === null || limit < 1) return null;
	return {
		limit,
		remaining,
		resetInMs: Math.max(
			0,
			Math.round(inSeconds(reset) * 1000 - serverNow(now, headerOf(headers, 'date'))),
		),
	};
}

/** A moment is given in seconds; one that could only be in the far future is one in milliseconds. */
function inSeconds(moment: number): number {
	return moment > 100_000_000_000 ? moment / 1000 : moment;
}

function wholeNumber(text: string | undefined): number | null {
	return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;
}

/** A window ending later than this is the hourly one: the spike window is ten seconds, plus clock rounding. */
const SPIKE_AT_MOST_MS = 15_000;

export interface Permit {
	/** Must be called exactly once: with the answer's headers, or without when none came. `refused`: for the rate. */
	answered(headers?: Record<string, string>, refused?: boolean): void;
}

export type LimiterClock = Pick<Effects, 'now' | 'sleep'>;

/**
 * Lets requests out in the order they came, never more than both of Procore's windows allow.
 * Starts from the documented 25 in ten seconds and 3,600 an hour and learns the true limits,
 * and what others sharing the quota have used, from every answer.
 */
export class RateLimiter {
	private readonly spike: RateWindow;
	private readonly hour: RateWindow;
	private inFlight = 0;
	private pausedUntil = 0;
	private lastSent = 0;
	/** What the clock showed when last looked at. */
	private lookedAt = -Infinity;
	/** Whether any answer came yet: until then others may have used everything. */
	private heard = false;
	/** When the requests of the last windows were answered, without those refused: the server does not count them. */
	private readonly taken: number[] = [];
	private seen: Seen = { ends: 0, own: 0, used: 0 };
	private before: Seen = this.seen;
	private turn: Promise<void> = Promise.resolve();

	constructor(spikeLimit = 25, hourLimit = 3600) {
		this.spike = createWindow(spikeLimit, 10_000);
		this.hour = createWindow(hourLimit, 3_600_000);
	}

	/** Waits for room in both windows. `onWait` hears of every pause, in milliseconds. */
	async acquire(
		clock: LimiterClock,
		signal?: AbortSignal,
		onWait?: (milliseconds: number) => void,
	): Promise<Permit> {
		const before = this.turn;
		let done: () => void = () => undefined;
		this.turn = new Promise((resolve) => (done = resolve));
		try {
			await unlessAborted(before, signal);
		} catch (error) {
			// Those behind still wait for those before.
			void before.then(done);
			throw error;
		}
		try {
			for (;;) {
				signal?.throwIfAborted();
				const wait = this.waitFrom(this.timeBy(clock));
				if (wait <= 0) break;
				onWait?.(wait);
				await clock.sleep(wait, signal);
			}
			this.inFlight++;
			this.lastSent = this.timeBy(clock);
			for (const window of [this.spike, this.hour]) if (window.ceiling) window.ceiling.left--;
			return this.permit(clock);
		} finally {
			done();
		}
	}

	/** Nobody sends before this many milliseconds have passed: the server asked for quiet. */
	pause(clock: LimiterClock, milliseconds: number): void {
		const most = Math.min(milliseconds, 2 * this.hour.periodMs);
		this.pausedUntil = Math.max(this.pausedUntil, this.timeBy(clock) + most);
	}

	/** The time now. Where the clock was set back since, all that is remembered goes back with it: nobody waits until the clock is there again. */
	private timeBy(clock: LimiterClock): number {
		const now = clock.now();
		const byMs = now - this.lookedAt;
		this.lookedAt = now;
		if (byMs >= 0) return now;
		for (const window of [this.spike, this.hour]) moveWindow(window, byMs);
		moveAll(this.taken, byMs);
		for (const seen of new Set([this.seen, this.before])) seen.ends += byMs;
		this.pausedUntil += byMs;
		this.lastSent += byMs;
		return now;
	}

	private waitFrom(now: number): number {
		return Math.max(
			!this.heard && this.inFlight > 0 ? LOOK_AGAIN_MS : 0,
			this.pausedUntil - now,
			windowWait(this.spike, now, this.inFlight),
			windowWait(this.hour, now, this.inFlight),
			pacedWait(this.spike, this.lastSent, now),
		);
	}

	private permit(clock: LimiterClock): Permit {
		let open = true;
		return {
			answered: (headers, refused = false) => {
				if (!open) return;
				open = false;
				const now = this.timeBy(clock);
				this.inFlight--;
				this.heard = true;
				this.spike.spent.push(now);
				this.hour.spent.push(now);
				if (!refused) this.taken.push(now);
				while (this.taken[0] < now - 2 * this.spike.periodMs) this.taken.shift();
				if (headers) this.learn(headers, now);
			},
		};
	}

	private learn(headers: Record<string, string>, now: number): void {
		const state = readRateLimit(headers, now);
		if (!state) return;
		const window = this.windowOf(state.limit, state.resetInMs);
		window.limit = state.limit;
		// Requests on their way may not be in the server's count yet, so they are taken off.
		// No window ends later than it is long, whatever a header says.
		const resetInMs = Math.min(state.resetInMs, window.periodMs);
		window.ceiling = { left: state.remaining - this.inFlight, until: now + resetInMs };
		if (window === this.spike) this.noticeOthers({ ...state, resetInMs }, now);
	}

	/**
	 * Other processes, and other programs of the same Procore app. Only in the short window: of the long one
	 * a process that was started anew may have used everything itself.
	 */
	private noticeOthers(state: RateLimitState, now: number): void {
		const { spike } = this;
		const ends = now + state.resetInMs;
		const began = ends - spike.periodMs - ROUNDING_MS;
		while (this.taken[0] < began) this.taken.shift();
		if (ends > this.seen.ends + ROUNDING_MS) this.before = this.seen;
		this.seen = { ends, own: this.taken.length, used: state.limit - state.remaining };
		const part = partOf(this.seen, this.before, this.inFlight);
		if (part !== null) {
			const until = ends + REMEMBERED * spike.periodMs;
			spike.shared = { part: Math.max(part, 1 / state.limit), until };
		} else if (now - began > spike.periodMs / 3) {
			spike.shared = undefined;
		}
	}

	/** The headers do not name the window they speak of: its limit, or else its end, tells. */
	private windowOf(limit: number, resetInMs: number): RateWindow {
		if (resetInMs > SPIKE_AT_MOST_MS) return this.hour;
		if (limit === this.hour.limit && limit !== this.spike.limit) return this.hour;
		// An unknown limit ten times the spike's is an hour about to end, not a spike that grew.
		return limit >= 10 * this.spike.limit ? this.hour : this.spike;
	}
}

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
