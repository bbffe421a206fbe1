import type { Entity } from '../../../model/desired';
import type { ControlRow } from '../../../model/gp-changes';
import type { DocumentType, GpPayable, Stamp } from '../../../model/gp-records';
import { GpError } from '../../errors/gp-error';
import { GpLoginRefused, GpUserNotAllowed } from '../../errors/refusals';
import type { RawRecord } from '../../normalise/field-reader';
import type { SecondLook } from '../../reading/second-look';
import { element, listRestriction, momentRestriction, textRestriction } from './envelope';
import type { KeyRange } from './keyset';

/** One list operation that yields rows of a stream, in the order of its key. */
interface SoapList {
	operation: string;
	/** Whether its rows are all the service has of a record; otherwise one call by key follows. */
	complete: boolean;
	/** Ready criteria for a range of keys and of change stamps. */
	criteria(range: KeyRange, bounds: Bounds): string;
	/** Where two rows may have one key: criteria for the rows of that key of any type but these; null when there is none. */
	others?(key: string, types: ReadonlySet<string | null>, bounds: Bounds): string | null;
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
const PAYABLE_OPERATIONS: Readonly<
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
	criteria: (range, bounds) =>
		`<criteria>${keys('Id', range)}${momentRestriction('ModifiedDate', bounds)}<Scope>Return All</Scope></criteria>`,
};

/** Posting accounts with category and posting type: all there is, so no call by key follows. */
const POSTING_ACCOUNTS: SoapList = {
	operation: 'GetGLPostingAccountList',
	complete: true,
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
	criteria: (range, bounds) =>
		`<criteria>${momentRestriction('ModifiedDate', bounds)}${keys('GLAccountId', range)}${listRestriction(
			'AccountType',
			'GLAccountSummaryType',
			['Unit', 'Fixed Allocation', 'Variable Allocation'],
		)}</criteria>`,
};

/** Documents of one state: states are the first part of the server's order, so each is paged by itself. */
function documents(state: GpPayable['state']): SoapList {
	const criteria = (ids: string, bounds: Bounds, types: readonly string[]) =>
		`<criteria>${ids}${momentRestriction('ModifiedDate', bounds)}${listRestriction(
			'TransactionState',
			'PayablesTransactionState',
			[STATES[state]],
		)}${listRestriction('Type', 'PayablesDocumentType', types)}</criteria>`;
	return {
		operation: 'GetPayablesDocumentList',
		complete: false,
		criteria: (range, bounds) => criteria(keys('DocumentId', range), bounds, PAYABLE_TYPES),
		// A number given by hand may be that of a document of another type.
		others(key, types, bounds) {
			const left = PAYABLE_TYPES.filter((type) => !types.has(type));
			if (left.length === 0) return null;
			return criteria(textRestriction('DocumentId', { equal: key }), bounds, left);
		},
	};
}

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

/** Part of a list by its change stamps, both ends inclusive; null is an open end. */
interface Window {
	since: Stamp | null;
	until: Stamp | null;
}

export interface SoapSecondLook {
	entity: Entity;
	lists: readonly SoapList[];
	/** Rows of one answer, in the shape the normalisers read. */
	ask(list: SoapList, criteria: string): Promise<RawRecord[]>;
	/** Key and change stamp of a row; null for one that has none. */
	read(row: RawRecord): { key: string; modified: Stamp | null; control: ControlRow | null } | null;
}

const MOST_REQUESTS = 2_000;
/** Halvings of one window: 26 years are no more than a moment after so many. */
const MOST_DEPTH = 42;
const BEGINNING = Date.parse('1990-01-01T00:00:00Z');
const END = Date.parse('2100-01-01T00:00:00Z');

/**
 * Reads the keys of a stream a second time, by another criterion than the reader: by the moment of
 * the last change instead of by key. A window of time is halved until both halves together give no more
 * than the window did; then its answer was not cut. Records without a stamp, and more changes of one
 * moment than an answer holds, are found only as far as they come; the service counts nothing.
 *
 * @throws GpLoginRefused, GpUserNotAllowed
 */
export async function soapSecondLook(look: SoapSecondLook): Promise<SecondLook> {
	const found: SecondLook = { keys: new Set(), rows: new Map(), counted: null, failed: null };
	let requests = 0;
	let unfinished = false;

	/** Keys of a window with their stamps, null where a row has none. */
	async function keysIn(list: SoapList, window: Window): Promise<Map<string, number | null>> {
		requests += 1;
		const keys = new Map<string, number | null>();
		const criteria = list.criteria({ after: null, upTo: null }, window);
		for (const row of await look.ask(list, criteria)) {
			const read = look.read(row);
			if (read === null) continue;
			keys.set(read.key, read.modified === null ? null : Date.parse(read.modified));
			found.keys.add(read.key);
			if (read.control) found.rows.set(read.key, read.control);
		}
		return keys;
	}

	async function halve(
		list: SoapList,
		whole: ReadonlyMap<string, number | null>,
		[from, to]: [number, number],
		depth: number,
	): Promise<void> {
		if (whole.size === 0 || from >= to || depth >= MOST_DEPTH) return;
		if (requests + 2 > MOST_REQUESTS) {
			unfinished = true;
			return;
		}
		const middle = middleOf([...whole.values()], from, to);
		const earlier = await keysIn(list, bounds(from, middle));
		const later = await keysIn(list, bounds(middle + 1, to));
		const isNew = [...earlier.keys(), ...later.keys()].some((key) => !whole.has(key));
		// With one half empty the other may be cut where the whole was.
		if (!isNew && earlier.size > 0 && later.size > 0) return;
		await halve(list, earlier, [from, middle], depth + 1);
		await halve(list, later, [middle + 1, to], depth + 1);
	}

	try {
		for (const list of look.lists) {
			const whole = await keysIn(list, { since: null, until: null });
			await halve(list, whole, [BEGINNING, END], 0);
		}
		if (unfinished) found.failed = `it had not ended after ${MOST_REQUESTS} requests`;
	} catch (error) {
		if (!(error instanceof GpError)) throw error;
		if (error instanceof GpLoginRefused || error instanceof GpUserNotAllowed) throw error;
		found.failed = error.message.replace(/\.$/, '');
	}
	return found;
}

function bounds(from: number, to: number): Window {
	return { since: new Date(from).toISOString(), until: new Date(to).toISOString() };
}

/** Where about half of the rows shown were changed before; the middle of the time where they do not tell. */
function middleOf(stamps: Array<number | null>, from: number, to: number): number {
	const inside = stamps
		.filter((stamp): stamp is number => stamp !== null && stamp >= from && stamp < to)
		.sort((left, right) => left - right);
	return inside[Math.floor((inside.length - 1) / 2)] ?? Math.floor((from + to) / 2);
}
