import type { Entity } from '../streams/streams';
import type { Decimal } from './money';

/** `YYYY-MM-DD`: a date is not a time. */
export type IsoDate = string;
/** `YYYY-MM-DD` from a date-only stamp, or a UTC instant `YYYY-MM-DDTHH:MM:SS.sssZ`. */
export type Stamp = string;

interface GpRecordBase {
	/** GP company database id this was read from, e.g. "TWO". */
	company: string;
	/** Unique in company and kind; in the one form of lib/model/keys.ts, unlike the fields it is made of. */
	key: string;
	/** Change stamp, null where the site has none. */
	modified: Stamp | null;
	/** contentHash over everything but `modified` and `raw`. */
	hash: string;
	/** Fields of GP this package has no use for, known to be harmless (lib/gp/normalise/normaliser.ts). */
	extra: Record<string, unknown>;
	/** The record as it came, only when asked for; secrets removed. */
	raw?: unknown;
	/** It was kept from an earlier reading: GP may say something else by now. */
	stored?: true;
}

export interface GpAddress {
	id: string | null;
	line1: string | null;
	line2: string | null;
	line3: string | null;
	city: string | null;
	state: string | null;
	zip: string | null;
	country: string | null;
	/** Two letters where the site keeps them. */
	countryCode: string | null;
	contact: string | null;
	phone1: string | null;
	phone2: string | null;
	fax: string | null;
}

/** Normalised vendor (SOAP Vendor / PM00200). `key` is the vendor id. */
export interface GpVendor extends GpRecordBase {
	kind: 'vendor';
	vendorId: string;
	name: string;
	shortName: string | null;
	classId: string | null;
	/** `unknown` where the site does not tell. */
	status: 'active' | 'inactive' | 'temporary' | 'unknown';
	/** Null where the site does not tell. */
	onHold: boolean | null;
	paymentTermsId: string | null;
	currencyId: string | null;
	/** Whether GP holds a tax id. The id itself never enters an item. */
	hasTaxId: boolean;
	/** Stands for the tax id when the credential has a matching key; tells nothing without that key. */
	taxIdMatch?: string;
	/** Primary address first. */
	addresses: GpAddress[];
	email: string | null;
	website: string | null;
}

/** Normalised GL account (SOAP GLAccount / GL00100 + GL00105). `key` is the account string. */
export interface GpAccount extends GpRecordBase {
	kind: 'account';
	/** With separators, e.g. "300-5110-02". */
	account: string;
	segments: string[];
	description: string | null;
	alias: string | null;
	category: string | null;
	/** `unknown` where the site does not tell. */
	type: 'posting' | 'unit' | 'postingAllocation' | 'unitAllocation' | 'unknown';
	postingType: 'balanceSheet' | 'profitAndLoss' | 'unknown';
	/** Null where the site does not tell. */
	active: boolean | null;
}

export type DocumentType =
	| 'invoice'
	| 'financeCharge'
	| 'miscellaneousCharge'
	| 'return'
	| 'creditMemo'
	| 'payment';

export type DistributionType =
	| 'cash'
	| 'payable'
	| 'discountAvailable'
	| 'discountTaken'
	| 'financeCharge'
	| 'purchase'
	| 'tradeDiscount'
	| 'miscellaneous'
	| 'freight'
	| 'taxes'
	| 'writeOff'
	| 'other'
	| 'gst'
	| 'withholding'
	| 'unit'
	| 'round'
	| 'realizedGain'
	| 'realizedLoss'
	| 'dueTo'
	| 'dueFrom';

export interface GpDistribution {
	/** DSTSQNUM or position, stable for the document. */
	sequence: number;
	type: DistributionType;
	account: string;
	debit: Decimal;
	credit: Decimal;
	reference: string | null;
	/** Only on a line of another GP company: its account is one of that company, if it is known at all. */
	company?: string;
	/**
	 * What GP's chart of accounts says of the account, where it was looked up and matters: on every tax
	 * line (null: GP gave no such account), and wherever the account is on the balance sheet or inactive.
	 * No part of the document.
	 */
	accountFacts?: AccountFacts | null;
	/** Job, cost code and cost type as a job product of GP keeps them for this line; absent: none does. */
	job?: string;
	costCode?: string;
	costType?: string;
}

/** A line of a purchase receipt that a payables invoice pays (three-way match). */
export interface GpReceiptLine {
	/** Number of the receipt, and the line in it. */
	receipt: string;
	line: number;
	/** Account that bears the cost; null where GP gives none. */
	account: string | null;
	/** As on a distribution that is no tax. */
	accountFacts?: AccountFacts;
	description: string | null;
	/** Quantity invoiced at the cost it was received at. */
	cost: Decimal;
	/** What the invoice asks beyond it; of an invoice line that pays several receipt lines, on the first. */
	variance: Decimal;
	varianceAccount: string | null;
	job: string | null;
	costCode: string | null;
	costType: string | null;
}

export interface AccountFacts {
	/** Null: GP's code for it is not known. */
	postingType: GpAccount['postingType'] | null;
	active: boolean | null;
	description: string | null;
}

/** Normalised payables document (SOAP PayablesDocument / PM10000, PM20000, PM30200). `key` is `{documentTypeNumber};{voucher}`. */
export interface GpPayable extends GpRecordBase {
	kind: 'payable';
	voucher: string;
	documentType: DocumentType;
	/** The vendor's own number; not unique. */
	documentNumber: string;
	vendorId: string;
	vendorName: string | null;
	/** Class of the vendor, where it was asked for: it is no part of the document. Null: it has none. */
	vendorClassId?: string | null;
	state: 'unposted' | 'open' | 'history';
	/** Not GP's: of a document that waits, where it had been sent to by then. Procore project → how. */
	sentBefore?: Record<string, { type?: 'requisition'; id: string; at: string; jobs?: string }>;
	voided: boolean;
	documentDate: IsoDate | null;
	postingDate: IsoDate | null;
	dueDate: IsoDate | null;
	postedDate: IsoDate | null;
	description: string | null;
	purchaseOrderNumber: string | null;
	batch: string | null;
	paymentTermsId: string | null;
	currencyId: string | null;
	/** Its lines are in its own currency, which is not the company's: an exchange rate tells. */
	amountsAreForeign?: true;
	/** Null: the site has no such column, so nobody knows. The cost comes from the distributions. */
	amounts: {
		document: Decimal;
		purchases: Decimal | null;
		tradeDiscount: Decimal | null;
		freight: Decimal | null;
		miscellaneous: Decimal | null;
		tax: Decimal | null;
		retainage: Decimal | null;
	};
	/** Neither the site's columns nor the door carry retainage: zero would be a guess. */
	retainageUnknown?: true;
	/** Fields the record does not have at all, and nobody declared what that means; absent: none. */
	untold?: Array<'documentDate' | 'postingDate' | 'purchaseOrderNumber' | 'currencyId'>;
	distributions: GpDistribution[];
	/** GP says that some lines are other companies', and not which. */
	intercompany?: 'linesUnknown';
	/**
	 * Receipt lines this invoice pays, where they were looked up: none for an invoice that pays no
	 * receipt. No part of the document: a receipt has a life of its own.
	 */
	receiptLines?: GpReceiptLine[];
	/** They were to be looked up and could not be read, and why. */
	receiptsUnread?: string;
	/**
	 * Day the last of what paid it in full was applied, where it was looked up; null: not paid, or by
	 * credits alone. Absent: not known. No part of the document.
	 */
	paidOn?: IsoDate | null;
	taxes: Array<{ taxDetailId: string | null; account: string | null; amount: Decimal }>;
}

/** The record of each stream. */
interface RecordOf {
	vendor: GpVendor;
	account: GpAccount;
	payable: GpPayable;
}

export type GpRecord = RecordOf[keyof RecordOf];

/** Each stream has its record: a type error here names the one that has none. */
export type RecordOfStream<Stream extends Entity> = RecordOf[Stream];

/** Number GP gives each document type (DOCTYPE). */
export const DOCUMENT_TYPE_NUMBERS: Readonly<Record<DocumentType, number>> = {
	invoice: 1,
	financeCharge: 2,
	miscellaneousCharge: 3,
	return: 4,
	creditMemo: 5,
	payment: 6,
};

/** CNTRLTYP of each document type: vouchers and payments count apart, so they may have one number. */
export const CONTROL_TYPES: Readonly<Record<DocumentType, 0 | 1>> = {
	invoice: 0,
	financeCharge: 0,
	miscellaneousCharge: 0,
	return: 0,
	creditMemo: 0,
	payment: 1,
};

/** GP's number (DOCTYPE) and a person's name for each payables document type. */
export const DOCUMENT_TYPES: Readonly<Record<DocumentType, { number: number; name: string }>> = {
	invoice: { number: 1, name: 'Invoice' },
	financeCharge: { number: 2, name: 'Finance charge' },
	miscellaneousCharge: { number: 3, name: 'Miscellaneous charge' },
	return: { number: 4, name: 'Return' },
	creditMemo: { number: 5, name: 'Credit memo' },
	payment: { number: 6, name: 'Payment' },
};

/** Documents that are direct costs of type expense: Procore wants invoice numbers of invoices only. */
export function isExpense(type: DocumentType | undefined): boolean {
	return type === 'financeCharge' || type === 'miscellaneousCharge' || type === 'payment';
}

/** What a site profile may say of a field its site leaves out; a service may leave out flags that are not set. */
export const ABSENT_MEANS: Readonly<Record<Entity, Readonly<Record<string, string>>>> = {
	vendor: {},
	account: {},
	payable: {
		voided: 'no',
		documentDate: 'none',
		postingDate: 'none',
		purchaseOrderNumber: 'none',
		currencyId: 'none',
	},
};

/** The part of a site profile that says so, for people to copy. */
export function declaration(entity: Entity, field: string): string {
	const means = ABSENT_MEANS[entity][field]!;
	return JSON.stringify({ entities: { [entity]: { absentMeans: { [field]: means } } } });
}
