import { GpPurchaseNotFound } from '../../errors/other-doors';
import { GpRecordMalformed } from '../../errors/gp-error';
import { GpRecordNotFound } from '../../errors/refusals';
import type { RawRecord } from '../../normalise/field-reader';
import { isoDate, stamp, text, type MomentSettings } from '../../normalise/values';
import { isWithin } from '../../reading/stamps';
import type { IsoDate, Stamp } from '../../../model/gp-records';
import type {
	PaidDocument,
	PurchaseDocument,
	PurchaseFilter,
	PurchaseInvoice,
	PurchaseKind,
	PurchaseOrder,
	PurchaseReceipt,
	PurchaseRow,
	Purchasing,
} from '../door';
import { canonicalKey, sameGpKey } from '../../../model/keys';
import { Pages, whyNotProven } from '../../reading/pages';
import type { SoapCall } from './call';
import { element, listRestriction, momentRestriction, rowsIn, textRestriction } from './envelope';
import { idOf, lineKey, money, placeOf, receiptPaid } from './raw-records';
import { readByKeyset, type KeyRange, UnreadableRange } from './keyset';

interface Operations {
	list: string;
	byKey: string;
	/** How a person calls it. */
	name: string;
	/** DEX_ROW_TS, an instant; or MODIFDT, a day of the server's calendar. */
	stamps: 'dateTime' | 'date';
	criteria(range: KeyRange, state: string, filter: PurchaseFilter): string;
}

const ids = ({ after, upTo }: KeyRange): string =>
	after === null && upTo === null
		? ''
		: textRestriction('Id', {
				...(after === null ? {} : { greaterThan: after }),
				...(upTo === null ? {} : { to: upTo }),
			});
const states = (state: string) =>
	listRestriction('TransactionState', 'PurchaseTransactionState', [state]);
const vendor = ({ vendorId }: PurchaseFilter) =>
	vendorId === undefined ? '' : textRestriction('VendorId', { equal: vendorId });

/** A receipt changed on a day is found by the day; the service compares days of its own calendar. */
const byDay = (filter: PurchaseFilter) => ({
	since: shiftedDay(filter.since, -1),
	until: shiftedDay(filter.until, 1),
});

/** A day more on either side: whether the server reads a bound in UTC or in its own zone is not documented. */
function shiftedDay(stamp: Stamp | null | undefined, days: number): IsoDate | null {
	if (!stamp) return null;
	return new Date(Date.parse(`${stamp.slice(0, 10)}T00:00:00Z`) + days * 86_400_000)
		.toISOString()
		.slice(0, 10);
}

const receiptCriteria: Operations['criteria'] = (range, state, filter) =>
	`<criteria>${states(state)}${ids(range)}${vendor(filter)}${momentRestriction('ModifiedDate', byDay(filter))}</criteria>`;

const OPERATIONS: Record<PurchaseKind, Operations> = {
	order: {
		list: 'GetPurchaseOrderList',
		byKey: 'GetPurchaseOrderByKey',
		name: 'purchase order',
		stamps: 'dateTime',
		criteria: (range, state, filter) =>
			`<criteria>${states(state)}${ids(range)}${vendor(filter)}${momentRestriction('ModifiedDate', filter)}<Scope>Return All</Scope></criteria>`,
	},
	receipt: {
		list: 'GetPurchaseReceiptList',
		byKey: 'GetPurchaseReceiptByKey',
		name: 'purchase receipt',
		stamps: 'date',
		criteria: receiptCriteria,
	},
	purchaseInvoice: {
		list: 'GetPurchaseInvoiceList',
		byKey: 'GetPurchaseInvoiceByKey',
		name: 'purchase invoice',
		stamps: 'date',
		criteria: receiptCriteria,
	},
};

/** Purchase orders, receipts and purchase invoices over the Web Services. */
export function createPurchasing(services: {
	call: SoapCall;
	address: string;
	company: string;
	moments: MomentSettings;
}): Purchasing {
	const { call, company } = services;
	const moments = (kind: PurchaseKind): MomentSettings => ({
		...services.moments,
		granularity: OPERATIONS[kind].stamps,
	});

	/** What a row of a list and a document have in common. */
	function head(kind: PurchaseKind, raw: RawRecord): PurchaseRow {
		const key = idOf(raw.Key);
		const day = isoDate(raw.Date, services.moments);
		const modified = stamp(raw.ModifiedDate, moments(kind));
		const state = text(raw.TransactionState);
		const refuse = (field: string, value: unknown) =>
			new GpRecordMalformed(
				{ address: services.address },
				`${field} of ${OPERATIONS[kind].name} ${key ?? '(no number)'}`,
				`"${text(value) ?? ''}" cannot be read`,
			);
		if (key === null) throw refuse('the number', raw.Key);
		if (day === undefined) throw refuse('the date', raw.Date);
		if (modified === undefined) throw refuse('the change stamp', raw.ModifiedDate);
		if (state !== 'Work' && state !== 'History') throw refuse('the state', state);
		return {
			kind,
			key,
			vendorId: idOf(raw.VendorKey),
			state: state === 'Work' ? 'work' : 'history',
			date: day,
			vendorDocumentNumber: text(raw.VendorDocumentNumber),
			modified,
		};
	}

	async function get(kind: PurchaseKind, key: string): Promise<PurchaseDocument> {
		const { byKey, name } = OPERATIONS[kind];
		let raw: RawRecord | null;
		try {
			// The key makes "not found" a fault of this document.
			raw = await call(byKey, `<key>${element('Id', key)}</key>`, { key });
		} catch (error) {
			if (!(error instanceof GpRecordNotFound)) throw error;
			raw = null;
		}
		if (!raw) throw new GpPurchaseNotFound(name, key, services.address);
		const day = isoDate(raw.GeneralLedgerPostingDate, services.moments);
		const { vendorDocumentNumber: _number, ...first } = head(kind, raw);
		return {
			company,
			...first,
			subtotal: money(raw.Subtotal),
			...contentOf(kind, raw, day ?? null),
		} as PurchaseDocument;
	}

	async function getMany(
		kind: PurchaseKind,
		keys: readonly string[],
	): Promise<Map<string, PurchaseDocument>> {
		const found = new Map<string, PurchaseDocument>();
		for (const key of new Set(keys.map(canonicalKey))) {
			try {
				found.set(key, await get(kind, key));
			} catch (error) {
				if (!(error instanceof GpPurchaseNotFound)) throw error;
			}
		}
		if (kind === 'receipt') await addJobs([...found.values()] as PurchaseReceipt[]);
		return found;
	}

	/** The contract has no job on a receipt line; its order line has. */
	async function addJobs(receipts: readonly PurchaseReceipt[]): Promise<void> {
		const lines = receipts.flatMap((receipt) => receipt.lines);
		const numbers = lines.flatMap(({ order }) => (order ? [order.key] : []));
		const orders = await getMany('order', numbers);
		for (const line of lines) {
			const order = line.order && (orders.get(canonicalKey(line.order.key)) as PurchaseOrder);
			line.job = order?.lines.find((one) => one.line === line.order!.line)?.job ?? null;
		}
	}

	/** The list does not name the voucher: of a vendor's invoices those with the same number are looked at. */
	async function invoicesOf(
		documents: readonly PaidDocument[],
	): Promise<Map<string, PurchaseInvoice>> {
		const made = new Map<string, PurchaseInvoice>();
		for (const vendorId of new Set(documents.map((document) => document.vendorId))) {
			const own = documents.filter((document) => document.vendorId === vendorId);
			const { rows } = await purchasing.list('purchaseInvoice', { vendorId });
			const numbers = new Set(own.map(({ documentNumber }) => canonicalKey(documentNumber)));
			const candidates = rows.filter(
				({ vendorDocumentNumber: number }) => number === null || numbers.has(canonicalKey(number)),
			);
			for (const { key } of candidates) {
				const invoice = (await getMany('purchaseInvoice', [key])).get(canonicalKey(key)) as
					| PurchaseInvoice
					| undefined;
				const document = own.find(({ voucher }) => sameGpKey(voucher, invoice?.voucher));
				if (invoice && document) made.set(document.key, invoice);
			}
		}
		return made;
	}

	const purchasing: Purchasing = {
		get,
		getMany,
		invoicesOf,
		async list(kind, filter = {}) {
			const { list: operation, criteria } = OPERATIONS[kind];
			const rows = new Map<string, PurchaseRow>();
			let notProven: string | null = null;
			for (const state of ['Work', 'History']) {
				const pages = new Pages(
					readByKeyset<RawRecord>({
						fetch: async (range) =>
							rowsIn(await call(operation, criteria(range, state, filter), {})),
						keyOf: (row) => idOf(row.Key) ?? '',
						mayBeOneRecord: () => false,
					}),
				);
				for await (const page of pages)
					for (const row of page) {
						if (row instanceof UnreadableRange) continue;
						const one = head(kind, row);
						if (isWithin(one.modified, filter)) rows.set(one.key, one);
					}
				notProven ??= whyNotProven(pages.end!);
			}
			return { rows: [...rows.values()], notProven };
		},
	};
	return purchasing;
}

function contentOf(kind: PurchaseKind, raw: RawRecord, postingDate: string | null): object {
	const lines = rowsIn(raw.Lines);
	if (kind === 'order')
		return {
			status: text(raw.Status),
			lines: lines.map((line) => ({
				...placeOf(line),
				account: idOf(line.InventoryGLAccountKey),
				description: text(line.ItemDescription) ?? text(line.VendorItemDescription),
				quantity: money(line.QuantityOrdered),
				job: text(line.JobNumber),
				project: idOf(line.ProjectKey),
				costCategory: idOf(line.CostCategoryKey),
			})),
		};
	const posted = { vendorDocumentNumber: text(raw.VendorDocumentNumber), postingDate };
	if (kind === 'receipt')
		return {
			...posted,
			lines: lines.map((line) => ({
				...placeOf(line),
				order: lineKey(line.PurchaseOrderLineKey),
				account: idOf(line.InventoryGLAccountKey),
				description: text(line.ItemDescription) ?? text(line.VendorItemDescription),
				quantity: money(line.QuantityShipped),
				accrualAccount: null,
				job: null,
				costCode: null,
				costType: null,
				project: idOf(line.ProjectKey),
				costCategory: idOf(line.CostCategoryKey),
			})),
		};
	return {
		...posted,
		voucher: text(raw.VoucherNumber),
		lines: lines.map((line) => ({
			...placeOf(line),
			order: lineKey(line.PurchaseOrderLineKey),
			quantity: money(line.QuantityInvoiced),
			varianceAccount: idOf(line.VarianceGLAccountKey),
			receipts: rowsIn(line.Receipts).flatMap(receiptPaid),
		})),
	};
}
