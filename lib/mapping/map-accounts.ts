import type { SourceReference } from '../base/source';
import type { GpAccount } from '../gp/records';
import type { DesiredCostCode } from '../procore/desired';
import type { AccountDecision } from './accounts';
import { costCodeName, splitCostCode } from './cost-code-names';
import { keyOf, text } from './crosswalk-index';
import { accountDecision } from './decide-line';
import { jobOfAccount } from './find-job';
import type { MappingContext } from './mapping-context';
import { costCodeOriginId } from './origin-ids';
import { sourceOf } from './source-of';
import type { AccountCrosswalkRow } from './types';
import { parked, skipped, slim, type Mapped, type Reason } from './verdict';

/** An account that is a cost code of a project. */
interface CostAccount {
	record: GpAccount;
	job: string;
	jobName: string;
	projectId: string;
	costCode: string;
	rule: string;
}

/**
 * GL accounts (GL00100) → cost codes of the job's project. One result per account, in their order.
 *
 * Accounts that differ only in cost type (300-5110-01 labor, 300-5110-02 material) share one cost
 * code: the first one brings it, so that a code never flips between two names; the others are
 * reported as standing behind it.
 */
export function mapAccounts(accounts: GpAccount[], context: MappingContext): Mapped[] {
	const results = accounts.map((record) => decide(record, context));
	const groups = new Map<string, CostAccount[]>();
	for (const result of results) {
		if (!('costCode' in result)) continue;
		const originId = costCodeOriginId(context.company, result.costCode, result.projectId);
		groups.set(originId, [...(groups.get(originId) ?? []), result]);
	}
	const byRecord = new Map<GpAccount, Mapped>();
	const known = siblingsByCode(context);
	for (const [originId, group] of groups) {
		const siblings = known.get(siblingKey(group[0].job, group[0].costCode)) ?? [];
		for (const [record, mapped] of mapGroup(originId, group, siblings, context)) {
			byRecord.set(record, mapped);
		}
	}
	return results.map((result) => ('costCode' in result ? byRecord.get(result.record)! : result));
}

function decide(record: GpAccount, context: MappingContext): CostAccount | Mapped {
	const source = sourceOf(record, context);
	const account = accountAlone(record.account, context);
	if (account.kind === 'notJobCost' || account.kind === 'skip')
		return skipped(source, account.reason);
	const found = jobOfAccount(record.account, context);
	if (found === null) {
		context.accounts.remember(record.account, { description: record.description });
		return skipped(source, companyLevel(record.account));
	}
	if (account.kind === 'unknown') return parked(source, record, account.reason);
	const job = context.jobs.decide(found.job);
	if (job.kind === 'skip') return skipped({ ...source, rule: job.rule }, job.reason);
	if (job.kind === 'unknown') {
		context.accounts.remember(record.account, { description: record.description });
		return parked(source, record, job.reason);
	}
	return {
		record,
		job: found.job,
		jobName: job.jobName,
		projectId: job.projectId,
		costCode: account.costCode,
		rule: `${found.rule}; ${job.rule}; ${account.rule}`,
	};
}

/** Rules about accounts alone hold here; those about documents find none. */
function accountAlone(account: string, context: MappingContext): AccountDecision {
	const subject = { account, reference: null, payable: null, vendorClass: null };
	return accountDecision(account, context.settings.rules.valuesFor(subject), context);
}

function mapGroup(
	originId: string,
	group: CostAccount[],
	siblings: AccountCrosswalkRow[],
	context: MappingContext,
): Array<[GpAccount, Mapped]> {
	const { costCode, job, jobName, projectId } = group[0];
	const name =
		siblings.map((row) => text(row.cost_code_name)).find((known) => known !== '') ??
		costCodeName(
			group.map((member) => member.record.description),
			{ number: job, name: jobName },
			costCode,
		);
	for (const { record } of group) {
		context.accounts.remember(record.account, {
			description: record.description,
			costCodeName: name,
		});
	}
	// An active account brings the code where there is one.
	const bearer = group.find((member) => member.record.active) ?? group[0];
	const here = new Set(group.map((member) => keyOf(member.record.account)));
	const others = siblings.filter((row) => !here.has(keyOf(row.gp_account)));
	return group.map((member) => {
		const source: SourceReference = { ...sourceOf(member.record, context), rule: member.rule };
		if (member !== bearer) {
			return [member.record, skipped(source, sameCode(costCode, bearer.record.account))];
		}
		if (!member.record.active && others.length > 0) {
			return [member.record, skipped(source, stillUsed(member, others[0].gp_account))];
		}
		const { parent, code } = splitCostCode(costCode);
		const desired: DesiredCostCode = {
			kind: 'costCode',
			originId,
			source,
			record: slim(member.record),
			projectId,
			code,
			name,
			...(parent === null
				? {}
				: {
						parent: {
							code: parent,
							name: `Division ${parent}`,
							originId: costCodeOriginId(context.company, parent, projectId),
						},
					}),
			active: member.record.active,
		};
		return [member.record, { desired: [desired], notSent: [] }];
	});
}

/** Crosswalk rows by job and cost code, each in table order. */
function siblingsByCode(context: MappingContext): Map<string, AccountCrosswalkRow[]> {
	const siblings = new Map<string, AccountCrosswalkRow[]>();
	for (const row of context.crosswalk.accounts) {
		const found = jobOfAccount(row.gp_account, context);
		const decision = accountAlone(row.gp_account, context);
		if (found === null || decision.kind !== 'cost') continue;
		const key = siblingKey(found.job, decision.costCode);
		const rows = siblings.get(key);
		if (rows) rows.push(row);
		else siblings.set(key, [row]);
	}
	return siblings;
}

function siblingKey(job: string, costCode: string): string {
	return `${keyOf(job)} ${costCode}`;
}

function companyLevel(account: string): Reason {
	return {
		code: 'company-level-account',
		message: `Account ${account} belongs to no single job; its cost code is made by the accounts of each job`,
		remedy: 'Nothing to do.',
	};
}

function sameCode(costCode: string, bearer: string): Reason {
	return {
		code: 'same-cost-code',
		message: `Stands in Procore as cost code ${costCode}, which account ${bearer} brings`,
		remedy: 'Nothing to do.',
	};
}

function stillUsed(account: CostAccount, other: string): Reason {
	return {
		code: 'shared-cost-code',
		message: `Account ${account.record.account} is inactive, but account ${other} stands behind the same cost code ${account.costCode}`,
		remedy: `If no account uses ${account.costCode} any more, deactivate it in Procore by hand.`,
	};
}
