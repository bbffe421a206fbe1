import pLimit from 'p-limit';
import { causeKey } from '../../model/keys';
import type { Outcome } from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import type { ProcoreId } from '../../procore/wire';
import {
	isProjectBlock,
	outcomeOf,
	type OutcomeSubject,
	type Reason,
	reasonOfError,
} from '../outcomes';
import type { RunCache, SyncOptions } from '../sync-run';

/** A project that was refused is not asked again for this long: refused calls cost quota and health score. */
const BLOCKED_FOR_MS = 60_000;

/** Where records of one kind stand: a project, a list of the company, or the company itself. */
export interface Place {
	/** Tells places apart. */
	key: string;
	projectId?: ProcoreId;
	listId?: ProcoreId;
}

export function placeOf<Desired extends OutcomeSubject>(
	{ listOf }: { listOf?(desired: Desired): string | undefined },
	desired: Desired,
): Place {
	const listId = listOf?.(desired);
	if (listId) return { key: `list ${listId}`, listId };
	const { projectId } = desired;
	return projectId ? { key: `project ${projectId}`, projectId } : { key: 'company' };
}

/**
 * Works on several projects at once, each serially inside (Procore answers 409 to overlapping writes),
 * and on places of the company one after the other. A project that is refused fails its own records
 * only; anything worse stops everything.
 */
export async function byPlace<Desired extends OutcomeSubject>(
	client: ProcoreClient,
	of: { listOf?(desired: Desired): string | undefined },
	desired: readonly Desired[],
	options: Pick<SyncOptions, 'dryRun'>,
	cache: RunCache,
	work: (place: Place, records: Desired[]) => Promise<Map<Desired, Outcome>>,
): Promise<Map<Desired, Outcome>> {
	const groups = new Map<string, { place: Place; records: Desired[] }>();
	for (const one of desired) {
		const place = placeOf(of, one);
		const group = groups.get(place.key);
		if (group) group.records.push(one);
		else groups.set(place.key, { place, records: [one] });
	}
	const outcomes = new Map<Desired, Outcome>();
	const blocked = cache.get(
		'blocked projects',
		client.effects.now(),
		() => new Map<string, { reason: Reason; since: number }>(),
	);
	const limit = pLimit(client.projectConcurrency);
	let stopped: { by: unknown } | undefined;
	await Promise.all(
		[...groups.values()].map(
			({ place, records }) =>
				place.projectId && limit(() => atProject(place, place.projectId as ProcoreId, records)),
		),
	);
	for (const { place, records } of groups.values())
		if (!place.projectId && !stopped) await atPlace(place, records);
	if (stopped) {
		// What was read may be half-written now; a retry in this process must read it again.
		cache.forget();
		throw (stopped as { by: unknown }).by;
	}
	return outcomes;

	async function atProject(place: Place, projectId: ProcoreId, records: Desired[]): Promise<void> {
		if (stopped) return;
		const block = blocked.get(projectId);
		if (block && client.effects.now() - block.since < BLOCKED_FOR_MS)
			return fail(records, block.reason);
		try {
			await atPlace(place, records);
		} catch (error) {
			if (!isProjectBlock(error)) {
				stopped ??= { by: error };
				return;
			}
			const reason = { ...reasonOfError(error), causeKey: causeKey('P', projectId) };
			blocked.set(projectId, { reason, since: client.effects.now() });
			fail(records, reason);
		}
	}

	async function atPlace(place: Place, records: Desired[]): Promise<void> {
		for (const [one, outcome] of await work(place, records)) outcomes.set(one, outcome);
	}

	function fail(records: Desired[], reason: Reason): void {
		for (const one of records)
			outcomes.set(one, outcomeOf(one, 'failed', options.dryRun, { reason }));
	}
}
