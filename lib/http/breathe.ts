/** Work in steps: each `yield` is a place where others may have their turn. */
export type Steps<Result> = Generator<void, Result, void>;

/** Milliseconds of work between two pauses. n8n serves everybody from the same thread. */
const SLICE_MS = 25;

/** Does all steps at once, for what is known to be short. */
export function runSteps<Result>(steps: Steps<Result>): Result {
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

/** Does the steps in slices of some 25 ms and lets the event loop turn in between. */
export async function runStepsInTurns<Result>(steps: Steps<Result>): Promise<Result> {
	let since = performance.now();
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
		if (performance.now() - since < SLICE_MS) continue;
		await new Promise<void>((resolve) => setImmediate(resolve));
		since = performance.now();
	}
}

/** Asked after each piece of a longer work: a pause when one is due, nothing otherwise. */
export function breather(): () => Promise<void> | undefined {
	let since = performance.now();
	return () => {
		if (performance.now() - since < SLICE_MS) return undefined;
		return new Promise((resolve) => {
			setImmediate(() => {
				since = performance.now();
				resolve();
			});
		});
	};
}
