import { contentHash } from '../../model/json-text';
import type { SyncRow } from '../../procore/resources/sync-rows';
import { toWireId } from '../../procore/wire';
import {
	isNewerInProcore,
	isWritten,
	keptMark,
	markOf,
	type MarkOptions,
	readOriginData,
	writeOriginData,
} from '../origin-data';
import type { FieldChange } from '../../model/outcome';
import type { OriginData } from '../origin-data';
import { statusDiffers } from '../outcomes';
import type { SyncOptions } from '../sync-run';
import type { Change, Decision, Draft, Plan, Rules, Standing, Verdict, Wanted } from './kind';

/** The policies every kind is planned by. */
export type PlanOptions = Pick<SyncOptions, 'drift'> &
	MarkOptions & {
		/** Epoch milliseconds; absent: no clock is asked. */
		now?: number;
		/**
		 * Records come one after the other as GP has them now, but for those that say they were `stored`: what GP
		 * says counts, however early it is stamped. GP may have been restored from a backup, and its days are
		 * those of its users' calendars. Absent: of two states the later stamp counts, as they come in any order.
		 */
		asGpHasThem?: boolean;
	};

/** Of records with the same origin id the one that decides, by origin id: it alone is planned. */
export function decidersOf<Desired extends Wanted>(
	rules: Pick<Rules<Desired, Standing, never>, 'outranks'>,
	desired: readonly Desired[],
): Map<string, Desired> {
	const deciders = new Map<string, Desired>();
	for (const one of desired) {
		const other = deciders.get(one.originId);
		if (!other || rules.outranks?.(one, other)) deciders.set(one.originId, one);
	}
	return deciders;
}

/** Decides, without any I/O, what has to happen to each record. Their origin ids are distinct. */
export function planRecords<Desired extends Wanted, Actual extends Standing, Detail>(
	rules: Rules<Desired, Actual, Detail>,
	desired: readonly Desired[],
	options: PlanOptions,
	/** What was decided about some before, and those this very sync has written already. */
	before: {
		decided?: ReadonlyMap<Desired, Decision<Actual, Detail>>;
		marked?: Pick<ReadonlySet<Desired>, 'has'>;
	} = {},
): Array<Plan<Desired, Actual, Detail>> {
	const plans = new Map<Desired, Plan<Desired, Actual, Detail>>();
	for (const one of rules.begin?.(desired) ?? desired) {
		const decision = before.decided?.get(one) ??
			decide(rules, one, options) ??
			rules.adopt?.(one) ?? { outcome: 'created' as const };
		const plan = planOf(rules, one, decision, options, before.marked?.has(one) ?? false);
		rules.planned?.(plan);
		plans.set(one, plan);
	}
	return desired.map((one) => plans.get(one) as Plan<Desired, Actual, Detail>);
}

/** What is to happen to a record whose own stands, or that needs none to be decided; else undefined. */
export function decide<Desired extends Wanted, Actual extends Standing, Detail>(
	rules: Rules<Desired, Actual, Detail>,
	desired: Desired,
	{ now, asGpHasThem }: Pick<PlanOptions, 'now' | 'asGpHasThem'>,
): Decision<Actual, Detail> | undefined {
	const own = rules.find(desired);
	const ruled = rules.rule?.(desired, own);
	if (ruled || !own) return ruled;
	const stands = (): Verdict<Actual> => ({
		outcome: 'unchanged',
		actual: own,
		amount: rules.amount?.(desired, own),
	});
	const stored = readOriginData(own.originData);
	const { modified, stored: isStored } = desired.source;
	if ((isStored || !asGpHasThem) && isNewerInProcore(stored, modified, now)) return stands();
	return rules.compare(desired, own, stored, rules.hash(desired)) ?? stands();
}

/**
 * What somebody edited in Procore is set back, unless it may stand. What was overwritten once and stands
 * again is how Procore itself writes the value.
 */
export function setBack<Actual>(
	own: Actual,
	stored: OriginData | null,
	drift: FieldChange[],
	seen: () => string,
	options: PlanOptions,
): Change<Actual, never> | undefined {
	if (options.drift === 'keep' || drift.length === 0) return undefined;
	const driftSeen = seen();
	return stored?.d === driftSeen ? undefined : { outcome: 'updated', actual: own, driftSeen };
}

/**
 * Whether a status is as GP wants it. One that is not told says nothing, and what was sent as pending is
 * approved in Procore, by whoever decides there.
 */
export function statusStands(shown: string, wanted: string): boolean {
	return shown === '' || shown === wanted || (wanted === 'pending' && shown === 'approved');
}

/** The same for the status alone: seen again, it is told as refused, with the `amount` that stands. */
export function setStatusBack<Actual extends { status: string }, Detail>(
	change: Change<Actual, Detail> & { actual: Actual },
	stored: OriginData | null,
	wanted: string | undefined,
	amount?: string | null,
): Decision<Actual, Detail> {
	const { actual } = change;
	const driftSeen = contentHash(actual.status);
	if (stored?.d !== driftSeen) return { ...change, driftSeen };
	const reason = statusDiffers(actual.status, wanted);
	return { outcome: 'failed', actual, reason, ...(amount ? { amount } : {}) };
}

function planOf<Desired extends Wanted, Actual extends Standing, Detail>(
	rules: Rules<Desired, Actual, Detail>,
	desired: Desired,
	decision: Decision<Actual, Detail>,
	options: PlanOptions,
	marked: boolean,
): Plan<Desired, Actual, Detail> {
	if (!isChange(decision)) return verdictOf(rules, desired, decision);
	const hash = rules.hash(desired);
	const draft = rules.row(desired, decision, hash);
	if ('outcome' in draft) return verdictOf(rules, desired, draft);
	const { outcome, actual, completes } = decision;
	const plan = { desired, outcome, actual, ...(completes ? { completes } : {}), ...draft };
	if (draft.without) return plan;
	const mark = marked
		? keptMark(actual?.originData)
		: markOf(options, outcome, actual?.originData, completes);
	const rowOf = (fields: Record<string, unknown>, kept: OriginData): SyncRow => ({
		...(actual ? { id: toWireId(actual.id) } : {}),
		...fields,
		origin_id: desired.originId,
		origin_data: writeOriginData({ ...kept, ...mark }),
	});
	const { part } = draft;
	return {
		...plan,
		...(part === undefined ? {} : { partRow: rowOf({}, { src: 'gp', h: part }) }),
		row: rowOf(draft.fields, {
			src: 'gp',
			h: hash,
			...(desired.source.modified ? { m: desired.source.modified } : {}),
			...(draft as Draft<Detail>).keeps,
			...(decision.driftSeen ? { d: decision.driftSeen } : {}),
		}),
	};
}

/** A plan that writes nothing. */
export function verdictOf<Desired extends Wanted, Actual extends Standing, Detail>(
	rules: Rules<Desired, Actual, Detail>,
	desired: Desired,
	verdict: Verdict<Actual>,
): Plan<Desired, Actual, Detail> {
	const amount = verdict.amount ?? rules.amount?.(desired, verdict.actual);
	return { fields: {}, desired, ...verdict, ...(amount === undefined ? {} : { amount }) };
}

/** Whether something is to be written. */
export function isChange<Actual, Detail>(
	decision: Decision<Actual, Detail>,
): decision is Change<Actual, Detail> {
	return isWritten(decision.outcome);
}
