import { add, compare, isZero, negate, subtract, type Decimal } from '../../base/money';
import type { Outcome } from '../../base/outcome';
import type { DesiredDirectCost } from '../../procore/desired';
import type { Difference, DifferenceCause, Place, StandingDirectCost } from './reconcile.types';

/** An amount at its place, on one side of the books. */
export interface Posting extends Place {
	amount: Decimal;
}

export interface Sides {
	gp: Posting[];
	procore: Posting[];
	differences: Difference[];
}

/**
 * Both sides of the books and every difference between them, document by document. GP's side is
 * what mapping makes of the documents; Procore's side is what its budget counts.
 */
export function compareBooks(
	desired: readonly DesiredDirectCost[],
	notSent: readonly Outcome[],
	standing: readonly StandingDirectCost[],
): Sides {
	const sides: Sides = { gp: [], procore: [], differences: [] };
	for (const cost of standing) sides.procore.push(...countingLines(cost));
	for (const outcome of notSent) leaveOut(outcome, sides);

	const byOrigin = new Map<string, StandingDirectCost[]>();
	for (const cost of standing) {
		const origin = cost.originId ?? '';
		const group = byOrigin.get(origin);
		if (group) group.push(cost);
		else byOrigin.set(origin, [cost]);
	}
	const expected = new Set(desired.map((cost) => cost.originId));
	for (const cost of desired) {
		const [actual, ...copies] = byOrigin.get(cost.originId) ?? [];
		compareDocument(cost, actual, sides);
		for (const copy of copies) tooMuch(copy, 'duplicate', sides);
	}
	for (const cost of standing) {
		if (cost.originId !== null && expected.has(cost.originId)) continue;
		tooMuch(cost, cost.originId?.startsWith('GP:') ? 'goneFromGp' : 'notFromGp', sides);
	}
	return sides;
}

function compareDocument(
	cost: DesiredDirectCost,
	actual: StandingDirectCost | undefined,
	sides: Sides,
): void {
	const wanted = cost.lines.map((line) => ({ ...placeOf(cost, line.costCode), ...line }));
	sides.gp.push(...wanted);
	const counting = actual ? countingLines(actual) : [];
	const cause: DifferenceCause = cost.voided
		? 'notYetVoided'
		: cost.header.status === 'draft'
			? 'unposted'
			: actual
				? 'editedInProcore'
				: 'missing';
	// Same line, same place: only the amounts may differ. Moved ones show on both places.
	const left = new Map<string, (typeof counting)[number]>();
	counting.forEach((line, index) => {
		const isFirst = line.lineOriginId !== '' && !left.has(line.lineOriginId);
		left.set(isFirst ? line.lineOriginId : `#${index}`, line);
	});
	for (const line of wanted) {
		const other = left.get(line.originId);
		if (other && samePlace(line, other)) {
			left.delete(line.originId);
			note(line, subtract(line.amount, other.amount), cause, cost, actual, sides);
		} else {
			note(line, line.amount, cause, cost, actual, sides);
		}
	}
	for (const line of left.values()) note(line, negate(line.amount), cause, cost, actual, sides);
}

function tooMuch(cost: StandingDirectCost, cause: DifferenceCause, sides: Sides): void {
	for (const line of countingLines(cost)) {
		note(line, negate(line.amount), cause, undefined, cost, sides);
	}
}

function leaveOut(outcome: Outcome, sides: Sides): void {
	const amount = outcome.source.amount;
	if (amount === undefined || isZero(amount)) return;
	const cause: DifferenceCause =
		outcome.reason?.code === 'not-posted'
			? 'unposted'
			: outcome.outcome === 'skipped'
				? 'skipped'
				: 'parked';
	const place: Place = { projectId: '', costCode: '', vendor: '', month: '' };
	sides.gp.push({ ...place, amount });
	sides.differences.push({
		...place,
		cause,
		document: outcome.source.label,
		originId: '',
		procoreId: '',
		amount,
		message: outcome.reason?.message ?? '',
		remedy: outcome.reason?.remedy ?? '',
	});
}

function note(
	place: Place,
	amount: Decimal,
	cause: DifferenceCause,
	cost: DesiredDirectCost | undefined,
	actual: StandingDirectCost | undefined,
	sides: Sides,
): void {
	if (isZero(amount)) return;
	const document =
		cost?.source.label ?? `Procore direct cost ${actual?.invoiceNumber || actual?.id}`;
	sides.differences.push({
		projectId: place.projectId,
		costCode: place.costCode,
		vendor: place.vendor,
		month: place.month,
		cause,
		document,
		originId: cost?.originId ?? actual?.originId ?? '',
		procoreId: actual?.id ?? '',
		amount,
		...EXPLANATIONS[cause],
	});
}

function countingLines(cost: StandingDirectCost): Array<Posting & { lineOriginId: string }> {
	if (cost.status === 'draft') return [];
	return cost.lines.map((line) => ({
		projectId: cost.projectId,
		costCode: line.costCode,
		vendor: cost.vendor,
		month: cost.date?.slice(0, 7) ?? '',
		amount: line.amount,
		lineOriginId: line.originId ?? '',
	}));
}

function placeOf(cost: DesiredDirectCost, costCode: string): Place {
	return {
		projectId: cost.projectId,
		costCode,
		vendor: cost.vendorId ?? cost.vendorOriginId ?? '',
		month: cost.header.direct_cost_date?.slice(0, 7) ?? '',
	};
}

function samePlace(left: Place, right: Place): boolean {
	return (
		left.projectId === right.projectId &&
		left.costCode === right.costCode &&
		left.vendor === right.vendor &&
		left.month === right.month
	);
}

/** Greatest amounts first, then by document, so that a report reads the same every time. */
export function bySize(left: Difference, right: Difference): number {
	const size = (difference: Difference) => difference.amount.replace('-', '');
	return (
		compare(size(right), size(left)) ||
		(left.document < right.document ? -1 : left.document > right.document ? 1 : 0)
	);
}

/** Total of postings, exact. */
export function totalOf(postings: ReadonlyArray<{ amount: Decimal }>): Decimal {
	return add(...postings.map((posting) => posting.amount));
}

const EXPLANATIONS: Record<DifferenceCause, { message: string; remedy: string }> = {
	parked: { message: 'Waits in the parked table', remedy: 'See the parked table.' },
	skipped: { message: 'Left out on purpose', remedy: 'Nothing to do.' },
	unposted: {
		message: 'Not posted in GP, so it is a draft in Procore',
		remedy: 'Post it in GP; the next run approves it.',
	},
	missing: {
		message: 'Should stand in Procore and does not',
		remedy: 'Run the sync from the date of the document; it is created again.',
	},
	editedInProcore: {
		message: 'Was changed in Procore after it came from GP',
		remedy: 'Run the sync from the date of the document to put GP’s values back, or correct GP.',
	},
	notYetVoided: {
		message: 'Is voided in GP and still counts in Procore',
		remedy: 'Run the sync; it becomes a draft.',
	},
	duplicate: {
		message: 'Stands in Procore more than once',
		remedy: 'Delete the copy in Procore.',
	},
	goneFromGp: {
		message: 'Came from GP, but GP no longer has it or it was not read',
		remedy:
			'Look the voucher up in GP; if it was deleted, set the direct cost to draft in Procore.',
	},
	notFromGp: {
		message: 'Was entered in Procore by hand or by another program',
		remedy: 'Enter it in GP too, or leave it if it belongs in Procore only.',
	},
};
