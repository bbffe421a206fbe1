import { causeKey } from '../model/keys';
import pLimit from 'p-limit';
import type { Outcome } from '../model/outcome';
import type { ProcoreClient } from '../procore/procore-client';
import {
	isProjectBlock,
	outcomeOf,
	reasonOfError,
	type OutcomeSubject,
	type Reason,
} from './outcomes';
import type { RunCache } from './run-cache';
import type { SyncOptions } from './sync-options';

/** A project that was refused is not asked again for this long: refused calls cost quota and health score. */
const BLOCKED_FOR_MS = 60_000;

/**
 * Works on several projects at once, each serially inside (Procore answers 409 to overlapping
 * writes). A project that is refused fails its own records only; anything worse stops everything.
 */
export async function byProject<D extends OutcomeSubject & { projectId: string }>(
	client: ProcoreClient,
	desired: readonly D[],
	options: SyncOptions,
	cache: RunCache,
	work: (projectId: string, records: D[]) => Promise<Map<D, Outcome>>,
): Promise<Map<D, Outcome>> {
	const groups = new Map<string, D[]>();
	for (const one of desired) groups.set(one.projectId, [...(groups.get(one.projectId) ?? []), one]);
	const outcomes = new Map<D, Outcome>();
	const blocked = cache.get(
		'blocked projects',
		client.effects.now(),
		() => new Map<string, { reason: Reason; since: number }>(),
	);
	const limit = pLimit(client.projectConcurrency);
	let stopped: { by: unknown } | undefined;
	await Promise.all(
		[...groups].map(([projectId, records]) =>
			limit(async () => {
				if (stopped) return;
				const block = blocked.get(projectId);
				if (block && client.effects.now() - block.since < BLOCKED_FOR_MS)
					return fail(records, block.reason);
				try {
					for (const [one, outcome] of await work(projectId, records)) outcomes.set(one, outcome);
				} catch (error) {
					if (!isProjectBlock(error)) {
						stopped ??= { by: error };
						return;
					}
					const reason = { ...reasonOfError(error), causeKey: causeKey('P', projectId) };
					blocked.set(projectId, { reason, since: client.effects.now() });
					fail(records, reason);
				}
			}),
		),
	);
	if (stopped) {
		// What was read may be half-written now; a retry in this process must read it again.
		cache.forget();
		throw (stopped as { by: unknown }).by;
	}
	return outcomes;

	function fail(records: D[], reason: Reason): void {
		for (const one of records)
			outcomes.set(one, outcomeOf(one, 'failed', options.dryRun, { reason }));
	}
}
