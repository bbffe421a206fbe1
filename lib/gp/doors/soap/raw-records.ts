import type { Entity } from '../../../model/desired';
import { isRecord, type RawRecord } from '../../normalise/field-reader';
import { text } from '../../normalise/values';
import { rowsIn } from './xml';

/*
 * Answers of the Web Services in the shape the normalisers read: lists as lists, phones in one piece,
 * and of a GL account the members both of its lists and the call by key give.
 */

/** Rows of a stream in the shape its normaliser reads. */
export function shapedRows(
	entity: Entity,
	company: Parameters<typeof payableRaw>[1],
): (row: RawRecord, operation: string) => RawRecord {
	if (entity === 'vendor') return (row) => vendorRaw(row);
	if (entity === 'account') return accountRaw;
	return (row) => payableRaw(row, company);
}

/** A vendor; `Addresses` and `PhoneNumbers` as lists. */
export function vendorRaw(row: RawRecord): RawRecord {
	const { PhoneNumbers: phones, Addresses: addresses, ...rest } = row;
	return {
		...rest,
		...(phones === undefined ? {} : { PhoneNumbers: rowsIn(phones).map(phone) }),
		...(addresses === undefined
			? {}
			: {
					Addresses: rowsIn(addresses).map((address) => ({
						...address,
						Phone1: phone(address.Phone1),
						Phone2: phone(address.Phone2),
						Phone3: phone(address.Phone3),
						Fax: phone(address.Fax),
					})),
				}),
	};
}

/** Number and extension as GP itself keeps them, fourteen digits; anything else as it was written. */
function phone(value: unknown): string | null {
	if (!isRecord(value)) return text(value);
	const [number, extension] = [text(value.Value), text(value.Extension)];
	if (number === null || extension === null || /^0*$/.test(extension)) return number;
	return /^\d{10}$/.test(number) && /^\d{1,4}$/.test(extension)
		? number + extension.padStart(4, '0')
		: `${number} x${extension}`;
}

const ACCOUNT_MEMBERS = [
	'Key',
	'Alias',
	'IsActive',
	'Description',
	'ModifiedDate',
	'GLAccountCategoryKey',
	'AllowAccountEntry',
	'PostingType',
	'TypicalBalance',
] as const;

/** A row of either list of accounts, or one by key, whose concrete type says what it is. */
export function accountRaw(row: RawRecord, operation: string): RawRecord {
	const members = Object.fromEntries(
		ACCOUNT_MEMBERS.filter((name) => row[name] !== undefined).map((name) => [name, row[name]]),
	);
	const type =
		text(row.AccountType) ??
		text(row.Type) ??
		(operation === 'GetGLPostingAccountList' ? 'Posting' : text(row['@type']));
	return { ...members, ...(type === null ? {} : { Type: type }) };
}

/** A payables document; a distribution of another company is marked as the tables mark it. */
export function payableRaw(
	row: RawRecord,
	company: { number: number; databaseId: string },
): RawRecord {
	const { Distributions: distributions, Taxes: taxes, ...rest } = row;
	return {
		...rest,
		...(distributions === undefined
			? {}
			: { Distributions: rowsIn(distributions).map((line) => withCompany(line, company)) }),
		...(taxes === undefined ? {} : { Taxes: rowsIn(taxes) }),
	};
}

/** GP's own mark (PM10100.INTERID) is the database id; of other companies the contract gives the number only. */
function withCompany(line: RawRecord, company: { number: number; databaseId: string }): RawRecord {
	const { CompanyKey: key, ...rest } = line;
	const number = isRecord(key) ? text(key.Id) : text(key);
	if (number === null) return rest;
	return {
		...rest,
		INTERID: number === String(company.number) ? company.databaseId : `company ${number}`,
	};
}
