import type { GpAccount } from '../../model/gp-records';
import { splitAccount } from '../patterns';

/** Fewer accounts of a kind say nothing about a segment. */
const FEWEST = 2;
/** Share of the accounts with one value of the natural segment that are of one kind. */
const PURE = 0.95;

/**
 * The segment of the natural account: the one whose value alone tells whether an account is on the
 * balance sheet. 0 where the chart does not tell, or several do and none has clearly more values.
 */
export function naturalSegment(accounts: readonly GpAccount[]): number {
	const told = accounts.filter(
		({ postingType, type }) => postingType !== 'unknown' && type === 'posting',
	);
	const kinds = (of: readonly GpAccount[]) => ({
		sheet: of.filter(({ postingType }) => postingType === 'balanceSheet').length,
		result: of.filter(({ postingType }) => postingType === 'profitAndLoss').length,
	});
	const all = kinds(told);
	if (all.sheet < FEWEST || all.result < FEWEST) return 0;
	const found: Array<{ segment: number; values: number; purity: number }> = [];
	for (const [segment, groups] of valuesBySegment(told)) {
		let pure = 0;
		let shared = 0;
		for (const group of groups.values()) {
			const { sheet, result } = kinds(group);
			pure += Math.max(sheet, result);
			if (sheet > 0 && result > 0) shared += group.length;
		}
		const purity = pure / told.length;
		if (purity >= PURE && groups.size >= 3) {
			found.push({ segment, values: groups.size, purity: purity - shared / told.length });
		}
	}
	found.sort((left, right) => right.purity - left.purity || right.values - left.values);
	return found[0]?.segment ?? 0;
}

/** Accounts by the value of each segment; 1 is the first. */
export function valuesBySegment(
	accounts: readonly GpAccount[],
): Map<number, Map<string, GpAccount[]>> {
	const segments = new Map<number, Map<string, GpAccount[]>>();
	for (const account of accounts) {
		splitAccount(account.account).forEach((value, index) => {
			const groups = segments.get(index + 1) ?? new Map<string, GpAccount[]>();
			segments.set(index + 1, groups);
			const group = groups.get(value);
			if (group) group.push(account);
			else groups.set(value, [account]);
		});
	}
	return segments;
}

/** Accounts by what a place in them says. */
export function accountsByValue(
	accounts: readonly GpAccount[],
	read: (account: string) => string | null,
): Map<string, GpAccount[]> {
	const groups = new Map<string, GpAccount[]>();
	for (const account of accounts) {
		const value = read(account.account);
		if (value === null) continue;
		const group = groups.get(value);
		if (group) group.push(account);
		else groups.set(value, [account]);
	}
	return groups;
}

/** Share of these accounts whose description fits; 0 where none has one. */
export function shareDescribed(accounts: readonly GpAccount[], words: RegExp): number {
	const described = accounts.filter(({ description }) => (description ?? '').trim() !== '');
	if (described.length === 0) return 0;
	return described.filter(({ description }) => words.test(description!)).length / described.length;
}

export const NO_PROJECT =
	/\b(shop|overhead|yard|warehouse|general and administrative|general & administrative|g ?& ?a|office|admin(istration)?|corporate|equipment pool|home office|head office)\b/i;

export const ACCRUAL =
	/\baccrued? (purchases?|receipts?|a\/?p|payables?|invoices?|vouchers?)|\b(purchase|receipts?|po|p\.o\.|inventory|a\/?p) accruals?\b|\bgr ?[/-]? ?ni\b|\bgrni\b|\b(received|receipts?),? not (yet )?(invoiced|billed|vouchered)\b|\buninvoiced receipts?\b|\bunvouchered\b/i;

export const REVENUE = /\b(revenues?|sales|income|billings?|contract earnings)\b/i;
