import { generateAccounts, JOBS } from './chart-of-accounts';
import { generatePayables } from './payables';
import { emptyPurchaseBooks, type PurchaseBooks } from './purchase-books';
import { asSecondCompany, SECOND_COMPANY } from './second-company';
import { SeededRandom } from './seeded-random';
import {
	documentKey,
	type CompanyAccount,
	type CompanyDocument,
	type CompanyVendor,
	type Job,
} from './types';
import { generateVendors } from './vendors';

export interface CompanyOptions {
	/** Same seed and sizes, same company. */
	seed: string;
	vendorCount: number;
	documentCount: number;
	/** `YYYY-MM-DD`: the newest data is from the evening of this day. */
	baseDate: string;
	/** How far back the data goes. */
	months: number;
	/** Company display name: the key in SBA addresses. */
	displayName: string;
	/** Company database id. */
	databaseId: string;
	/** How accounts are laid out; `second` is that of second-company.ts. */
	layout: 'first' | 'second';
}

const DEFAULT_COMPANY: CompanyOptions = {
	seed: 'fabrikam',
	vendorCount: 160,
	documentCount: 660,
	baseDate: '2026-06-30',
	months: 14,
	displayName: 'Fabrikam, Inc.',
	databaseId: 'TWO',
	layout: 'first',
};

/** Rows of one GP company, in the order they were put in. */
export interface Company {
	options: CompanyOptions;
	jobs: Job[];
	vendors: Map<string, CompanyVendor>;
	/** By account string. */
	accounts: Map<string, CompanyAccount>;
	/** By documentKey. */
	documents: Map<string, CompanyDocument>;
	purchases: PurchaseBooks;
}

/** A contractor's books from a seed: Microsoft's sample company, with jobs. */
export function generateCompany(options: Partial<CompanyOptions> = {}): Company {
	const all = {
		...DEFAULT_COMPANY,
		...(options.layout === 'second' ? SECOND_COMPANY : {}),
		...options,
	};
	const { seed, baseDate, months } = all;
	// One stream of numbers per table, so that a larger vendor list leaves the documents' shape alone.
	const accounts = generateAccounts(new SeededRandom(`${seed}/accounts`), baseDate, months);
	const vendors = generateVendors(
		new SeededRandom(`${seed}/vendors`),
		all.vendorCount,
		baseDate,
		months,
	);
	const documents = generatePayables(
		new SeededRandom(`${seed}/payables`),
		vendors,
		all.documentCount,
		baseDate,
		months,
	);
	const company: Company = {
		options: all,
		jobs: [...JOBS],
		vendors: new Map(vendors.map((vendor) => [vendor.vendorId, vendor])),
		accounts: new Map(accounts.map((account) => [account.account, account])),
		documents: new Map(documents.map((document) => [documentKey(document), document])),
		purchases: emptyPurchaseBooks(),
	};
	return all.layout === 'second' ? asSecondCompany(company) : company;
}
