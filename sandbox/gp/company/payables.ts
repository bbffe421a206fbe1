import { fromCents, fromUnits, toUnits, ZERO } from './amounts';
import { addDays, DAY_MS, toRowStamp } from './calendar';
import { ACCOUNT, JOBS, OVERHEAD, TRADES } from './chart-of-accounts';
import {
	distribute,
	distributePayment,
	NO_CHARGES,
	totals,
	type Charges,
	type CostLine,
} from './distributions';
import type { SeededRandom } from './seeded-random';
import type { CompanyDocument, CompanyVendor, DocumentState, DocumentTypeNumber } from './types';
import { CLASS_OF } from './vendors';

/** A voucher number as GP counts by default: 17 digits, which a careless reader turns into a number. */
export function voucherNumber(count: number): string {
	return String(count).padStart(17, '0');
}

/** Where the job of one cost line is written. */
export type Carrier = 'segment' | 'reference' | 'purchaseOrder' | 'none';

export interface DocumentSeed {
	documentType: DocumentTypeNumber;
	vendor: CompanyVendor;
	voucher: string;
	documentNumber: string;
	documentDate: string;
	state: DocumentState;
	voided: boolean;
	/** Instant the row was last written. */
	modifiedAt: number;
}

/** All payables, oldest first: six document types, three states, voids, and where jobs hide. */
export function generatePayables(
	random: SeededRandom,
	vendors: CompanyVendor[],
	count: number,
	baseDate: string,
	months: number,
): CompanyDocument[] {
	const documents: CompanyDocument[] = [];
	const days = months * 30;
	let vouchers = 0;
	let payments = 0;
	let posting = 0;
	for (let n = 0; n < count; n++) {
		const age = Math.max(1, Math.round((days - 3) * (1 - n / count)) + random.integer(-2, 2));
		const documentDate = addDays(baseDate, -age);
		const documentType = pickType(random);
		const vendor = random.pick(vendors);
		const { state, voided } = pickState(random, documentType, age);
		const eventAge =
			state === 'work' ? random.integer(0, Math.min(age, 6)) : random.integer(0, age);
		// A posting run stamps its whole batch with one instant.
		if (!random.chance(0.3) || posting === 0) {
			posting =
				Date.parse(`${baseDate}T00:00:00Z`) -
				eventAge * DAY_MS +
				random.integer(12 * 3600, 23 * 3600) * 1000 +
				random.integer(0, 999);
		}
		const seed: DocumentSeed = {
			documentType,
			vendor,
			voucher: documentType === 6 ? voucherNumber(++payments) : voucherNumber(++vouchers),
			documentNumber: inventDocumentNumber(random, documentType, n),
			documentDate,
			state,
			voided,
			modifiedAt: Math.max(posting, Date.parse(`${documentDate}T12:00:00Z`)),
		};
		documents.push(
			documentType === 6
				? inventPayment(random, seed)
				: inventDocument(random, seed, pickCarrier(random, n)),
		);
	}
	repeatOneDocumentNumber(documents);
	return documents;
}

function pickType(random: SeededRandom): DocumentTypeNumber {
	const draw = random.next();
	if (draw < 0.76) return 1;
	if (draw < 0.79) return 2;
	if (draw < 0.83) return 3;
	if (draw < 0.87) return 4;
	if (draw < 0.92) return 5;
	return 6;
}

function pickState(
	random: SeededRandom,
	documentType: DocumentTypeNumber,
	age: number,
): { state: DocumentState; voided: boolean } {
	if (random.chance(0.03)) return { state: 'history', voided: true };
	// Unposted payments live in tables of their own and are not documents yet.
	if (documentType !== 6 && (age < 25 || random.chance(0.03))) {
		return { state: random.chance(0.75) ? 'work' : 'open', voided: false };
	}
	return { state: random.chance(age > 120 ? 0.85 : 0.3) ? 'history' : 'open', voided: false };
}

/** Seven of eight cost documents name the job in the account; the eighth hides it. */
function pickCarrier(random: SeededRandom, position: number): Carrier {
	if (position % 125 === 60) return 'none';
	if (!random.chance(0.125)) return 'segment';
	return random.chance(0.7) ? 'reference' : 'purchaseOrder';
}

function inventDocumentNumber(
	random: SeededRandom,
	documentType: DocumentTypeNumber,
	n: number,
): string {
	const prefix = { 1: 'INV', 2: 'FC', 3: 'MC', 4: 'RTN', 5: 'CM', 6: 'CHK' }[documentType];
	return random.chance(0.2)
		? String(10000 + n * 7)
		: `${prefix}-${10000 + n * 7}${random.chance(0.05) ? '/A' : ''}`;
}

/** The vendor's number is not unique: the second invoice of some vendor repeats the first one's. */
function repeatOneDocumentNumber(documents: CompanyDocument[]): void {
	const seen = new Map<string, CompanyDocument>();
	for (const document of documents) {
		if (document.documentType !== 1 || document.voided) continue;
		const earlier = seen.get(document.vendorId);
		if (earlier) {
			document.documentNumber = earlier.documentNumber;
			return;
		}
		seen.set(document.vendorId, document);
	}
}

const PHRASES = [
	'slab on grade',
	'change order 2',
	'weekly delivery',
	'punch list',
	'level 2 rough-in',
	'mobilization',
];

/** One document other than a payment. Also used for invoices added while the sandbox runs. */
export function inventDocument(
	random: SeededRandom,
	seed: DocumentSeed,
	carrier: Carrier,
): CompanyDocument {
	const { documentType, vendor } = seed;
	const overhead =
		documentType === 2 || (documentType === 1 && carrier === 'segment' && random.chance(0.05));
	const job = random.pick(JOBS).number;
	const purchaseOrder =
		carrier === 'purchaseOrder' || (carrier === 'segment' && !overhead && random.chance(0.3))
			? `${job}-PO-${String(random.integer(1, 60)).padStart(4, '0')}`
			: random.chance(0.1)
				? `PO${random.integer(10000, 29999)}`
				: '';
	const lines = overhead
		? [overheadLine(random, documentType)]
		: costLines(random, vendor, carrier, job, purchaseOrder.startsWith(job));
	const charges =
		documentType === 1 || documentType === 4 ? inventCharges(random, lines, overhead) : NO_CHARGES;
	const amounts = totals(lines, charges);
	const posted = seed.state !== 'work';
	return {
		documentType,
		voucher: seed.voucher,
		documentNumber: seed.documentNumber,
		vendorId: vendor.vendorId,
		state: seed.state,
		voided: seed.voided,
		documentDate: seed.documentDate,
		postingDate: seed.documentDate,
		postedDate: posted ? addDays(seed.documentDate, random.integer(0, 4)) : null,
		dueDate: documentType <= 3 ? addDays(seed.documentDate, 30) : null,
		voidDate: seed.voided ? addDays(seed.documentDate, 6) : null,
		description: overhead ? 'Company overhead' : random.chance(0.6) ? random.pick(PHRASES) : '',
		purchaseOrderNumber: purchaseOrder,
		batch: seed.state === 'work' ? `AP-${seed.documentDate.slice(2).replace(/-/g, '')}` : '',
		auditTrailCode: posted ? `PMTRX${String(random.integer(1, 99999999)).padStart(8, '0')}` : '',
		paymentTermsId: vendor.paymentTermsId,
		currencyId: 'Z-US$',
		modifiedBy: random.pick(['sa', 'LESSONUSER1', 'apclerk']),
		amounts,
		remaining: seed.state === 'history' ? ZERO : amounts.document,
		distributions: distribute(documentType, lines, charges),
		taxes:
			toUnits(charges.tax) > 0n
				? [
						{
							taxDetailId: 'NDSALES',
							account: ACCOUNT.salesTax,
							taxable: amounts.purchases,
							amount: charges.tax,
						},
					]
				: [],
		created: seed.documentDate,
		modified: toRowStamp(seed.modifiedAt),
	};
}

function inventPayment(random: SeededRandom, seed: DocumentSeed): CompanyDocument {
	const paid = inventAmount(random);
	const taken = random.chance(0.2) ? share(paid, 2) : ZERO;
	const document = inventDocument(random, { ...seed, documentType: 3 }, 'segment');
	return {
		...document,
		documentType: 6,
		description: 'Computer check',
		purchaseOrderNumber: '',
		dueDate: null,
		batch: '',
		amounts: { ...totals([], NO_CHARGES), document: paid },
		remaining: seed.state === 'history' ? ZERO : paid,
		distributions: distributePayment(paid, taken),
		taxes: [],
	};
}

function overheadLine(random: SeededRandom, documentType: DocumentTypeNumber): CostLine {
	const account =
		documentType === 2 ? ACCOUNT.financeCharges : random.pick(OVERHEAD.slice(1, 9))[0];
	const amount = documentType === 2 ? fromCents(random.integer(500, 30000)) : inventAmount(random);
	return { account, amount, reference: '', job: null, carrier: 'company' };
}

function costLines(
	random: SeededRandom,
	vendor: CompanyVendor,
	carrier: Carrier,
	job: string,
	oneJobOnly: boolean,
): CostLine[] {
	const trade = TRADES.find((one) => CLASS_OF[one.name] === vendor.classId) ?? TRADES[0];
	const jobs =
		!oneJobOnly && carrier !== 'none' && random.chance(0.18)
			? [
					job,
					...random.sample(
						JOBS.map((one) => one.number).filter((one) => one !== job),
						random.integer(1, 2),
					),
				]
			: [job];
	const count = Math.max(jobs.length, random.pick([1, 1, 1, 2, 2, 3, 4]));
	return Array.from({ length: count }, (_, n) => {
		const lineJob = jobs[n % jobs.length];
		const bought = n > 0 && random.chance(0.3) ? random.pick(TRADES) : trade;
		const costType = random.pick(bought.costTypes);
		const phrase = random.pick(PHRASES);
		return {
			account: `${carrier === 'segment' ? lineJob : '000'}-${bought.natural}-${costType}`,
			amount: inventAmount(random),
			reference:
				carrier === 'reference'
					? `JOB ${lineJob} ${phrase}`.slice(0, 30)
					: carrier === 'segment' && random.chance(0.4)
						? phrase
						: '',
			job: carrier === 'none' ? null : lineJob,
			carrier,
		};
	});
}

function inventCharges(random: SeededRandom, lines: CostLine[], overhead: boolean): Charges {
	const { purchases } = totals(lines, NO_CHARGES);
	const subcontract = !overhead && lines.every((line) => line.account.endsWith('-03'));
	return {
		freight: random.chance(0.15) ? fromCents(random.integer(1500, 45000)) : ZERO,
		miscellaneous: random.chance(0.06) ? fromCents(random.integer(500, 9000)) : ZERO,
		tax: random.chance(0.25) ? share(purchases, 7.5) : ZERO,
		tradeDiscount: random.chance(0.08) ? share(purchases, 2) : ZERO,
		retainage: subcontract && random.chance(0.35) ? share(purchases, 10) : ZERO,
		discountAvailable: random.chance(0.05) ? share(purchases, 1) : ZERO,
	};
}

/** Many small amounts, few large ones; whole cents. */
function inventAmount(random: SeededRandom) {
	return fromCents(
		Math.exp(Math.log(4_000) + random.next() * (Math.log(6_500_000) - Math.log(4_000))),
	);
}

/** A percentage, rounded to the cent. */
function share(amount: string, percent: number) {
	const tenths = BigInt(Math.round(percent * 10));
	const cents = (toUnits(amount) * tenths + 500_000n) / 1_000_000n;
	return fromUnits(cents * 1000n);
}
