import type { PurchaseInvoice } from '../door';
import type { Entity } from '../../../model/desired';
import { add, compare, type Decimal, isZero, negate, subtract } from '../../../model/money';
import { isRecord, type RawRecord } from '../../normalise/field-reader';
import { amount, text } from '../../normalise/values';
import { rowsIn } from './envelope';

/*
 * Answers of the Web Services in the shape the normalisers read: lists as lists, phones in one piece,
 * and of a GL account the members both of its lists and the call by key give.
 */

/** Rows of a stream in the shape its normaliser reads. */
export function shapedRows(
	entity: Entity,
	company: Parameters<typeof payableRaw>[1],
): (row: RawRecord, operation: string) => RawRecord {
	if (entity === 'vendor') return (row) => vendorRaw(row);
	if (entity === 'account') return accountRaw;
	return (row) => payableRaw(row, company);
}

/** A vendor; `Addresses` and `PhoneNumbers` as lists. */
function vendorRaw(row: RawRecord): RawRecord {
	const { PhoneNumbers: phones, Addresses: addresses, ...rest } = row;
	return {
		...rest,
		...(phones === undefined ? {} : { PhoneNumbers: rowsIn(phones).map(phone) }),
		...(addresses === undefined
			? {}
			: {
					Addresses: rowsIn(addresses).map((address) => ({
						...address,
						Phone1: phone(address.Phone1),
						Phone2: phone(address.Phone2),
						Phone3: phone(address.Phone3),
						Fax: phone(address.Fax),
					})),
				}),
	};
}

/** Number and extension as GP itself keeps them, fourteen digits; anything else as it was written. */
function phone(value: unknown): string | null {
	if (!isRecord(value)) return text(value);
	const [number, extension] = [text(value.Value), text(value.Extension)];
	if (number === null || extension === null || /^0*$/.test(extension)) return number;
	return /^\d{10}$/.test(number) && /^\d{1,4}$/.test(extension)
		? number + extension.padStart(4, '0')
		: `${number} x${extension}`;
}

const ACCOUNT_MEMBERS = [
	'Key',
	'Alias',
	'IsActive',
	'Description',
	'ModifiedDate',
	'GLAccountCategoryKey',
	'AllowAccountEntry',
	'PostingType',
	'TypicalBalance',
] as const;

/** A row of either list of accounts, or one by key, whose concrete type says what it is. */
function accountRaw(row: RawRecord, operation: string): RawRecord {
	const members = Object.fromEntries(
		ACCOUNT_MEMBERS.filter((name) => row[name] !== undefined).map((name) => [name, row[name]]),
	);
	const type =
		text(row.AccountType) ??
		text(row.Type) ??
		(operation === 'GetGLPostingAccountList' ? 'Posting' : text(row['@type']));
	return { ...members, ...(type === null ? {} : { Type: type }) };
}

/** A payables document; a distribution of another company is marked as the tables mark it. */
function payableRaw(row: RawRecord, company: { number: number; databaseId: string }): RawRecord {
	const { Distributions: distributions, Taxes: taxes, ...rest } = row;
	return {
		...rest,
		...(distributions === undefined
			? {}
			: { Distributions: rowsIn(distributions).map((line) => withCompany(line, company)) }),
		...(taxes === undefined ? {} : { Taxes: rowsIn(taxes) }),
	};
}

/** GP's own mark (PM10100.INTERID) is the database id; of other companies the contract gives the number only. */
function withCompany(line: RawRecord, company: { number: number; databaseId: string }): RawRecord {
	const { CompanyKey: key, ...rest } = line;
	const number = isRecord(key) ? text(key.Id) : text(key);
	if (number === null) return rest;
	return {
		...rest,
		INTERID: number === String(company.number) ? company.databaseId : `company ${number}`,
	};
}

/** DISTTYPE of the lines a payment is made of. */
const CASH = '1';
const PAY = '2';
const OF_A_PAYMENT = new Set([CASH, PAY, '4', '11', '17', '18']);
/** Lines by which a document is settled: together they are its amount. */
const SETTLES = new Set([CASH, PAY, '3', '4', '11']);
/** More lines than a payment has; beyond, the search would grow without bound. */
const MOST_CANDIDATES = 14;

interface Line {
	raw: RawRecord;
	type: string;
	debit: Decimal;
	credit: Decimal;
}

/**
 * The distributions of a document out of those the service gave for its number. The service joins
 * them by number alone, and GP numbers vouchers and payments from two counters that may overlap: an
 * answer can hold the lines of a like-numbered payment too. Such a payment takes from payables what
 * an invoice puts there, or pays cash out where a credit document takes none; without such a line
 * nothing is foreign. Otherwise its lines are those whose removal leaves a document that balances and
 * is settled by its own amount. Where no removal, or more than one, does, all stay: a void repeats its lines on
 * the other side, a discount taken moves payables, and no line of a payment is a cost. Lines that are, of
 * another document, the normaliser refuses.
 *
 * @param isCredit return or credit memo
 */
export function ownDistributions(
	rows: readonly RawRecord[],
	documentAmount: unknown,
	isCredit: boolean,
): RawRecord[] {
	const lines = rows.map(lineOf);
	// What cannot be read as a line is judged by the normaliser.
	if (lines.some((line) => line === null)) return [...rows];
	const all = lines as Line[];
	const foreign = all.some(({ type, debit, credit }) =>
		isCredit ? type === CASH && compare(credit, '0') > 0 : type === PAY && compare(debit, '0') > 0,
	);
	if (!foreign) return [...rows];
	const total = amount(isRecord(documentAmount) ? documentAmount.Value : documentAmount);
	if (total === null) return [...rows];

	const candidates = all.filter(
		({ type, debit, credit }) =>
			OF_A_PAYMENT.has(type) &&
			(type !== PAY || !isZero(debit)) &&
			(type !== CASH || !isZero(credit)),
	);
	if (candidates.length > MOST_CANDIDATES) return [...rows];
	const found = new Map<string, Line[]>();
	for (let choice = 1; choice < 2 ** candidates.length; choice += 1) {
		const removed = new Set(candidates.filter((_line, at) => (choice >> at) & 1));
		if (!isPayment([...removed])) continue;
		const left = all.filter((line) => !removed.has(line));
		if (!balances(left) || compare(settledBy(left, isCredit), total) !== 0) continue;
		found.set(contentOf(left), left);
	}
	const [only, ...others] = found.values();
	return only && others.length === 0 ? only.map(({ raw }) => raw) : [...rows];
}

function isPayment(lines: readonly Line[]): boolean {
	return (
		balances(lines) &&
		lines.some(({ type }) => type === CASH) &&
		lines.some(({ type }) => type === PAY)
	);
}

function balances(lines: readonly Line[]): boolean {
	return isZero(add('0', ...lines.map(({ debit, credit }) => subtract(debit, credit))));
}

function settledBy(lines: readonly Line[], isCredit: boolean): Decimal {
	const credits = add(
		'0',
		...lines
			.filter(({ type }) => SETTLES.has(type))
			.map(({ debit, credit }) => subtract(credit, debit)),
	);
	return isCredit ? negate(credits) : credits;
}

/** Two removals that leave equal lines are one answer. */
function contentOf(lines: readonly Line[]): string {
	return lines
		.map(({ type, debit, credit, raw }) => `${type} ${debit} ${credit} ${accountOf(raw)}`)
		.join('|');
}

function accountOf(raw: RawRecord): string {
	return isRecord(raw.GLAccountKey) ? (text(raw.GLAccountKey.Id) ?? '') : '';
}

function lineOf(raw: RawRecord): Line | null {
	const type = isRecord(raw.DistributionTypeKey) ? text(raw.DistributionTypeKey.Id) : null;
	const debit = valueOf(raw.DebitAmount);
	const credit = valueOf(raw.CreditAmount);
	return type !== null && debit !== null && credit !== null ? { raw, type, debit, credit } : null;
}

function valueOf(side: unknown): Decimal | null {
	if (side === null || side === undefined) return '0';
	return amount(isRecord(side) ? side.Value : side);
}

/** What an invoice line pays of a receipt line; none where its key is not told. */
export function receiptPaid(row: RawRecord): PurchaseInvoice['lines'][number]['receipts'] {
	const key = isRecord(row.Key) ? row.Key : {};
	const receipt = idOf(key.ReceiptKey);
	const line = Number(text(key.ReceiptLineSequenceNumber));
	if (receipt === null || !Number.isSafeInteger(line)) return [];
	return [
		{
			key: receipt,
			line,
			quantity: money(row.QuantityInvoiced),
			unitCost: money(row.UnitCost),
			cost: money(row.Cost),
			varianceAccount: idOf(row.VarianceGLAccountKey),
		},
	];
}

/** Number, unit cost and cost of a line of a purchase document. */
export function placeOf(line: RawRecord) {
	return {
		line:
			lineKey(line.Key)?.line ??
			Number(isRecord(line.Key) ? text(line.Key.LineSequenceNumber) : Number.NaN),
		unitCost: money(line.UnitCost),
		cost: money(line.ExtendedCost),
	};
}

/** Document and number of a line that another line names. */
export function lineKey(value: unknown): { key: string; line: number } | null {
	if (!isRecord(value)) return null;
	const key = idOf(value.PurchaseTransactionKey);
	const line = Number(text(value.LineSequenceNumber));
	return key === null || !Number.isSafeInteger(line) ? null : { key, line };
}

/** The text of a key, which is an element with an id in it or the text alone. */
export function idOf(key: unknown): string | null {
	return isRecord(key) ? text(key.Id) : text(key);
}

/** An amount, which is an element with its value in it or the value alone. */
export function money(value: unknown) {
	return amount(isRecord(value) ? value.Value : value);
}
