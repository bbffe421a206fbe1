import type { GpPayable } from '../gp/records';
import type { MappingContext } from './mapping-context';
import type { CostDistribution } from './payable-cost';
import type { Reason } from './verdict';

/** Where one cost line of a payable goes, or why it does not. */
export type LineDecision =
	| { kind: 'send'; projectId: string; costCode: string; costType: string; rule: string }
	/** On purpose not for Procore; the rest of the document goes. */
	| { kind: 'leave'; reason: Reason; rule?: string }
	/** Nobody knows yet: the document waits. */
	| { kind: 'park'; reason: Reason };

export function decideLine(
	line: CostDistribution,
	payable: GpPayable,
	context: MappingContext,
): LineDecision {
	const account = context.accounts.decide(line.account);
	if (account.kind === 'notJobCost') return { kind: 'leave', reason: account.reason };
	if (account.kind === 'skip') return { kind: 'leave', reason: account.reason, rule: account.rule };
	context.accounts.remember(line.account, {});
	const found = findJob(line, payable, context);
	if (found === null) return { kind: 'park', reason: noJob(line, context) };
	const job = context.jobs.decide(found.job);
	if (job.kind === 'skip') return { kind: 'leave', reason: job.reason, rule: job.rule };
	if (job.kind === 'unknown') return { kind: 'park', reason: job.reason };
	if (account.kind === 'unknown') return { kind: 'park', reason: account.reason };
	return {
		kind: 'send',
		projectId: job.projectId,
		costCode: account.costCode,
		costType: account.costType,
		rule: `${found.rule}; ${job.rule}; ${account.rule}`,
	};
}

/** Job number of a line: the rules in order, first match wins. */
export function findJob(
	line: { account: string; reference: string | null },
	payable: GpPayable,
	context: MappingContext,
): { job: string; rule: string } | null {
	const texts = {
		accountSegment: line.account,
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

function noJob(line: CostDistribution, context: MappingContext): Reason {
	const places = [...new Set(context.settings.jobFinders.map((finder) => finder.name))];
	return {
		code: 'no-job',
		message: `No job number was found for account ${line.account} in ${places.join(', ') || 'any place: there are no job rules'}`,
		remedy:
			'Correct the distribution in GP (account or reference), or add a job rule that finds the number, or set the account to skip in the accounts crosswalk table.',
	};
}
