import { RequestAbortedError, RequestTimeoutError } from '../errors/connection-errors';

/**
 * Lets many requests listen to one abort signal through a single listener. n8n hands the same stop
 * signal to every request of a run, and Node warns of a leak from the eleventh listener on.
 */
export class SharedSignals {
	private readonly listeners = new Map<AbortSignal, { all: Set<() => void>; fire: () => void }>();

	/** Calls back once when the signal aborts, at once if it has; returns the way to unsubscribe. */
	subscribe(signal: AbortSignal, listener: () => void): () => void {
		if (signal.aborted) {
			listener();
			return () => {};
		}
		const entry = this.listeners.get(signal) ?? this.attach(signal);
		entry.all.add(listener);
		return () => {
			entry.all.delete(listener);
			if (entry.all.size > 0 || this.listeners.get(signal) !== entry) return;
			signal.removeEventListener('abort', entry.fire);
			this.listeners.delete(signal);
		};
	}

	private attach(signal: AbortSignal) {
		const all = new Set<() => void>();
		const fire = () => {
			this.listeners.delete(signal);
			for (const listener of all) listener();
		};
		const entry = { all, fire };
		this.listeners.set(signal, entry);
		signal.addEventListener('abort', fire, { once: true });
		return entry;
	}
}

/**
 * One signal for everything that may end a request early: the caller's stop button, the client
 * being closed, and time. Its reason is always the typed error to throw.
 */
export class Deadline {
	readonly signal: AbortSignal;
	private readonly release: Array<() => void>;

	/**
	 * @param stop the caller's signal
	 * @param closed aborts when the client is closed
	 */
	constructor(
		readonly address: string,
		timeoutMs: number,
		signals: SharedSignals,
		stop: AbortSignal | undefined,
		closed: AbortSignal,
	) {
		const controller = new AbortController();
		this.signal = controller.signal;
		const abortWith = (reason: () => Error) => () => controller.abort(reason());
		const onTimeout = abortWith(() => new RequestTimeoutError(address, 'answer', timeoutMs));
		const onStop = abortWith(() => new RequestAbortedError(address, 'stopped'));
		const onClosed = abortWith(() => new RequestAbortedError(address, 'closed'));

		// AbortSignal.timeout() does not keep the process alive and needs no timer to be cleared.
		const timer = AbortSignal.timeout(timeoutMs);
		timer.addEventListener('abort', onTimeout, { once: true });
		this.release = [
			() => timer.removeEventListener('abort', onTimeout),
			signals.subscribe(closed, onClosed),
			...(stop === undefined ? [] : [signals.subscribe(stop, onStop)]),
		];
	}

	throwIfOver(): void {
		if (this.signal.aborted) throw this.signal.reason;
	}

	/** Calls back when the deadline is over; returns the way to unsubscribe. */
	onOver(listener: (reason: Error) => void): () => void {
		const handler = () => listener(this.signal.reason as Error);
		if (this.signal.aborted) handler();
		else this.signal.addEventListener('abort', handler, { once: true });
		return () => this.signal.removeEventListener('abort', handler);
	}

	/** Lets go of the caller's signal; to be called when the request is over. */
	dispose(): void {
		for (const release of this.release) release();
	}
}
