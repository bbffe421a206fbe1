import type { Entity } from '../../../model/desired';
import type { GpPayable } from '../../../model/gp-records';

/** Type of a key column: a parameter is cast to it, or SQL Server converts the column and its index is of no use. */
export type KeyType = 'int' | 'smallint' | `char(${number})`;

export interface KeyColumn {
	column: string;
	type: KeyType;
}

/** Rows a source can be asked for; in SQL each is a view of sql/gp-views.sql. */
export interface RowSet {
	view: string;
	columns: readonly string[];
	/** Unique, and the order in which rows are read. */
	key: readonly KeyColumn[];
	/** Column the change is told by, null where there is none: read whole. */
	changed: 'CHANGED' | null;
	/** Columns rows may be asked for by. */
	by: readonly KeyColumn[];
	/** One key may come twice: from work and history while it moves, or of several job lines. Absent: a fault of the source. */
	repeats?: true;
}

const DATES = ['DOCDATE', 'PSTGDATE', 'DUEDATE', 'POSTEDDT'];
const AMOUNTS = ['DOCAMNT', 'PRCHAMNT', 'TRDISAMT', 'FRTAMNT', 'MSCCHAMT', 'TAXAMNT', 'RETNAGAM'];
const DOCUMENT = [
	...['DOCTYPE', 'VCHRNMBR', 'TransactionState', 'VENDORID', 'VENDNAME', 'DOCNUMBR', ...DATES],
	...['TRXDSCRN', 'PORDNMBR', 'BACHNUMB', 'PYMTRMID', 'CURNCYID', ...AMOUNTS, 'ICTRX'],
];
const DISTRIBUTION = [
	...['VCHRNMBR', 'CNTRLTYP', 'DEX_ROW_ID', 'DSTSQNUM', 'APTVCHNM', 'SPCLDIST', 'DISTTYPE'],
	...['DSTINDX', 'ACTNUMST', 'DEBITAMT', 'CRDTAMNT', 'DistRef'],
];
const TAX = ['VCHRNMBR', 'DOCTYPE', 'DEX_ROW_ID', 'TAXDTLID', 'ACTNUMST', 'TAXAMNT'];
const JOB = ['Product_Indicator', 'JOBNUMBR', 'COSTCODE', 'COSTTYPE', 'ProjNum', 'CostCatID'];

const rowId: KeyColumn = { column: 'DEX_ROW_ID', type: 'int' };
/** With which the key of documents begins. */
export const TYPE_COLUMN = { column: 'DOCTYPE', type: 'smallint' } as const satisfies KeyColumn;
const voucher: KeyColumn = { column: 'VCHRNMBR', type: 'char(21)' };
const vendorId: KeyColumn = { column: 'VENDORID', type: 'char(15)' };
const receiptNumber: KeyColumn = { column: 'POPRCTNM', type: 'char(17)' };
const orderNumber: KeyColumn = { column: 'PONUMBER', type: 'char(17)' };

/** Rows of one table that belong to a record of another: asked for by that record's number. */
const linesOf = (
	view: string,
	columns: readonly string[],
	by: KeyColumn,
	repeats?: 'repeats',
): RowSet => ({
	view,
	columns,
	key: [by, rowId],
	changed: null,
	by: [by],
	...(repeats ? { repeats: true } : {}),
});

const documents = (view: string, number: KeyColumn, columns: readonly string[]): RowSet => ({
	view,
	columns: [...DOCUMENT, ...columns, 'ModifiedDate'],
	key: [TYPE_COLUMN, number],
	changed: 'CHANGED',
	by: [number],
});

export const ROW_SETS = {
	company: {
		view: 'gpp_company',
		columns: ['INTERID'],
		key: [{ column: 'INTERID', type: 'char(5)' }],
		changed: null,
		by: [],
	},
	vendor: {
		view: 'gpp_vendor',
		columns: [
			...['VENDORID', 'VENDNAME', 'VENDSHNM', 'VNDCLSID', 'VENDSTTS', 'HOLD', 'PYMTRMID'],
			...['CURNCYID', 'TXIDNMBR', 'VADDCDPR', 'ModifiedDate'],
		],
		key: [vendorId],
		changed: 'CHANGED',
		by: [vendorId],
	},
	vendorAddress: linesOf(
		'gpp_vendor_address',
		[
			...['VENDORID', 'DEX_ROW_ID', 'ADRSCODE', 'VNDCNTCT', 'ADDRESS1', 'ADDRESS2', 'ADDRESS3'],
			...['CITY', 'STATE', 'ZIPCODE', 'COUNTRY', 'CCode', 'PHNUMBR1', 'PHNUMBR2', 'FAXNUMBR'],
			...['Email', 'INET1', 'INET2'],
		],
		vendorId,
	),
	account: {
		view: 'gpp_account',
		columns: [
			...['ACTINDX', 'ACTNUMST', 'ACTDESCR', 'ACTALIAS', 'ACCATDSC', 'ACCTTYPE', 'PSTNGTYP'],
			...['ACTIVE', 'ModifiedDate'],
		],
		key: [{ column: 'ACTINDX', type: 'int' }],
		changed: 'CHANGED',
		by: [{ column: 'ACTNUMST', type: 'char(129)' }],
	},
	register: linesOf('gpp_register', ['CNTRLNUM', 'CNTRLTYP', 'DOCTYPE', 'DCSTATUS', 'DEX_ROW_ID'], {
		column: 'CNTRLNUM',
		type: 'char(21)',
	}),
	payableWork: documents('gpp_payable_work', { column: 'VCHRNMBR', type: 'char(17)' }, ['ICDISTS']),
	payableOpen: documents('gpp_payable_open', voucher, ['PONUMBER', 'VOIDED']),
	payableHistory: documents('gpp_payable_history', voucher, ['PONUMBER', 'VOIDED']),
	distributionOpen: linesOf('gpp_distribution_open', [...DISTRIBUTION, 'INTERID'], voucher),
	distributionHistory: linesOf('gpp_distribution_history', DISTRIBUTION, voucher),
	distributionJob: linesOf(
		'gpp_distribution_job',
		[
			...['VCHRNMBR', 'CNTRLTYP', 'DEX_ROW_ID', 'DSTSQNUM', 'DSTINDX'],
			...['JOB', 'COSTCODE', 'COSTTYPE', 'AMOUNT'],
		],
		voucher,
		'repeats',
	),
	taxOpen: linesOf('gpp_tax_open', TAX, voucher),
	taxHistory: linesOf('gpp_tax_history', TAX, voucher),
	order: {
		view: 'gpp_order',
		columns: ['PONUMBER', 'STATE', 'VENDORID', 'DOCDATE', 'POSTATUS', 'SUBTOTAL', 'ModifiedDate'],
		key: [orderNumber],
		changed: 'CHANGED',
		by: [orderNumber],
		repeats: true,
	},
	orderLine: {
		view: 'gpp_order_line',
		columns: [
			...['PONUMBER', 'ORD', 'BRKFLD1', 'ITEMDESC', 'ACTNUMST', 'QTYORDER', 'UNITCOST', 'EXTDCOST'],
			...JOB,
		],
		key: [orderNumber, { column: 'ORD', type: 'int' }, { column: 'BRKFLD1', type: 'smallint' }],
		changed: null,
		by: [orderNumber],
		repeats: true,
	},
	receipt: {
		view: 'gpp_receipt',
		columns: [
			...['POPRCTNM', 'STATE', 'POPTYPE', 'VNDDOCNM', 'VENDORID', 'VCHRNMBR', 'DOCDATE'],
			...['GLPOSTDT', 'SUBTOTAL', 'VOIDSTTS', 'ModifiedDate'],
		],
		key: [receiptNumber],
		changed: 'CHANGED',
		by: [receiptNumber, { column: 'VCHRNMBR', type: 'char(21)' }],
		repeats: true,
	},
	receiptLine: {
		view: 'gpp_receipt_line',
		columns: [
			...['POPRCTNM', 'RCPTLNNM', 'PONUMBER', 'POLNENUM', 'ITEMDESC', 'ACTNUMST', 'VARIANCE'],
			...['ACCRUAL', 'QTYSHPPD', 'QTYINVCD', 'UNITCOST', 'EXTDCOST', ...JOB],
		],
		key: [receiptNumber, { column: 'RCPTLNNM', type: 'int' }],
		changed: null,
		by: [receiptNumber],
		repeats: true,
	},
	invoiceReceipt: {
		view: 'gpp_invoice_receipt',
		columns: [
			...['POPIVCNO', 'IVCLINNO', 'POPRCTNM', 'RCPTLNNM', 'LCLINENUMBER', 'QTYINVCD', 'ORUNTCST'],
			...['RCPTCOST', 'PPVTotal', 'VARIANCE'],
		],
		key: [
			{ column: 'POPIVCNO', type: 'char(17)' },
			{ column: 'IVCLINNO', type: 'int' },
			receiptNumber,
			{ column: 'RCPTLNNM', type: 'int' },
			{ column: 'LCLINENUMBER', type: 'int' },
		],
		changed: null,
		by: [{ column: 'POPIVCNO', type: 'char(17)' }],
	},
	paymentApplied: {
		view: 'gpp_payment_applied',
		columns: [
			...['APTVCHNM', 'APTODCTY', 'VCHRNMBR', 'DOCTYPE', 'APFRDCNM', 'APPLDAMT', 'DISTKNAM'],
			...['WROFAMNT', 'APPLIED'],
		],
		key: [
			{ column: 'APTVCHNM', type: 'char(21)' },
			{ column: 'APTODCTY', type: 'smallint' },
			voucher,
			{ column: 'DOCTYPE', type: 'smallint' },
		],
		changed: null,
		by: [{ column: 'APTVCHNM', type: 'char(21)' }],
	},
} as const satisfies Record<string, RowSet>;

export type RowSetName = keyof typeof ROW_SETS;

/** Where the rows of this name stand, and by what they are asked for. */
export function rowSet(name: RowSetName): RowSet {
	return ROW_SETS[name];
}

/** Columns that hold days, and none a time: a driver may give them as instants. */
export const DAY_COLUMNS: ReadonlySet<string> = new Set(
	[...DATES, 'GLPOSTDT', 'APPLIED'].map((name) => name.toLowerCase()),
);

/** A list of a stream with the lists of lines that belong to its rows. */
export interface RowList {
	rows: RowSetName;
	state: GpPayable['state'] | null;
	/** Large, and its stamp without an index: gone through in windows of its key. */
	windows: boolean;
	/** Member of the record that takes the lines, and where they stand. */
	lines: Readonly<Record<string, RowSetName>>;
}

const openLines = { Distributions: 'distributionOpen', Taxes: 'taxOpen' } as const;

/** In the direction in which documents move, so that one on its way is met twice, never missed. */
const LISTS: Partial<Record<Entity, readonly RowList[]>> = {
	vendor: [{ rows: 'vendor', state: null, windows: false, lines: { Addresses: 'vendorAddress' } }],
	account: [{ rows: 'account', state: null, windows: false, lines: {} }],
	payable: [
		{ rows: 'payableWork', state: 'unposted', windows: false, lines: openLines },
		{ rows: 'payableOpen', state: 'open', windows: false, lines: openLines },
		{
			rows: 'payableHistory',
			state: 'history',
			windows: true,
			lines: { Distributions: 'distributionHistory', Taxes: 'taxHistory' },
		},
	],
};

/** The lists to be read for an entity, of payables those of the states wanted. */
export function rowListsOf(
	entity: Entity,
	states: ReadonlyArray<GpPayable['state']>,
): readonly RowList[] {
	return (LISTS[entity] ?? []).filter(({ state }) => state === null || states.includes(state));
}

/** A value of a key: text, or a whole number. */
export type KeyValue = string | number;

/** What a workflow that gives rows of GP is asked for: one item. */
export interface RowRequest {
	/** To be given back with the answer, so that an answer of nothing is known to be one. */
	request: string;
	/** Database id of the GP company; a source that holds another one has to fail. */
	company: string;
	/** Which rows, see ROW_SETS. */
	rows: RowSetName;
	/** Columns every row has to have, by name without case; a value may be null. */
	columns: readonly string[];
	/** Columns of the key: rows come in its order. */
	key: readonly string[];
	/** Only rows after this key; null from the beginning. */
	after: readonly KeyValue[] | null;
	/** Only rows changed at or after this moment in UTC; null: all. */
	since: string | null;
	/**
	 * Only rows whose column has one of these values; null: all. `types`: of documents, their types (DOCTYPE), with which
	 * the database finds them by their key; a source may give those of other types as well.
	 */
	only: { column: string; values: readonly KeyValue[]; types?: readonly number[] } | null;
	/** Most rows of one answer. */
	limit: number;
	/** Most rows of the table to go through in search of changed ones; the last of them is given whatever it says. */
	window: number;
	/**
	 * Only of the second look. `backward`: rows in the opposite order of the key, `after` meaning those
	 * before it. `count`: one row with GPP_TOTAL, how many rows there are; a source may leave that
	 * unanswered. Absent: forward.
	 */
	look?: 'backward' | 'count';
}

/**
 * Calls the workflow; resolves with the items its last node gave. There is to be one, with `request` as it was
 * asked and `rows` in the order of the key: fewer than `limit` are no sign of an end, none are.
 */
export type RowSource = (request: RowRequest, signal?: AbortSignal) => Promise<unknown[]>;
