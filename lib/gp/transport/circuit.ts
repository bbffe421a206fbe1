/** Failed attempts in a row after which a server is left alone. */
export const CIRCUIT_THRESHOLD = 10;
/** How long it is left alone, milliseconds. */
export const CIRCUIT_PAUSE_MS = 60_000;

/** Stops asking a server that fails again and again, and lets one request through after a pause. */
export class ServerCircuit {
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
