import { fromUnits, sum, toUnits } from './amounts';
import { dateOf, toRowStamp } from './calendar';
import type { Company } from './company';
import type { CompanyEdits } from './edits';
import type { CompanyDocument, Money } from './types';

export interface MatchedInvoice {
	vendorId: string;
	/** Where the invoice puts its debit: the cost itself stands on the receipt. */
	accrualAccount: string;
	lines: Array<{
		/** The account that bears the cost, as the receipt debits it. */
		account: string;
		quantity: string;
		unitCost: string;
		/** What the invoice says a unit costs; default: the same. */
		invoicedUnitCost?: string;
		job?: string;
		description?: string;
	}>;
	/** ISO instant; default: the sandbox clock. */
	at?: string;
}

/**
 * An order, its receipt and the invoice that pays it (three-way match), and the payables document
 * the invoice made: that one debits the purchase accrual, the cost stands on the receipt.
 */
export function addMatchedInvoice(
	company: Company,
	edits: Pick<CompanyEdits, 'addInvoice'>,
	now: number,
	given: MatchedInvoice,
): CompanyDocument {
	const { orders, receipts, invoices } = company.purchases;
	const at = given.at === undefined ? now : Date.parse(given.at);
	const number = (prefix: string, count: number) =>
		`${prefix}${String(count + 1).padStart(7, '0')}`;
	const order = number('PO', orders.size);
	const receipt = number('RCT', receipts.size + invoices.size);
	const invoice = number('RCT', receipts.size + invoices.size + 1);
	const date = dateOf(at);
	const lines = given.lines.map((one, position) => ({
		...one,
		line: (position + 1) * 16384,
		cost: times(one.quantity, one.unitCost),
		invoiced: times(one.quantity, one.invoicedUnitCost ?? one.unitCost),
	}));
	const document = edits.addInvoice({
		vendorId: given.vendorId,
		state: 'open',
		purchaseOrderNumber: order,
		lines: [{ account: given.accrualAccount, amount: sum(lines.map((one) => one.invoiced)) }],
		charges: {},
		...(given.at === undefined ? {} : { at: given.at }),
	});
	const common = { vendorId: given.vendorId, date, modified: toRowStamp(at) };
	const posted = {
		...common,
		state: 'history' as const,
		postingDate: date,
		vendorDocumentNumber: document.documentNumber,
	};
	orders.set(order, {
		...common,
		number: order,
		state: 'work',
		status: 'Received',
		lines: lines.map((one) => ({
			line: one.line,
			account: one.account,
			description: one.description ?? '',
			quantity: sum([one.quantity]),
			unitCost: sum([one.unitCost]),
			cost: one.cost,
			job: one.job ?? '',
		})),
	});
	receipts.set(receipt, {
		...posted,
		number: receipt,
		lines: lines.map((one) => ({
			line: one.line,
			order: { number: order, line: one.line },
			account: one.account,
			description: one.description ?? '',
			quantity: sum([one.quantity]),
			unitCost: sum([one.unitCost]),
			cost: one.cost,
		})),
	});
	invoices.set(invoice, {
		...posted,
		number: invoice,
		voucher: document.voucher,
		lines: lines.map((one) => ({
			line: one.line,
			order: { number: order, line: one.line },
			quantity: sum([one.quantity]),
			unitCost: sum([one.invoicedUnitCost ?? one.unitCost]),
			cost: one.invoiced,
			receipt: { number: receipt, line: one.line },
			receiptCost: one.cost,
		})),
	});
	return document;
}

function times(quantity: string, unitCost: string): Money {
	return fromUnits((toUnits(quantity) * toUnits(unitCost)) / 100_000n);
}
