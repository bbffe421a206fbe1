import type { GpPayable } from '../model/gp-records';
import { text } from './crosswalk-index';
import { chargeRefused, type NotSentDecision } from './decide-line';
import type { MappingContext } from './mapping-context';
import type { CostDistribution } from './payable-cost';
import { recoverableTax, taxAccountUnknown } from './payable-reasons';

/**
 * Why a charge (freight, tax, miscellaneous, trade discount) is no part of the cost lines, or why the
 * document waits for it; null where the charge policy decides.
 *
 * | the charge's account | becomes |
 * |---|---|
 * | set to skip, by row or rule | left out |
 * | of a job that is set to skip | left out |
 * | a purchase accrual | waits |
 * | rows that cannot be followed | waits |
 * | tax on the balance sheet | left out (policy) |
 * | tax, and nobody knows the account | waits |
 * | anything else | shared out, or a line of its own |
 *
 * A row of the accounts crosswalk that names a cost code, or that a site keeps for the account with
 * the action send, says that its tax is cost.
 */
export function chargeLeft(
	charge: CostDistribution,
	payable: GpPayable,
	context: MappingContext,
): NotSentDecision | null {
	const refused = chargeRefused(charge, payable, context);
	if (refused || charge.charge !== 'tax') return refused;
	const { settings, crosswalk, accounts } = context;
	if (settings.balanceSheetTax === 'asTax' || settings.tax === 'taxCode') return null;
	const { row } = crosswalk.account(charge.account);
	if (text(row?.action).toLowerCase() === 'send' || accounts.isJobCost(charge.account)) return null;
	switch (charge.accountFacts?.postingType) {
		case 'profitAndLoss':
			return null;
		case 'balanceSheet':
			return { kind: 'leave', reason: recoverableTax(charge.account) };
		default:
			return {
				kind: 'park',
				reason: taxAccountUnknown(charge.account, charge.accountFacts !== undefined),
			};
	}
}
