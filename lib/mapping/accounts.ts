import { causeKey } from '../model/keys';
import { type CrosswalkIndex, isAccrual, isSkip, keyOf, rowName, text } from './crosswalk-index';
import type { CheckedSettings } from './settings-check';
import type { AccountCrosswalkRow, PlaceToFind, Reason } from './types';

const PLACES: Record<PlaceToFind, { what: string; field: string }> = {
	job: { what: 'where the job stands', field: 'Job Found In' },
	costAccounts: { what: 'which accounts are job cost', field: 'Cost Accounts' },
	costCode: { what: 'where the cost code stands', field: 'Cost Code From' },
	costType: { what: 'where the cost type stands', field: 'Cost Type From or Default Cost Type' },
};

/** Nothing is sent on a guess: what a place would decide waits until it is known. */
export function placeUnknown(place: PlaceToFind, why: string): Reason {
	const { what, field } = PLACES[place];
	return {
		code: 'place-unknown',
		message: `Setup has not found ${what}: ${why}`,
		remedy: `Run "GP to Procore: setup" and accept what it finds, or fill in ${field} in the node Mapping of the sync. The next run tries again.`,
	};
}

/** What a GL account is in job cost, before any project is known. */
export type AccountDecision =
	| {
			kind: 'cost';
			costCode: string;
			costType: string;
			rule: string;
			/** A person chose them: the row says something else than the segments would. */
			chosen: { costCode: boolean; costType: boolean };
	  }
	| { kind: 'notJobCost'; reason: Reason }
	| { kind: 'skip'; reason: Reason; rule: string }
	/** A purchase accrual: its cost stands on the receipt. `chosen`: by its row, not by the setting. */
	| { kind: 'accrual'; reason: Reason; rule: string; chosen: boolean }
	/** `byRow`: the crosswalk rows themselves cannot be followed, so nothing below them may decide. */
	| { kind: 'unknown'; reason: Reason; byRow?: true };

export interface Accounts {
	isJobCost(account: string): boolean;
	decide(account: string): AccountDecision;
	/** Cost code and type of any account, job cost or not (a freight account with a line of its own). */
	codeOf(account: string): AccountDecision;
	/** Cost type of any account by itself; `chosen`: its row says something else than the segments would. */
	typeOf(account: string): { costType: string; chosen: boolean };
	/** Proposes a crosswalk row for a cost account that has none. */
	remember(account: string, facts: { description?: string | null; costCodeName?: string }): void;
	/** Cost accounts met so far that have no crosswalk row, in the order met. */
	met(): AccountCrosswalkRow[];
}

/**
 * An account is job cost when it matches the pattern or when its crosswalk row decides about it.
 * The row's code and type stand above the segment rule, so an admin changes them in the table.
 */
export function accountsOf(input: {
	company: string;
	crosswalk: CrosswalkIndex;
	settings: CheckedSettings;
}): Accounts {
	const { settings, crosswalk } = input;
	const met = new Map<string, AccountCrosswalkRow>();

	function isJobCost(account: string): boolean {
		const { row, problem } = crosswalk.account(account);
		if (problem || isSkip(row) || isAccrual(row) || text(row?.cost_code) !== '') return true;
		return settings.isCostAccount(account);
	}

	function decide(account: string): AccountDecision {
		if (isJobCost(account) || settings.isAccrualAccount(account)) return codeOf(account);
		const why = settings.unfound?.costAccounts;
		if (why !== undefined) return { kind: 'unknown', reason: placeUnknown('costAccounts', why) };
		return { kind: 'notJobCost', reason: notJobCost(account) };
	}

	function codeOf(account: string): AccountDecision {
		const { row, problem } = crosswalk.account(account);
		if (problem) return { kind: 'unknown', reason: problem, byRow: true };
		if (row && isSkip(row)) {
			const rule = rowName('accounts', row);
			return { kind: 'skip', rule, reason: skippedAccount(account, rule, text(row.note)) };
		}
		if (row && isAccrual(row)) {
			const rule = rowName('accounts', row);
			return { kind: 'accrual', rule, reason: costOnReceipt(account, rule), chosen: true };
		}
		const bySegment = costBySegment(account, settings);
		// A cost code that a person gave the account says more than the setting.
		const ownCode = text(row?.cost_code);
		if (settings.isAccrualAccount(account) && (ownCode === '' || ownCode === bySegment.costCode)) {
			const rule = 'accrual accounts of the mapping';
			return { kind: 'accrual', rule, reason: costOnReceipt(account, rule), chosen: false };
		}
		const costCode = text(row?.cost_code) || bySegment.costCode;
		const costType = text(row?.cost_type) || bySegment.costType;
		if (costCode === '') return { kind: 'unknown', reason: noCostCode(account, settings) };
		const rule =
			row && (text(row.cost_code) || text(row.cost_type))
				? rowName('accounts', row)
				: settings.costCodePattern
					? 'cost code pattern'
					: `account segment ${settings.costCodeSegment}`;
		return {
			kind: 'cost',
			costCode,
			costType,
			rule,
			chosen: {
				costCode: costCode !== bySegment.costCode,
				costType: costType !== bySegment.costType,
			},
		};
	}

	function typeOf(account: string): { costType: string; chosen: boolean } {
		const bySegment = costBySegment(account, settings).costType;
		const costType = text(crosswalk.account(account).row?.cost_type) || bySegment;
		return { costType, chosen: costType !== bySegment };
	}

	function remember(
		account: string,
		facts: { description?: string | null; costCodeName?: string },
	): void {
		if (crosswalk.account(account).row || !settings.isCostAccount(account)) return;
		const known = met.get(keyOf(account));
		const { costCode, costType } = costBySegment(account, settings);
		met.set(keyOf(account), {
			gp_company: input.company,
			gp_account: keyOf(account),
			gp_description: facts.description ?? known?.gp_description ?? null,
			cost_code: costCode,
			cost_code_name: facts.costCodeName ?? known?.cost_code_name ?? null,
			cost_type: costType,
			action: 'send',
			note: '',
		});
	}

	return { isJobCost, decide, codeOf, typeOf, remember, met: () => [...met.values()] };
}

/** The segment or pattern alone. Empty code when the account has too few segments, or other ones. */
function costBySegment(
	account: string,
	settings: CheckedSettings,
): { costCode: string; costType: string } {
	return {
		costCode: settings.costCodeOf(account),
		costType: settings.costTypeOf(settings.typeValueOf(account)) ?? settings.defaultCostType,
	};
}

function notJobCost(account: string): Reason {
	return {
		code: 'not-job-cost',
		message: `Account ${account} is not a job cost account`,
		remedy: `Nothing to do. If it is one, give it a cost_code in the accounts crosswalk table or widen the cost account pattern.`,
	};
}

function costOnReceipt(account: string, rule: string): Reason {
	return {
		code: 'cost-on-receipt',
		causeKey: causeKey('A', account),
		message: `Account ${account} is a purchase accrual account (${rule}): the cost stands on the purchase receipt, which is not read`,
		remedy: `Enter the cost of the receipt in Procore by hand and set the account or the vendor to skip; or, if ${account} is no accrual account, change its "action" to send with a cost_code in the accounts crosswalk table.`,
	};
}

function skippedAccount(account: string, rule: string, note: string): Reason {
	return {
		code: 'skipped-by-crosswalk',
		message: `Account ${account} is set to skip in ${rule}${note ? `: ${note}` : ''}`,
		remedy: `To send it, change "action" to send in ${rule}.`,
	};
}

function noCostCode(account: string, settings: CheckedSettings): Reason {
	const why = settings.unfound?.costCode;
	if (why !== undefined) return placeUnknown('costCode', why);
	return {
		code: 'cost-code-missing',
		causeKey: causeKey('A', account),
		message: settings.costCodePattern
			? `The cost code pattern finds nothing in account ${account}`
			: `Account ${account} has no segment ${settings.costCodeSegment} to take the cost code from`,
		remedy: `Fill in cost_code for account ${account} in the accounts crosswalk table.`,
	};
}
