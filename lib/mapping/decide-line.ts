import type { GpPayable } from '../model/gp-records';
import { type AccountDecision, placeUnknown } from './accounts';
import type { JobDecision } from './jobs';
import {
	classUnknown,
	noCostType,
	noJob,
	notChosen,
	otherCompany,
	skippedByRule,
	unseenCostAccount,
} from './why-not-sent';
import { inspectLine, type MappingContext } from './mapping-context';
import { receiptsOf } from './reasons';
import type { CostDistribution } from './payable-cost';
import { billsOrder } from './settings-check';
import type { RuleValues } from './policies.types';
import type { Reason } from './types';

/** Where one cost line of a payable goes, or why it does not. */
export type LineDecision =
	| {
			kind: 'send';
			projectId: string;
			costCode: string;
			costType: string;
			description?: string;
			rule: string;
	  }
	/** On purpose not for Procore; the rest of the document goes. */
	| { kind: 'leave'; reason: Reason; rule?: string }
	/** Nobody knows yet: the document waits. */
	| { kind: 'park'; reason: Reason };

export type NotSentDecision = Exclude<LineDecision, { kind: 'send' }>;

/**
 * Who decides: a crosswalk row, then the rules in their order, then the segment rule and the
 * project number. A row that only repeats what would hold without it is no decision, so the rows
 * proposed by the first run do not stand in the way of a rule made later.
 */
export function decideLine(
	line: CostDistribution,
	payable: GpPayable,
	context: MappingContext,
): LineDecision {
	if (line.company !== undefined) return { kind: 'leave', reason: otherCompany(line.company) };
	const { found, byRule } = inspectLine(line, payable, context);
	const account = accountDecision(line.account, byRule, context, ownLineOf(line, context));
	const refused = refusedByRow(account, payable);
	if (refused) return refused;
	if (account.kind === 'skip') return { kind: 'leave', reason: account.reason, rule: account.rule };
	if (byRule.unknownClass) return { kind: 'park', reason: classUnknown(byRule.unknownClass.rule) };
	if (account.kind === 'accrual') {
		if (byRule.skip) return leftByRule(line, byRule.skip);
		return { kind: 'park', reason: receiptsOf(account.reason, payable) };
	}
	if (account.kind === 'notJobCost') {
		if (byRule.skip) return leftByRule(line, byRule.skip);
		const unseen = unseenCostAccount(line, payable, context);
		if (unseen) return { kind: 'park', reason: unseen };
		return { kind: 'leave', reason: account.reason };
	}
	context.accounts.remember(line.account, {});

	const job = found === null ? null : context.jobs.decide(found.job);
	if (job?.kind === 'skip') return { kind: 'leave', reason: job.reason, rule: job.rule };
	if (job?.kind === 'unknown' && job.byRow) return { kind: 'park', reason: job.reason };
	const chosen =
		(account.kind === 'cost' && (account.chosen.costCode || account.chosen.costType)) ||
		(job?.kind === 'project' && job.chosen);
	if (byRule.skip && !chosen) return leftByRule(line, byRule.skip);

	const project = projectDecision(found, job, byRule, context);
	if (project === null) return { kind: 'park', reason: noJob(line, context) };
	if (project.kind === 'skip') return { kind: 'leave', reason: project.reason, rule: project.rule };
	if (project.kind === 'unknown') return { kind: 'park', reason: project.reason };
	const left = notChosen(project.projectId, context, payable.key);
	if (left) return { kind: 'leave', reason: left };
	if (account.kind === 'unknown') return { kind: 'park', reason: account.reason };
	if (account.costType === '' && !payable.voided && !billsOrder(payable, context.settings))
		return { kind: 'park', reason: noCostType(line.account) };
	return {
		kind: 'send',
		projectId: project.projectId,
		costCode: account.costCode,
		costType: account.costType,
		...(byRule.description ? { description: byRule.description.value } : {}),
		rule: `${project.rule}; ${account.rule}`,
	};
}

/**
 * What the account of a charge says against sharing the charge out, as it would of any line: null
 * where nothing does. An account that is no job cost says nothing: its charge follows the cost.
 */
export function chargeRefused(
	charge: CostDistribution,
	payable: GpPayable,
	context: MappingContext,
): NotSentDecision | null {
	if (charge.company !== undefined) return { kind: 'leave', reason: otherCompany(charge.company) };
	const { found, byRule } = inspectLine(charge, payable, context);
	const account = accountDecision(charge.account, byRule, context, ownLineOf(charge, context));
	const refused = refusedByRow(account, payable);
	if (refused) return refused;
	if (byRule.unknownClass) return { kind: 'park', reason: classUnknown(byRule.unknownClass.rule) };
	const chosen = account.kind === 'cost' && (account.chosen.costCode || account.chosen.costType);
	if (byRule.skip && !chosen) return leftByRule(charge, byRule.skip);
	if (account.kind === 'accrual')
		return { kind: 'park', reason: receiptsOf(account.reason, payable) };
	if (found === null) return null;
	const job = context.jobs.decide(found.job);
	if (job.kind === 'project') {
		const left = notChosen(job.projectId, context, payable.key);
		return left ? { kind: 'leave', reason: left } : null;
	}
	return job.kind === 'skip' ? { kind: 'leave', reason: job.reason, rule: job.rule } : null;
}

/** A row of the accounts crosswalk stands above everything else. */
function refusedByRow(account: AccountDecision, payable: GpPayable): NotSentDecision | null {
	if (account.kind === 'skip') return { kind: 'leave', reason: account.reason, rule: account.rule };
	if (account.kind === 'unknown' && account.byRow) return { kind: 'park', reason: account.reason };
	if (account.kind === 'accrual' && account.chosen)
		return { kind: 'park', reason: receiptsOf(account.reason, payable) };
	return null;
}

/** Whether a row of the accounts crosswalk has decided. */
function standsAbove(account: AccountDecision): boolean {
	return (
		account.kind === 'skip' ||
		(account.kind === 'unknown' && account.byRow === true) ||
		(account.kind === 'accrual' && account.chosen)
	);
}

/** Cost code and type of an account once the rules and the policy of its line had their say. */
export function accountDecision(
	account: string,
	byRule: RuleValues,
	context: MappingContext,
	ownLine: OwnLine | null = null,
): AccountDecision {
	// A job product says that the line is job cost, whatever its account.
	const { codeOf, decide } = context.accounts;
	const plain = withOwnLine((ownLine?.isJobCost ? codeOf : decide)(account), ownLine, context);
	return withType(withRules(plain, account, byRule, context), context);
}

/** The same for a charge on an account that is no job cost itself. */
export function chargeCode(
	charge: CostDistribution,
	payable: GpPayable,
	context: MappingContext,
): AccountDecision {
	const { byRule } = inspectLine(charge, payable, context);
	const plain = context.accounts.codeOf(charge.account);
	const own = withOwnLine(plain, ownLineOf(charge, context), context);
	const decision = withType(withRules(own, charge.account, byRule, context), context);
	const isBare = decision.kind === 'cost' && decision.costType === '';
	return isBare && !billsOrder(payable, context.settings)
		? { kind: 'unknown', reason: noCostType(charge.account) }
		: decision;
}

/** Procore takes no line without a cost type. */
function withType(decision: AccountDecision, { settings }: MappingContext): AccountDecision {
	const why = settings.unfound?.costType;
	return decision.kind === 'cost' && decision.costType === '' && why !== undefined
		? { kind: 'unknown', reason: placeUnknown('costType', why) }
		: decision;
}

interface OwnLine {
	name: string;
	isJobCost?: true;
	costCode?: string;
	costType?: string;
}

function ownLineOf(line: CostDistribution, context: MappingContext): OwnLine | null {
	if (line.job !== undefined) return ofJobProduct(line, context);

	if (line.charge === null || context.settings[line.charge] !== 'ownLine') return null;
	const own = context.settings.ownLines[line.charge];
	return own ? { name: `policy for ${line.charge}`, ...own } : null;
}

/** Its codes as they are, unless the cost types of the mapping translate its type. */
function ofJobProduct(line: CostDistribution, { settings }: MappingContext): OwnLine {
	const type = line.costType?.trim() ?? '';
	const costType = settings.costTypeOf(type) ?? type;
	return {
		name: 'job cost of the line in GP',
		isJobCost: true,
		...(line.costCode ? { costCode: line.costCode } : {}),
		...(costType ? { costType } : {}),
	};
}

/** Nobody said yet where it stands: that keeps no line back which says it itself. */
const isPlaceUnknown = (decision: AccountDecision) =>
	decision.kind === 'unknown' && decision.reason.code === 'place-unknown';

/** A person's row stands above the policy, the policy above the segments. */
function withOwnLine(
	plain: AccountDecision,
	own: OwnLine | null,
	context: MappingContext,
): AccountDecision {
	const costCode = own?.costCode?.trim();
	const costType = own?.costType?.trim();
	if (!own || (!costCode && !costType)) return plain;
	if (plain.kind === 'cost') {
		const { chosen } = plain;
		return {
			...plain,
			costCode: chosen.costCode ? plain.costCode : costCode || plain.costCode,
			costType: chosen.costType ? plain.costType : costType || plain.costType,
			rule: chosen.costCode ? plain.rule : own.name,
		};
	}
	if (!costCode || plain.kind !== 'unknown') return plain;
	const saysItself = own.isJobCost && isPlaceUnknown(plain);
	if (plain.reason.code !== 'cost-code-missing' && !saysItself) return plain;
	return {
		kind: 'cost',
		costCode,
		costType: costType || context.settings.defaultCostType,
		rule: own.name,
		chosen: { costCode: false, costType: false },
	};
}

function withRules(
	plain: AccountDecision,
	account: string,
	byRule: RuleValues,
	context: MappingContext,
): AccountDecision {
	if (plain.kind === 'skip' || (!byRule.costCode && !byRule.costType)) return plain;
	if (plain.kind !== 'cost') {
		if (standsAbove(plain)) return plain;
		// A rule that names a cost code makes an account job cost.
		if (!byRule.costCode) return plain;
		// A type that a person gave the account stands above the rule here as well.
		const own = context.accounts.typeOf(account);
		const costType = own.chosen ? own.costType : (byRule.costType?.value ?? own.costType);
		return {
			kind: 'cost',
			costCode: byRule.costCode.value,
			costType,
			rule: byRule.costCode.rule,
			chosen: { costCode: false, costType: false },
		};
	}
	const costCode = plain.chosen.costCode ? undefined : byRule.costCode;
	const costType = plain.chosen.costType ? undefined : byRule.costType;
	const deciders = new Set([costCode?.rule ?? plain.rule, ...(costType ? [costType.rule] : [])]);
	return {
		...plain,
		costCode: costCode?.value ?? plain.costCode,
		costType: costType?.value ?? plain.costType,
		rule: [...deciders].join(', '),
	};
}

function projectDecision(
	found: { job: string; rule: string } | null,
	job: JobDecision | null,
	byRule: RuleValues,
	context: MappingContext,
): JobDecision | null {
	const plain =
		found !== null && job?.kind === 'project'
			? { ...job, rule: `${found.rule}; ${job.rule}` }
			: job;
	if (plain?.kind === 'project' && plain.chosen) return plain;
	if (byRule.projectId) {
		const { value, rule } = byRule.projectId;
		return { kind: 'project', projectId: value, jobName: '', rule, chosen: false };
	}
	if (byRule.job) {
		const named = context.jobs.decide(byRule.job.value);
		return named.kind === 'unknown'
			? named
			: { ...named, rule: `${byRule.job.rule}; ${named.rule}` };
	}
	return plain;
}

function leftByRule(
	{ account }: CostDistribution,
	skip: { value: string; rule: string },
): NotSentDecision {
	return { kind: 'leave', rule: skip.rule, reason: skippedByRule(account, skip) };
}
