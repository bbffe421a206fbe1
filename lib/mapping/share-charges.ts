import type { GpPayable } from '../model/gp-records';
import { add, type Decimal, isZero } from '../model/money';
import { allocate, roundTogether, type SharedLine, withRetainage } from './allocate';
import { keyOf, text } from './crosswalk-index';
import {
	chargeCode,
	chargeRefused,
	decideLine,
	type LineDecision,
	type NotSentDecision,
} from './decide-line';
import type { MappingContext } from './mapping-context';
import type { CostDistribution, PayableCost } from './payable-cost';
import type { InvoicePolicies, TaxPolicy } from './policies.types';
import { recoverableTax, taxAccountUnknown, taxByCode, taxCodeMissing } from './reasons';
import type { Reason } from './types';

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
function chargeLeft(
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

/**
 * The one Procore tax code for all tax details of a document: a line takes no more than one. The
 * code set for "" serves details not named, and documents whose details the site does not hand over.
 */
function taxCodeOf(
	payable: GpPayable,
	taxCodes: InvoicePolicies['taxCodes'],
): { taxCodeId: string } | { reason: Reason } {
	const codeOf = (detail: string) =>
		(Object.hasOwn(taxCodes, detail) ? taxCodes[detail] : (taxCodes[''] ?? '')).trim();
	const details = [...new Set((payable.taxes ?? []).map((tax) => keyOf(tax.taxDetailId)))];
	const codes = new Set(details.length === 0 ? [codeOf('')] : details.map(codeOf));
	const [taxCodeId] = codes;
	return codes.size === 1 && taxCodeId !== ''
		? { taxCodeId }
		: { reason: taxCodeMissing(details.filter((detail) => detail !== '')) };
}

/**
 * Cost lines in cents with charges and retainage by policy. Whatever the policies, the amounts add
 * up to the document's cost (rounded to cents once, where a site keeps fractions of a cent). Lines of
 * another company (intercompany) take no share of this one's charges.
 */
export function shareCharges(
	payable: GpPayable,
	cost: PayableCost,
	context: MappingContext,
): SharedLine[] {
	const everything = [...cost.lines, ...cost.charges];
	const cents = roundTogether(everything.map((line) => line.amount));
	const sequences = uniqueSequences(everything);
	let lines: SharedLine[] = cost.lines.map((distribution, index) => ({
		distribution,
		sequence: sequences[index],
		decision: decideLine(distribution, payable, context),
		amount: cents[index],
	}));
	// A charge of this company is no cost of another one, whatever lines of that one stand beside it.
	const weights = lines.flatMap((line, index) =>
		isOwn(line) ? [{ key: String(index), weight: line.amount }] : [],
	);
	const own: SharedLine[] = [];
	cost.charges.forEach((charge, position) => {
		const amount = cents[cost.lines.length + position];
		const sequence = sequences[cost.lines.length + position];
		const left = chargeLeft(charge, payable, context);
		if (left) {
			own.push({ distribution: charge, sequence, amount, decision: left });
			return;
		}
		const policy = policyOf(charge, context);
		if (policy === 'spread') {
			for (const share of allocate(amount, weights)) {
				const line = lines[Number(share.key)];
				line.amount = add(line.amount, share.amount);
			}
			return;
		}
		if (policy === 'taxCode') {
			const tax = taxCodeOf(payable, context.settings.taxCodes);
			if ('reason' in tax) {
				own.push({
					distribution: charge,
					sequence,
					amount,
					decision: { kind: 'park', reason: tax.reason },
				});
				return;
			}
			const { taxCodeId } = tax;
			lines = lines.map((line) => ({ ...line, taxCodeId }));
			own.push({
				distribution: charge,
				sequence,
				amount,
				decision: { kind: 'leave', reason: taxByCode(taxCodeId) },
			});
			return;
		}
		const decision = decideLine(charge, payable, context);
		const shared: SharedLine = { distribution: charge, sequence, decision, amount };
		own.push(
			...(hasNoJob(decision) ? splitOverProjects(shared, payable, lines, context) : [shared]),
		);
	});
	return withRetainage([...lines, ...own], cost.retainage, context).filter(
		(line) => !isZero(line.amount),
	);
}

/**
 * A charge on an account of its own job stays there. One on a company account (freight-in, sales
 * tax) becomes a line in each project of the document, in proportion to the project's cost.
 */
function splitOverProjects(
	charge: SharedLine,
	payable: GpPayable,
	lines: SharedLine[],
	context: MappingContext,
): SharedLine[] {
	const code = chargeCode(charge.distribution, payable, context);
	const sent = lines.filter((line) => line.decision.kind === 'send');
	if (code.kind === 'skip' || code.kind === 'notJobCost' || sent.length === 0) return [charge];
	if (code.kind !== 'cost') return [{ ...charge, decision: { kind: 'park', reason: code.reason } }];
	// Lines left out on purpose carry their part of the charge with them.
	const groups = new Map<string, { decision: LineDecision; weight: Decimal }>();
	for (const { decision, amount } of lines.filter(isOwn)) {
		const key = decision.kind === 'send' ? `P${decision.projectId}` : decision.kind;
		const group = groups.get(key);
		const weight = amount.replace('-', '');
		if (group) group.weight = add(group.weight, weight);
		else groups.set(key, { decision, weight });
	}
	const shares = allocate(
		charge.amount,
		[...groups].map(([key, group]) => ({ key, weight: group.weight })),
	);
	return shares.map((share) => {
		const { decision } = groups.get(share.key)!;
		return {
			...charge,
			amount: share.amount,
			decision:
				decision.kind === 'send'
					? {
							kind: 'send',
							projectId: decision.projectId,
							costCode: code.costCode,
							costType: code.costType,
							rule: code.rule,
						}
					: decision,
		};
	});
}

function isOwn({ distribution }: SharedLine): boolean {
	return distribution.company === undefined;
}

function hasNoJob(decision: LineDecision): boolean {
	if (decision.kind === 'send') return false;
	return decision.reason.code === (decision.kind === 'park' ? 'no-job' : 'not-job-cost');
}

function policyOf(charge: CostDistribution, context: MappingContext): TaxPolicy {
	return charge.charge === null ? 'spread' : context.settings[charge.charge];
}

/** Sequences tell lines apart in Procore; a site that repeats one gets "5", "5.2", "5.3". */
function uniqueSequences(lines: CostDistribution[]): string[] {
	const used = new Map<number, number>();
	return lines.map(({ sequence }) => {
		const times = (used.get(sequence) ?? 0) + 1;
		used.set(sequence, times);
		return times === 1 ? String(sequence) : `${sequence}.${times}`;
	});
}
