export type CrosswalkTable = 'projects' | 'accounts' | 'vendors';

/**
 * Words a crosswalk row may have as its action; blank is the first of them. Any other word is refused
 * with the row's name: "skp" must not send what somebody wanted to keep back.
 */
export const CROSSWALK_ACTIONS = {
	projects: ['send', 'skip'],
	/** accrual: a purchase accrual account, whose cost stands on the purchase receipt. */
	accounts: ['send', 'skip', 'accrual'],
	vendors: ['send', 'skip'],
} as const satisfies Record<CrosswalkTable, readonly string[]>;
