import type { Entity } from '../../streams/streams';
import { ROW_SETS, rowListsOf } from '../doors/rows/row-sets';
import {
	ACCOUNT_FIELDS,
	ADDRESS_FIELDS,
	DISTRIBUTION_FIELDS,
	PAYABLE_FIELDS,
	TAX_FIELDS,
	VENDOR_FIELDS,
} from './field-maps';
import { ODATA_PROFILE } from './odata';
import {
	bareList,
	type DoorProfile,
	ENTITY,
	type ListSource,
	type ProfileName,
	QUERY,
	SITE,
	type SiteProfile,
} from './site-profile';

/** A view stands where other profiles have a path. */
const views = (entity: Entity): ListSource[] =>
	rowListsOf(entity, ['unposted', 'open', 'history']).map(({ rows }) =>
		bareList(ROW_SETS[rows].view),
	);

/**
 * Rows of another workflow, which in the shipped template come from SQL Server by the views of
 * sql/gp-views.sql. Column names are GP's own. Stamps are DEX_ROW_TS in UTC, times of statements and not
 * of commits, so the last minutes before the watermark are read again.
 */
const ROWS_PROFILE: DoorProfile<'vendor' | 'account' | 'payable'> = {
	...SITE,
	name: 'rows',
	format: { kind: 'json', by: 'accept' },
	paths: { context: '/', help: null, companies: null },
	companySegment: 'id',
	keySeparator: ';',
	// Each page is an execution of another workflow: few and large ones.
	query: { ...QUERY, pageSize: 2_000 },
	rows: { historyWindow: 20_000 },
	stamp: { granularity: 'dateTime', zone: 'utc', overlapMinutes: 15, overlapDays: 1 },
	entities: {
		vendor: {
			...ENTITY,
			lists: views('vendor'),
			keyParts: ['vendorId'],
			fields: VENDOR_FIELDS,
			nested: { addresses: ADDRESS_FIELDS },
		},
		account: {
			...ENTITY,
			lists: views('account'),
			keyParts: ['account'],
			fields: ACCOUNT_FIELDS,
			nested: {},
		},
		payable: {
			...ENTITY,
			lists: views('payable'),
			keyParts: ['documentType', 'voucher'],
			fields: PAYABLE_FIELDS,
			nested: { distributions: DISTRIBUTION_FIELDS, taxes: TAX_FIELDS },
		},
	},
};

/** A key of GP's object model names a currency by its ISO code, not by an id. */
const CURRENCY = [...PAYABLE_FIELDS.currencyId!, 'CurrencyKey.ISOCode'];

/**
 * Service Based Architecture of GP 2015 and later. URL shape, `.json` and the object names of
 * vendors and payables are Microsoft's (learn.microsoft.com/dynamics-gp/installation/sba); query
 * parameters and the path of GL accounts are not documented and stand here as the likeliest guess.
 * Nor is it whose clock the stamps show: one on a wall goes back an hour when summer time ends.
 */
const SBA_PROFILE: DoorProfile<'vendor' | 'account' | 'payable'> = {
	...SITE,
	name: 'sba',
	format: { kind: 'json', by: 'suffix' },
	paths: {
		context: '/GPService/Tenants({tenant})/Companies({company})',
		help: '/GPService/Tenants({tenant})/help',
		companies: '/GPService/Tenants({tenant})/Companies',
	},
	keySeparator: ';',
	stamp: { ...SITE.stamp, overlapMinutes: 75 },
	query: {
		...QUERY,
		dialect: 'odata',
		dateLiteral: 'odata3',
		names: {
			since: 'modifiedSince',
			until: null,
			limit: 'limit',
			offset: 'offset',
			page: null,
			order: null,
		},
	},
	entities: {
		vendor: {
			...ENTITY,
			lists: [bareList('Purchasing/Vendors')],
			detail: 'Purchasing/Vendors({key})',
			keyParts: ['vendorId'],
			detailFields: ['addresses', 'line1', 'city'],
			fields: { ...VENDOR_FIELDS, currencyId: CURRENCY },
			nested: { addresses: ADDRESS_FIELDS },
		},
		account: {
			...ENTITY,
			lists: [bareList('Financial/Accounts')],
			detail: 'Financial/Accounts({key})',
			keyParts: ['account'],
			detailFields: [],
			fields: ACCOUNT_FIELDS,
			nested: {},
		},
		payable: {
			...ENTITY,
			lists: [bareList('Purchasing/Payables/Transactions')],
			detail: 'Purchasing/Payables/Transactions({key})',
			keyParts: ['documentType', 'voucher'],
			detailFields: ['distributions'],
			fields: { ...PAYABLE_FIELDS, currencyId: CURRENCY },
			nested: { distributions: DISTRIBUTION_FIELDS, taxes: TAX_FIELDS },
		},
	},
};

/**
 * GP's Web Services, legacy endpoint (GP 9 to 18.x). The service description fixes operations,
 * members and order, so that little of it is a site's own: states to read, secret fields, the
 * account separator, further field names. Stamps are DEX_ROW_TS in UTC; whether the server turns a
 * bound into its own zone is not documented, so a whole day before the watermark is read again.
 */
const SOAP_PROFILE: DoorProfile<'vendor' | 'account' | 'payable'> = {
	...SITE,
	name: 'soap',
	format: { kind: 'xml', by: 'accept' },
	paths: { context: '/DynamicsGPWebServices', help: null, companies: null },
	keySeparator: ';',
	query: {
		...QUERY,
		pageSize: 1000,
	},
	stamp: { granularity: 'dateTime', zone: 'utc', overlapMinutes: 1440, overlapDays: 2 },
	entities: {
		vendor: {
			...ENTITY,
			lists: [bareList('GetVendorList')],
			keyParts: ['vendorId'],
			fields: VENDOR_FIELDS,
			nested: { addresses: ADDRESS_FIELDS },
		},
		account: {
			...ENTITY,
			lists: [bareList('GetGLPostingAccountList'), bareList('GetGLAccountList')],
			keyParts: ['account'],
			fields: ACCOUNT_FIELDS,
			nested: {},
		},
		payable: {
			...ENTITY,
			lists: [bareList('GetPayablesDocumentList')],
			keyParts: ['documentType', 'voucher'],
			// The contract leaves out texts that are blank, and no flag and no date.
			absentMeans: { purchaseOrderNumber: 'none', currencyId: 'none' },
			fields: PAYABLE_FIELDS,
			nested: { distributions: DISTRIBUTION_FIELDS, taxes: TAX_FIELDS },
		},
	},
};

/** How each door reads each stream, as shipped: a stream that a door does not know yet is missed here. */
export const SHIPPED_PROFILES: Record<ProfileName, SiteProfile> = {
	sba: SBA_PROFILE,
	odata: ODATA_PROFILE,
	soap: SOAP_PROFILE,
	rows: ROWS_PROFILE,
};
