import type { EntityProfile, ListSource, SiteProfile } from './site-profile';
import {
	ACCOUNT_FIELDS,
	ADDRESS_FIELDS,
	DISTRIBUTION_FIELDS,
	PAYABLE_FIELDS,
	TAX_FIELDS,
	VENDOR_FIELDS,
} from './field-maps';

const list = (path: string): ListSource => ({
	path,
	parameters: {},
	assign: {},
	keyColumns: {},
	children: [],
	lookups: [],
});

const common: Omit<
	EntityProfile,
	'lists' | 'detail' | 'keyParts' | 'detailFields' | 'fields' | 'nested'
> = {
	details: 'auto',
	stampField: 'ModifiedDate',
	orderBy: [],
	searchFields: [],
	responsePath: null,
	accountSeparator: '-',
};

/**
 * Service Based Architecture of GP 2015 and later. URL shape, `.json` and the object names of
 * vendors and payables are Microsoft's (learn.microsoft.com/dynamics-gp/installation/sba); query
 * parameters and the path of GL accounts are not documented and stand here as the likeliest guess.
 */
export const SBA_PROFILE: SiteProfile = {
	name: 'sba',
	format: { kind: 'json', by: 'suffix' },
	paths: {
		context: '/GPService/Tenants({tenant})/Companies({company})',
		help: '/GPService/Tenants({tenant})/help',
		companies: '/GPService/Tenants({tenant})/Companies',
	},
	productSegment: '',
	companySegment: 'name',
	keySeparator: ';',
	query: {
		dialect: 'odata',
		dateLiteral: 'odata3',
		pageSize: 500,
		count: 'none',
		firstPage: null,
		listsComeWhole: false,
		cap: null,
		names: {
			since: 'modifiedSince',
			until: null,
			limit: 'limit',
			offset: 'offset',
			page: null,
			order: null,
		},
	},
	responsePath: null,
	stamp: { granularity: 'auto', zone: 'utc', overlapMinutes: 15, overlapDays: 1 },
	recheck: { recentPerRun: 100, openPerRun: 60 },
	dateFormat: null,
	dateZone: null,
	transactionStates: ['unposted', 'open', 'history'],
	secretFields: [],
	extraFields: [],
	entities: {
		vendor: {
			...common,
			lists: [list('Purchasing/Vendors')],
			detail: 'Purchasing/Vendors({key})',
			keyParts: ['vendorId'],
			detailFields: ['addresses', 'line1', 'city'],
			fields: VENDOR_FIELDS,
			nested: { addresses: ADDRESS_FIELDS },
		},
		account: {
			...common,
			lists: [list('Financial/Accounts')],
			detail: 'Financial/Accounts({key})',
			keyParts: ['account'],
			detailFields: [],
			fields: ACCOUNT_FIELDS,
			nested: {},
		},
		payable: {
			...common,
			lists: [list('Purchasing/Payables/Transactions')],
			detail: 'Purchasing/Payables/Transactions({key})',
			keyParts: ['documentType', 'voucher'],
			detailFields: ['distributions'],
			fields: PAYABLE_FIELDS,
			nested: { distributions: DISTRIBUTION_FIELDS, taxes: TAX_FIELDS },
		},
	},
};
