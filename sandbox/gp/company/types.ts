/**
 * The sandbox company as its database would hold it: the truth a reader is measured against.
 * Columns named after SQL tables: facts in the public table listings of GP 2018.
 */

/** Decimal text with five places, as numeric(19,5) holds it: "1250.00000". */
export type Money = string;
/** `YYYY-MM-DD`; null is written as 1900-01-01 on the wire. */
export type GpDate = string | null;
/** UTC instant `YYYY-MM-DDTHH:MM:SS.sss`, rounded as SQL Server's datetime rounds (.000, .003, .007). */
export type RowStamp = string;

export interface CompanyAddress {
	addressId: string;
	contact: string;
	line1: string;
	line2: string;
	line3: string;
	city: string;
	state: string;
	zip: string;
	country: string;
	countryCode: string;
	/** Digits and extension, 14 of them; unused = all zeros. */
	phone1: string;
	phone2: string;
	fax: string;
	/** Internet addresses live in SY01200, not in the vendor row. */
	email: string;
	website: string;
}

export interface CompanyVendor {
	vendorId: string;
	name: string;
	shortName: string;
	checkName: string;
	classId: string;
	/** VENDSTTS: 1 active, 2 inactive, 3 temporary. */
	status: 1 | 2 | 3;
	onHold: boolean;
	/** Primary first. */
	addresses: CompanyAddress[];
	taxId: string;
	paymentTermsId: string;
	currencyId: string;
	comment1: string;
	comment2: string;
	userDefined1: string;
	userDefined2: string;
	created: GpDate;
	modified: RowStamp;
}

export interface CompanyAccount {
	/** ACTINDX. */
	index: number;
	/** With separators, e.g. "300-5130-02". */
	account: string;
	description: string;
	alias: string;
	category: string;
	/** ACCTTYPE: 1 posting, 2 unit, 3 posting allocation, 4 unit allocation. */
	type: 1 | 2 | 3 | 4;
	/** PSTNGTYP: 0 balance sheet, 1 profit and loss. */
	postingType: 0 | 1;
	/** TPCLBLNC: 0 debit, 1 credit. */
	typicalBalance: 0 | 1;
	active: boolean;
	created: GpDate;
	modified: RowStamp;
}

/** DOCTYPE: 1 invoice, 2 finance charge, 3 miscellaneous charge, 4 return, 5 credit memo, 6 payment. */
export type DocumentTypeNumber = 1 | 2 | 3 | 4 | 5 | 6;
/** work = PM10000, open = PM20000, history = PM30200. */
export type DocumentState = 'work' | 'open' | 'history';

/** DISTTYPE values this company uses. */
export const DISTRIBUTION = {
	cash: 1,
	payable: 2,
	discountAvailable: 3,
	discountTaken: 4,
	financeCharge: 5,
	purchase: 6,
	tradeDiscount: 7,
	miscellaneous: 8,
	freight: 9,
	taxes: 10,
} as const;

export interface CompanyDistribution {
	/** DSTSQNUM: 16384, 32768, … */
	sequence: number;
	/** DISTTYPE. */
	type: number;
	account: string;
	debit: Money;
	credit: Money;
	/** DistRef, at most 30 characters. */
	reference: string;
	/** INTERID of another company this line belongs to (intercompany); absent = this one. */
	company?: string;
	/** Truth only, never on the wire: the job this cost belongs to. */
	job: string | null;
	/** Truth only, never on the wire: where the job can be found. */
	carrier: 'segment' | 'reference' | 'purchaseOrder' | 'none' | 'company';
}

export interface CompanyTax {
	taxDetailId: string;
	account: string;
	taxable: Money;
	amount: Money;
}

export interface DocumentAmounts {
	document: Money;
	purchases: Money;
	tradeDiscount: Money;
	freight: Money;
	miscellaneous: Money;
	tax: Money;
	retainage: Money;
}

/** A posted row of PM10200 or PM30300: what was applied to a document. */
export interface CompanyApplied {
	/** 5 credit memo, 6 payment. */
	documentType: 5 | 6;
	voucher: string;
	/** DATE1. */
	date: string;
	amount: Money;
}

export interface CompanyDocument {
	documentType: DocumentTypeNumber;
	/** Unique within its document type's numbering: payments count on their own. */
	voucher: string;
	/** The vendor's own number; not unique. */
	documentNumber: string;
	vendorId: string;
	state: DocumentState;
	voided: boolean;
	documentDate: GpDate;
	postingDate: GpDate;
	postedDate: GpDate;
	dueDate: GpDate;
	voidDate: GpDate;
	description: string;
	purchaseOrderNumber: string;
	batch: string;
	auditTrailCode: string;
	paymentTermsId: string;
	currencyId: string;
	modifiedBy: string;
	amounts: DocumentAmounts;
	/** CURTRXAM: what is still owed. */
	remaining: Money;
	distributions: CompanyDistribution[];
	taxes: CompanyTax[];
	/** Absent on a document in history: one payment, on the day the row was written last. */
	applied?: CompanyApplied[];
	created: GpDate;
	modified: RowStamp;
}

export interface Job {
	/** Segment 1 of the account string. */
	number: string;
	name: string;
}

/** `{DOCTYPE};{voucher}`: the identity of a document through work, open and history. */
export function documentKey(document: Pick<CompanyDocument, 'documentType' | 'voucher'>): string {
	return `${document.documentType};${document.voucher}`;
}
