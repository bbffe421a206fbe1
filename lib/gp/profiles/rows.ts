import { ROW_SETS, rowListsOf } from '../doors/rows/row-sets';
import type { Entity } from '../../streams/streams';
import type { ListSource, DoorProfile } from './site-profile';
import { bareList, ENTITY, QUERY, SITE } from './shared';
import {
	ACCOUNT_FIELDS,
	ADDRESS_FIELDS,
	DISTRIBUTION_FIELDS,
	PAYABLE_FIELDS,
	TAX_FIELDS,
	VENDOR_FIELDS,
} from './field-maps';

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
export const ROWS_PROFILE: DoorProfile<'vendor' | 'account' | 'payable'> = {
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
