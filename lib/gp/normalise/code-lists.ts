import type { DistributionType, DocumentType, GpAccount, GpPayable } from '../../model/gp-records';
import type { GpRecordMalformed } from '../errors/gp-error';
import { canonicalName, type FieldReader, type RawRecord } from './field-reader';
import { flag, type MomentSettings, text } from './values';

/** Names and numbers of GP's code lists (SOAP enumerations, eConnect and table values). */
export type CodeList<Code extends string> = ReadonlyMap<string, Code>;

function codeList<Code extends string>(codes: Record<Code, string[]>): CodeList<Code> {
	return new Map(
		(Object.entries(codes) as Array<[Code, string[]]>).flatMap(([code, names]) =>
			[code, ...names].map((name) => [canonicalCode(name), code] as const),
		),
	);
}

function canonicalCode(value: string): string {
	return canonicalName(value).replace(/[^a-z0-9]/g, '');
}

/** The code a value stands for; undefined when the list does not have it. */
export function codeOf<Code extends string>(
	list: CodeList<Code>,
	value: unknown,
): Code | undefined {
	const written = text(value);
	if (written === null) return undefined;
	// JSON and XML may carry "6", 6, 6.0 or "06".
	return list.get(/^\d+(\.0+)?$/.test(written) ? String(Number(written)) : canonicalCode(written));
}

/** PayablesDocumentType, DOCTYPE. */
export const DOCUMENT_TYPES = codeList<DocumentType>({
	invoice: ['1', 'INV', 'PayablesInvoice'],
	financeCharge: ['2', 'FIN', 'PayablesFinanceCharge'],
	miscellaneousCharge: ['3', 'Misc Charge', 'MIS', 'PayablesMiscellaneousCharge'],
	return: ['4', 'RET', 'PayablesReturn'],
	creditMemo: ['5', 'CRM', 'PayablesCreditMemo'],
	payment: ['6', 'PMT', 'PayablesPayment'],
});

/** PayablesTransactionState, DCSTATUS. */
export const TRANSACTION_STATES = codeList<GpPayable['state']>({
	unposted: ['1', 'Work', 'Saved'],
	open: ['2', 'Posted'],
	history: ['3', 'Historical'],
});

/**
 * What a document says of its state. "Not posted" by a number is none where the posted date says otherwise, since
 * some services count from 0, or where a list row has no such date: the record itself follows.
 */
export function toldState(
	reader: FieldReader,
	posted: boolean,
	isListRow: boolean,
): { found: GpPayable['state'] | null; written?: unknown } {
	const told = reader.ofKind('state', (value) => codeOf(TRANSACTION_STATES, value));
	const isOpen = posted || (isListRow && !reader.has('postedDate'));
	if (told.found !== 'unposted' || !isOpen) return told;
	const isNumber = /^\d+$/.test(text(reader.plain('state')) ?? '');
	// DCSTATUS, a column of GP's own, counts from 1.
	return isNumber && reader.member('dcstatus') === undefined ? { found: null } : told;
}

/** DISTTYPE of taPMDistribution. */
export const DISTRIBUTION_TYPES = codeList<DistributionType>({
	cash: ['1'],
	payable: ['2', 'PAY', 'Payables', 'Accounts Payable'],
	discountAvailable: ['3', 'AVAIL', 'Discounts Available', 'Terms Discount Available'],
	discountTaken: ['4', 'TAKEN', 'Discounts Taken', 'Terms Discount Taken'],
	financeCharge: ['5', 'FNCHG', 'FIN CHG', 'Finance Charges'],
	purchase: ['6', 'PURCH', 'Purchases'],
	tradeDiscount: ['7', 'TRADE', 'Trade Discounts'],
	miscellaneous: ['8', 'MISC', 'Miscellaneous Charge'],
	freight: ['9'],
	taxes: ['10', 'TAX'],
	writeOff: ['11', 'WRITE', 'Write Offs'],
	other: ['12'],
	gst: ['13', 'GST Distribution'],
	withholding: ['14', 'WH', 'PPS', 'PPS Amount'],
	unit: ['15'],
	round: ['16', 'Rounding'],
	realizedGain: ['17', 'REALIZED GAIN'],
	realizedLoss: ['18', 'REALIZED LOSS'],
	dueTo: ['19'],
	dueFrom: ['20'],
});

/** ACCTTYPE. */
export const ACCOUNT_TYPES = codeList<Exclude<GpAccount['type'], 'unknown'>>({
	posting: ['1', 'Posting Account', 'GLPostingAccount'],
	unit: ['2', 'Unit Account', 'GLUnitAccount'],
	postingAllocation: ['3', 'Posting Allocation', 'Fixed Allocation', 'Variable Allocation'],
	unitAllocation: ['4', 'Unit Allocation'],
});

/** PSTNGTYP. */
export const POSTING_TYPES = codeList<Exclude<GpAccount['postingType'], 'unknown'>>({
	balanceSheet: ['0', 'Balance Sheet', 'BS'],
	profitAndLoss: ['1', 'Profit and Loss', 'Profit & Loss', 'Profit Loss', 'P&L', 'PL'],
});

/** VENDSTTS. */
export const VENDOR_STATUSES = codeList<'active' | 'inactive' | 'temporary'>({
	active: ['1'],
	inactive: ['2'],
	temporary: ['3', 'One Time'],
});

/** What the normalisers of the three entities need beside the record itself. */
export interface RecordContext {
	moments: MomentSettings;
	accountSeparator: string;
	/** Database id of the GP company that is read. */
	companyId: string;
	/** A list row that is followed by its record: what it lacks says nothing yet. */
	summary: boolean;
	/** One of the states that are read: a summary that tells none must not be left out for it. */
	anyState: GpPayable['state'];
	/** What a field means that the record does not have; undefined: nobody knows. See field-maps.ts. */
	absent(field: string): string | undefined;
	/** A reader for one element of a list inside the record. */
	nested(list: 'addresses' | 'distributions' | 'taxes', raw: RawRecord): FieldReader;
	/** What stands for a tax id outside GP; undefined without a key. */
	taxIdMatch(taxId: unknown): string | undefined;
	/** The error for a record that cannot be used; `key` as far as it is known by then. */
	malformed(
		field: string,
		why: string,
		key?: string,
		more?: { remedy?: string; absent?: boolean },
	): GpRecordMalformed;
}

/**
 * What a field holds, null where the site does not tell; throws GpRecordMalformed when it tells
 * something this package does not know. Taken for the likeliest, a voided document would be a cost.
 */
export function refuseUnknown<Kind>(
	{ found, written }: { found: Kind | null; written?: unknown },
	label: string,
	context: RecordContext,
	key: string,
): Kind | null {
	if (found !== null || written === undefined) return found;
	throw context.malformed(label, `"${text(written) ?? ''}" is not known`, key);
}

/** A yes or no; null where the site does not tell. */
export function readFlag(
	reader: FieldReader,
	field: string,
	label: string,
	context: RecordContext,
	key: string,
): boolean | null {
	return refuseUnknown(reader.ofKind(field, flag), label, context, key);
}
