import { canonicalKey } from '../../../model/keys';
import { GpRecordMalformed } from '../../errors/gp-error';
import { GpPurchaseNotFound } from '../../errors/other-doors';
import type { RawRecord } from '../../normalise/field-reader';
import { amount, isoDate, stamp, text, type MomentSettings } from '../../normalise/values';
import { Pages, whyNotProven } from '../../reading/pages';
import { isWithin } from '../../reading/stamps';
import type {
	PurchaseDocument,
	PurchaseFilter,
	PurchaseInvoice,
	PurchaseKind,
	PurchaseOrderLine,
	PurchaseReceiptLine,
	PurchaseRow,
	Purchasing,
} from '../door';
import type { AskRows } from './ask-rows';
import type { RowsByValue } from './second-look';

/** POPTYPE: shipment, invoice, shipment with invoice; 4 to 8, returns and goods in transit, are another matter. */
const KIND_OF_TYPE: Record<string, PurchaseKind> = {
	1: 'receipt',
	2: 'purchaseInvoice',
	3: 'purchaseInvoice',
};
const NAMES: Record<PurchaseKind, string> = {
	order: 'purchase order',
	receipt: 'purchase receipt',
	purchaseInvoice: 'purchase invoice',
};
/** POSTATUS. */
const STATUSES = ['New', 'Released', 'Change Order', 'Received', 'Closed', 'Canceled'];
/** VOIDSTTS. */
const VOIDED = '1';
/** Product_Indicator of a line that belongs to a job. */
const JOB_COST = '2';

/** Orders, receipts and purchase invoices by the views of sql/gp-views.sql. */
export function createRowsPurchasing(services: {
	ask: AskRows;
	byValue: RowsByValue;
	company: string;
	moments: MomentSettings;
	mustBeCompany(): Promise<void>;
}): Purchasing {
	const { ask, byValue, company } = services;

	function head(kind: PurchaseKind, raw: RawRecord): PurchaseRow {
		const key = text(kind === 'order' ? raw.PONUMBER : raw.POPRCTNM) ?? '';
		const granularity = kind === 'order' ? ('dateTime' as const) : ('date' as const);
		const day = isoDate(raw.DOCDATE, services.moments);
		const modified = stamp(raw.ModifiedDate, { ...services.moments, granularity });
		if (day === undefined || modified === undefined)
			throw new GpRecordMalformed({}, `a date of ${NAMES[kind]} ${key}`, 'cannot be read');
		const state = text(raw.STATE);
		if (state !== 'work' && state !== 'history')
			throw new GpRecordMalformed(
				{},
				`the state of ${NAMES[kind]} ${key}`,
				`"${state}" is not known`,
			);
		return {
			kind,
			key,
			vendorId: text(raw.VENDORID),
			state,
			date: day,
			vendorDocumentNumber: text(raw.VNDDOCNM),
			modified,
		};
	}

	/** Null: a return, or one that was voided and pays nothing any more. */
	function kindOf(raw: RawRecord): PurchaseKind | null {
		const [type, voided] = [text(raw.POPTYPE) ?? '', text(raw.VOIDSTTS) ?? ''];
		const refuse = (what: string, value: string, known: string) =>
			new GpRecordMalformed(
				{},
				`${what} of receipt ${text(raw.POPRCTNM) ?? '(no number)'}`,
				`"${value}" is none of ${known}`,
			);
		if (!/^[1-8]$/.test(type)) throw refuse('the type', type, '1 to 8');
		if (!/^[01]$/.test(voided)) throw refuse('the void status', voided, '0 and 1');
		return voided === VOIDED ? null : (KIND_OF_TYPE[type] ?? null);
	}

	/** Documents of their header rows, each with its lines. */
	async function withLines(
		kind: PurchaseKind,
		heads: readonly RawRecord[],
	): Promise<PurchaseDocument[]> {
		const number = kind === 'order' ? 'PONUMBER' : 'POPRCTNM';
		const keys = heads.map((raw) => text(raw[number]) ?? '');
		const lines = await byValue(kind === 'order' ? 'orderLine' : 'receiptLine', number, keys);
		const paid =
			kind === 'purchaseInvoice'
				? await byValue('invoiceReceipt', 'POPIVCNO', keys)
				: new Map<string, RawRecord[]>();
		return heads.map((raw) => {
			const { vendorDocumentNumber, ...first } = head(kind, raw);
			const key = canonicalKey(first.key);
			const own = lines.get(key) ?? [];
			const common = { company, ...first, subtotal: amount(raw.SUBTOTAL) };
			if (kind === 'order') {
				const status = STATUSES[Number(text(raw.POSTATUS)) - 1] ?? null;
				return { ...common, status, lines: own.map(orderLine) } as PurchaseDocument;
			}
			const posted = {
				vendorDocumentNumber,
				postingDate: isoDate(raw.GLPOSTDT, services.moments) ?? null,
			};
			if (kind === 'receipt')
				return { ...common, ...posted, lines: own.map(receiptLine) } as PurchaseDocument;
			return {
				...common,
				...posted,
				voucher: text(raw.VCHRNMBR),
				lines: own.map((line) => invoiceLine(line, paid.get(key) ?? [])),
			} as PurchaseDocument;
		});
	}

	async function getMany(
		kind: PurchaseKind,
		keys: readonly string[],
	): Promise<Map<string, PurchaseDocument>> {
		const heads =
			kind === 'order'
				? await byValue('order', 'PONUMBER', keys)
				: await byValue('receipt', 'POPRCTNM', keys);
		const own = [...heads.values()]
			.map((rows) => rows[0]!)
			.filter((raw) => kind === 'order' || kindOf(raw) === kind);
		const documents = await withLines(kind, own);
		return new Map(documents.map((document) => [canonicalKey(document.key), document]));
	}

	return {
		getMany,

		async list(kind, filter: PurchaseFilter = {}) {
			await services.mustBeCompany();
			const rows = new Map<string, PurchaseRow>();
			const name = kind === 'order' ? 'order' : 'receipt';
			const pages = new Pages(ask(name, { since: filter.since ?? null, window: 20_000 }, {}));
			for await (const page of pages)
				for (const raw of page) {
					if (kind !== 'order' && kindOf(raw) !== kind) continue;
					const row = head(kind, raw);
					if (isWanted(row, filter)) rows.set(row.key, row);
				}
			return { rows: [...rows.values()], notProven: whyNotProven(pages.end!) };
		},

		async get(kind, key) {
			const found = (await getMany(kind, [key])).get(canonicalKey(key));
			if (!found) throw new GpPurchaseNotFound(NAMES[kind], key, 'another workflow');
			return found;
		},

		async invoicesOf(documents) {
			const vouchers = documents.map(({ voucher }) => voucher);
			const heads = [...(await byValue('receipt', 'VCHRNMBR', vouchers)).values()]
				.flat()
				.filter((raw) => kindOf(raw) === 'purchaseInvoice');
			const invoices = (await withLines('purchaseInvoice', heads)) as PurchaseInvoice[];
			const keys = new Map(documents.map(({ voucher, key }) => [canonicalKey(voucher), key]));
			return new Map(
				invoices.flatMap((invoice) => {
					const key = keys.get(canonicalKey(invoice.voucher));
					return key === undefined ? [] : [[key, invoice] as const];
				}),
			);
		},
	};
}

function isWanted(row: PurchaseRow, filter: PurchaseFilter): boolean {
	const { vendorId } = filter;
	if (vendorId !== undefined && canonicalKey(row.vendorId) !== canonicalKey(vendorId)) return false;
	return isWithin(row.modified, filter);
}

/** Job, cost code and cost type where the line is one of job cost, whichever product keeps them so. */
function jobOf(raw: RawRecord) {
	const isJob = text(raw.Product_Indicator) === JOB_COST;
	const costType = text(raw.COSTTYPE);
	return {
		job: isJob ? text(raw.JOBNUMBR) : null,
		costCode: isJob ? text(raw.COSTCODE) : null,
		costType: isJob && costType !== '0' ? costType : null,
		project: text(raw.ProjNum),
		costCategory: text(raw.CostCatID),
	};
}

function orderLine(raw: RawRecord): PurchaseOrderLine {
	const { costCode: _code, costType: _type, ...job } = jobOf(raw);
	return {
		line: Number(text(raw.ORD)),
		account: text(raw.ACTNUMST),
		description: text(raw.ITEMDESC),
		quantity: amount(raw.QTYORDER),
		unitCost: amount(raw.UNITCOST),
		cost: amount(raw.EXTDCOST),
		...job,
	};
}

function placeOf(raw: RawRecord): { key: string; line: number } | null {
	const key = text(raw.PONUMBER);
	return key === null ? null : { key, line: Number(text(raw.POLNENUM)) };
}

function receiptLine(raw: RawRecord): PurchaseReceiptLine {
	return {
		line: Number(text(raw.RCPTLNNM)),
		order: placeOf(raw),
		account: text(raw.ACTNUMST),
		description: text(raw.ITEMDESC),
		quantity: amount(raw.QTYSHPPD),
		unitCost: amount(raw.UNITCOST),
		cost: amount(raw.EXTDCOST),
		accrualAccount: text(raw.ACCRUAL),
		...jobOf(raw),
	};
}

function invoiceLine(raw: RawRecord, paid: readonly RawRecord[]): PurchaseInvoice['lines'][number] {
	const line = Number(text(raw.RCPTLNNM));
	return {
		line,
		order: placeOf(raw),
		quantity: amount(raw.QTYINVCD),
		unitCost: amount(raw.UNITCOST),
		cost: amount(raw.EXTDCOST),
		varianceAccount: text(raw.VARIANCE),
		receipts: paid
			.filter((row) => Number(text(row.IVCLINNO)) === line)
			.map((row) => ({
				key: text(row.POPRCTNM) ?? '',
				line: Number(text(row.RCPTLNNM)),
				quantity: amount(row.QTYINVCD),
				unitCost: amount(row.ORUNTCST),
				cost: amount(row.RCPTCOST),
				varianceAccount: text(row.VARIANCE),
			})),
	};
}
