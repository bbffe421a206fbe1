import { add, isZero, negate, subtract, type Decimal } from '../model/money';
import type { StandingDirectCost } from '../sync/standing/read-standing';
import type { DifferenceCause, ExpectedCost, Place, Posting } from './reconcile.types';

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
