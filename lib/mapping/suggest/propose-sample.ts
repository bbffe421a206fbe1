import type { GpAccount, GpPayable } from '../../model/gp-records';
import { costOfPayable, type CostDistribution } from '../payable-cost';
import type { Sample, SampleLine } from './propose-types';

/** Ways of writing that are kept at most; lines beyond them are counted where their way is known. */
const WAYS = 50_000;

/** Gathers a sample as records are read, so that payables need not all be there together. */
export function sampleOf(): {
	accounts(records: readonly GpAccount[]): void;
	payables(records: readonly GpPayable[]): void;
	sample(): Sample;
} {
	const accounts: GpAccount[] = [];
	const ways = new Map<string, SampleLine>();
	const taxAccounts = new Map<string, number>();
	let payables = 0;
	let costLines = 0;
	return {
		accounts: (records) => {
			accounts.push(...records);
		},
		payables: (records) => {
			payables += records.length;
			for (const payable of records) {
				if (payable.voided || payable.documentType === 'payment') continue;
				// Every account may be job cost: which ones are is not known yet.
				const cost = costOfPayable(payable, () => true);
				for (const line of cost?.lines ?? []) {
					if (line.company !== undefined || line.charge !== null) continue;
					costLines += 1;
					const way = {
						account: line.account,
						reference: line.reference,
						description: payable.description,
						purchaseOrder: payable.purchaseOrderNumber,
					};
					const key = JSON.stringify(way);
					const known = ways.get(key);
					if (known) known.lines += 1;
					else if (ways.size < WAYS) ways.set(key, { ...way, lines: 1 });
				}
				for (const { account, charge, company } of cost?.charges ?? []) {
					if (charge !== 'tax' || company !== undefined) continue;
					taxAccounts.set(account, (taxAccounts.get(account) ?? 0) + 1);
				}
			}
		},
		sample: () => ({ payables, costLines, lines: [...ways.values()], accounts, taxAccounts }),
	};
}

/** A line of the sample as the mapping takes it; its amount decides nothing. */
export function costLineOf({ account, reference }: SampleLine): CostDistribution {
	return { sequence: 0, account, reference, amount: '1', charge: null };
}

/** As much of its document as decides about a line. */
export function documentOf({ description, purchaseOrder }: SampleLine, company: string): GpPayable {
	return {
		company,
		vendorId: '',
		vendorClassId: null,
		description,
		purchaseOrderNumber: purchaseOrder,
	} as unknown as GpPayable;
}
