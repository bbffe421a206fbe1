import type {
	AccountFacts,
	GpDistribution,
	GpPayable,
	GpReceiptLine,
	GpRecord,
} from '../../model/gp-records';
import { canonicalKey } from '../../model/keys';
import { add, compare, type Decimal, isZero, multiply, subtract, toFixed } from '../../model/money';
import type {
	PurchaseInvoice,
	PurchaseReceipt,
	PurchaseReceiptLine,
	Purchasing,
} from '../doors/door';
import { GpError } from '../errors/gp-error';
import { MAY_COST } from '../normalise/distributions';
import type { KeyedRecords } from './read-records';

/** How long what GP said of an account is believed: a chart of accounts changes slowly. */
const BELIEVED_MS = 6 * 3_600_000;
/** An account GP did not give is asked for again after this. */
const UNKNOWN_BELIEVED_MS = 15 * 60_000;
/** Up to so many unknown accounts are read one by one; more are worth one list of the chart. */
const FEW = 8;

interface Known {
	until: number;
	facts: AccountFacts | null;
}

/** Owner (site and company) → account → what GP said. */
const known = new Map<string, Map<string, Known>>();

/**
 * Puts to the lines of payables what the chart of accounts says of their accounts: to each tax line
 * (whether its account is on the balance sheet), and to each other line, of a receipt too, whose account is
 * on the balance sheet or inactive. The few
 * accounts not known yet are read one by one, more by one list; both are believed for hours. An
 * account GP does not give is told as null, so that nobody takes it for looked up.
 */
export async function withAccountFacts(
	records: readonly GpRecord[],
	parts: {
		owner: string;
		now: number;
		read(accounts: string[]): Promise<KeyedRecords>;
		list(): Promise<GpRecord[]>;
	},
): Promise<GpRecord[]> {
	const accounts = accountsOf(parts.owner);
	const missing = new Map<string, string>();
	for (const record of records) {
		for (const account of askedFor(record)) {
			const entry = accounts.get(canonicalKey(account));
			if (!entry || entry.until <= parts.now) missing.set(canonicalKey(account), account.trim());
		}
	}
	missing.delete('');
	if (missing.size > 0) {
		const found =
			missing.size > FEW ? await parts.list() : (await parts.read([...missing.values()])).records;
		for (const key of missing.keys()) {
			accounts.set(key, { until: parts.now + UNKNOWN_BELIEVED_MS, facts: null });
		}
		for (const record of found) {
			if (record.kind !== 'account') continue;
			const { account, postingType, active, description } = record;
			accounts.set(canonicalKey(account), {
				until: parts.now + BELIEVED_MS,
				facts: { postingType: postingType ?? null, active, description },
			});
		}
	}
	return records.map((record) => {
		if (askedFor(record).length === 0) return record;
		const payable = record as GpPayable;
		return {
			...payable,
			distributions: payable.distributions.map(withFacts),
			...(payable.receiptLines
				? { receiptLines: payable.receiptLines.map((line) => ({ ...line, ...factsOf(line) })) }
				: {}),
		};
	});

	function withFacts(distribution: GpDistribution): GpDistribution {
		if (!isAskedFor(distribution)) return distribution;
		if (!isTax(distribution)) return { ...distribution, ...factsOf(distribution) };
		return { ...distribution, accountFacts: factsAbout(distribution.account) };
	}

	/** Of a line that is no tax: only what decides about it. */
	function factsOf({ account }: { account: string | null }): { accountFacts?: AccountFacts } {
		const facts = account === null ? null : factsAbout(account);
		const matters = facts?.active === false || facts?.postingType === 'balanceSheet';
		return facts && matters ? { accountFacts: facts } : {};
	}

	function factsAbout(account: string): AccountFacts | null {
		return accounts.get(canonicalKey(account))?.facts ?? null;
	}
}

function askedFor(record: GpRecord): string[] {
	if (record.kind !== 'payable' || !Array.isArray(record.distributions)) return [];
	return [
		...record.distributions.filter(isAskedFor).map(({ account }) => account),
		...(record.receiptLines ?? []).flatMap(({ account }) => account ?? []),
	];
}

/** Not on lines of another company: its account is none of this one. */
function isAskedFor({ type, company }: GpDistribution): boolean {
	return company === undefined && MAY_COST.includes(type);
}

function isTax({ type }: GpDistribution): boolean {
	return type === 'taxes' || type === 'gst';
}

function accountsOf(owner: string): Map<string, Known> {
	let accounts = known.get(owner);
	if (!accounts) known.set(owner, (accounts = new Map()));
	return accounts;
}

/** How long a class is believed: the batches of one run, not the next day's. */
const CLASSES_BELIEVED_MS = 15 * 60_000;

/** Owner (site and company) → vendor id → class. */
const knownClasses = new Map<string, { until: number; classes: Map<string, string | null> }>();

/**
 * Puts its vendor's class to each payable, which does not carry it. One read per vendor and quarter
 * of an hour, whatever the number of documents. A vendor that is gone has no class; one that could
 * not be read leaves the class open, so that nobody takes it for none.
 */
export async function withVendorClasses(
	records: readonly GpRecord[],
	parts: {
		owner: string;
		now: number;
		read(vendorIds: string[]): Promise<KeyedRecords>;
	},
): Promise<GpRecord[]> {
	const classes = classesOf(parts.owner, parts.now);
	const wanted = records.filter(isPayable).filter(({ extra }) => !extra?.gone);
	const ids = new Map(wanted.map(({ vendorId }) => [canonicalKey(vendorId), vendorId.trim()]));
	const missing = [...ids].flatMap(([key, id]) => (key === '' || classes.has(key) ? [] : [id]));
	if (missing.length > 0) {
		const { records: vendors, gone } = await parts.read(missing);
		for (const vendor of vendors) {
			if (vendor.kind === 'vendor') classes.set(canonicalKey(vendor.vendorId), vendor.classId);
		}
		for (const id of gone) classes.set(canonicalKey(id), null);
	}
	return records.map((record) => {
		if (!isPayable(record)) return record;
		const vendorClassId = classes.get(canonicalKey(record.vendorId));
		return vendorClassId === undefined ? record : { ...record, vendorClassId };
	});
}

function classesOf(owner: string, now: number): Map<string, string | null> {
	for (const [name, { until }] of knownClasses) if (until <= now) knownClasses.delete(name);
	let entry = knownClasses.get(owner);
	if (!entry)
		knownClasses.set(owner, (entry = { until: now + CLASSES_BELIEVED_MS, classes: new Map() }));
	return entry.classes;
}

function isPayable(record: GpRecord): record is GpPayable {
	return record.kind === 'payable';
}

/**
 * Puts to payables invoices the receipt lines they pay (three-way match): an invoice that GP made from
 * a purchase invoice debits the purchase accrual, and the cost stands on the receipt. A document that
 * was looked up and pays none gets an empty list. Where purchase documents cannot be read, the reason
 * stands in the record: what needs no receipt goes on.
 */
export async function withReceiptLines(
	records: readonly GpRecord[],
	purchasing: Purchasing | null,
): Promise<GpRecord[]> {
	const asked = records.filter(mayBeMatched);
	if (purchasing === null || asked.length === 0) return [...records];
	const found = new Map<string, Pick<GpPayable, 'receiptLines' | 'receiptsUnread'>>();
	try {
		const invoices = await purchasing.invoicesOf(asked);
		const keys = [...invoices.values()].flatMap(({ lines }) =>
			lines.flatMap(({ receipts }) => receipts.map(({ key }) => key)),
		);
		const receipts = (await purchasing.getMany('receipt', keys)) as Map<string, PurchaseReceipt>;
		for (const { key } of asked) {
			const invoice = invoices.get(key);
			found.set(key, invoice ? paidLines(invoice, receipts) : { receiptLines: [] });
		}
	} catch (error) {
		// A missing right, or one row that cannot be read; a server that is away stops the run as always.
		if (!(error instanceof GpError) || error.scope === 'transport') throw error;
		for (const { key } of asked) found.set(key, { receiptsUnread: error.message });
	}
	return records.map((record) =>
		mayBeMatched(record) ? { ...record, ...found.get(record.key) } : record,
	);
}

function mayBeMatched(record: GpRecord): record is GpPayable {
	return record.kind === 'payable' && record.documentType === 'invoice' && !record.voided;
}

/** What the lines of a purchase invoice pay: of each receipt line the quantity invoiced at the cost it was received at. */
function paidLines(
	invoice: PurchaseInvoice,
	receipts: ReadonlyMap<string, PurchaseReceipt>,
): Pick<GpPayable, 'receiptLines' | 'receiptsUnread'> {
	const lines: GpReceiptLine[] = [];
	for (const paying of invoice.lines) {
		const own: GpReceiptLine[] = [];
		for (const paid of paying.receipts) {
			const line = receipts
				.get(canonicalKey(paid.key))
				?.lines.find((one) => one.line === paid.line);
			const what = `line ${paid.line} of purchase receipt ${paid.key}`;
			if (!line) return { receiptsUnread: `GP has no ${what} any more` };
			const cost = costOf(line, paid.quantity);
			if (cost === null) return { receiptsUnread: `${what} has no cost` };
			own.push({
				receipt: paid.key,
				line: paid.line,
				account: line.account,
				description: line.description,
				cost,
				variance: '0',
				varianceAccount: paid.varianceAccount ?? paying.varianceAccount,
				job: line.job ?? line.project,
				costCode: line.costCode ?? line.costCategory,
				costType: line.costType,
			});
		}
		const [first] = own;
		// What the invoice asks beyond the cost as received.
		if (first && paying.cost !== null)
			first.variance = subtract(paying.cost, add(...own.map(({ cost }) => cost)));
		lines.push(...own);
	}
	return { receiptLines: lines };
}

/** Quantity invoiced × unit cost, to the cent; a line invoiced whole has the cost it was booked with. */
function costOf(line: PurchaseReceiptLine, quantity: Decimal | null): Decimal | null {
	if (quantity === null) return null;
	if (line.quantity !== null && line.cost !== null && compare(line.quantity, quantity) === 0)
		return line.cost;
	if (line.unitCost !== null && !(isZero(line.unitCost) && line.cost !== null))
		return toFixed(multiply(quantity, line.unitCost));
	return null;
}
