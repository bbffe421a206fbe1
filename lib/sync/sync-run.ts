import pLimit from 'p-limit';
import { causeKey } from '../model/keys';
import type { Outcome } from '../model/outcome';
import type { ProcoreClient } from '../procore/procore-client';
import type { ProcoreId } from '../procore/wire';
import {
	isProjectBlock,
	outcomeOf,
	type OutcomeSubject,
	type Reason,
	reasonOfError,
} from './outcomes';

const TIME_TO_LIVE_MS = 15 * 60_000;
const MOST_RUNS = 8;
/** By a clock that may have been set back meanwhile: noted by one that was ahead, it would last until that hour comes. */
const isWithin = (milliseconds: number, since: number, now: number) =>
	Math.abs(now - since) < milliseconds;

/**
 * What one run has learned of one Procore company, kept in this process between its syncs.
 * Never the truth: anything missing here is read again before it is declared missing.
 */
export class RunCache {
	private readonly values = new Map<string, { value: unknown; since: number }>();

	/** The value under `key`, made by `make` when absent or older than a quarter of an hour. */
	get<T>(key: string, now: number, make: () => T): T {
		const entry = this.values.get(key);
		if (entry && isWithin(TIME_TO_LIVE_MS, entry.since, now)) return entry.value as T;
		const value = make();
		this.values.set(key, { value, since: now });
		// A reading that failed is no knowledge: the next one asks again.
		if (value instanceof Promise) value.catch(() => this.values.delete(key));
		return value;
	}

	forget(): void {
		this.values.clear();
	}
}

const runs = new Map<string, RunCache>();

/** The cache of a run; a fresh one that nobody shares when there is no key. */
export function runCacheFor(
	client: { apiBaseUrl: string; companyId: string },
	cacheKey?: string,
): RunCache {
	if (!cacheKey) return new RunCache();
	const key = `${client.apiBaseUrl} ${client.companyId} ${cacheKey}`;
	const cache = runs.get(key) ?? new RunCache();
	runs.delete(key);
	runs.set(key, cache);
	for (const oldest of runs.keys()) {
		if (runs.size <= MOST_RUNS) break;
		runs.delete(oldest);
	}
	return cache;
}

export interface SyncOptions {
	/** Everything but writing. */
	dryRun: boolean;
	/**
	 * Id of the run. What is learned of Procore (vendors, cost types, cost codes) is then shared by
	 * the syncs of the run in this process, and read once more before anything is declared missing.
	 */
	cacheKey?: string;
	/** Id of the batch, written into `origin_data` with each record: the mark by which a write is known again. */
	batchId?: string;
	/**
	 * Batches that were started and whose outcomes were never recorded (with this one, when it is tried
	 * again under the same id); see `Outcome.unrecorded` and `Outcome.recovered`.
	 */
	unrecordedBatches?: string[];
	/** Where those wrote, as `placeOf` of the keys names it. Empty or absent: any project, for cost codes any standard list, too. */
	unrecordedPlaces?: readonly string[];
	/** A direct cost GP has voided: take it out of the budget as draft (default), or delete it. */
	voidPolicy?: 'draft' | 'delete';
	/** Somebody edited in Procore what GP decides: set it back (default), or let it stand. */
	drift?: 'overwrite' | 'keep';
	/**
	 * Write direct costs with their lines also where hash and total say that they stand: lines edited in
	 * Procore may have kept the sum. Two writes more per project, so only for the few known to differ.
	 */
	rewrite?: boolean;
	/** Inactive in GP and not in Procore yet: create it as inactive (default), or leave it out. Vendors only. */
	inactivePolicy?: 'create' | 'skip';
	/** A cost code inactive in GP: leave it usable in Procore (default), or deactivate its WBS segment item. */
	inactiveCostCodes?: 'leave' | 'deactivate';
	/** Make cost codes that lines name and the project lacks (code as name). Default false: the direct cost fails. */
	createMissingCostCodes?: boolean;
	/**
	 * When Procore refuses a direct cost because its vendor is not in the project's directory, put the
	 * vendor there and try again (default true). Costs nothing where Procore does not ask for it.
	 */
	addVendorsToProjects?: boolean;
}

/** Whether a batch that was cut off may have written there, and nobody recorded it. */
export function mayBeUnrecorded(
	{ projectId }: { projectId: ProcoreId },
	{ unrecordedBatches = [], unrecordedPlaces = [] }: SyncOptions,
): boolean {
	const isPlace = unrecordedPlaces.length === 0 || unrecordedPlaces.includes(projectId);
	return unrecordedBatches.length > 0 && isPlace;
}

/** A project that was refused is not asked again for this long: refused calls cost quota and health score. */
const BLOCKED_FOR_MS = 60_000;

/** Where records of one kind stand: a project, a list of the company, or the company itself. */
export interface Place {
	/** Tells places apart. */
	key: string;
	projectId?: ProcoreId;
	listId?: ProcoreId;
}

/** A list of the company, else the project, else the company. */
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
 * only, and of one kind: each has a tool and rights of its own there. Anything worse stops everything.
 */
export async function byPlace<Desired extends OutcomeSubject>(
	client: ProcoreClient,
	of: { label: string; listOf?(desired: Desired): string | undefined },
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
		`projects blocked to ${of.label}`,
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
		if (block && isWithin(BLOCKED_FOR_MS, block.since, client.effects.now()))
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
