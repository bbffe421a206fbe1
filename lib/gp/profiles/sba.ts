import type { DoorProfile } from './site-profile';
import { bareList, ENTITY, QUERY, SITE } from './shared';
import {
	ACCOUNT_FIELDS,
	ADDRESS_FIELDS,
	DISTRIBUTION_FIELDS,
	PAYABLE_FIELDS,
	TAX_FIELDS,
	VENDOR_FIELDS,
} from './field-maps';

/** A key of GP's object model names a currency by its ISO code, not by an id. */
const CURRENCY = [...PAYABLE_FIELDS.currencyId!, 'CurrencyKey.ISOCode'];

/**
 * Service Based Architecture of GP 2015 and later. URL shape, `.json` and the object names of
 * vendors and payables are Microsoft's (learn.microsoft.com/dynamics-gp/installation/sba); query
 * parameters and the path of GL accounts are not documented and stand here as the likeliest guess.
 */
export const SBA_PROFILE: DoorProfile<'vendor' | 'account' | 'payable'> = {
	...SITE,
	name: 'sba',
	format: { kind: 'json', by: 'suffix' },
	paths: {
		context: '/GPService/Tenants({tenant})/Companies({company})',
		help: '/GPService/Tenants({tenant})/help',
		companies: '/GPService/Tenants({tenant})/Companies',
	},
	keySeparator: ';',
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
