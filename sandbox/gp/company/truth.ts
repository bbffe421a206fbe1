import { fromUnits, toUnits } from './amounts';
import type { Company } from './company';
import {
	DISTRIBUTION,
	documentKey,
	type CompanyDocument,
	type CompanyDistribution,
	type Money,
} from './types';

/** Distributions that are cost: everything but what is owed, paid, or a terms discount. */
const NOT_COST: ReadonlySet<number> = new Set([
	DISTRIBUTION.cash,
	DISTRIBUTION.payable,
	DISTRIBUTION.discountAvailable,
	DISTRIBUTION.discountTaken,
]);

function isCost(row: CompanyDistribution): boolean {
	return !NOT_COST.has(row.type);
}

/** Cost of one document: debits less credits, so that credits and trade discounts count against it. */
export function costOf(document: CompanyDocument): Money {
	return fromUnits(
		document.distributions.filter(isCost).reduce((total, row) => total + net(row), 0n),
	);
}

export interface Truth {
	counts: { vendors: number; accounts: number; documents: number };
	/** Cost of documents that are not voided: keys like "open". Money with five decimals. */
	costByState: Record<string, Money>;
	/** Posted, not voided. */
	costByJob: Record<string, Money>;
	costByAccount: Record<string, Money>;
	/** By DISTTYPE. */
	costByType: Record<string, Money>;
	/** By where the job was written. */
	costByCarrier: Record<string, Money>;
	documents: Array<{
		key: string;
		vendorId: string;
		documentNumber: string;
		state: string;
		voided: boolean;
		cost: Money;
		/** Jobs of its purchase lines, "" for a line without one. */
		jobs: string[];
		modified: string;
	}>;
}

/** What a correct reader must find, computed from the rows and from nothing else. */
export function truthOf(company: Company): Truth {
	const byState = new Totals();
	const byJob = new Totals();
	const byAccount = new Totals();
	const byType = new Totals();
	const byCarrier = new Totals();
	const documents: Truth['documents'] = [];
	for (const document of company.documents.values()) {
		const costs = document.distributions.filter(isCost);
		documents.push({
			key: documentKey(document),
			vendorId: document.vendorId,
			documentNumber: document.documentNumber,
			state: document.state,
			voided: document.voided,
			cost: costOf(document),
			jobs: [
				...new Set(
					costs.filter((row) => row.type === DISTRIBUTION.purchase).map((row) => row.job ?? ''),
				),
			],
			modified: document.modified,
		});
		if (document.voided) continue;
		for (const row of costs) {
			byState.put(document.state, row);
			if (document.state === 'work') continue;
			byJob.put(row.job ?? '', row);
			byAccount.put(row.account, row);
			byType.put(String(row.type), row);
			byCarrier.put(row.carrier, row);
		}
	}
	return {
		counts: {
			vendors: company.vendors.size,
			accounts: company.accounts.size,
			documents: company.documents.size,
		},
		costByState: byState.done(),
		costByJob: byJob.done(),
		costByAccount: byAccount.done(),
		costByType: byType.done(),
		costByCarrier: byCarrier.done(),
		documents,
	};
}

function net(row: CompanyDistribution): bigint {
	return toUnits(row.debit) - toUnits(row.credit);
}

class Totals {
	private readonly units = new Map<string, bigint>();

	put(key: string, row: CompanyDistribution): void {
		this.units.set(key, (this.units.get(key) ?? 0n) + net(row));
	}

	done(): Record<string, Money> {
		const sorted = [...this.units].sort(([left], [right]) => (left < right ? -1 : 1));
		return Object.fromEntries(sorted.map(([key, units]) => [key, fromUnits(units)]));
	}
}
