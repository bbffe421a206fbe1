import type {
	CompanyOrder,
	CompanyPurchaseInvoice,
	CompanyReceipt,
} from '../company/purchase-books';
import { sum } from '../company/amounts';
import { COMPANY_NUMBER } from './soap-records';
import type { SoapSwitches } from './soap-switches';
import {
	accountKey,
	companyId,
	day,
	flag,
	id,
	instant,
	money,
	nil,
	quantity,
	requiredDay,
	tag,
	words,
} from './wire';

const STATES = { work: 'Work', history: 'History' } as const;
const batch = tag('BatchKey', words('Id', ''), requiredDay('CreatedDateTime', null));
const key = (number: string) =>
	tag('Key', `<CompanyKey>${companyId(COMPANY_NUMBER)}</CompanyKey>`, words('Id', number));
const lineKey = (name: string, number: string, line: number) =>
	tag(name, id('PurchaseTransactionKey', number), tag('LineSequenceNumber', String(line)));
const subtotal = (lines: ReadonlyArray<{ cost: string }>) => sum(lines.map(({ cost }) => cost));

/** MODIFDT of receipts and invoices: a day, whatever the hour. */
const modifiedDay = (modified: string, switches: SoapSwitches) =>
	day('ModifiedDate', modified.slice(0, 10), switches);

export function orderRow(order: CompanyOrder, switches: SoapSwitches): string {
	return tag(
		'PurchaseOrderSummary',
		key(order.number),
		tag('Type', 'Standard'),
		id('VendorKey', order.vendorId),
		tag('TransactionState', STATES[order.state]),
		day('Date', order.date, switches),
		tag('Status', order.status),
		day('RequestedDate', null, switches),
		money('RemainingSubtotal', subtotal(order.lines)),
		instant('ModifiedDate', order.modified, switches),
		day('CreatedDate', order.date, switches),
	);
}

export function orderObject(order: CompanyOrder, switches: SoapSwitches): string {
	return [
		key(order.number),
		tag('Type', 'Standard'),
		id('VendorKey', order.vendorId),
		day('Date', order.date, switches),
		nil('DoesAllowSalesOrderCommitments'),
		flag('IsOnHold', false),
		nil('FreightTaxBasis'),
		nil('MiscellaneousTaxBasis'),
		nil('ExchangeRate'),
		nil('ExchangeDate'),
		tag('Status', order.status),
		...['PromisedDate', 'PromisedShipDate', 'RequestedDate', 'ContractEndDate'].map((name) =>
			day(name, null, switches),
		),
		nil('StatusGroup'),
		day('RequisitionDate', null, switches),
		money('RemainingSubtotal', subtotal(order.lines)),
		money('Subtotal', subtotal(order.lines)),
		day('LastEditDate', null, switches),
		day('LastPrintedDate', null, switches),
		nil('TimesPrinted'),
		day('CreatedDate', order.date, switches),
		instant('ModifiedDate', order.modified, switches),
		nil('RevisionNumber'),
		tag('TransactionState', STATES[order.state]),
		tag('Lines', ...order.lines.map((line) => orderLine(order, line))),
		nil('WorkflowPriority'),
	].join('');
}

function orderLine(order: CompanyOrder, line: CompanyOrder['lines'][number]): string {
	return tag(
		'PurchaseOrderLine',
		lineKey('Key', order.number, line.line),
		quantity('QuantityOrdered', line.quantity),
		nil('FreeOnBoard'),
		...['RequestedDate', 'ReleaseByDate', 'PromisedDate', 'PromisedShipDate'].map(nil),
		flag('IsNonInventory', true),
		accountKey('InventoryGLAccountKey', line.account),
		words('ItemDescription', line.description),
		nil('TaxBasis'),
		nil('Status'),
		money('UnitCost', line.unitCost),
		money('ExtendedCost', line.cost),
		nil('ReleasedDate'),
		words('JobNumber', line.job),
		nil('LineOrigin'),
		nil('IsCapitalItem'),
		nil('DocumentDate'),
	);
}

export function receiptRow(receipt: CompanyReceipt, switches: SoapSwitches): string {
	return tag(
		'PurchaseReceiptSummary',
		key(receipt.number),
		id('VendorKey', receipt.vendorId),
		day('Date', receipt.date, switches),
		words('VendorDocumentNumber', receipt.vendorDocumentNumber),
		money('Subtotal', subtotal(receipt.lines)),
		batch,
		modifiedDay(receipt.modified, switches),
		day('CreatedDate', receipt.date, switches),
		tag('TransactionState', STATES[receipt.state]),
	);
}

export function receiptObject(receipt: CompanyReceipt, switches: SoapSwitches): string {
	return [
		key(receipt.number),
		words('VendorDocumentNumber', receipt.vendorDocumentNumber),
		day('Date', receipt.date, switches),
		day('ActualShipDate', null, switches),
		batch,
		id('VendorKey', receipt.vendorId),
		money('Subtotal', subtotal(receipt.lines)),
		nil('ExchangeRate'),
		nil('ExchangeDate'),
		day('GeneralLedgerPostingDate', receipt.postingDate, switches),
		day('PostedDate', receipt.postingDate, switches),
		day('CreatedDate', receipt.date, switches),
		modifiedDay(receipt.modified, switches),
		tag('TransactionState', STATES[receipt.state]),
		tag('Lines', ...receipt.lines.map((line) => receiptLine(receipt, line))),
	].join('');
}

function receiptLine(receipt: CompanyReceipt, line: CompanyReceipt['lines'][number]): string {
	return tag(
		'PurchaseReceiptLine',
		lineKey('Key', receipt.number, line.line),
		id('PurchaseOrderKey', line.order.number),
		words('ItemDescription', line.description),
		nil('ActualShipDate'),
		accountKey('InventoryGLAccountKey', line.account),
		money('UnitCost', line.unitCost),
		money('ExtendedCost', line.cost),
		flag('IsNonInventory', true),
		quantity('QuantityShipped', line.quantity),
		lineKey('PurchaseOrderLineKey', line.order.number, line.order.line),
	);
}

export function invoiceRow(invoice: CompanyPurchaseInvoice, switches: SoapSwitches): string {
	return tag(
		'PurchaseInvoiceSummary',
		key(invoice.number),
		id('VendorKey', invoice.vendorId),
		day('Date', invoice.date, switches),
		words('VendorDocumentNumber', invoice.vendorDocumentNumber),
		money('Subtotal', subtotal(invoice.lines)),
		batch,
		modifiedDay(invoice.modified, switches),
		day('CreatedDate', invoice.date, switches),
		tag('TransactionState', STATES[invoice.state]),
	);
}

export function invoiceObject(invoice: CompanyPurchaseInvoice, switches: SoapSwitches): string {
	return [
		key(invoice.number),
		words('VendorDocumentNumber', invoice.vendorDocumentNumber),
		day('Date', invoice.date, switches),
		batch,
		id('VendorKey', invoice.vendorId),
		money('Subtotal', subtotal(invoice.lines)),
		nil('FreightTaxBasis'),
		nil('MiscellaneousTaxBasis'),
		nil('ExchangeRate'),
		nil('ExchangeDate'),
		words('VoucherNumber', invoice.voucher),
		day('GeneralLedgerPostingDate', invoice.postingDate, switches),
		day('PostedDate', invoice.postingDate, switches),
		day('CreatedDate', invoice.date, switches),
		modifiedDay(invoice.modified, switches),
		tag('TransactionState', STATES[invoice.state]),
		tag('Lines', ...invoice.lines.map((line) => invoiceLine(invoice, line))),
	].join('');
}

function invoiceLine(
	invoice: CompanyPurchaseInvoice,
	line: CompanyPurchaseInvoice['lines'][number],
): string {
	return tag(
		'PurchaseInvoiceLine',
		lineKey('Key', invoice.number, line.line),
		id('PurchaseOrderKey', line.order.number),
		lineKey('PurchaseOrderLineKey', line.order.number, line.order.line),
		quantity('QuantityInvoiced', line.quantity),
		flag('IsNonInventory', true),
		nil('TaxBasis'),
		money('UnitCost', line.unitCost),
		money('ExtendedCost', line.cost),
		nil('IsLandedCost'),
		tag(
			'Receipts',
			tag(
				'PurchaseInvoiceApplyReceipt',
				tag(
					'Key',
					id('PurchaseTransactionKey', invoice.number),
					id('ReceiptKey', line.receipt.number),
					tag('ReceiptLineSequenceNumber', String(line.receipt.line)),
					tag('LineSequenceNumber', String(line.line)),
				),
				quantity('QuantityInvoiced', line.quantity),
				nil('DoesRevalueInventory'),
				money('UnitCost', line.unitCost),
				money('Cost', line.receiptCost),
			),
		),
	);
}
