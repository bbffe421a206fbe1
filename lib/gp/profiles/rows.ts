import { ROW_SETS, rowListsOf } from '../doors/rows/row-sets';
import type { EntityProfile, ListSource, SiteProfile } from './site-profile';
import {
	ACCOUNT_FIELDS,
	ADDRESS_FIELDS,
	DISTRIBUTION_FIELDS,
	PAYABLE_FIELDS,
	TAX_FIELDS,
	VENDOR_FIELDS,
} from './field-maps';

/** A view stands where other profiles have a path. */
const views = (entity: keyof SiteProfile['entities']): ListSource[] =>
	rowListsOf(entity, ['unposted', 'open', 'history']).map(({ rows }) => ({
		path: ROW_SETS[rows].view,
		parameters: {},
		assign: {},
		keyColumns: {},
		children: [],
		lookups: [],
	}));

const common: Omit<EntityProfile, 'lists' | 'keyParts' | 'fields' | 'nested'> = {
	detail: null,
	details: 'auto',
	detailFields: [],
	stampField: 'ModifiedDate',
	orderBy: [],
	searchFields: [],
	responsePath: null,
	accountSeparator: '-',
};

/**
 * Rows of another workflow, which in the shipped template come from SQL Server by the views of
 * sql/gp-views.sql. Column names are GP's own. Stamps are DEX_ROW_TS in UTC, times of statements and not
 * of commits, so the last minutes before the watermark are read again.
 */
export const ROWS_PROFILE: SiteProfile = {
	name: 'rows',
	format: { kind: 'json', by: 'accept' },
	paths: { context: '/', help: null, companies: null },
	productSegment: '',
	companySegment: 'id',
	keySeparator: ';',
	query: {
		dialect: 'none',
		dateLiteral: 'iso',
		pageSize: 500,
		count: 'none',
		firstPage: null,
		listsComeWhole: false,
		cap: null,
		names: { since: null, until: null, limit: null, offset: null, page: null, order: null },
	},
	rows: { historyWindow: 20_000 },
	responsePath: null,
	stamp: { granularity: 'dateTime', zone: 'utc', overlapMinutes: 15, overlapDays: 1 },
	recheck: { recentPerRun: 100, openPerRun: 60 },
	dateFormat: null,
	dateZone: null,
	transactionStates: ['unposted', 'open', 'history'],
	secretFields: [],
	extraFields: [],
	entities: {
		vendor: {
			...common,
			lists: views('vendor'),
			keyParts: ['vendorId'],
			fields: VENDOR_FIELDS,
			nested: { addresses: ADDRESS_FIELDS },
		},
		account: {
			...common,
			lists: views('account'),
			keyParts: ['account'],
			fields: ACCOUNT_FIELDS,
			nested: {},
		},
		payable: {
			...common,
			lists: views('payable'),
			keyParts: ['documentType', 'voucher'],
			fields: PAYABLE_FIELDS,
			nested: { distributions: DISTRIBUTION_FIELDS, taxes: TAX_FIELDS },
		},
	},
};
