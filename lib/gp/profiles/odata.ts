import {
	type ChildTable,
	type DoorProfile,
	ENTITY,
	type ListSource,
	type LookupTable,
	QUERY,
	SITE,
} from './site-profile';
import {
	ACCOUNT_FIELDS,
	ADDRESS_FIELDS,
	DISTRIBUTION_FIELDS,
	PAYABLE_FIELDS,
	TAX_FIELDS,
	VENDOR_FIELDS,
} from './field-maps';

const accountOfDistribution: LookupTable = {
	path: 'GL00105',
	on: ['DSTINDX', 'ACTINDX'],
	take: { ACTNUMST: 'ACTNUMST' },
	optional: false,
};

const accountOfTax: LookupTable = {
	...accountOfDistribution,
	on: ['ACTINDX', 'ACTINDX'],
	optional: true,
};

const distributions = (path: string): ChildTable => ({
	as: 'Distributions',
	path,
	match: [
		['VCHRNMBR', 'VCHRNMBR'],
		['CNTRLTYP', 'CNTRLTYP'],
		['DOCTYPE', 'DOCTYPE'],
	],
	by: ['VCHRNMBR', 'VCHRNMBR'],
	optional: false,
	lookups: [accountOfDistribution],
});

const taxes = (path: string): ChildTable => ({
	as: 'Taxes',
	path,
	match: [
		['VCHRNMBR', 'VCHRNMBR'],
		['DOCTYPE', 'DOCTYPE'],
	],
	by: ['VCHRNMBR', 'VCHRNMBR'],
	optional: true,
	lookups: [accountOfTax],
});

const documents = (
	path: string,
	state: string,
	distributionTable: string,
	taxTable: string,
): ListSource => ({
	path,
	parameters: {},
	assign: { TransactionState: state },
	keyColumns: {
		documentType: { column: 'DOCTYPE', type: 'number' },
		voucher: { column: 'VCHRNMBR', type: 'text' },
	},
	children: [distributions(distributionTable), taxes(taxTable)],
	lookups: [],
});

const common = { ...ENTITY, stampField: 'DEX_ROW_TS' };

/**
 * The read-only OData service of GP 2016 and later (paging, filters and v4 since 2018), with the
 * tables PM00200, GL00100, GL00105, PM10000, PM20000, PM30200, PM10100 and PM30600 published for
 * the company; GL00102 (account categories), PM10500 and PM30700 (taxes) are used when published. The path
 * below the server is not publicly documented: set `paths.context` to the company-level address
 * the OData configuration window shows.
 */
export const ODATA_PROFILE: DoorProfile<'vendor' | 'account' | 'payable'> = {
	...SITE,
	name: 'odata',
	format: { kind: 'json', by: 'accept' },
	paths: {
		context: '/GPOData/Tenants({tenant})/Companies({company})',
		help: null,
		companies: null,
	},
	keySeparator: ',',
	query: {
		...QUERY,
		dialect: 'odata',
		dateLiteral: 'odata4',
		count: 'odata4',
	},
	entities: {
		vendor: {
			...common,
			lists: [
				{
					path: 'PM00200',
					parameters: {},
					assign: {},
					keyColumns: { vendorId: { column: 'VENDORID', type: 'text' } },
					children: [
						{
							as: 'Addresses',
							path: 'PM00300',
							match: [['VENDORID', 'VENDORID']],
							by: ['VENDORID', 'VENDORID'],
							optional: true,
							lookups: [],
						},
					],
					lookups: [],
				},
			],
			keyParts: ['vendorId'],
			detailFields: ['line1', 'city'],
			orderBy: ['VENDORID'],
			searchFields: ['VENDORID', 'VENDNAME'],
			fields: VENDOR_FIELDS,
			nested: { addresses: ADDRESS_FIELDS },
		},
		account: {
			...common,
			lists: [
				{
					path: 'GL00100',
					parameters: {},
					assign: {},
					keyColumns: {},
					children: [],
					lookups: [
						// Without GL00105 the string is put together from ACTNUMBR_1 … ACTNUMBR_10.
						{
							path: 'GL00105',
							on: ['ACTINDX', 'ACTINDX'],
							take: { ACTNUMST: 'ACTNUMST' },
							optional: true,
						},
						{
							path: 'GL00102',
							on: ['ACCATNUM', 'ACCATNUM'],
							take: { ACCATDSC: 'ACCATDSC' },
							optional: true,
						},
					],
				},
			],
			keyParts: ['account'],
			detailFields: [],
			orderBy: ['ACTINDX'],
			fields: ACCOUNT_FIELDS,
			nested: {},
		},
		payable: {
			...common,
			// In the direction in which documents move, so that one on its way is met twice, never missed.
			lists: [
				documents('PM10000', 'Work', 'PM10100', 'PM10500'),
				documents('PM20000', 'Open', 'PM10100', 'PM10500'),
				documents('PM30200', 'History', 'PM30600', 'PM30700'),
			],
			keyParts: ['documentType', 'voucher'],
			detailFields: ['distributions'],
			orderBy: ['DOCTYPE', 'VCHRNMBR'],
			fields: PAYABLE_FIELDS,
			nested: { distributions: DISTRIBUTION_FIELDS, taxes: TAX_FIELDS },
		},
	},
};
