import type { Outcome, OutcomeKind } from '../model/outcome';
import { readOriginData, type BatchMark, type OriginData } from './origin-data';
import type { SyncOptions } from './sync-options';

const LETTERS = {
	created: 'c',
	updated: 'u',
	adopted: 'a',
	reactivated: 'r',
	voided: 'v',
} as const satisfies Partial<Record<OutcomeKind, BatchMark['w']>>;

/** The outcomes that are writes. */
export type WrittenOutcome = keyof typeof LETTERS;

export type MarkOptions = Partial<Pick<SyncOptions, 'dryRun' | 'batchId' | 'unrecordedBatches'>>;

/** What batches that were cut off did to a record, as far as its marks tell. */
export interface FoundMarks {
	last?: NonNullable<Outcome['unrecorded']>;
	/** Of the batch before that, when two in a row were cut off. */
	earlier?: NonNullable<Outcome['unrecorded']>;
}

/**
 * The marks on a record whose batches were never recorded. A batch that is tried again under its
 * own id names itself in `unrecordedBatches`. A dry run finds none: it recovers nothing.
 */
export function unrecordedMarks(originData: unknown, options: MarkOptions): FoundMarks {
	if (options.dryRun || !options.unrecordedBatches?.length) return {};
	const data = readOriginData(originData);
	const last = data?.b && data.w && found(data as BatchMark, options);
	if (!last) return {};
	const earlier = data.p && found(data.p, options);
	return earlier ? { last, earlier } : { last };
}

function found({ b, w }: BatchMark, options: MarkOptions): FoundMarks['last'] {
	if (!options.unrecordedBatches?.includes(b)) return undefined;
	const outcome = (Object.keys(LETTERS) as WrittenOutcome[]).find((kind) => LETTERS[kind] === w);
	return outcome && { batchId: b, outcome };
}

/**
 * The mark to write with a record, nothing when the batch has no id. `before` is the `origin_data`
 * that stands: a mark on it that nobody has recorded yet is carried along, else a second cut would
 * lose it. `completes`: this write only finishes what the unrecorded one began, and is the same write.
 */
export function markOf(
	options: MarkOptions,
	outcome: WrittenOutcome,
	before: unknown,
	completes = false,
): Pick<OriginData, 'b' | 'w' | 'p'> {
	if (!options.batchId) return {};
	const { last, earlier } = unrecordedMarks(before, options);
	const same = completes ? last : undefined;
	const carried = earlier ?? (same ? undefined : last);
	return {
		...wire(options.batchId, (same?.outcome as WrittenOutcome | undefined) ?? outcome),
		...(carried ? { p: wire(carried.batchId, carried.outcome as WrittenOutcome) } : {}),
	};
}

/** The mark that stands: writing a record again in the same batch is still the same event. */
export function keptMark(before: unknown): Pick<OriginData, 'b' | 'w' | 'p'> {
	const { b, w, p } = readOriginData(before) ?? {};
	return { ...(b ? { b } : {}), ...(w ? { w } : {}), ...(p ? { p } : {}) };
}

function wire(b: string, outcome: WrittenOutcome): BatchMark {
	return { b, w: LETTERS[outcome] };
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
