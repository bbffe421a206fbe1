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
