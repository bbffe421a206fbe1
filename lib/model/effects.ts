/**
 * Every outside effect the library needs besides HTTP, handed in by the caller,
 * so that decisions are pure and tests never wait.
 */
export interface Effects {
	/** Milliseconds since the Unix epoch, UTC. */
	now(): number;
	/** Resolves after `milliseconds`; rejects with the signal's reason when aborted. */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
	/** A number in [0, 1), for jitter. Never used for secrets. */
	random(): number;
}
