import type { GpPayable } from '../model/gp-records';
import type { RuleValues } from './rule.types';
import type { CheckedSettings } from './settings-check';

export interface FoundJob {
	job: string;
	/** The place it stood in, e.g. "account segment 1". */
	rule: string;
}

/** What a line shows before anything is decided: its job number, and what the rules say. */
export interface LineInspection {
	found: FoundJob | null;
	byRule: RuleValues;
}

interface JobPlaces {
	settings: Pick<CheckedSettings, 'jobFinders'>;
}

/** Job number of a line: what a job product of GP says of it, else the places in order; the first that has one wins. */
export function findJob(
	line: { account: string; reference: string | null; job?: string },
	payable: Pick<GpPayable, 'description' | 'purchaseOrderNumber'>,
	context: JobPlaces,
): FoundJob | null {
	if (line.job?.trim()) return { job: line.job.trim(), rule: 'job of the line in GP' };
	const texts = {
		accountSegment: line.account,
		account: line.account,
		reference: line.reference,
		description: payable.description,
		purchaseOrder: payable.purchaseOrderNumber,
	};
	for (const finder of context.settings.jobFinders) {
		const job = finder.find(texts[finder.rule.from]);
		if (job !== null) return { job, rule: finder.name };
	}
	return null;
}

/** Job of an account by itself; null for an account of the company itself. */
export function jobOfAccount(account: string, context: JobPlaces): FoundJob | null {
	for (const finder of context.settings.jobFinders) {
		if (finder.rule.from !== 'accountSegment' && finder.rule.from !== 'account') continue;
		const job = finder.find(account);
		if (job !== null) return { job, rule: finder.name };
	}
	return null;
}
