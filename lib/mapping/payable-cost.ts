import { add, compare, isZero, negate, parseDecimal, subtract, type Decimal } from '../model/money';
import type {
	AccountFacts,
	DistributionType,
	GpDistribution,
	GpPayable,
} from '../model/gp-records';

/** One distribution that costs something; signed, so that a credit is negative. */
export interface CostDistribution {
	sequence: number;
	account: string;
	reference: string | null;
	amount: Decimal;
	charge: ChargeKind | null;
	/** Of another GP company: no cost of this one. */
	company?: string;
	/** As a job product of GP keeps them, or the receipt line behind an accrual. */
	job?: string;
	costCode?: string;
	costType?: string;
	/** Absent: nobody has looked. */
	accountFacts?: AccountFacts | null;
}

export type ChargeKind = 'freight' | 'tax' | 'miscellaneous' | 'tradeDiscount';

export interface PayableCost {
	/** Purchases and the like: what the charges are spread over. */
	lines: CostDistribution[];
	charges: CostDistribution[];
	/** Debits less credits of everything above, exact: what the document costs. */
	total: Decimal;
	/** Debits less credits over all distributions, cost or not: zero in a sound document. */
	imbalance: Decimal;
	/** Held back from the vendor, with the sign of the cost; part of `total`. */
	retainage: Decimal;
	/** No distribution has an amount: whatever the document costs, they do not tell. */
	isEmpty: boolean;
	/** What it amounts to beyond its cost, where nothing else is booked that could explain it: lines are missing. */
	untold: Decimal;
}

const COST_TYPES = new Set<DistributionType>(['purchase', 'other', 'financeCharge']);

const CHARGE_TYPES: Partial<Record<DistributionType, ChargeKind>> = {
	freight: 'freight',
	taxes: 'tax',
	gst: 'tax',
	miscellaneous: 'miscellaneous',
	tradeDiscount: 'tradeDiscount',
};

/**
 * Of a document with these alone the amount is what is owed or was paid, and that is its cost: purchases, freight,
 * miscellaneous and tax, less trade discount.
 */
const PLAIN_TYPES = new Set<DistributionType>([
	...['purchase', 'financeCharge', 'payable', 'cash'],
	...Object.keys(CHARGE_TYPES),
] as DistributionType[]);

/** Whether a distribution of this type can be cost at all; the others settle or move money. */
export function mayCost(type: DistributionType): boolean {
	return COST_TYPES.has(type) || CHARGE_TYPES[type] !== undefined;
}

/**
 * What a payables document costs, by distribution type and side (DISTTYPE of PM10100/PM30600).
 * Debit less credit gives the sign for every document type: an invoice's purchase is a debit, a
 * return's a credit. Payable, cash, discounts available or taken, write-offs, withholding,
 * rounding, gains and due to/from settle or move money and are never cost.
 *
 * Null when an amount is not a number.
 */
export function costOfPayable(
	payable: GpPayable,
	isJobCost: (account: string) => boolean,
): PayableCost | null {
	const lines: CostDistribution[] = [];
	const charges: CostDistribution[] = [];
	let imbalance: Decimal = '0';
	let settled: Decimal = '0';
	let isEmpty = true;
	let isPlain = payable.documentType !== 'payment';
	for (const distribution of payable.distributions) {
		const amount = signedAmount(distribution);
		if (amount === null) return null;
		// Unit distributions count things, not money.
		if (distribution.type === 'unit') continue;
		imbalance = add(imbalance, amount);
		if (isZero(amount)) continue;
		isEmpty = false;
		isPlain &&= PLAIN_TYPES.has(distribution.type) && isOwn(distribution);
		const charge = CHARGE_TYPES[distribution.type] ?? null;
		const cost = { ...pick(distribution), amount, charge };
		if (charge !== null) charges.push(cost);
		else if (COST_TYPES.has(distribution.type)) {
			if (settles(payable, cost, distribution, isJobCost)) settled = add(settled, amount);
			else lines.push(cost);
		}
	}
	const retainage = isZero(settled) ? retainageOf(payable) : negate(settled);
	const total = add(...lines.map((line) => line.amount), ...charges.map((line) => line.amount));
	const untold = isPlain && isZero(retainage) ? subtract(amountOf(payable) ?? total, total) : '0';
	const parts = { total, imbalance, retainage, isEmpty, untold };
	if (lines.some(isOwn)) return { lines, charges, ...parts };
	// A miscellaneous charge has no purchase of this company: its charges are the cost itself.
	const itself = charges.filter(isOwn).map((line) => ({ ...line, charge: null }));
	const foreign = charges.filter((line) => !isOwn(line));
	return { lines: [...lines, ...itself], charges: foreign, ...parts };
}

/**
 * "Other" on the far side and off the job accounts holds something back, retainage for one: a
 * debt moved from payables to retainage payable, no lower cost.
 */
function settles(
	payable: GpPayable,
	cost: CostDistribution,
	distribution: GpDistribution,
	isJobCost: (account: string) => boolean,
): boolean {
	if (distribution.type !== 'other' || !isOwn(cost) || isJobCost(cost.account)) return false;
	return compare(cost.amount, '0') === (isCredit(payable) ? 1 : -1);
}

function isOwn({ company }: Pick<CostDistribution, 'company'>): boolean {
	return company === undefined;
}

/** What the document says it costs. GP keeps the amounts of returns and credit memos without a sign. */
function amountOf(payable: GpPayable): Decimal | null {
	const amount = parseDecimal(payable.amounts?.document);
	return amount !== null && isCredit(payable) ? negate(amount.replace('-', '')) : amount;
}

/** Where no distribution holds it back, the document itself may tell (RETNAGAM of PM20000). */
function retainageOf(payable: GpPayable): Decimal {
	const amount = parseDecimal(payable.amounts?.retainage) ?? '0';
	return isCredit(payable) ? negate(amount) : amount;
}

function isCredit(payable: GpPayable): boolean {
	return payable.documentType === 'return' || payable.documentType === 'creditMemo';
}

function signedAmount(distribution: GpDistribution): Decimal | null {
	const debit = parseDecimal(distribution.debit);
	const credit = parseDecimal(distribution.credit);
	return debit === null || credit === null ? null : subtract(debit, credit);
}

function pick(distribution: GpDistribution) {
	return {
		sequence: distribution.sequence,
		account: distribution.account,
		reference: distribution.reference,
		...(distribution.company === undefined ? {} : { company: distribution.company }),
		...(distribution.job === undefined ? {} : { job: distribution.job }),
		...(distribution.costCode === undefined ? {} : { costCode: distribution.costCode }),
		...(distribution.costType === undefined ? {} : { costType: distribution.costType }),
		...(distribution.accountFacts === undefined ? {} : { accountFacts: distribution.accountFacts }),
	};
}
