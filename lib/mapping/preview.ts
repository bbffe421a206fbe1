import type { Decimal } from '../model/money';
import type { GpPayable } from '../model/gp-records';
import { chargeLeft } from './charge-left';
import { decideLine } from './decide-line';
import { keyOf } from './crosswalk-index';
import { passedOver } from './explain-line';
import { contextFor, type MappingContext } from './mapping-context';
import { costOfPayable, type ChargeKind } from './payable-cost';
import { payableLabel } from './source-of';
import type { MappingInput } from './types';
import type { ReasonCode } from './verdict';

/** One cost line of a sample document: where it would go and what decided it. */
export interface PreviewLine {
	document: string;
	key: string;
	sequence: number;
	account: string;
	reference: string | null;
	/** As in GP, before any charge is shared. */
	amount: Decimal;
	charge: ChargeKind | null;
	decision: 'send' | 'leave' | 'park';
	projectId: string;
	costCode: string;
	costType: string;
	/** Every decider, e.g. `account segment 1; projects crosswalk row 12; rule "Rebar"`. */
	decidedBy: string;
	/** What stands above that and did not decide, and why: crosswalk rows, then the rules in order. */
	passedOver: string;
	reasonCode: ReasonCode | '';
	message: string;
	remedy: string;
}

/**
 * Shows for each cost line of a sample payable which crosswalk row or rule decides it, by the very
 * decision that mapping takes. Charges are listed with what their own account would give; by the
 * policy "spread" they follow the other lines instead.
 *
 * @throws MappingSettingsError
 */
export function previewer(
	input: Omit<MappingInput, 'records'>,
): (payable: GpPayable) => PreviewLine[] {
	const contexts = new Map<string, MappingContext>();
	const contextOf = (company: string): MappingContext => {
		const known = contexts.get(keyOf(company));
		if (known) return known;
		const context = contextFor(company, { ...input, records: [] });
		contexts.set(keyOf(company), context);
		return context;
	};
	return (payable) => {
		const context = contextOf(payable.company);
		const cost = costOfPayable(payable, context.accounts.isJobCost);
		if (cost === null) return [];
		return [...cost.lines, ...cost.charges].map(({ accountFacts, ...line }): PreviewLine => {
			const whole = { ...line, ...(accountFacts === undefined ? {} : { accountFacts }) };
			const refused = line.charge === null ? null : chargeLeft(whole, payable, context);
			const decision = refused ?? decideLine(whole, payable, context);
			const sent = decision.kind === 'send' ? decision : null;
			const reason = decision.kind === 'send' ? null : decision.reason;
			const decidedBy = (decision.kind === 'park' ? undefined : decision.rule) ?? '';
			return {
				document: payableLabel(payable),
				key: payable.key,
				...line,
				decision: decision.kind,
				projectId: sent?.projectId ?? '',
				costCode: sent?.costCode ?? '',
				costType: sent?.costType ?? '',
				decidedBy,
				passedOver: passedOver(line, payable, decidedBy, context).join('; '),
				reasonCode: reason?.code ?? '',
				message: reason?.message ?? '',
				remedy: reason?.remedy ?? '',
			};
		});
	};
}
