import { cell } from '../audit/event-row';
import { add, compare, type Decimal, isZero, negate, subtract } from '../model/money';
import { type SentAs, type SentTo, writeSentTo } from '../model/desired';
import type { RequestRow } from '../run/requests/requests';
import type { StandingDirectCost } from '../sync/standing/read-standing';
import type { RecordDifference } from './compare-records';
import {
	causeWhileWaiting,
	EXPLANATIONS,
	isMended,
	type KnownCause,
	MEND,
	type Waits,
} from './known-causes';
import type {
	Difference,
	DifferenceCause,
	ExpectedCost,
	Place,
	Posting,
	Comparison,
} from './reconcile.types';
import { Totals } from './totals';

/** One line's difference; who keeps the books puts document and words to it. */
export interface LineDifference extends Posting {
	cause: DifferenceCause;
}

/** GP's lines of a document at their places. */
export function wantedLines(cost: ExpectedCost, vendor: string): Array<Posting & { id: string }> {
	return cost.lines.map((line) => ({
		projectId: cost.projectId,
		costCode: line.costCode,
		vendor,
		month: cost.header.direct_cost_date?.slice(0, 7) ?? '',
		amount: line.amount,
		id: line.originId,
	}));
}

/**
 * What Procore's budget counts of a direct cost, at its places. What Procore's own total has beyond
 * the lines (a tax added there) stands at no cost code. Drafts count nothing.
 */
export function countingLines(cost: StandingDirectCost): Array<Posting & { id: string }> {
	if (cost.status === 'draft') return [];
	const place = {
		projectId: cost.projectId,
		vendor: cost.vendor,
		month: cost.date?.slice(0, 7) ?? '',
	};
	const lines = cost.lines.map(({ originId, costCode, amount }) => ({
		...place,
		costCode,
		amount,
		id: originId ?? '',
	}));
	const beyond = beyondLines(cost);
	return isZero(beyond) ? lines : [...lines, { ...place, costCode: '', amount: beyond, id: '' }];
}

function beyondLines({ total, lines }: StandingDirectCost): Decimal {
	if (total === null || total === undefined) return '0';
	return subtract(total, sumOf(lines));
}

/** Line by line: only amounts of the same line at the same place are set off against each other. */
export function compareLines(
	wanted: Array<Posting & { id: string }>,
	counting: Array<Posting & { id: string }>,
	cause: DifferenceCause,
): LineDifference[] {
	const differences: LineDifference[] = [];
	const note = (place: Place, amount: Decimal) => {
		const { projectId, costCode, vendor, month } = place;
		if (!isZero(amount)) differences.push({ projectId, costCode, vendor, month, amount, cause });
	};
	// Same line, same place: only the amounts may differ. Moved ones show on both places.
	const left = new Map<string, Posting & { id: string }>();
	counting.forEach((line, index) => {
		const isFirst = line.id !== '' && !left.has(line.id);
		left.set(isFirst ? line.id : `#${index}`, line);
	});
	for (const line of wanted) {
		const other = left.get(line.id);
		if (other && samePlace(line, other)) {
			left.delete(line.id);
			note(line, subtract(line.amount, other.amount));
		} else {
			note(line, line.amount);
		}
	}
	for (const line of left.values()) note(line, negate(line.amount));
	return differences;
}

function samePlace(left: Place, right: Place): boolean {
	return (
		left.projectId === right.projectId &&
		left.costCode === right.costCode &&
		left.vendor === right.vendor &&
		left.month === right.month
	);
}

export function sumOf(postings: ReadonlyArray<{ amount: Decimal }>): Decimal {
	return postings.reduce((sum, { amount }) => add(sum, amount), '0' as Decimal);
}

/**
 * The difference of a line, with its document, in words.
 *
 * @param key GP's key of the document; blank where it came from elsewhere
 * @param known a cause that holds whatever waits
 */
export function describeDifference(
	{ projectId, costCode, vendor, month, amount, cause: own }: LineDifference,
	of: { key: string; label?: string; cost?: ExpectedCost; actual?: StandingDirectCost },
	waits: Waits,
	known?: KnownCause,
): Difference {
	const { key, cost, actual } = of;
	const cause = known ? known.cause : causeWhileWaiting(key, own, waits);
	const kind = actual?.kind === 'requisition' ? 'subcontractor invoice' : 'direct cost';
	const inProcore = `Procore ${kind} ${actual?.invoiceNumber || actual?.id}`;
	const waiting = cause === 'parked' ? waits.parked?.get(key) : undefined;
	const readAgain = waiting?.byMapping === true && (cost !== undefined || own === 'stale');
	return {
		...{ projectId, costCode, vendor, month, amount, cause, key },
		document: cost?.source.label ?? of.label ?? inProcore,
		originId: cost?.originId ?? actual?.originId ?? '',
		procoreId: actual?.id ?? '',
		...EXPLANATIONS[cause],
		...(actual?.kind === 'requisition' ? { isInvoice: true } : {}),
		...(waiting ? { message: waiting.message, remedy: waiting.remedy } : {}),
		...(readAgain
			? {
					readAgain,
					message: `Waits as it was read once, and can be sent as GP has it now: ${waiting.message}`,
					remedy: `Run the sync. Where it still waits: ${MEND}: that reads it again.`,
				}
			: {}),
		...(known ? { message: known.message, remedy: known.remedy } : {}),
	};
}

/** Its amounts agree, and do not count as they stand there; no run mends that. */
export function inOtherCurrency(actual: StandingDirectCost): KnownCause | undefined {
	const { currency, base_currency } = actual.fields ?? {};
	if (!currency || actual.status === 'draft') return undefined;
	return {
		cause: 'differs',
		message: `Is kept in ${currency}, and counted in ${base_currency} by an exchange rate, not with the amount GP has`,
		remedy: `Open it in Procore and set it to the currency of its project; no run does that.`,
		byHand: true,
	};
}

export const NOWHERE = {
	...{ projectId: '', costCode: '', vendor: '', month: '' },
	...{ originId: '', procoreId: '' },
};

/** Sums of both sides, and every difference with its document. */
export class DifferenceNotes {
	private readonly totals: Totals[];
	private readonly differences: Difference[] = [];

	constructor(by: ReadonlyArray<ReadonlyArray<keyof Place>>) {
		this.totals = (by.length > 0 ? by : [[]]).map((places) => new Totals(places));
	}

	gp(posting: Posting): void {
		for (const totals of this.totals) totals.gp(posting);
	}

	procore(posting: Posting): void {
		for (const totals of this.totals) totals.procore(posting);
	}

	/** A difference that this document explains. */
	explain(difference: Omit<Difference, 'originId' | 'procoreId'> & Partial<Difference>): void {
		const whole: Difference = { originId: '', procoreId: '', ...difference };
		this.differences.push(whole);
		for (const totals of this.totals) totals.explain(whole);
	}

	/** Named, but not explained: it stays in the column of what nobody knows. */
	name(difference: Difference): void {
		this.differences.push(difference);
	}

	/**
	 * @param unexplained what the documents leave unexplained, without signs, so that faults do not
	 * cancel out
	 */
	result(unexplained: Decimal): Pick<Comparison, 'total' | 'breakdowns' | 'differences'> {
		const total = this.totals[0].total();
		return {
			total: { ...total, unexplained: larger(total.unexplained, unexplained) },
			breakdowns: this.totals.map((totals) => totals.rows()),
			differences: this.differences.sort(bySize),
		};
	}
}

function larger(left: Decimal, right: Decimal): Decimal {
	return compare(left.replace('-', ''), right) >= 0 ? left : right;
}

/** Greatest amounts first, then by document, so that a report reads the same every time. */
function bySize(left: Difference, right: Difference): number {
	const size = (difference: Difference) => difference.amount.replace('-', '');
	return (
		compare(size(right), size(left)) ||
		(left.document < right.document ? -1 : left.document > right.document ? 1 : 0)
	);
}

interface RequestOptions {
	company: string;
	/** What becomes of edits made in Procore: GP's values are put back, or they stand. */
	drift: 'overwrite' | 'keep';
	/** UTC instant. */
	now: string;
	requestedBy: string;
}

/** One request per document whose difference the next run can mend. */
export function fixRequests(
	differences: readonly Difference[],
	options: RequestOptions,
): RequestRow[] {
	const mended = differences.filter(
		({ key, cause, readAgain, byHand }) =>
			!byHand &&
			key !== '' &&
			(cause === 'goneFromGp' || readAgain || isMended(cause, options.drift)),
	);
	const rows = requestsFor(
		mended.map(({ document, ...one }) => ({ ...one, entity: 'payable', label: document })),
		options,
	);
	const leaving = placesToLeave(mended, options.now);
	return rows.map((row) => {
		const places = leaving.get(row.gp_key);
		return places ? { ...row, payload: writeSentTo(places) } : row;
	});
}

/** Where documents stand that are to leave, by GP key: their events may have been cleaned up. */
function placesToLeave(differences: readonly Difference[], at: string): Map<string, SentTo> {
	const places = new Map<string, Record<string, SentAs>>();
	for (const { key, cause, readAgain, projectId, procoreId: id, isInvoice } of differences) {
		const leaves = cause === 'stale' || cause === 'goneFromGp' || readAgain;
		if (!leaves || !projectId || !id) continue;
		const ofDocument = places.get(key) ?? {};
		ofDocument[projectId] = { ...(isInvoice ? { type: 'requisition' as const } : {}), id, at };
		places.set(key, ofDocument);
	}
	return places;
}

/** One request per vendor or account whose difference the next run can mend; as of documents. */
export function recordRequests(
	differences: readonly RecordDifference[],
	options: RequestOptions,
): RequestRow[] {
	return requestsFor(
		differences.filter(({ cause }) => isMended(cause, options.drift)),
		options,
	);
}

function requestsFor(
	mended: ReadonlyArray<{
		entity: RequestRow['entity'];
		key: string;
		label: string;
		message: string;
	}>,
	{ company, now, requestedBy }: RequestOptions,
): RequestRow[] {
	const rows = new Map<string, RequestRow>();
	for (const { entity, key, label, message } of mended) {
		if (rows.has(`${entity} ${key}`)) continue;
		rows.set(`${entity} ${key}`, {
			...{ entity, gp_company: company, gp_key: key, gp_label: cell(label), reason: 'reconcile' },
			...{ requested_at: now, requested_by: requestedBy, tries: 0, payload: '' },
			note: cell(message),
		});
	}
	return [...rows.values()];
}
