import type { DesiredCostCode, SourceReference } from '../model/desired';
import type { GpAccount } from '../model/gp-records';
import { addTo, groupedBy } from '../model/keys';
import * as reasons from './reasons';
import { type AccountDecision, placeUnknown } from './accounts';
import {
	codeOriginId,
	type CodeTarget,
	commonTargets,
	costCodeName,
	splitCostCode,
} from './cost-codes';
import { keyOf, text } from './crosswalk-index';
import { accountDecision } from './decide-line';
import { jobOfAccount, jobsStandInTexts, type MappingContext, sourceOf } from './mapping-context';
import { notChosen } from './why-not-sent';
import { type AccountCrosswalkRow, type Mapped, parked, skipped, slim } from './types';

/** An account that is a cost code somewhere. */
interface CostAccount {
	record: GpAccount;
	/** Job whose project gets the code; empty where all get it alike. */
	job: string;
	jobName: string;
	targets: CodeTarget[];
	costCode: string;
	rule: string;
}

/**
 * GL accounts (GL00100) → cost codes of the job's project, or by policy of other projects or the
 * standard list. One result per account, in their order.
 *
 * Accounts that differ only in cost type (300-5110-01 labor, 300-5110-02 material) share one cost
 * code: the first one brings it, so that a code never flips between two names; the others are
 * reported as standing behind it.
 */
export function mapAccounts(accounts: GpAccount[], context: MappingContext): Mapped[] {
	const common = commonTargets(context);
	const results = accounts.map((record) => decide(record, common, context));
	const ofCost = results.filter((result) => 'costCode' in result);
	const groups = groupedBy(ofCost, (result) => groupKey(result, common === null));
	const byRecord = new Map<GpAccount, Mapped>();
	const known = siblingsByCode(common === null, context);
	for (const group of groups.values()) {
		const siblings = known.get(siblingKey(group[0].job, group[0].costCode)) ?? [];
		for (const [record, mapped] of mapGroup(group, siblings, context)) byRecord.set(record, mapped);
	}
	return results.map((result) => ('costCode' in result ? byRecord.get(result.record)! : result));
}

/** Two jobs may share a project; accounts with one cost code there are one group. */
function groupKey({ targets, costCode }: CostAccount, byProject: boolean): string {
	const [first] = targets;
	return byProject && first && 'projectId' in first ? `${first.projectId} ${costCode}` : costCode;
}

function decide(
	record: GpAccount,
	common: ReturnType<typeof commonTargets>,
	context: MappingContext,
): CostAccount | Mapped {
	const source = sourceOf(record, context);
	const account = accountAlone(record.account, context);
	if (account.kind === 'notJobCost' || account.kind === 'skip' || account.kind === 'accrual') {
		return skipped(source, account.reason);
	}
	if (record.active === false && context.settings.inactiveAccounts === 'leaveOut') {
		return skipped(source, reasons.inactive(record.account));
	}
	const found = jobOfAccount(record.account, context);
	if (account.kind === 'unknown' && account.reason.code === 'place-unknown') {
		return parked(source, record, account.reason);
	}
	if (common !== null) {
		if (account.kind === 'unknown') return parked(source, record, account.reason);
		if ('reason' in common) return parked(source, record, common.reason);
		if (common.length === 0) return skipped(source, reasons.noTarget());
		const { costCode } = account;
		return { record, job: '', jobName: '', targets: common, costCode, rule: account.rule };
	}
	if (found === null) {
		const why = context.settings.unfound?.job;
		if (why !== undefined) return parked(source, record, placeUnknown('job', why));
		context.accounts.remember(record.account, { description: record.description });
		return skipped(source, reasons.companyLevel(record.account, jobsStandInTexts(context)));
	}
	if (account.kind === 'unknown') return parked(source, record, account.reason);
	const job = context.jobs.decide(found.job);
	if (job.kind === 'skip') return skipped({ ...source, rule: job.rule }, job.reason);
	if (job.kind === 'unknown') {
		context.accounts.remember(record.account, { description: record.description });
		return parked(source, record, job.reason);
	}
	const left = notChosen(job.projectId, context);
	if (left) return skipped(source, left);
	return {
		record,
		job: found.job,
		jobName: job.jobName,
		targets: [{ projectId: job.projectId }],
		costCode: account.costCode,
		rule: `${found.rule}; ${job.rule}; ${account.rule}`,
	};
}

/**
 * Whether sending this account makes the cost code in the project: as `mapAccounts` decides, for a
 * line that books on it. Not where the document itself says the job or the code.
 */
export function bringsCode(
	account: string,
	{ costCode, projectId }: { costCode: string; projectId: string },
	context: MappingContext,
): boolean {
	const { settings, jobs, codesBrought } = context;
	const key = keyOf(account);
	let brought = codesBrought.get(key);
	if (!brought) codesBrought.set(key, (brought = new Set(placesOf(account))));
	return brought.has(placeKey(projectId, costCode));

	function placesOf(ofAccount: string): string[] {
		const own = accountAlone(ofAccount, context);
		if (own.kind !== 'cost') return [];
		if (settings.costCodesGoTo === 'ownProject') {
			const found = jobOfAccount(ofAccount, context);
			const job = found && jobs.decide(found.job);
			if (job?.kind !== 'project' || notChosen(job.projectId, context)) return [];
			return [placeKey(job.projectId, own.costCode)];
		}
		const targets = commonTargets(context);
		if (targets === null || 'reason' in targets) return [];
		return targets.flatMap((target) =>
			'projectId' in target ? [placeKey(target.projectId, own.costCode)] : [],
		);
	}
}

/**
 * Whether the code of an account can only be made where a cost needs it: codes go to the project of the job,
 * and jobs stand in texts alone. Not where the document itself says the code.
 */
export function madeWhereNeeded(
	account: string,
	costCode: string,
	context: MappingContext,
): boolean {
	if (context.settings.costCodesGoTo !== 'ownProject' || !jobsStandInTexts(context)) return false;
	const own = accountAlone(account, context);
	return own.kind === 'cost' && own.costCode === costCode;
}

const placeKey = (projectId: string, costCode: string) => `${projectId} ${costCode}`;

/** Rules about accounts alone hold here; those about documents find none. */
function accountAlone(account: string, context: MappingContext): AccountDecision {
	const subject = { account, reference: null, payable: null, vendorClass: null };
	return accountDecision(account, context.settings.rules.valuesFor(subject), context);
}

function mapGroup(
	group: CostAccount[],
	siblings: AccountCrosswalkRow[],
	context: MappingContext,
): Array<[GpAccount, Mapped]> {
	const { costCode, targets } = group[0];
	const name =
		siblings.map((row) => text(row.cost_code_name)).find((known) => known !== '') ??
		costCodeName(
			group.map((member) => member.record.description),
			group.map((member) => ({
				number: member.job || (jobOfAccount(member.record.account, context)?.job ?? ''),
				name: member.jobName,
			})),
			costCode,
		);
	for (const { record } of group) {
		context.accounts.remember(record.account, {
			description: record.description,
			costCodeName: name,
		});
	}
	// An active account brings the code where there is one.
	const bearer = group.find((member) => member.record.active !== false) ?? group[0];
	const here = new Set(group.map((member) => keyOf(member.record.account)));
	const others = siblings.filter((row) => !here.has(keyOf(row.gp_account)));
	return group.map((member) => {
		const { record } = member;
		const source: SourceReference = { ...sourceOf(record, context), rule: member.rule };
		if (member !== bearer) {
			return [record, skipped(source, reasons.sameCode(costCode, bearer.record.account))];
		}
		if (record.active === false && others.length > 0) {
			return [record, skipped(source, reasons.stillUsed(record, costCode, others[0].gp_account))];
		}
		const desired = targets.map((target) =>
			desiredCode(record, source, costCode, name, target, context),
		);
		return [record, { desired, notSent: [] }];
	});
}

function desiredCode(
	record: GpAccount,
	source: SourceReference,
	costCode: string,
	name: string,
	target: CodeTarget,
	context: MappingContext,
): DesiredCostCode {
	const { parent, code } = splitCostCode(costCode);
	const { divisionNames } = context.settings;
	return {
		kind: 'costCode',
		originId: codeOriginId(context.company, costCode, target),
		source,
		record: slim(record),
		projectId: 'projectId' in target ? target.projectId : '',
		...('standardListId' in target ? { standardListId: target.standardListId } : {}),
		code,
		name,
		...(parent === null
			? {}
			: {
					parent: {
						code: parent,
						name:
							(Object.hasOwn(divisionNames, parent) && divisionNames[parent]) ||
							`Division ${parent}`,
						originId: codeOriginId(context.company, parent, target),
					},
				}),
		// Where GP does not tell, a code is not taken away.
		active: record.active !== false,
	};
}

/** Crosswalk rows by job (unless all projects get the codes alike) and cost code, in table order. */
function siblingsByCode(
	byJob: boolean,
	context: MappingContext,
): Map<string, AccountCrosswalkRow[]> {
	const siblings = new Map<string, AccountCrosswalkRow[]>();
	for (const row of context.crosswalk.accounts) {
		const found = jobOfAccount(row.gp_account, context);
		const decision = accountAlone(row.gp_account, context);
		if ((byJob && found === null) || decision.kind !== 'cost') continue;
		addTo(siblings, siblingKey(byJob ? found!.job : '', decision.costCode), row);
	}
	return siblings;
}

function siblingKey(job: string, costCode: string): string {
	return `${keyOf(job)} ${costCode}`;
}
