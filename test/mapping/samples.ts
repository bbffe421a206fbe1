import { contentHash } from '../../lib/model/json-text';
import {
	DOCUMENT_TYPE_NUMBERS,
	type GpAccount,
	type GpAddress,
	type GpDistribution,
	type GpPayable,
	type GpVendor,
} from '../../lib/model/gp-records';
import {
	DELIVERED_UNTIL_0_3,
	type MappingInput,
	type MappingResult,
} from '../../lib/mapping/types';
import { mapRecords } from '../../lib/mapping/map-records';
import type { DesiredCostCode, DesiredDirectCost, DesiredVendor } from '../../lib/model/desired';

export const PROJECTS = [
	{ id: '9001', name: 'Harbor Tower', projectNumber: '300' },
	{ id: '9002', name: 'Lincoln School', projectNumber: '301' },
	{ id: '9003', name: 'Mill Street Bridge', projectNumber: '302' },
];

export function vendor(given: Partial<GpVendor> = {}): GpVendor {
	const vendorId = given.vendorId ?? 'ACME0001';
	const record = {
		kind: 'vendor' as const,
		company: 'TWO',
		key: vendorId,
		modified: '2026-03-01',
		extra: {},
		vendorId,
		name: 'ACME CONCRETE',
		shortName: null,
		classId: null,
		status: 'active' as const,
		onHold: false,
		paymentTermsId: null,
		currencyId: null,
		hasTaxId: false,
		addresses: [],
		email: null,
		website: null,
		...given,
	};
	return { ...record, hash: contentHash(record) };
}

export function address(given: Partial<GpAddress> = {}): GpAddress {
	return {
		id: 'PRIMARY',
		line1: null,
		line2: null,
		line3: null,
		city: null,
		state: null,
		zip: null,
		country: null,
		countryCode: null,
		contact: null,
		phone1: null,
		phone2: null,
		fax: null,
		...given,
	};
}

export function account(number: string, given: Partial<GpAccount> = {}): GpAccount {
	const record = {
		kind: 'account' as const,
		company: 'TWO',
		key: number,
		modified: '2026-03-01',
		extra: {},
		account: number,
		segments: number.split('-'),
		description: null,
		alias: null,
		category: null,
		type: 'posting' as const,
		postingType: 'profitAndLoss' as const,
		active: true,
		...given,
	};
	return { ...record, hash: contentHash(record) };
}

/** Distributions as [type, account, debit (negative = credit), reference]. */
export type Entry = [GpDistribution['type'], string, string, string?];

/** A payable whose payable distribution balances the entries given. */
export function payable(entries: Entry[], given: Partial<GpPayable> = {}): GpPayable {
	const distributions = entries.map(([type, number, amount, reference], index) =>
		distribution((index + 1) * 16384, type, number, amount, reference),
	);
	const owed = distributions.reduce((sum, one) => sum + cents(one.debit) - cents(one.credit), 0n);
	distributions.push(distribution(1, 'payable', '000-2100-00', decimal(-owed)));
	const documentType = given.documentType ?? 'invoice';
	const voucher = given.voucher ?? '00000000000000417';
	const record = {
		kind: 'payable' as const,
		company: 'TWO',
		key: `${DOCUMENT_TYPE_NUMBERS[documentType]};${voucher}`,
		modified: '2026-03-01T10:00:00.000Z',
		extra: {},
		voucher,
		documentType,
		documentNumber: 'INV-88',
		vendorId: 'ACME0001',
		vendorName: 'ACME CONCRETE',
		state: 'open' as const,
		voided: false,
		documentDate: '2026-02-27',
		postingDate: '2026-02-28',
		dueDate: '2026-03-29',
		postedDate: '2026-02-28',
		description: 'Rebar',
		purchaseOrderNumber: null,
		batch: 'AP0228',
		paymentTermsId: 'Net 30',
		currencyId: 'Z-US$',
		amounts: {
			document: decimal(owed < 0n ? -owed : owed),
			purchases: '0',
			tradeDiscount: '0',
			freight: '0',
			miscellaneous: '0',
			tax: '0',
			retainage: '0',
		},
		distributions,
		taxes: [],
		...given,
	};
	return { ...record, hash: contentHash(record) };
}

const EXPENSE = { postingType: 'profitAndLoss', active: true, description: null } as const;

function distribution(
	sequence: number,
	type: GpDistribution['type'],
	number: string,
	amount: string,
	reference?: string,
): GpDistribution {
	const credit = amount.startsWith('-');
	return {
		sequence,
		type,
		account: number,
		debit: credit ? '0' : amount,
		credit: credit ? amount.slice(1) : '0',
		reference: reference ?? null,
		// As the GP node hands payables on: what the chart of accounts says of a tax account.
		...(type === 'taxes' || type === 'gst' ? { accountFacts: EXPENSE } : {}),
	};
}

/** Exact sums for tests by another way than the code under test: whole 1/100,000 units. */
export function cents(value: string): bigint {
	const [whole, fraction = ''] = value.replace('-', '').split('.');
	const units = BigInt(whole + fraction.padEnd(5, '0'));
	return value.startsWith('-') ? -units : units;
}

export function decimal(units: bigint): string {
	const digits = (units < 0n ? -units : units).toString().padStart(6, '0');
	const text = `${digits.slice(0, -5)}.${digits.slice(-5)}`.replace(/\.?0+$/, '');
	return units < 0n ? `-${text}` : text;
}

export function map(
	records: MappingInput['records'],
	given: Partial<Omit<MappingInput, 'settings'>> & {
		settings?: Partial<MappingInput['settings']>;
	} = {},
): MappingResult {
	return mapRecords({
		records,
		crosswalk: given.crosswalk ?? { projects: [], accounts: [], vendors: [] },
		projects: given.projects ?? PROJECTS,
		vendorClasses: given.vendorClasses,
		earlierProjects: given.earlierProjects,
		sentBefore: given.sentBefore,
		deleted: given.deleted,
		settings: { ...DELIVERED_UNTIL_0_3, company: 'TWO', ...given.settings },
	});
}

export const directCosts = (result: MappingResult) => result.desired as DesiredDirectCost[];
export const costCodes = (result: MappingResult) => result.desired as DesiredCostCode[];
export const vendors = (result: MappingResult) => result.desired as DesiredVendor[];
