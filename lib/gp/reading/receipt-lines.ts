import { canonicalKey } from '../../model/keys';
import { add, compare, isZero, multiply, subtract, toFixed, type Decimal } from '../../model/money';
import type { GpPayable, GpReceiptLine, GpRecord } from '../../model/gp-records';
import type {
	PurchaseInvoice,
	PurchaseReceipt,
	PurchaseReceiptLine,
	Purchasing,
} from '../doors/purchasing.types';
import { GpError } from '../errors/gp-error';

/**
 * Puts to payables invoices the receipt lines they pay (three-way match): an invoice that GP made from
 * a purchase invoice debits the purchase accrual, and the cost stands on the receipt. A document that
 * was looked up and pays none gets an empty list. Where purchase documents cannot be read, the reason
 * stands in the record: what needs no receipt goes on.
 */
export async function withReceiptLines(
	records: readonly GpRecord[],
	purchasing: Purchasing | null,
): Promise<GpRecord[]> {
	const asked = records.filter(mayBeMatched);
	if (purchasing === null || asked.length === 0) return [...records];
	const found = new Map<string, Pick<GpPayable, 'receiptLines' | 'receiptsUnread'>>();
	try {
		const invoices = await purchasing.invoicesOf(asked);
		const keys = [...invoices.values()].flatMap(({ lines }) =>
			lines.flatMap(({ receipts }) => receipts.map(({ key }) => key)),
		);
		const receipts = (await purchasing.getMany('receipt', keys)) as Map<string, PurchaseReceipt>;
		for (const { key } of asked) {
			const invoice = invoices.get(key);
			found.set(key, invoice ? paidLines(invoice, receipts) : { receiptLines: [] });
		}
	} catch (error) {
		// A missing right, or one row that cannot be read; a server that is away stops the run as always.
		if (!(error instanceof GpError) || error.scope === 'transport') throw error;
		for (const { key } of asked) found.set(key, { receiptsUnread: error.message });
	}
	return records.map((record) =>
		mayBeMatched(record) ? { ...record, ...found.get(record.key) } : record,
	);
}

function mayBeMatched(record: GpRecord): record is GpPayable {
	return record.kind === 'payable' && record.documentType === 'invoice' && !record.voided;
}

/** What the lines of a purchase invoice pay: of each receipt line the quantity invoiced at the cost it was received at. */
function paidLines(
	invoice: PurchaseInvoice,
	receipts: ReadonlyMap<string, PurchaseReceipt>,
): Pick<GpPayable, 'receiptLines' | 'receiptsUnread'> {
	const lines: GpReceiptLine[] = [];
	for (const paying of invoice.lines) {
		const own: GpReceiptLine[] = [];
		for (const paid of paying.receipts) {
			const line = receipts
				.get(canonicalKey(paid.key))
				?.lines.find((one) => one.line === paid.line);
			const what = `line ${paid.line} of purchase receipt ${paid.key}`;
			if (!line) return { receiptsUnread: `GP has no ${what} any more` };
			const cost = costOf(line, paid.quantity);
			if (cost === null) return { receiptsUnread: `${what} has no cost` };
			own.push({
				receipt: paid.key,
				line: paid.line,
				account: line.account,
				description: line.description,
				cost,
				variance: '0',
				varianceAccount: paid.varianceAccount ?? paying.varianceAccount,
				job: line.job ?? line.project,
				costCode: line.costCode ?? line.costCategory,
				costType: line.costType,
			});
		}
		const [first] = own;
		// What the invoice asks beyond the cost as received.
		if (first && paying.cost !== null)
			first.variance = subtract(paying.cost, add(...own.map(({ cost }) => cost)));
		lines.push(...own);
	}
	return { receiptLines: lines };
}

/** Quantity invoiced × unit cost, to the cent; a line invoiced whole has the cost it was booked with. */
function costOf(line: PurchaseReceiptLine, quantity: Decimal | null): Decimal | null {
	if (quantity === null) return null;
	if (line.quantity !== null && line.cost !== null && compare(line.quantity, quantity) === 0)
		return line.cost;
	if (line.unitCost !== null && !(isZero(line.unitCost) && line.cost !== null))
		return toFixed(multiply(quantity, line.unitCost));
	return null;
}
