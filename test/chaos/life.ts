/** What a process throws when it is killed: nothing of it may go on. */
export class Killed extends Error {
	constructor() {
		super('The process was killed');
	}
}

/**
 * The life of one process. Each table write and each request over the network is a step; at a chosen
 * one the process dies: everything under way ends, and nothing after it happens.
 */
export class Life {
	private readonly end = new AbortController();
	steps = 0;

	/** @param killAt step before which the process dies; Infinity for a natural end */
	constructor(private readonly killAt = Infinity) {}

	get signal(): AbortSignal {
		return this.end.signal;
	}

	get over(): boolean {
		return this.signal.aborted;
	}

	/** @throws Killed once the process is dead */
	step(): void {
		this.steps++;
		if (this.steps >= this.killAt && !this.over) this.end.abort(new Killed());
		this.signal.throwIfAborted();
	}
}
