import type { Outcome, OutcomeKind } from '../model/outcome';
import { marksOn, readOriginData, type BatchMark, type OriginData } from './origin-data';
import type { SyncOptions } from './sync-options';

const LETTERS = {
	created: 'c',
	updated: 'u',
	adopted: 'a',
	reactivated: 'r',
	voided: 'v',
} as const satisfies Partial<Record<OutcomeKind, BatchMark['w']>>;

/** So many batches in a row that were cut off leave their marks on a record; `origin_data` has an end. */
const MOST_CARRIED = 8;

/** The outcomes that are writes. */
export type WrittenOutcome = keyof typeof LETTERS;

export type MarkOptions = Partial<Pick<SyncOptions, 'dryRun' | 'batchId' | 'unrecordedBatches'>>;

/** What batches that were cut off did to a record, as far as its marks tell. */
export interface FoundMarks {
	last?: NonNullable<Outcome['unrecorded']>;
	/** Of the batch before that, when several in a row were cut off. */
	earlier?: NonNullable<Outcome['unrecorded']>;
}

/**
 * The marks on a record whose batches were never recorded. A batch that is tried again under its
 * own id names itself in `unrecordedBatches`. A dry run finds none: it recovers nothing.
 */
export function unrecordedMarks(originData: unknown, options: MarkOptions): FoundMarks {
	const [last, earlier] = everyUnrecordedMark(originData, options);
	if (!last) return {};
	return earlier ? { last, earlier } : { last };
}

/** All of them, latest first. */
export function everyUnrecordedMark(
	originData: unknown,
	{ dryRun, unrecordedBatches }: MarkOptions,
): Array<NonNullable<Outcome['unrecorded']>> {
	if (dryRun || !unrecordedBatches?.length) return [];
	return marksOn(readOriginData(originData)).flatMap(({ b, w }) => {
		const outcome = (Object.keys(LETTERS) as WrittenOutcome[]).find((kind) => LETTERS[kind] === w);
		return outcome && unrecordedBatches.includes(b) ? [{ batchId: b, outcome }] : [];
	});
}

/**
 * The mark to write with a record, nothing when the batch has no id. `before` is the `origin_data`
 * that stands: marks on it that nobody has recorded yet are carried along, else a second cut would
 * lose them. `completes`: this write only finishes what the unrecorded one began; it is the same
 * write, and stays that batch's.
 */
export function markOf(
	options: MarkOptions,
	outcome: WrittenOutcome,
	before: unknown,
	completes = false,
): Pick<OriginData, 'b' | 'w' | 'p'> {
	if (!options.batchId) return {};
	const marks = everyUnrecordedMark(before, options);
	const same = completes ? marks.shift() : undefined;
	const carried = marks.slice(0, MOST_CARRIED).map(wire);
	return {
		...wire(same ?? { batchId: options.batchId, outcome }),
		...(carried.length > 0 ? { p: carried.length === 1 ? carried[0] : carried } : {}),
	};
}

/** The mark that stands: writing a record again in the same batch is still the same event. */
export function keptMark(before: unknown): Pick<OriginData, 'b' | 'w' | 'p'> {
	const { b, w, p } = readOriginData(before) ?? {};
	return { ...(b ? { b } : {}), ...(w ? { w } : {}), ...(p ? { p } : {}) };
}

function wire({ batchId, outcome }: { batchId: string; outcome: OutcomeKind }): BatchMark {
	return { b: batchId, w: LETTERS[outcome as WrittenOutcome] };
}

/**
 * The outcome of this batch together with what a cut off one did: where nothing had to be written,
 * or only finished, that write was the earlier one's and gets the one event it never had; where
 * more was written (or failed), each write gets its own.
 */
export function withFound(
	outcome: Outcome,
	{ last, earlier }: FoundMarks,
	completes = false,
): Outcome {
	if (!last) return outcome;
	if (outcome.outcome === 'unchanged' || (completes && outcome.outcome in LETTERS))
		return {
			...outcome,
			outcome: last.outcome,
			recovered: { batchId: last.batchId },
			...(earlier ? { unrecorded: earlier } : {}),
		};
	return { ...outcome, unrecorded: earlier ?? last };
}
