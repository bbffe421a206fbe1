import { minus, sum, toUnits, fromUnits, ZERO } from './amounts';
import { ACCOUNT } from './chart-of-accounts';
import {
	DISTRIBUTION,
	type CompanyDistribution,
	type CompanyDocument,
	type DocumentAmounts,
	type DocumentTypeNumber,
	type Money,
} from './types';

/** One cost line before it became a distribution. */
export interface CostLine {
	account: string;
	amount: Money;
	reference: string;
	job: string | null;
	carrier: CompanyDistribution['carrier'];
}

export interface Charges {
	freight: Money;
	miscellaneous: Money;
	tax: Money;
	tradeDiscount: Money;
	retainage: Money;
	/** Terms discount recorded as available. */
	discountAvailable: Money;
}

export const NO_CHARGES: Charges = {
	freight: ZERO,
	miscellaneous: ZERO,
	tax: ZERO,
	tradeDiscount: ZERO,
	retainage: ZERO,
	discountAvailable: ZERO,
};

/** Document = purchases + freight + miscellaneous + tax − trade discount (GP's own rule). */
export function totals(lines: CostLine[], charges: Charges): DocumentAmounts {
	const purchases = sum(lines.map((line) => line.amount));
	const added = sum([purchases, charges.freight, charges.miscellaneous, charges.tax]);
	return {
		document: minus(added, charges.tradeDiscount),
		purchases,
		tradeDiscount: charges.tradeDiscount,
		freight: charges.freight,
		miscellaneous: charges.miscellaneous,
		tax: charges.tax,
		retainage: charges.retainage,
	};
}

/** The distributions GP would propose; debits equal credits. Returns and credit memos swap sides. */
export function distribute(
	documentType: DocumentTypeNumber,
	lines: CostLine[],
	charges: Charges,
): CompanyDistribution[] {
	const amounts = totals(lines, charges);
	const owed = minus(minus(amounts.document, charges.retainage), charges.discountAvailable);
	const costType = documentType === 2 ? DISTRIBUTION.financeCharge : DISTRIBUTION.purchase;
	const rows: Array<{ type: number; side: 'debit' | 'credit'; line: CostLine }> = [];
	const put = (type: number, side: 'debit' | 'credit', account: string, amount: Money) => {
		if (toUnits(amount) === 0n) return;
		rows.push({
			type,
			side,
			line: { account, amount, reference: '', job: null, carrier: 'company' },
		});
	};
	for (const line of lines) rows.push({ type: costType, side: 'debit', line });
	put(DISTRIBUTION.freight, 'debit', ACCOUNT.freightIn, charges.freight);
	put(DISTRIBUTION.miscellaneous, 'debit', ACCOUNT.miscellaneous, charges.miscellaneous);
	put(DISTRIBUTION.taxes, 'debit', ACCOUNT.salesTax, charges.tax);
	put(DISTRIBUTION.tradeDiscount, 'credit', ACCOUNT.tradeDiscounts, charges.tradeDiscount);
	put(DISTRIBUTION.payable, 'credit', ACCOUNT.payables, owed);
	put(DISTRIBUTION.payable, 'credit', ACCOUNT.retainagePayable, charges.retainage);
	put(
		DISTRIBUTION.discountAvailable,
		'credit',
		ACCOUNT.discountsAvailable,
		charges.discountAvailable,
	);
	const swapped = documentType === 4 || documentType === 5;
	return rows.map(({ type, side, line }, position) => {
		const debit = (side === 'debit') !== swapped;
		return {
			sequence: (position + 1) * 16384,
			type,
			account: line.account,
			debit: debit ? line.amount : ZERO,
			credit: debit ? ZERO : line.amount,
			reference: line.reference,
			job: line.job,
			carrier: line.carrier,
		};
	});
}

/** A payment: cash out, payable down, discount taken where there was one. */
export function distributePayment(paid: Money, discountTaken: Money): CompanyDistribution[] {
	const row = (position: number, type: number, account: string, debit: Money, credit: Money) => ({
		sequence: position * 16384,
		type,
		account,
		debit,
		credit,
		reference: '',
		job: null,
		carrier: 'company' as const,
	});
	const rows = [
		row(1, DISTRIBUTION.payable, ACCOUNT.payables, sum([paid, discountTaken]), ZERO),
		row(2, DISTRIBUTION.cash, ACCOUNT.cash, ZERO, paid),
	];
	if (toUnits(discountTaken) > 0n) {
		rows.push(row(3, DISTRIBUTION.discountTaken, ACCOUNT.discountsTaken, ZERO, discountTaken));
	}
	return rows;
}

/** Rebuilds amounts and distributions after the cost lines of a document changed by `difference`. */
export function changeFirstCostLine(document: CompanyDocument, difference: Money): void {
	const costLines = document.distributions.filter(
		(row) => row.type === DISTRIBUTION.purchase || row.type === DISTRIBUTION.financeCharge,
	);
	if (costLines.length === 0)
		throw new Error('a document without cost lines cannot change its amount');
	const owed = document.distributions.find(
		(row) => row.type === DISTRIBUTION.payable && row.account === ACCOUNT.payables,
	);
	const shift = (row: CompanyDistribution | undefined) => {
		if (!row) return;
		const side = toUnits(row.debit) > 0n ? 'debit' : 'credit';
		const changed = toUnits(row[side]) + toUnits(difference);
		if (changed <= 0n) throw new Error('the change would leave a distribution without an amount');
		row[side] = fromUnits(changed);
	};
	shift(costLines[0]);
	shift(owed);
	document.amounts.purchases = sum([document.amounts.purchases, difference]);
	document.amounts.document = sum([document.amounts.document, difference]);
	if (toUnits(document.remaining) > 0n) document.remaining = sum([document.remaining, difference]);
}
