import type { Entity } from '../../../model/desired';
import type { GpPayable, DocumentType } from '../../../model/gp-records';
import { listRestriction, momentRestriction, textRestriction } from './criteria';
import { element } from './envelope';
import type { KeyRange } from './keyset';

/** One list operation that yields rows of a stream, in the order of its key. */
export interface SoapList {
	operation: string;
	/** Whether its rows are all the service has of a record; otherwise one call by key follows. */
	complete: boolean;
	/** Whether two rows may have one key. */
	sharedKeys: boolean;
	/** Ready criteria for a range of keys and of change stamps. */
	criteria(range: KeyRange, bounds: Bounds): string;
}

export interface Bounds {
	since?: string | null;
	until?: string | null;
}

const keys = (name: string, { after, upTo }: KeyRange): string =>
	after === null && upTo === null
		? ''
		: textRestriction(name, {
				...(after === null ? {} : { greaterThan: after }),
				...(upTo === null ? {} : { to: upTo }),
			});

const STATES: Record<GpPayable['state'], string> = {
	unposted: 'Work',
	open: 'Open',
	history: 'History',
};

/** PayablesDocumentType and the operation by key, by our name. Payments have another contract of their own. */
export const PAYABLE_OPERATIONS: Readonly<
	Record<Exclude<DocumentType, 'payment'>, { type: string; byKey: string }>
> = {
	invoice: { type: 'Invoice', byKey: 'GetPayablesInvoiceByKey' },
	financeCharge: { type: 'Finance Charge', byKey: 'GetPayablesFinanceChargeByKey' },
	miscellaneousCharge: {
		type: 'Miscellaneous Charge',
		byKey: 'GetPayablesMiscellaneousChargeByKey',
	},
	return: { type: 'Return', byKey: 'GetPayablesReturnByKey' },
	creditMemo: { type: 'Credit Memo', byKey: 'GetPayablesCreditMemoByKey' },
};

const PAYABLE_TYPES = Object.values(PAYABLE_OPERATIONS).map(({ type }) => type);

const VENDORS: SoapList = {
	operation: 'GetVendorList',
	complete: false,
	sharedKeys: false,
	criteria: (range, bounds) =>
		`<criteria>${keys('Id', range)}${momentRestriction('ModifiedDate', bounds)}<Scope>Return All</Scope></criteria>`,
};

/** Posting accounts with category and posting type: all there is, so no call by key follows. */
const POSTING_ACCOUNTS: SoapList = {
	operation: 'GetGLPostingAccountList',
	complete: true,
	sharedKeys: false,
	criteria: (range, bounds) =>
		`<criteria>${momentRestriction('ModifiedDate', bounds)}${keys('GLAccountId', range)}</criteria>`,
};

/**
 * The accounts that are none. The list tells fixed from variable allocations, not posting from unit
 * ones: the call by key does. Category and posting type of these stand nowhere in the contract.
 */
const OTHER_ACCOUNTS: SoapList = {
	operation: 'GetGLAccountList',
	complete: false,
	sharedKeys: false,
	criteria: (range, bounds) =>
		`<criteria>${momentRestriction('ModifiedDate', bounds)}${keys('GLAccountId', range)}${listRestriction(
			'AccountType',
			'GLAccountSummaryType',
			['Unit', 'Fixed Allocation', 'Variable Allocation'],
		)}</criteria>`,
};

/** Documents of one state: states are the first part of the server's order, so each is paged by itself. */
const documents = (state: GpPayable['state']): SoapList => ({
	operation: 'GetPayablesDocumentList',
	complete: false,
	// A number given by hand may be that of a document of another type.
	sharedKeys: true,
	criteria: (range, bounds) =>
		`<criteria>${keys('DocumentId', range)}${momentRestriction('ModifiedDate', bounds)}${listRestriction(
			'TransactionState',
			'PayablesTransactionState',
			[STATES[state]],
		)}${listRestriction('Type', 'PayablesDocumentType', PAYABLE_TYPES)}</criteria>`,
});

/**
 * The lists of a stream, in the order in which they are read: documents in the direction in which
 * they move, so that one on its way is met twice, never missed.
 */
export function listsOf(
	entity: Entity,
	states: ReadonlyArray<GpPayable['state']>,
): readonly SoapList[] {
	if (entity === 'vendor') return [VENDORS];
	if (entity === 'account') return [POSTING_ACCOUNTS, OTHER_ACCOUNTS];
	return (['unposted', 'open', 'history'] as const)
		.filter((state) => states.includes(state))
		.map(documents);
}

export interface ByKey {
	operation: string;
	parameters: string;
}

/** The call for one record by its normalised key; null when the contract has none. */
export function byKeyOf(entity: Entity, parts: Record<string, string>): ByKey | null {
	if (entity === 'vendor') return { operation: 'GetVendorByKey', parameters: key(parts.vendorId!) };
	if (entity === 'account') {
		return {
			operation: 'GetGLAccountByKey',
			parameters: `<key>${element('Id', parts.account!)}<IsEncrypted>false</IsEncrypted></key>`,
		};
	}
	const found = Object.entries(PAYABLE_OPERATIONS).find(
		([name]) => name.toLowerCase() === parts.documentTypeName!.toLowerCase(),
	);
	return found ? { operation: found[1].byKey, parameters: key(parts.voucher!) } : null;
}

function key(id: string): string {
	return `<key>${element('Id', id)}</key>`;
}
