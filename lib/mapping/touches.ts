import { type AffectedKeyKind, writeAffectedKeys } from '../model/keys';
import type { GpPayable, GpRecord } from '../model/gp-records';
import { text } from './crosswalk-index';
import { jobOfAccount } from './find-job';
import { inspectLine } from './line-sight';
import type { MappingContext } from './mapping-context';
import { mayCost } from './payable-cost';

/**
 * Everything a record has to do with, whatever becomes of it: also of lines that are left out or
 * wait, so that a changed crosswalk row finds each record it may concern.
 */
export function affectedKeysOf(record: GpRecord, context: MappingContext): string {
	const touches: Array<[AffectedKeyKind, unknown]> =
		record.kind === 'vendor'
			? [['V', record.vendorId]]
			: record.kind === 'account'
				? [
						['J', jobOfAccount(text(record.account), context)?.job],
						['A', record.account],
					]
				: affectedKeysOfPayable(record, context);
	return writeAffectedKeys(touches.map(([kind, value]) => ({ kind, value: text(value) })));
}

function affectedKeysOfPayable(
	payable: GpPayable,
	context: MappingContext,
): Array<[AffectedKeyKind, unknown]> {
	const jobs = new Set<string>();
	const accounts = new Set<string>();
	// Malformed records come here too, on their way to the parked table.
	const distributions = Array.isArray(payable.distributions) ? payable.distributions : [];
	const behind = (payable.receiptLines ?? []).map(({ account, description, job }) => ({
		...{ type: 'purchase' as const, account: account ?? '', company: undefined },
		...{ reference: description, job: job ?? undefined },
	}));
	for (const { type, account, company, reference: written, job } of [...distributions, ...behind]) {
		if (!mayCost(type) || company !== undefined) continue;
		const reference = written ?? null;
		accounts.add(text(account));
		const line = { account: text(account), reference, ...(job === undefined ? {} : { job }) };
		const { found, byRule } = inspectLine(line, payable, context);
		if (found) jobs.add(found.job);
		if (byRule.job) jobs.add(byRule.job.value);
	}
	return [
		['V', payable.vendorId],
		['VOUCHER', payable.voucher],
		['DOC', payable.documentNumber],
		...[...jobs].map((job): [AffectedKeyKind, string] => ['J', job]),
		...[...accounts].map((account): [AffectedKeyKind, string] => ['A', account]),
	];
}
