import type { GpPayable } from '../model/gp-records';
import { isAccrual, isSkip, rowName, text } from './crosswalk-index';
import { inspectLine } from './line-sight';
import type { MappingContext } from './mapping-context';
import type { CostDistribution } from './payable-cost';

/**
 * Why nothing that stands above the decider decided, in the order of precedence: crosswalk rows,
 * then each rule. What `decidedBy` names is left out.
 */
export function passedOver(
	line: CostDistribution,
	payable: GpPayable,
	decidedBy: string,
	context: MappingContext,
): string[] {
	const { found } = inspectLine(line, payable, context);
	const told = [
		accountRow(line.account, context),
		projectRow(found?.job ?? null, context),
		...context.settings.rules
			.explain({
				account: line.account,
				reference: line.reference,
				payable,
				vendorClass: context.vendorClass(payable),
			})
			.map(({ rule, unmet }) => [rule, unmet ?? UNHEARD] as const),
	];
	return told.filter(([name]) => !decidedBy.includes(name)).map(([name, why]) => `${name}: ${why}`);
}

const UNHEARD = 'holds, but the crosswalk or an earlier rule has said it all';

function accountRow(account: string, context: MappingContext): readonly [string, string] {
	const { row, problem } = context.crosswalk.account(account);
	if (!row) return ['accounts crosswalk', `has no row for ${account}`];
	const name = rowName('accounts', row);
	if (problem) return [name, problem.message];
	if (isSkip(row)) return [name, 'is set to skip'];
	if (isAccrual(row)) return [name, 'is set to accrual'];
	return text(row.cost_code) === '' && text(row.cost_type) === ''
		? [name, 'names no cost code']
		: [name, 'says what would hold without it'];
}

function projectRow(job: string | null, context: MappingContext): readonly [string, string] {
	if (job === null) return ['projects crosswalk', 'the line shows no job number'];
	const { row, problem } = context.crosswalk.project(job);
	if (!row) return ['projects crosswalk', `has no row for job ${job}`];
	const name = rowName('projects', row);
	if (problem) return [name, problem.message];
	if (isSkip(row)) return [name, 'is set to skip'];
	return text(row.procore_project_id) === ''
		? [name, 'names no Procore project']
		: [name, 'says what would hold without it'];
}
