import { compare, type Decimal } from '../model/money';
import type { Outcome, OutcomeKind } from '../model/outcome';
import type { SyncOptions } from './sync-run';

/**
 * What this package keeps in Procore's `origin_data`, a text Procore never reads: the state last
 * written, so that an unchanged record is known without any memory of our own.
 */
export interface OriginData {
	src: 'gp';
	/** contentHash of the desired state last written. */
	h: string;
	/** GP's change stamp of the record at that time. */
	m?: string;
	/** Vendors: fields Procore refused, so that the rest was sent without them. */
	x?: string[];
	/** Cost codes: the GP account that decides over name and code. */
	a?: string;
	/** Cost codes: the account is inactive in GP. */
	i?: 1;
	/** Direct costs: contentHash of the lines; subcontractor invoices: of what is shown of them (`hashOfShown`). */
	l?: string;
	/** Direct costs: contentHash of the lines' origin ids alone. */
	o?: string;
	/** Direct costs and subcontractor invoices: the total sent. */
	t?: string;
	/** Those and vendors: what of the GP record decided about it (`SourceReference.content`). */
	g?: string;
	/** Batch that wrote the record last, and what it did. No content: a mark alone is never written. */
	b?: BatchMark['b'];
	w?: BatchMark['w'];
	/** The marks before, latest first, kept only while their batches were not recorded either. One alone is no list. */
	p?: BatchMark | BatchMark[];
	/**
	 * contentHash of what Procore showed before drift was overwritten: seen again, Procore itself writes it so. On a
	 * direct cost put back: of the subcontractor invoice that was refused, and the code of why.
	 */
	d?: string;
}

interface BatchMark {
	/** Id of the batch. */
	b: string;
	/** c created, u updated, a adopted, r reactivated, v voided. */
	w: 'c' | 'u' | 'a' | 'r' | 'v';
}

/** As it stands in Procore; readOriginData gives it back. */
export function writeOriginData(data: OriginData): string {
	return JSON.stringify(data);
}

/** Whether this package gave it, for whatever company of GP; any other is another integration's. */
export function isOurs(originId: string | null): originId is string {
	return originId !== null && /^GP:/i.test(originId);
}

/**
 * A record of another integration that counts under the number one is to be made under: both would count.
 */
export function ofAnother<Actual extends Counted & { id: string }>(
	numbered: readonly Actual[],
	wanted: Decimal,
): { outcome: 'conflict'; actual: Actual; reason: NonNullable<Outcome['reason']> } | undefined {
	const actual = numbered.find((one) => one.originId !== null && countsBesideOurs(one, wanted));
	if (!actual) return undefined;
	const reason = {
		code: 'foreign-origin-id',
		message: `Direct cost ${actual.id} of this vendor and invoice number belongs to another integration (origin id ${actual.originId}); made a second time, the invoice would count twice.`,
		remedy:
			'Set that direct cost to draft in Procore or delete it, then run again; or leave the document out in GP To Procore, where the other integration is to keep it.',
	};
	return { outcome: 'conflict', actual, reason };
}

interface Counted {
	originId: string | null;
	status: string;
	total: Decimal | null;
}

/** Entered by somebody or by another integration, and counting as what is wanted would. */
export function countsBesideOurs({ originId, status, total }: Counted, wanted: Decimal): boolean {
	return !isOurs(originId) && status !== 'draft' && !isOtherSign(total, wanted);
}

/** A credit beside an invoice, or the other way round: never the same document. A total that is not told may be either. */
export function isOtherSign(total: Decimal | null, wanted: Decimal): boolean {
	return total !== null && compare(total, '0') * compare(wanted, '0') < 0;
}

/** Null for anything this package did not write. */
export function readOriginData(text: unknown): OriginData | null {
	if (typeof text !== 'string' || !text.startsWith('{')) return null;
	try {
		const data = JSON.parse(text) as Partial<OriginData>;
		return data.src === 'gp' && typeof data.h === 'string' ? (data as OriginData) : null;
	} catch {
		return null;
	}
}

/** The marks on a record, latest first: who wrote it last, and before that while nobody had recorded it. */
function marksOn(data: OriginData | null): BatchMark[] {
	if (!data?.b || !data.w) return [];
	return [{ b: data.b, w: data.w }, ...(data.p ? [data.p].flat() : [])];
}

const TWO_DAYS_MS = 2 * 24 * 3_600_000;

/**
 * Whether Procore already holds a newer state than the one at hand: both stamps known and the
 * stored one strictly later. A bare date counts as the whole day, so it is never older than a time of that day.
 * A stored stamp of after tomorrow is of a clock that was wrong: it would keep out every change until then.
 *
 * @param now epoch milliseconds
 */
export function isNewerInProcore(
	stored: OriginData | null,
	modified: string | undefined,
	now = Infinity,
): boolean {
	if (!stored?.m || !modified || Date.parse(stored.m) > now + TWO_DAYS_MS) return false;
	const length = Math.min(stored.m.length, modified.length) >= 11 ? undefined : 10;
	return stored.m.slice(0, length) > modified.slice(0, length);
}

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

/** Whether Procore was written to. */
export function isWritten(outcome: OutcomeKind): outcome is WrittenOutcome {
	return outcome in LETTERS;
}

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
	completes?: boolean,
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
	completes?: boolean,
): Outcome {
	if (!last) return outcome;
	if (outcome.outcome === 'unchanged' || (completes && isWritten(outcome.outcome)))
		return {
			...outcome,
			outcome: last.outcome,
			recovered: { batchId: last.batchId },
			...(earlier ? { unrecorded: earlier } : {}),
		};
	return { ...outcome, unrecorded: earlier ?? last };
}
