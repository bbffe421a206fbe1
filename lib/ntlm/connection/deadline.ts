import { RequestAbortedError } from '../errors/request-aborted-error';
import { RequestTimeoutError } from '../errors/timeout-error';
import type { SharedSignals } from './shared-signals';

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
