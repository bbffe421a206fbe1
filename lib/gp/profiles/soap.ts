import type { EntityProfile, ListSource, SiteProfile } from './site-profile';
import {
	ACCOUNT_FIELDS,
	ADDRESS_FIELDS,
	DISTRIBUTION_FIELDS,
	PAYABLE_FIELDS,
	TAX_FIELDS,
	VENDOR_FIELDS,
} from './field-maps';

/** An operation of the service stands where other profiles have a path. */
const operation = (path: string): ListSource => ({
	path,
	parameters: {},
	assign: {},
	keyColumns: {},
	children: [],
	lookups: [],
});

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
 * GP's Web Services, legacy endpoint (GP 9 to 18.x). The service description fixes operations,
 * members and order, so that little of it is a site's own: states to read, secret fields, the
 * account separator, further field names. Stamps are DEX_ROW_TS in UTC; whether the server turns a
 * bound into its own zone is not documented, so a whole day before the watermark is read again.
 */
export const SOAP_PROFILE: SiteProfile = {
	name: 'soap',
	format: { kind: 'xml', by: 'accept' },
	paths: { context: '/DynamicsGPWebServices', help: null, companies: null },
	productSegment: '',
	companySegment: 'name',
	keySeparator: ';',
	query: {
		dialect: 'none',
		dateLiteral: 'iso',
		pageSize: 1000,
		count: 'none',
		firstPage: null,
		listsComeWhole: false,
		cap: null,
		names: { since: null, until: null, limit: null, offset: null, page: null, order: null },
	},
	responsePath: null,
	stamp: { granularity: 'dateTime', zone: 'utc', overlapMinutes: 1440, overlapDays: 2 },
	recheck: { recentPerRun: 100, openPerRun: 60 },
	dateFormat: null,
	dateZone: null,
	transactionStates: ['unposted', 'open', 'history'],
	secretFields: [],
	extraFields: [],
	entities: {
		vendor: {
			...common,
			lists: [operation('GetVendorList')],
			keyParts: ['vendorId'],
			fields: VENDOR_FIELDS,
			nested: { addresses: ADDRESS_FIELDS },
		},
		account: {
			...common,
			lists: [operation('GetGLPostingAccountList'), operation('GetGLAccountList')],
			keyParts: ['account'],
			fields: ACCOUNT_FIELDS,
			nested: {},
		},
		payable: {
			...common,
			lists: [operation('GetPayablesDocumentList')],
			keyParts: ['documentType', 'voucher'],
			fields: PAYABLE_FIELDS,
			nested: { distributions: DISTRIBUTION_FIELDS, taxes: TAX_FIELDS },
		},
	},
};
