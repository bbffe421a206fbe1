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

/**
 * GP's Web Services, legacy endpoint (GP 9 to 18.x). The service description fixes operations,
 * members and order, so that little of it is a site's own: states to read, secret fields, the
 * account separator, further field names. Stamps are DEX_ROW_TS in UTC; whether the server turns a
 * bound into its own zone is not documented, so a whole day before the watermark is read again.
 */
export const SOAP_PROFILE: DoorProfile<'vendor' | 'account' | 'payable'> = {
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
