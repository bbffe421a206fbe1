import {
	add,
	compare,
	isZero,
	negate,
	parseDecimal,
	subtract,
	toFixed,
	type Decimal,
} from '../model/money';
import type { GpDistribution, GpPayable, GpReceiptLine } from '../model/gp-records';
import type { MappingContext } from './mapping-context';
import { mayCost } from './payable-cost';

/**
 * The document with its accrual lines replaced by the receipt lines they pay, each on the account and
 * the job that bear its cost; exact to the cent, or not at all. Where the receipts are not known, or do
 * not add up to what the accrual debits, the document stays as it is, and `receiptsUnread` says why.
 */
export function behindAccruals(payable: GpPayable, context: MappingContext): GpPayable {
	const { receiptLines, distributions } = payable;
	if (!receiptLines || payable.voided || !Array.isArray(distributions)) return payable;
	const accruals = distributions.filter((line) => isAccrual(line, context));
	const debited = sumOf(accruals);
	if (accruals.length === 0 || debited === null) return payable;
	const unread = (why: string): GpPayable => ({ ...payable, receiptsUnread: why });
	const [first] = receiptLines;
	if (!first) return unread('no purchase invoice in GP made this document');
	const homeless = receiptLines.find(({ account, job }) => account === null && job === null);
	if (homeless)
		return unread(`line ${homeless.line} of receipt ${homeless.receipt} has no account in GP`);

	const received = add('0', ...receiptLines.map(({ cost }) => cost));
	const invoiced = add(received, ...receiptLines.map(({ variance }) => variance));
	const isReceived = toFixed(received) === toFixed(debited);
	if (!isReceived && toFixed(invoiced) !== toFixed(debited))
		return unread(
			`the receipt lines it pays add up to ${toFixed(received)} as received and ${toFixed(invoiced)} as invoiced, and the accrual is debited with ${toFixed(debited)}`,
		);
	// Where the accrual is debited with the cost as received, the variance has a distribution of its own.
	const lines = toTheCent(
		receiptLines.flatMap((line) => [
			part(line, line.cost, line.account),
			...(isReceived || isZero(line.variance) ? [] : [variance(line)]),
		]),
		debited,
	);
	const place = distributions.indexOf(accruals[0]!);
	const { sequence } = accruals[0]!;
	const kept = distributions.filter((line) => !accruals.includes(line));
	const replaced = lines.map(
		({ amount, ...line }, at): GpDistribution => ({
			...line,
			sequence: sequence + at + 1,
			type: 'purchase',
			debit: compare(amount, '0') < 0 ? '0' : amount,
			credit: compare(amount, '0') < 0 ? negate(amount) : '0',
		}),
	);
	return {
		...payable,
		distributions: [...kept.slice(0, place), ...replaced, ...kept.slice(place)],
	};
}

/** Off the job where GP books it off the job. */
function variance(line: GpReceiptLine): Part {
	if (line.varianceAccount === null) return part(line, line.variance, line.account);
	const offJob = { ...line, job: null, costCode: null, costType: null };
	return part(offJob, line.variance, line.varianceAccount);
}

type Part = Pick<
	GpDistribution,
	'account' | 'accountFacts' | 'reference' | 'job' | 'costCode' | 'costType'
> & {
	amount: Decimal;
};

function part(line: GpReceiptLine, amount: Decimal, account: string | null): Part {
	return {
		account: account ?? '',
		reference: line.description,
		amount,
		...(line.accountFacts && account === line.account ? { accountFacts: line.accountFacts } : {}),
		...(line.job === null ? {} : { job: line.job }),
		...(line.costCode === null ? {} : { costCode: line.costCode }),
		...(line.costType === null ? {} : { costType: line.costType }),
	};
}

/** Amounts in cents whose sum is that of the accrual: what rounding leaves goes to the largest. */
function toTheCent(parts: readonly Part[], debited: Decimal): Part[] {
	const rounded = parts.map((one) => ({ ...one, amount: toFixed(one.amount) }));
	const left = subtract(toFixed(debited), add('0', ...rounded.map(({ amount }) => amount)));
	const largest = rounded.reduce((most, one) =>
		compare(one.amount, most.amount) > 0 ? one : most,
	);
	largest.amount = toFixed(add(largest.amount, left));
	return rounded;
}

function isAccrual(line: GpDistribution, context: MappingContext): boolean {
	return (
		mayCost(line.type) &&
		line.company === undefined &&
		line.job === undefined &&
		context.accounts.decide(line.account).kind === 'accrual'
	);
}

function sumOf(lines: readonly GpDistribution[]): Decimal | null {
	let sum: Decimal = '0';
	for (const { debit, credit } of lines) {
		const [one, other] = [parseDecimal(debit), parseDecimal(credit)];
		if (one === null || other === null) return null;
		sum = add(sum, subtract(one, other));
	}
	return sum;
}
