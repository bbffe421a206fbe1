import type { FinalState } from './final-state';
import type { Scenario } from './scenarios';
import type { Failure, RetryWorld } from './world';

export interface Played {
	/** How often Retry had to be pressed. */
	retries: number;
	/** Why it failed at last; blank when it was completed. */
	error: string;
	/** How often the run, with its retries, came by each node. */
	visits: Map<string, number>;
	final: FinalState;
}

/** What a scenario is without the node in question failing. */
export interface Reference extends Played {
	/** As nothing at all disturbed it. */
	undisturbed: FinalState;
}

const MOST_RETRIES = 4;

/** Plays a scenario in a world that was prepared for it. */
export async function play(
	world: RetryWorld,
	scenario: Scenario,
	failures: Failure[],
): Promise<Played> {
	await scenario.begin?.(world);
	world.ran();
	world.fail(failures);
	let attempt = await world.run();
	let retries = 0;
	for (; attempt.error && retries < MOST_RETRIES; retries++) {
		await scenario.beforeRetry?.(world, retries);
		attempt = await attempt.retry();
	}
	const visits = new Map<string, number>();
	for (const name of world.ran()) visits.set(name, (visits.get(name) ?? 0) + 1);
	return { retries, error: attempt.error, visits, final: await world.finalState() };
}

export function first(scenario: Scenario): Failure[] {
	return scenario.failsFirst ? [{ node: scenario.failsFirst, visit: 1 }] : [];
}

/** What the scenarios are without the nodes in question failing; from them follows what fails where. */
export class References {
	private readonly references = new Map<Scenario, Reference>();
	/** Of the scenarios that begin in the same way: without any failure they are the same. */
	private readonly calm = new Map<unknown, Played>();

	/** @param prepared puts the world to the scenario's beginning */
	async add(scenario: Scenario, prepared: () => Promise<RetryWorld>): Promise<Reference> {
		const beginning = scenario.prepare ?? scenario.begin;
		const calm = this.calm.get(beginning) ?? (await play(await prepared(), scenario, []));
		this.calm.set(beginning, calm);
		const expected = scenario.failsFirst
			? await play(await prepared(), scenario, first(scenario))
			: calm;
		for (const { error } of [calm, expected]) if (error) throw new Error(error);
		const reference = { ...expected, undisturbed: calm.final };
		this.references.set(scenario, reference);
		return reference;
	}

	of(scenario: Scenario): Reference {
		return this.references.get(scenario)!;
	}

	/** Which node fails in which scenario: in the first that comes by it. */
	cases(nodes: readonly string[]): Case[] {
		const had = new Set<string>();
		return [...this.references].flatMap(([scenario, { visits }]) => {
			const again = [...(scenario.also ?? []), ...scenario.sample];
			const own = nodes.filter((node) => visits.has(node) && node !== scenario.failsFirst);
			const chosen = own.filter((node) => !had.has(node) || again.includes(node));
			for (const node of chosen) had.add(node);
			return chosen.map((node) => ({ scenario, node }));
		});
	}
}

export interface Case {
	scenario: Scenario;
	node: string;
}

/** The cases every change of this package is tried with. */
export function sampleOf(scenarios: readonly Scenario[]): Case[] {
	return scenarios.flatMap((scenario) => scenario.sample.map((node) => ({ scenario, node })));
}

/** Every write to Procore has its one event, and the chains are whole. */
export const CLEAN = { missing: [], doubled: [], invented: [], broken: [] };
