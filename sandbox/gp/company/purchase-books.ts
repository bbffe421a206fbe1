import type { GpDate, Money, RowStamp } from './types';

/** POP10100, POP10110: an order and its lines. */
export interface CompanyOrder {
	number: string;
	vendorId: string;
	/** Work = POP10100, history = POP30100. */
	state: 'work' | 'history';
	status: 'Released' | 'Received' | 'Closed';
	date: GpDate;
	lines: Array<{
		/** ORD. */
		line: number;
		account: string;
		description: string;
		quantity: Money;
		unitCost: Money;
		cost: Money;
		job: string;
	}>;
	modified: RowStamp;
}

/** POP10300, POP10310: what was received. */
export interface CompanyReceipt {
	number: string;
	vendorId: string;
	state: 'work' | 'history';
	vendorDocumentNumber: string;
	date: GpDate;
	postingDate: GpDate;
	lines: Array<{
		line: number;
		order: { number: string; line: number };
		account: string;
		description: string;
		quantity: Money;
		unitCost: Money;
		cost: Money;
	}>;
	modified: RowStamp;
}

/** POP10300 of the type invoice, with the receipt lines each line pays (POP10600). */
export interface CompanyPurchaseInvoice {
	number: string;
	vendorId: string;
	state: 'work' | 'history';
	vendorDocumentNumber: string;
	date: GpDate;
	postingDate: GpDate;
	/** The payables document it made. */
	voucher: string;
	lines: Array<{
		line: number;
		order: { number: string; line: number };
		quantity: Money;
		unitCost: Money;
		cost: Money;
		receipt: { number: string; line: number };
		receiptCost: Money;
	}>;
	modified: RowStamp;
}

/** Purchase Order Processing; empty in the generated company, filled by edits. */
export interface PurchaseBooks {
	orders: Map<string, CompanyOrder>;
	receipts: Map<string, CompanyReceipt>;
	invoices: Map<string, CompanyPurchaseInvoice>;
}

export function emptyPurchaseBooks(): PurchaseBooks {
	return { orders: new Map(), receipts: new Map(), invoices: new Map() };
}
