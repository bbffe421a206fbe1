import type { Entity } from '../../model/desired';
import {
	DOCUMENT_TYPE_NUMBERS,
	type GpPayable,
	type GpRecord,
	type IsoDate,
	type Stamp,
} from '../../model/gp-records';
import type { Decimal } from '../../model/money';
import type { ProbeResult } from '../probe';
import type { ProfileName } from '../profiles/site-profile';
import type { EntityReader } from '../reading/entity-reader';
import type { SecondLook } from '../reading/second-look';

/** One document applied to a payables document (PM10200, PM30300). */
export interface Applied {
	/** DOCTYPE of what was applied: 4 return, 5 credit memo, 6 payment. */
	documentType: number;
	voucher: string;
	/** Day it was applied; null where GP has none. */
	date: IsoDate | null;
}

/** Which payments and credits were applied to documents. */
export interface AppliedReader {
	/** By the keys of the documents; absent where GP keeps no such rows. Only what is posted. */
	to(
		documents: ReadonlyArray<Pick<GpPayable, 'key' | 'voucher' | 'documentType'>>,
	): Promise<Map<string, Applied[]>>;
}

/** What a vendor is paid for; returns and credit memos are applied, not paid. */
const PAYABLE_TYPES: ReadonlySet<GpPayable['documentType']> = new Set([
	'invoice',
	'financeCharge',
	'miscellaneousCharge',
]);

/**
 * Puts to payables the day they were paid in full, where the door tells what was applied to which
 * document. An open one is told to be unpaid, so that a date goes when its payment is voided; one GP
 * keeps no applications of gets no word.
 */
export async function withPaidDates(
	records: readonly GpRecord[],
	applied: AppliedReader | null,
): Promise<GpRecord[]> {
	const settled = records.filter(isPayable).filter(({ state }) => state === 'history');
	if (applied === null) return [...records];
	const rows = settled.length > 0 ? await applied.to(settled) : new Map<string, Applied[]>();
	return records.map((record) => {
		if (!isPayable(record)) return record;
		if (record.state === 'open') return { ...record, paidOn: null };
		const paidOn = paidOnOf(rows.get(record.key));
		return paidOn === undefined ? record : { ...record, paidOn };
	});
}

function isPayable(record: GpRecord): record is GpPayable {
	return record.kind === 'payable' && !record.voided && PAYABLE_TYPES.has(record.documentType);
}

/** The last day anything was applied; null where credits alone settled it, undefined where nobody knows. */
function paidOnOf(applied: readonly Applied[] | undefined): IsoDate | null | undefined {
	if (!applied) return undefined;
	if (!applied.some(({ documentType }) => documentType === DOCUMENT_TYPE_NUMBERS.payment))
		return null;
	const days = applied.map(({ date }) => date);
	return days.includes(null) ? undefined : (days as IsoDate[]).sort().at(-1);
}

/** Purchase documents this package can read where a door carries them. */
export type PurchaseKind = 'order' | 'receipt' | 'purchaseInvoice';

interface PurchaseDocumentBase {
	/** GP company database id. */
	company: string;
	/** PO number, or receipt number. */
	key: string;
	vendorId: string | null;
	/** Work: can still be changed; history: closed or posted. */
	state: 'work' | 'history';
	date: IsoDate | null;
	/** Orders: an instant in UTC. Receipts and invoices: a day of the server's calendar. */
	modified: Stamp | null;
	subtotal: Decimal | null;
}

export interface PurchaseOrderLine {
	/** ORD: 16384, 32768, … */
	line: number;
	account: string | null;
	description: string | null;
	quantity: Decimal | null;
	unitCost: Decimal | null;
	cost: Decimal | null;
	/** POP10110.JOBNUMBR: the only place of the contract that carries a job. */
	job: string | null;
	/** Project Accounting. */
	project: string | null;
	costCategory: string | null;
}

export interface PurchaseOrder extends PurchaseDocumentBase {
	kind: 'order';
	status: string | null;
	lines: PurchaseOrderLine[];
}

export interface PurchaseReceiptLine {
	line: number;
	order: { key: string; line: number } | null;
	/** The account that bears the cost. */
	account: string | null;
	description: string | null;
	quantity: Decimal | null;
	unitCost: Decimal | null;
	cost: Decimal | null;
	/** Account the receipt was accrued on (POP10500); null where the door does not tell. */
	accrualAccount: string | null;
	/** Of a job product, on the line itself or on that of its order; null where there is none. */
	job: string | null;
	costCode: string | null;
	costType: string | null;
	project: string | null;
	costCategory: string | null;
}

export interface PurchaseReceipt extends PurchaseDocumentBase {
	kind: 'receipt';
	vendorDocumentNumber: string | null;
	postingDate: IsoDate | null;
	lines: PurchaseReceiptLine[];
}

export interface PurchaseInvoiceLine {
	line: number;
	order: { key: string; line: number } | null;
	quantity: Decimal | null;
	unitCost: Decimal | null;
	cost: Decimal | null;
	/** Account of the price variance. */
	varianceAccount: string | null;
	/** Which receipt lines this line pays (POP10600). */
	receipts: Array<{
		key: string;
		line: number;
		quantity: Decimal | null;
		unitCost: Decimal | null;
		cost: Decimal | null;
		varianceAccount: string | null;
	}>;
}

export interface PurchaseInvoice extends PurchaseDocumentBase {
	kind: 'purchaseInvoice';
	vendorDocumentNumber: string | null;
	/** The payables document this invoice made. */
	voucher: string | null;
	postingDate: IsoDate | null;
	lines: PurchaseInvoiceLine[];
}

export type PurchaseDocument = PurchaseOrder | PurchaseReceipt | PurchaseInvoice;

/** One row of a list of purchase documents; lines come by key. */
export interface PurchaseRow {
	kind: PurchaseKind;
	key: string;
	vendorId: string | null;
	state: 'work' | 'history';
	date: IsoDate | null;
	/** Null on orders, and where the list does not tell. */
	vendorDocumentNumber: string | null;
	modified: Stamp | null;
}

/** What a payables document tells of the purchase invoice that made it. */
export type PaidDocument = Pick<GpPayable, 'key' | 'voucher' | 'vendorId' | 'documentNumber'>;

export interface PurchaseFilter {
	/** `YYYY-MM-DD` or an instant in UTC; receipts and invoices are stamped by day. */
	since?: Stamp | null;
	until?: Stamp | null;
	vendorId?: string;
}

export interface Purchasing {
	/** All rows in the order of their keys, work before history, each once; `notProven` says why one may be missing. */
	list(
		kind: PurchaseKind,
		filter?: PurchaseFilter,
	): Promise<{ rows: PurchaseRow[]; notProven: string | null }>;
	/** One document with its lines; throws GpPurchaseNotFound. */
	get(kind: PurchaseKind, key: string): Promise<PurchaseDocument>;
	/** Documents by their keys in canonical form; those that are not there are absent. */
	getMany(kind: PurchaseKind, keys: readonly string[]): Promise<Map<string, PurchaseDocument>>;
	/** The purchase invoices that made these payables documents, by the keys of those; absent where none did. */
	invoicesOf(documents: readonly PaidDocument[]): Promise<Map<string, PurchaseInvoice>>;
}

/** What a way into GP can tell, whatever the site behind it holds. */
export interface DoorCapabilities {
	/** Changes are told by a stamp; without one a stream is read whole and compared by content. */
	stamps: boolean;
	/** The server counts or adds up by itself, so that a list can be checked against a total. */
	totals: boolean;
	/** Purchase receipts, and the purchase invoices that pay them. */
	receipts: boolean;
	/** Purchase orders. */
	orders: boolean;
	/** Payments to vendors as documents of the payables stream. */
	payments: boolean;
	/** Which invoice a payment paid. */
	applied: boolean;
	/** Retainage held back on a payables document. */
	retainage: boolean;
	/** Everything else this door does not carry, in words a person understands. */
	lacks: readonly string[];
}

/**
 * One way into the books of one GP company. All doors give the same normalised records
 * (lib/model/gp-records.ts); what one cannot tell stands in its capabilities and is never made up.
 */
export interface Door {
	readonly name: ProfileName;
	readonly capabilities: DoorCapabilities;
	/**
	 * One of the streams that flow: `list` gives every row since a moment with the proof that none is
	 * missing, `complete` what a row lacks, `get` one record by its key. The keys of a stream are
	 * those of its list.
	 */
	stream(entity: Entity): EntityReader;
	/** Keys read a second time by another way than `stream`; absent where the door has none of its own. */
	secondLook?(entity: Entity): Promise<SecondLook>;
	/** Whether a key can be asked for at all: what a door does not list is not deleted because it is absent. */
	knows(entity: Entity, key: string): boolean;
	/** For a credential's Test button. */
	probe(): Promise<ProbeResult>;
	/** Orders, receipts and purchase invoices; null where the door has none. */
	readonly purchasing: Purchasing | null;
	/** What was applied to which document; null where the door does not tell. */
	readonly applied: AppliedReader | null;
}
