import { fromUnits, sum, toUnits, ZERO } from './amounts';
import { addDays, dateOf, stampToEpoch, toRowStamp } from './calendar';
import type { Company } from './company';
import { changeFirstCostLine, distribute, NO_CHARGES, totals, type Charges } from './distributions';
import { secondDocument } from './second-company';
import { inventDocument, voucherNumber, type Carrier } from './payables';
import { addMatchedInvoice, type MatchedInvoice } from './purchase-edits';
import { SeededRandom } from './seeded-random';
import {
	documentKey,
	type CompanyAccount,
	type CompanyDocument,
	type CompanyVendor,
	type DocumentTypeNumber,
} from './types';

export class EditRefused extends Error {}

/** When an edit happens: `at` overrides the clock, as a late commit with an early stamp does. */
export interface EditTime {
	/** ISO instant of the row stamp; default: the sandbox clock. */
	at?: string;
}

export interface NewInvoice extends EditTime {
	vendorId?: string;
	documentType?: DocumentTypeNumber;
	documentNumber?: string;
	documentDate?: string;
	description?: string;
	purchaseOrderNumber?: string;
	batch?: string;
	state?: 'work' | 'open' | 'history';
	/** Cost lines; absent = invented. */
	lines?: Array<{ account: string; amount: string; reference?: string; job?: string | null }>;
	charges?: Partial<Charges>;
	/** For invented lines: where the job is written. */
	carrier?: Carrier;
}

/**
 * What people do in GP, each edit as the database would show it: rows that change table get a new
 * stamp, distribution rows have none of their own.
 */
export class CompanyEdits {
	private count = 0;

	constructor(
		private readonly company: () => Company,
		private readonly now: () => number,
	) {}

	/** Posts an unposted document: work → open. */
	postVoucher(key: string, time: EditTime = {}): CompanyDocument {
		const document = this.document(key);
		if (document.state !== 'work')
			throw new EditRefused(`${key} is ${document.state}, not unposted`);
		document.state = 'open';
		document.postedDate = dateOf(this.instant(time));
		document.batch = '';
		document.auditTrailCode = `PMTRX${voucherNumber(++this.count).slice(-8)}`;
		return this.moved(document, time);
	}

	/** Pays a posted document in full: open → history. */
	payVoucher(key: string, time: EditTime = {}): CompanyDocument {
		const document = this.document(key);
		if (document.state !== 'open') throw new EditRefused(`${key} is ${document.state}, not open`);
		this.apply(document, document.remaining, 6, time);
		document.state = 'history';
		document.remaining = ZERO;
		return this.moved(document, time);
	}

	/** Voids what was applied to a document: history → open, as if nothing had been. */
	voidPayments(key: string, time: EditTime = {}): CompanyDocument {
		const document = this.document(key);
		if (document.state !== 'history' || document.voided)
			throw new EditRefused(`${key} is not paid`);
		document.state = 'open';
		document.remaining = document.amounts.document;
		document.applied = [];
		return this.moved(document, time);
	}

	/** A credit memo settles the rest of it: open → history, without a payment for that rest. */
	applyCredit(key: string, time: EditTime = {}): CompanyDocument {
		const document = this.document(key);
		if (document.state !== 'open') throw new EditRefused(`${key} is ${document.state}, not open`);
		this.apply(document, document.remaining, 5, time);
		document.state = 'history';
		document.remaining = ZERO;
		return this.moved(document, time);
	}

	/** Part of it is paid: the row stays open and gets a new stamp. */
	applyPayment(key: string, amount: string, time: EditTime = {}): CompanyDocument {
		const document = this.document(key);
		if (document.state !== 'open') throw new EditRefused(`${key} is ${document.state}, not open`);
		const left = toUnits(document.remaining) - toUnits(amount);
		if (left <= 0n) throw new EditRefused(`only ${document.remaining} is left on ${key}`);
		this.apply(document, amount, 6, time);
		document.remaining = fromUnits(left);
		return this.stamped(document, time);
	}

	/** Voids a posted document. With history it moves there; without, it vanishes. */
	voidVoucher(key: string, options: EditTime & { keepHistory?: boolean } = {}): CompanyDocument {
		const document = this.document(key);
		if (document.state === 'work') throw new EditRefused(`${key} is not posted: delete it instead`);
		if (document.voided) throw new EditRefused(`${key} is already voided`);
		document.voided = true;
		document.state = 'history';
		document.remaining = ZERO;
		document.voidDate = dateOf(this.instant(options));
		this.moved(document, options);
		if (options.keepHistory === false) this.company().documents.delete(key);
		return document;
	}

	/** Deletes an unposted document: nothing of it stays. */
	deleteVoucher(key: string): CompanyDocument {
		const document = this.document(key);
		if (document.state !== 'work') throw new EditRefused(`${key} is posted: void it instead`);
		this.company().documents.delete(key);
		return document;
	}

	/** Order, receipt and the invoice that pays it; see addMatchedInvoice. */
	addMatchedInvoice(given: MatchedInvoice): CompanyDocument {
		this.account(given.accrualAccount);
		for (const { account } of given.lines) this.account(account);
		return addMatchedInvoice(this.company(), this, this.now(), given);
	}

	addInvoice(given: NewInvoice = {}): CompanyDocument {
		const company = this.company();
		const random = new SeededRandom(`${company.options.seed}/edit/${++this.count}`);
		const all = [...company.vendors.values()];
		// A voucher may be entered for one on hold, or inactive, where there is no other.
		const usual = all.filter((one) => one.status === 1 && !one.onHold);
		const vendor = given.vendorId
			? this.vendor(given.vendorId)
			: random.pick(usual.length > 0 ? usual : all);
		const documentType = given.documentType ?? 1;
		if (documentType === 6) throw new EditRefused('a payment is not an invoice');
		const voucher = this.nextVoucher();
		const document = inventDocument(
			random,
			{
				documentType,
				vendor,
				voucher,
				documentNumber: (given.documentNumber ?? `NEW-${this.count}`).slice(0, 20),
				documentDate: given.documentDate ?? dateOf(this.instant(given)),
				state: given.state ?? 'open',
				voided: false,
				modifiedAt: this.instant(given),
			},
			given.carrier ?? 'segment',
		);
		if (given.description !== undefined) document.description = given.description.slice(0, 30);
		if (given.purchaseOrderNumber !== undefined)
			document.purchaseOrderNumber = given.purchaseOrderNumber.slice(0, 20);
		if (given.batch !== undefined) document.batch = given.batch.slice(0, 15);
		if (given.lines || given.charges) this.setLines(document, given);
		const written = company.options.layout === 'second' ? secondDocument(document) : document;
		company.documents.set(documentKey(written), written);
		return written;
	}

	/**
	 * Changes the first cost line so that purchases become what is asked for. GP allows that only
	 * before posting; `posted` forces it, as a correction made in SQL would.
	 */
	changeInvoiceAmount(
		key: string,
		purchases: string,
		options: EditTime & { posted?: boolean; keepStamp?: boolean } = {},
	): CompanyDocument {
		const document = structuredClone(this.document(key));
		if (document.state !== 'work' && !options.posted) {
			throw new EditRefused(`${key} is posted: GP never edits it (use "posted": true to force it)`);
		}
		try {
			changeFirstCostLine(
				document,
				fromUnits(toUnits(purchases) - toUnits(document.amounts.purchases)),
			);
		} catch (error) {
			throw new EditRefused((error as Error).message);
		}
		this.company().documents.set(key, document);
		return options.keepStamp ? document : this.stamped(document, options);
	}

	/** Edits one distribution only: the header keeps its stamp, since that table has none. */
	changeDistribution(
		key: string,
		sequence: number,
		change: { account?: string; reference?: string; job?: string | null },
	): CompanyDocument {
		const document = this.document(key);
		const row = document.distributions.find((one) => one.sequence === sequence);
		if (!row) throw new EditRefused(`${key} has no distribution ${sequence}`);
		if (change.account !== undefined) row.account = this.account(change.account).account;
		if (change.reference !== undefined) row.reference = change.reference.slice(0, 30);
		if (change.job !== undefined) row.job = change.job;
		return document;
	}

	changeVendor(
		vendorId: string,
		change: Partial<CompanyVendor>,
		time: EditTime = {},
	): CompanyVendor {
		const vendor = this.vendor(vendorId);
		const { vendorId: _id, modified: _modified, ...fields } = change;
		Object.assign(vendor, known(fields, vendor));
		return this.stamped(vendor, time);
	}

	addVendor(
		given: Partial<CompanyVendor> & { vendorId: string },
		time: EditTime = {},
	): CompanyVendor {
		const company = this.company();
		const id = given.vendorId.trim().toUpperCase().slice(0, 15);
		if (company.vendors.has(id)) throw new EditRefused(`vendor ${id} exists`);
		const model = [...company.vendors.values()][0];
		const vendor: CompanyVendor = {
			...structuredClone(model),
			name: id,
			status: 1,
			onHold: false,
			...known(given, model),
			vendorId: id,
			created: dateOf(this.instant(time)),
		};
		company.vendors.set(id, vendor);
		return this.stamped(vendor, time);
	}

	addAccount(
		given: Partial<CompanyAccount> & { account: string },
		time: EditTime = {},
	): CompanyAccount {
		const { accounts } = this.company();
		if (accounts.has(given.account)) throw new EditRefused(`account ${given.account} exists`);
		const model = [...accounts.values()].find((one) => one.postingType === 1)!;
		const account: CompanyAccount = {
			...model,
			description: 'New account',
			alias: '',
			type: 1,
			active: true,
			...known(given, model),
			account: given.account,
			index: accounts.size + 1,
			created: dateOf(this.instant(time)),
		};
		accounts.set(account.account, account);
		return this.stamped(account, time);
	}

	changeAccount(
		number: string,
		change: Partial<CompanyAccount>,
		time: EditTime = {},
	): CompanyAccount {
		const account = this.account(number);
		const { account: _account, index: _index, modified: _modified, ...fields } = change;
		Object.assign(account, known(fields, account));
		return this.stamped(account, time);
	}

	private apply(
		document: CompanyDocument,
		amount: string,
		documentType: 5 | 6,
		time: EditTime,
	): void {
		const applied = {
			documentType,
			voucher: voucherNumber(900_000 + ++this.count),
			date: dateOf(this.instant(time)),
			amount: sum([amount]),
		};
		document.applied = [...(document.applied ?? []), applied];
	}

	private setLines(document: CompanyDocument, given: NewInvoice): void {
		const lines = given.lines
			? given.lines.map((line) => {
					const [first, second] = this.account(line.account).account.split(/[.-]/);
					const segment =
						this.company().options.layout === 'second'
							? second === '00000'
								? '000'
								: second
							: first;
					return {
						account: line.account,
						amount: sum([line.amount]),
						reference: (line.reference ?? '').slice(0, 30),
						job: line.job !== undefined ? line.job : segment === '000' ? null : segment,
						carrier: segment === '000' ? ('none' as const) : ('segment' as const),
					};
				})
			: document.distributions
					.filter((row) => row.type === 6)
					.map((row) => ({ ...row, amount: sum([row.debit, row.credit]) }));
		const charges: Charges = { ...NO_CHARGES };
		for (const [name, amount] of Object.entries(given.charges ?? {})) {
			if (name in charges) charges[name as keyof Charges] = sum([amount]);
		}
		document.amounts = totals(lines, charges);
		document.remaining = document.state === 'history' ? ZERO : document.amounts.document;
		document.distributions = distribute(document.documentType, lines, charges);
		document.taxes =
			toUnits(charges.tax) > 0n
				? [
						{
							taxDetailId: 'NDSALES',
							account: '000-5910-00',
							taxable: document.amounts.purchases,
							amount: charges.tax,
						},
					]
				: [];
		document.dueDate = document.dueDate && addDays(document.documentDate!, 30);
	}

	private nextVoucher(): string {
		let highest = 0;
		for (const document of this.company().documents.values()) {
			if (document.documentType !== 6) highest = Math.max(highest, Number(document.voucher));
		}
		return voucherNumber(highest + 1);
	}

	/** A row that went to another table is a new row there: it comes last. */
	private moved(document: CompanyDocument, time: EditTime): CompanyDocument {
		const { documents } = this.company();
		const key = documentKey(document);
		documents.delete(key);
		documents.set(key, document);
		return this.stamped(document, time);
	}

	private stamped<T extends { modified: string }>(row: T, time: EditTime): T {
		row.modified = toRowStamp(this.instant(time));
		return row;
	}

	private instant(time: EditTime): number {
		if (time.at === undefined) return this.now();
		const instant = stampToEpoch(time.at);
		if (Number.isNaN(instant)) throw new EditRefused(`"${time.at}" is not an instant`);
		return instant;
	}

	private document(key: string): CompanyDocument {
		return found(this.company().documents.get(key), `document ${key} (write "{type};{voucher}")`);
	}

	private vendor(id: string): CompanyVendor {
		return found(this.company().vendors.get(id), `vendor ${id}`);
	}

	private account(number: string): CompanyAccount {
		return found(this.company().accounts.get(number), `account ${number}`);
	}
}

function found<T>(row: T | undefined, what: string): T {
	if (row === undefined) throw new EditRefused(`there is no ${what}`);
	return row;
}

/** Only fields the row has: a misspelt field is refused, not stored. */
function known<T extends object>(change: Partial<T>, model: T): Partial<T> {
	for (const name of Object.keys(change)) {
		if (!(name in model)) throw new EditRefused(`there is no field "${name}"`);
	}
	return change;
}
