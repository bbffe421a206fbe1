import { add, compare, isZero, negate, subtract, type Decimal } from '../../../model/money';
import { isRecord, type RawRecord } from '../../normalise/field-reader';
import { amount, text } from '../../normalise/values';

/** DISTTYPE of the lines a payment is made of. */
const CASH = '1';
const PAY = '2';
const OF_A_PAYMENT = new Set([CASH, PAY, '4', '11', '17', '18']);
/** Lines by which a document is settled: together they are its amount. */
const SETTLES = new Set([CASH, PAY, '3', '4', '11']);
/** More lines than a payment has; beyond, the search would grow without bound. */
const MOST_CANDIDATES = 14;

interface Line {
	raw: RawRecord;
	type: string;
	debit: Decimal;
	credit: Decimal;
}

/**
 * The distributions of a document out of those the service gave for its number. The service joins
 * them by number alone, and GP numbers vouchers and payments from two counters that may overlap: an
 * answer can hold the lines of a like-numbered payment too. Such a payment takes from payables what
 * an invoice puts there, or pays cash out where a credit document takes none; without such a line
 * nothing is foreign. Otherwise its lines are those whose removal leaves a document that balances and
 * is settled by its own amount; undefined when no removal, or more than one, does.
 *
 * @param isCredit return or credit memo
 */
export function ownDistributions(
	rows: readonly RawRecord[],
	documentAmount: unknown,
	isCredit: boolean,
): RawRecord[] | undefined {
	const lines = rows.map(lineOf);
	// What cannot be read as a line is judged by the normaliser.
	if (lines.some((line) => line === null)) return [...rows];
	const all = lines as Line[];
	const foreign = all.some(({ type, debit, credit }) =>
		isCredit ? type === CASH && compare(credit, '0') > 0 : type === PAY && compare(debit, '0') > 0,
	);
	if (!foreign) return [...rows];
	const total = amount(isRecord(documentAmount) ? documentAmount.Value : documentAmount);
	if (total === null) return undefined;

	const candidates = all.filter(
		({ type, debit, credit }) =>
			OF_A_PAYMENT.has(type) &&
			(type !== PAY || !isZero(debit)) &&
			(type !== CASH || !isZero(credit)),
	);
	if (candidates.length > MOST_CANDIDATES) return undefined;
	const found = new Map<string, Line[]>();
	for (let choice = 1; choice < 2 ** candidates.length; choice += 1) {
		const removed = new Set(candidates.filter((_line, at) => (choice >> at) & 1));
		if (!isPayment([...removed])) continue;
		const left = all.filter((line) => !removed.has(line));
		if (!balances(left) || compare(settledBy(left, isCredit), total) !== 0) continue;
		found.set(contentOf(left), left);
	}
	const [only, ...others] = found.values();
	return only && others.length === 0 ? only.map(({ raw }) => raw) : undefined;
}

function isPayment(lines: readonly Line[]): boolean {
	return (
		balances(lines) &&
		lines.some(({ type }) => type === CASH) &&
		lines.some(({ type }) => type === PAY)
	);
}

function balances(lines: readonly Line[]): boolean {
	return isZero(add('0', ...lines.map(({ debit, credit }) => subtract(debit, credit))));
}

function settledBy(lines: readonly Line[], isCredit: boolean): Decimal {
	const credits = add(
		'0',
		...lines
			.filter(({ type }) => SETTLES.has(type))
			.map(({ debit, credit }) => subtract(credit, debit)),
	);
	return isCredit ? negate(credits) : credits;
}

/** Two removals that leave equal lines are one answer. */
function contentOf(lines: readonly Line[]): string {
	return lines
		.map(({ type, debit, credit, raw }) => `${type} ${debit} ${credit} ${accountOf(raw)}`)
		.join('|');
}

function accountOf(raw: RawRecord): string {
	return isRecord(raw.GLAccountKey) ? (text(raw.GLAccountKey.Id) ?? '') : '';
}

function lineOf(raw: RawRecord): Line | null {
	const type = isRecord(raw.DistributionTypeKey) ? text(raw.DistributionTypeKey.Id) : null;
	const debit = valueOf(raw.DebitAmount);
	const credit = valueOf(raw.CreditAmount);
	return type !== null && debit !== null && credit !== null ? { raw, type, debit, credit } : null;
}

function valueOf(side: unknown): Decimal | null {
	if (side === null || side === undefined) return '0';
	return amount(isRecord(side) ? side.Value : side);
}
