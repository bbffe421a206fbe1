import { causeKey } from '../model/keys';
import type { GpPayable } from '../model/gp-records';
import { notChosen } from './first-load';
import { jobOfAccount, type MappingContext } from './mapping-context';
import type { CostDistribution } from './payable-cost';
import type { Reason } from './verdict';

/**
 * Why a line off the cost accounts waits instead of being left out, or null. Setup makes the pattern of
 * the cost accounts of a sample; an account that came later and names the job of a project in itself is
 * cost of the project, or is not: nobody has said. A pattern that a person wrote leaves out what it does
 * not match, and so do an account known to be on the balance sheet and a project that gets nothing yet.
 * Charges follow the cost, whatever their account.
 */
export function unseenCostAccount(
	line: CostDistribution,
	payable: GpPayable,
	context: MappingContext,
): Reason | null {
	if (!context.settings.costAccountsFound || line.charge !== null) return null;
	if (line.accountFacts?.postingType === 'balanceSheet') return null;
	const found = jobOfAccount(line.account, context);
	const project = found && context.jobs.linked(found.job);
	if (!project || notChosen(project.projectId, context, payable.key)) return null;
	const named = project.jobName ? `${project.jobName} (${project.projectId})` : project.projectId;
	return {
		code: 'cost-account-unknown',
		causeKey: causeKey('A', line.account),
		message: `Account ${line.account} names job ${found.job} of project ${named} and is none of the cost accounts that setup found: nobody has said whether it is job cost`,
		remedy: `Add account ${line.account} to the accounts crosswalk table: with its cost_code where it is job cost, with the action skip where it is not. Or fill in Cost Accounts in the node Mapping of the sync.`,
	};
}
