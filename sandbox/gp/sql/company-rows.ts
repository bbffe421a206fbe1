import type { Company } from '../company/company';
import type { CompanyDocument } from '../company/types';
import { fromUnits, sum, toUnits } from '../company/amounts';
import { TABLES } from '../server/odata-tables';
import { changeSwitches, DEFAULT_SWITCHES } from '../server/switches';
import { WireValues } from '../server/wire-values';

export type SqlRow = Record<string, unknown>;

/** As the tables hold it: amounts exact, intercompany lines marked until they go to history. */
const STORED = changeSwitches(DEFAULT_SWITCHES, { moneyFormat: 'text', trailingBlanks: false });
const EMPTY_DATE = '1900-01-01';
/** Address rows are older than their vendor: a change of the vendor is told by its own stamp. */
const OLD_STAMP = '2020-01-01T00:00:00.000';

/** Rows of every table of the company database, as they stand now. */
export function companyRows(company: Company): Record<string, SqlRow[]> {
	const values = new WireValues(STORED);
	const shared = Object.fromEntries(
		Object.entries(TABLES).map(([name, rows]) => [name, rows(company, values, STORED)]),
	) as Record<string, SqlRow[]>;
	const documents = [...company.documents.values()];
	return {
		...shared,
		PM00300: shared.PM00300!.map((row) => ({ ...row, DEX_ROW_TS: OLD_STAMP })),
		SY01200: [...company.vendors.values()].flatMap(({ vendorId, addresses }) =>
			addresses.map(({ addressId, email, website }) => ({
				Master_Type: 'VEN',
				Master_ID: vendorId,
				ADRSCODE: addressId,
				INET1: email,
				INET2: website,
				DEX_ROW_TS: OLD_STAMP,
			})),
		),
		PM10000: shared.PM10000!.map((row) => ({ ...row, BCHSOURC: 'PM_Trxent', ICDISTS: row.ICTRX })),
		PM00400: documents.map(registered),
		PM10200: documents.filter(({ state }) => state === 'open').flatMap(appliedTo),
		PM30300: documents.filter(({ state }) => state === 'history').flatMap(appliedTo),
		...purchaseRows(company),
	};
}

function registered(document: CompanyDocument): SqlRow {
	return {
		CNTRLTYP: document.documentType === 6 ? 1 : 0,
		CNTRLNUM: document.voucher,
		DCSTATUS: { work: 1, open: 2, history: 3 }[document.state],
		DOCTYPE: document.documentType,
		VENDORID: document.vendorId,
		DOCNUMBR: document.documentNumber,
		DOCDATE: document.documentDate ?? EMPTY_DATE,
	};
}

/** Documents that reduce what is owed are applied to others, and nothing to them. */
const OWED = new Set([1, 2, 3]);

function appliedTo(document: CompanyDocument): SqlRow[] {
	const { documentType, voucher, voided, state, modified, amounts } = document;
	if (voided || !OWED.has(documentType)) return [];
	const wholly = {
		documentType: 6,
		voucher: `P${voucher.slice(1)}`,
		date: modified.slice(0, 10),
		amount: amounts.document,
	};
	return (document.applied ?? (state === 'history' ? [wholly] : [])).map((row) => ({
		APTVCHNM: voucher,
		APTODCTY: documentType,
		VCHRNMBR: row.voucher,
		DOCTYPE: row.documentType,
		VENDORID: document.vendorId,
		APPLDAMT: row.amount,
		DATE1: row.date,
		GLPOSTDT: row.date,
		POSTED: 1,
	}));
}

const STATUSES = { Released: 2, Received: 4, Closed: 5 } as const;
const SHIPMENT = 1;
const INVOICE = 2;
const JOB_COST = 2;

function purchaseRows(company: Company): Record<string, SqlRow[]> {
	const { orders, receipts, invoices } = company.purchases;
	const index = (account: string) => company.accounts.get(account)?.index ?? 0;
	const total = (lines: ReadonlyArray<{ cost: string }>) => sum(lines.map(({ cost }) => cost));
	const jobs = new Map(
		[...orders.values()].flatMap((order) =>
			order.lines.map((line) => [`${order.number} ${line.line}`, line.job] as const),
		),
	);
	/** What a unit was received at. */
	const unitCosts = new Map(
		[...receipts.values()].flatMap((receipt) =>
			receipt.lines.map((line) => [`${receipt.number} ${line.line}`, line.unitCost] as const),
		),
	);
	const jobOf = (order: { number: string; line: number }) => {
		const job = jobs.get(`${order.number} ${order.line}`) ?? '';
		return { JOBNUMBR: job, Product_Indicator: job === '' ? 1 : JOB_COST };
	};
	const inState = <Row extends { state: 'work' | 'history' }>(
		rows: Iterable<Row>,
		state: Row['state'],
	) => [...rows].filter((row) => row.state === state);
	const order = (state: 'work' | 'history') => inState(orders.values(), state);
	const head = (
		row: {
			number: string;
			vendorId: string;
			vendorDocumentNumber: string;
			date: string | null;
			postingDate: string | null;
			modified: string;
			lines: ReadonlyArray<{ cost: string }>;
		},
		type: number,
		voucher: string,
	): SqlRow => ({
		POPRCTNM: row.number,
		POPTYPE: type,
		VNDDOCNM: row.vendorDocumentNumber,
		VENDORID: row.vendorId,
		VCHRNMBR: voucher,
		receiptdate: row.date ?? EMPTY_DATE,
		GLPOSTDT: row.postingDate ?? EMPTY_DATE,
		MODIFDT: row.modified.slice(0, 10),
		SUBTOTAL: total(row.lines),
	});
	const heads = (state: 'work' | 'history') => [
		...inState(receipts.values(), state).map((row) => head(row, SHIPMENT, '')),
		...inState(invoices.values(), state).map((row) => head(row, INVOICE, row.voucher)),
	];
	const lines = (state: 'work' | 'history') => [
		...inState(receipts.values(), state).flatMap((receipt) =>
			receipt.lines.map((line) => ({
				POPRCTNM: receipt.number,
				RCPTLNNM: line.line,
				PONUMBER: line.order.number,
				ITEMDESC: line.description,
				INVINDX: index(line.account),
				UNITCOST: line.unitCost,
				EXTDCOST: line.cost,
				...jobOf(line.order),
			})),
		),
		...inState(invoices.values(), state).flatMap((invoice) =>
			invoice.lines.map((line) => ({
				POPRCTNM: invoice.number,
				RCPTLNNM: line.line,
				PONUMBER: line.order.number,
				UNITCOST: line.unitCost,
				EXTDCOST: line.cost,
				...jobOf(line.order),
			})),
		),
	];
	const orderRows = (state: 'work' | 'history') =>
		order(state).map((row) => ({
			PONUMBER: row.number,
			VENDORID: row.vendorId,
			POSTATUS: STATUSES[row.status],
			POTYPE: 1,
			DOCDATE: row.date ?? EMPTY_DATE,
			MODIFDT: row.modified.slice(0, 10),
			DEX_ROW_TS: row.modified,
			SUBTOTAL: total(row.lines),
		}));
	const orderLines = (state: 'work' | 'history') =>
		order(state).flatMap((row) =>
			row.lines.map((line) => ({
				PONUMBER: row.number,
				ORD: line.line,
				ITEMDESC: line.description,
				INVINDX: index(line.account),
				QTYORDER: line.quantity,
				UNITCOST: line.unitCost,
				EXTDCOST: line.cost,
				...jobOf({ number: row.number, line: line.line }),
				DEX_ROW_TS: row.modified,
			})),
		);
	return {
		POP10100: orderRows('work'),
		POP30100: orderRows('history'),
		POP10110: orderLines('work'),
		POP30110: orderLines('history'),
		POP10300: heads('work'),
		POP30300: heads('history'),
		POP10310: lines('work'),
		POP30310: lines('history'),
		POP10500: [...receipts.values()].flatMap((receipt) =>
			receipt.lines.map((line) => ({
				PONUMBER: line.order.number,
				POLNENUM: line.order.line,
				POPRCTNM: receipt.number,
				RCPTLNNM: line.line,
				QTYSHPPD: line.quantity,
				OREXTCST: line.cost,
				INVINDX: index(line.account),
				DATERECD: receipt.date ?? EMPTY_DATE,
				POPTYPE: SHIPMENT,
			})),
		),
		POP10600: [...invoices.values()].flatMap((invoice) =>
			invoice.lines.map((line) => ({
				POPIVCNO: invoice.number,
				IVCLINNO: line.line,
				POPRCTNM: line.receipt.number,
				RCPTLNNM: line.receipt.line,
				QTYINVCD: line.quantity,
				ORUNTCST: unitCosts.get(`${line.receipt.number} ${line.receipt.line}`) ?? line.unitCost,
				RCPTCOST: line.receiptCost,
				PPVTotal: fromUnits(toUnits(line.cost) - toUnits(line.receiptCost)),
			})),
		),
	};
}
