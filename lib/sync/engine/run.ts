import type { Outcome, OutcomeKind } from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import { type FoundMarks, unrecordedMarks, withFound, type WrittenOutcome } from '../origin-data';
import { outcomeOf, partOf, withAlso } from '../outcomes';
import { byPlace, placeOf, type RunCache, type SyncOptions } from '../sync-run';
import type { Decision, Kind, KindOf, Plan, Standing, Wanted, Written } from './kind';
import { decide, decidersOf, isChange, planRecords, verdictOf } from './plan';

/** Planning anew after Procore told more: a number already taken, a total that differs. */
const ROUNDS = 3;

/**
 * Brings records of one kind to the desired state: reads what stands, plans, writes, verifies. One
 * outcome per desired record, in order. Throws a ConnectorError when Procore as a whole cannot be worked
 * with; a refused project fails its own records, a refused record only itself.
 */
export async function syncRecords<Desired extends Wanted, Actual extends Standing, Detail>(
	client: ProcoreClient,
	of: KindOf<Desired, Actual, Detail>,
	desired: readonly Desired[],
	options: SyncOptions,
	cache: RunCache,
): Promise<Outcome[]> {
	const { dryRun } = options;
	// A batch belongs to a run, and no two runs of a company write at once.
	const asGpHasThem = options.batchId !== undefined;
	const timed = { ...options, now: client.effects.now(), asGpHasThem };
	const outcomes = new Map<Desired, Outcome>();
	for (const one of desired) {
		const reason = of.check?.(one);
		if (reason) outcomes.set(one, outcomeOf(one, 'failed', dryRun, { reason }));
	}
	const places = new Map<string, SyncAtPlace<Desired, Actual, Detail>>();
	const open = () => desired.filter((one) => !outcomes.has(one));
	const deciderOf = (one: Desired) =>
		places.get(placeOf(of, one).key)?.deciders.get(one.originId) as Desired;
	const pass = async (
		work: (at: SyncAtPlace<Desired, Actual, Detail>, records: Desired[]) => Promise<Made<Desired>>,
	) => {
		const made = await byPlace(client, of, open(), options, cache, (place, records) => {
			const at = places.get(place.key) ?? new SyncAtPlace(of.at(place), timed);
			places.set(place.key, at);
			return work(at, records);
		});
		for (const [one, outcome] of made) outcomes.set(one, outcome);
		client.progress(of.label, outcomes.size, desired.length);
	};

	await pass(async (at, records) => {
		const deciding = await at.read(records);
		const settled = at.settle(deciding);
		if (of.prepare) return settled;
		return new Map([...settled, ...(await at.write(deciding.filter((one) => !settled.has(one))))]);
	});
	if (of.prepare) {
		const deciding = open().filter((one) => deciderOf(one) === one);
		for (const [one, reason] of await of.prepare(deciding)) {
			const outcome = outcomeOf(one, 'failed', dryRun, { reason });
			outcomes.set(one, places.get(placeOf(of, one).key)?.found(one, outcome) ?? outcome);
		}
		await pass((at, records) => at.write(records.filter((one) => deciderOf(one) === one)));
	}
	return desired.map(
		(one) => outcomes.get(one) ?? twinOf(of, one, outcomes.get(deciderOf(one)) as Outcome),
	);
}

type Made<Desired> = Map<Desired, Outcome>;

/** One sync at one place. */
class SyncAtPlace<Desired extends Wanted, Actual extends Standing, Detail> {
	/** By origin id, the record that decides. */
	deciders: ReadonlyMap<string, Desired> = new Map();
	private readonly marks = new Map<Desired, FoundMarks>();
	private readonly decided = new Map<Desired, Decision<Actual, Detail>>();

	constructor(
		private readonly kind: Kind<Desired, Actual, Detail>,
		private readonly options: SyncOptions & { now: number; asGpHasThem: boolean },
	) {}

	/** Reads what stands, and what cut off batches did to it; the records that decide. */
	async read(records: readonly Desired[]): Promise<Desired[]> {
		const { kind, options } = this;
		await kind.read([...decidersOf({}, records).values()]);
		this.deciders = decidersOf(kind, records);
		const deciding = [...this.deciders.values()];
		for (const one of deciding) {
			const own = kind.find(one);
			if (own && (kind.isMarked?.(one, own) ?? true))
				this.marks.set(one, unrecordedMarks(own.originData, options));
		}
		return deciding;
	}

	/** What needs no write, where something has to be found out for what does. */
	settle(records: readonly Desired[]): Made<Desired> {
		const settled: Made<Desired> = new Map();
		if (!this.kind.complete) return settled;
		for (const one of records) {
			const decision = decide(this.kind, one, this.options);
			if (!decision) continue;
			this.decided.set(one, decision);
			if (
				isChange(decision) ||
				(decision.outcome !== 'unchanged' && decision.outcome !== 'skipped')
			)
				continue;
			settled.set(one, this.found(one, this.conclude(verdictOf(this.kind, one, decision))));
		}
		return settled;
	}

	async write(records: readonly Desired[]): Promise<Made<Desired>> {
		const { kind, options } = this;
		const outcomes: Made<Desired> = new Map();
		const first = new Map<Desired, Pick<Outcome, 'outcome' | 'changes'>>();
		const completing = new Set<Desired>();
		const lacking = (await kind.complete?.(records, this.decided)) ?? new Map();
		for (const [one, { outcome, reason }] of lacking)
			outcomes.set(one, outcomeOf(one, outcome, options.dryRun, { reason }));
		let todo = records.filter((one) => !lacking.has(one));
		for (let round = 1; todo.length > 0; round++) {
			const plans = planRecords(kind, todo, options, {
				decided: round === 1 ? this.decided : undefined,
				marked: first,
			});
			const written = await this.carryOut(plans);
			const again =
				round < ROUNDS && !options.dryRun
					? ((await kind.verify?.(plans, written)) ?? new Set())
					: new Set();
			for (const plan of plans) {
				const before = first.get(plan.desired);
				if (plan.completes && !before) completing.add(plan.desired);
				const result = written.get(plan);
				const outcome = this.conclude(plan, result, before, completing.has(plan.desired));
				// What an earlier round wrote is not unwritten by completing it in this one.
				const completes =
					before && (outcome.outcome === 'unchanged' || outcome.outcome === 'updated');
				outcomes.set(plan.desired, completes ? { ...outcome, ...before } : outcome);
				if (result?.existed) this.takeForUnrecorded(plan.desired);
				if (!before && plan.row && (!result?.fault || result.wrote)) {
					const taken = result?.fault ? result.wrote : undefined;
					first.set(plan.desired, {
						outcome: result?.existed ? 'updated' : (taken ?? plan.outcome),
						changes: plan.changes,
					});
				}
			}
			todo = plans.filter((plan) => again.has(plan)).map(({ desired }) => desired);
		}
		return new Map(
			[...outcomes].map(([one, outcome]) => {
				const told = withAlso(outcome, kind.also?.(one) ?? []);
				return [one, this.found(one, told, completing.has(one))];
			}),
		);
	}

	/**
	 * It stood under its own origin id and no list showed it: lists lag. Where a batch was cut off, that one
	 * made it, and the mark that told so is overwritten by now.
	 */
	private takeForUnrecorded(one: Desired): void {
		const batchId = this.options.unrecordedBatches?.at(-1);
		if (batchId === undefined || this.marks.get(one)?.last) return;
		this.marks.set(one, { last: { batchId, outcome: 'created' } });
	}

	/** The outcome together with what cut off batches did. */
	found(one: Desired, outcome: Outcome, completes?: boolean): Outcome {
		return withFound(outcome, this.marks.get(one) ?? {}, completes);
	}

	private async carryOut(
		plans: Array<Plan<Desired, Actual, Detail>>,
	): Promise<Map<Plan<Desired, Actual, Detail>, Written>> {
		const writing = plans.filter(isChange);
		const done = this.options.dryRun
			? await this.kind.rehearse?.(writing)
			: await this.kind.write(writing);
		return done ?? new Map();
	}

	/**
	 * `before`: what an earlier round wrote. `completes`: what is written is a write of a batch that was
	 * cut off, which is told as that batch's.
	 */
	private conclude(
		plan: Plan<Desired, Actual, Detail>,
		written: Written = {},
		before?: Pick<Outcome, 'outcome' | 'changes'>,
		completes = false,
	): Outcome {
		const { desired, actual } = plan;
		const { dryRun } = this.options;
		const procoreId = written.procoreId ?? actual?.id;
		const differs = isChange(plan) ? this.kind.differs?.(plan, written) : undefined;
		const took = written.wrote ?? (differs && (plan.outcome as WrittenOutcome));
		const wrote = dryRun || completes ? {} : this.partOf(plan, { ...written, wrote: took }, before);
		const unrecorded = written.unrecorded ? { unrecorded: written.unrecorded } : {};
		if (written.fault) {
			const { outcome, reason } = written.fault;
			return {
				...outcomeOf(desired, outcome, dryRun, { procoreId, reason, ...wrote }),
				...unrecorded,
			};
		}
		if (written.unchanged) {
			const amount = this.kind.amount?.(desired, actual);
			return outcomeOf(desired, 'unchanged', dryRun, { procoreId, ...(amount ? { amount } : {}) });
		}
		if (differs) {
			const amount = written.total ?? undefined;
			const more = { procoreId, reason: differs, amount, ...wrote };
			return { ...outcomeOf(desired, 'failed', dryRun, more), ...unrecorded };
		}
		const planned = written.changed ?? plan.changes;
		const changes = written.changes ? [...(planned ?? []), ...written.changes] : planned;
		return {
			...outcomeOf(desired, plan.outcome, dryRun, {
				procoreId,
				...(plan.reason || written.reason ? { reason: plan.reason ?? written.reason } : {}),
				...(changes ? { changes } : {}),
				...(plan.amount === undefined ? {} : { amount: plan.amount }),
			}),
			...(before && !isChange(plan) && isFault(plan.outcome) ? wrote : {}),
			...unrecorded,
		};
	}

	/** What Procore took of a record that did not go through. */
	private partOf(
		{ desired, actual, changes }: Plan<Desired, Actual, Detail>,
		{ procoreId = actual?.id, total, wrote, unmarked }: Written,
		before?: Pick<Outcome, 'outcome' | 'changes'>,
	): Pick<Outcome, 'also'> {
		const taken = before?.outcome ?? wrote ?? unmarked?.outcome;
		if (!taken) return {};
		const part = partOf(desired, taken, {
			procoreId,
			changes: before?.changes ?? unmarked?.changes ?? changes,
			...(total === undefined || total === null ? {} : { amount: total }),
			...(before || wrote ? {} : { unmarked: true }),
		});
		return { also: [part] };
	}
}

/** One more record with an origin id: the first has the event, and this one its fate. */
function twinOf<Desired extends Wanted>(
	{ standsWith = isNoFault }: Pick<KindOf<Desired, Standing, never>, 'standsWith'>,
	one: Desired,
	decided: Outcome,
): Outcome {
	const { outcome, reason, amount, procore, dryRun } = decided;
	const stands = standsWith(decided);
	const tells = !stands || outcome === 'voided' || outcome === 'skipped';
	return outcomeOf(one, stands ? 'unchanged' : outcome, dryRun, {
		procoreId: procore?.id,
		...(amount === undefined ? {} : { amount }),
		...(reason && tells ? { reason } : {}),
	});
}

function isNoFault({ outcome }: Outcome): boolean {
	return !isFault(outcome);
}

function isFault(outcome: OutcomeKind): boolean {
	return outcome === 'failed' || outcome === 'conflict' || outcome === 'locked';
}
