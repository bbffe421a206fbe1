import type { GpAccount, GpAddress, GpVendor } from '../../model/gp-records';
import {
	ACCOUNT_TYPES,
	type CodeList,
	codeOf,
	POSTING_TYPES,
	readFlag,
	type RecordContext,
	refuseUnknown,
	VENDOR_STATUSES,
} from './code-lists';
import { asList, type FieldReader } from './field-reader';
import { phone, text } from './values';

type Content = Omit<GpVendor, 'company' | 'modified' | 'hash' | 'extra' | 'raw'>;

/** Vendor (SOAP Vendor and VendorSummary, PM00200). */
export function vendorContent(reader: FieldReader, context: RecordContext): Content {
	const vendorId = text(reader.plain('vendorId'));
	if (!vendorId) throw context.malformed('the vendor id', 'is missing');
	const name = text(reader.plain('name'));
	if (!name) throw context.malformed('the name', 'is empty', vendorId);
	const { addresses, internet } = vendorAddresses(reader, context);
	const taxId = text(reader.plain('taxId')) ?? '';
	const match = context.taxIdMatch(taxId);
	return {
		kind: 'vendor',
		key: vendorId,
		vendorId,
		name,
		shortName: text(reader.plain('shortName')),
		classId: text(reader.plain('classId')),
		status: vendorStatus(reader, context, vendorId),
		onHold: readFlag(reader, 'onHold', 'the hold flag', context, vendorId),
		paymentTermsId: text(reader.plain('paymentTermsId')),
		currencyId: text(reader.plain('currencyId')),
		hasTaxId: /[^0\W]/.test(taxId),
		...(match ? { taxIdMatch: match } : {}),
		addresses,
		...internet,
	};
}

/** SOAP has two flags, the table one number; a text that is neither is refused rather than guessed. */
function vendorStatus(
	reader: FieldReader,
	context: RecordContext,
	key: string,
): GpVendor['status'] {
	const { found: status, written } = reader.ofKind('status', (value) =>
		codeOf(VENDOR_STATUSES, value),
	);
	if (written !== undefined) {
		throw context.malformed(
			'the status',
			`"${text(written)}" is none of active, inactive, temporary`,
			key,
		);
	}
	const isActive = readFlag(reader, 'isActive', 'the active flag', context, key);
	const isOneTime = readFlag(reader, 'isOneTime', 'the one-time flag', context, key);
	if (status) return status;
	if (isActive === false) return 'inactive';
	if (isOneTime) return 'temporary';
	return isActive === null ? 'unknown' : 'active';
}

interface Internet {
	email: string | null;
	website: string | null;
}

/** The primary address stands on the vendor itself or is one of the list; it comes first, the others by id. */
function vendorAddresses(
	reader: FieldReader,
	context: RecordContext,
): { addresses: GpAddress[]; internet: Internet } {
	const primaryId = text(reader.plain('primaryAddressId'));
	const own = internetOf(reader);
	const flat = {
		address: { ...address(context.nested('addresses', reader.unused())), id: primaryId },
		internet: own,
	};
	const listed = asList(reader.value('addresses')).map((raw) => {
		const line = context.nested('addresses', raw);
		return { address: address(line), internet: internetOf(line) };
	});
	const known = listed.some(({ address: { id } }) => id !== null && id === primaryId);
	const rank = (id: string | null) => `${id === primaryId ? 0 : 1}${id ?? ''}`;
	const all = (known ? listed : [flat, ...listed]).sort((left, right) =>
		rank(left.address.id) < rank(right.address.id) ? -1 : 1,
	);
	const [first] = all;
	return {
		addresses: all.map((one) => one.address).filter((one) => !isEmpty(one)),
		internet: {
			email: own.email ?? first?.internet.email ?? null,
			website: own.website ?? first?.internet.website ?? null,
		},
	};
}

function internetOf(reader: FieldReader): Internet {
	const [email, website, first, second] = ['email', 'website', 'internet1', 'internet2'].map(
		(field) => text(reader.plain(field)),
	);
	const isEmail = (value: string | null | undefined) => Boolean(value?.includes('@'));
	return {
		email: email ?? [first, second].find(isEmail) ?? null,
		website: website ?? [first, second].find((value) => value && !isEmail(value)) ?? null,
	};
}

function address(reader: FieldReader): GpAddress {
	const read = (field: string) => text(reader.plain(field));
	return {
		id: read('id'),
		line1: read('line1'),
		line2: read('line2'),
		line3: read('line3'),
		city: read('city'),
		state: read('state'),
		zip: read('zip'),
		country: read('country'),
		countryCode: read('countryCode'),
		contact: read('contact'),
		phone1: phone(reader.plain('phone1')),
		phone2: phone(reader.plain('phone2')),
		fax: phone(reader.plain('fax')),
	};
}

function isEmpty({ id: _id, ...content }: GpAddress): boolean {
	return Object.values(content).every((value) => value === null);
}

type AccountContent = Omit<GpAccount, 'company' | 'modified' | 'hash' | 'extra' | 'raw'>;

/** Most segments an account can have (Account Framework). */
const MAX_SEGMENTS = 10;

/** GL account (SOAP GLAccount, GL00100 with the string of GL00105). */
export function accountContent(reader: FieldReader, context: RecordContext): AccountContent {
	const { accountSeparator } = context;
	const columns = segmentColumns(reader);
	const account =
		text(reader.plain('account')) ?? (columns.length > 0 ? columns.join(accountSeparator) : null);
	if (!account) throw context.malformed('the account number', 'is missing');
	const known = <Code extends string>(list: CodeList<Code>, field: string, label: string) =>
		refuseUnknown(
			reader.ofKind(field, (value) => codeOf(list, value)),
			label,
			context,
			account,
		);
	const listed = reader.value('segments');
	const segments = Array.isArray(listed)
		? listed.map((segment) => text(segment) ?? '').filter(Boolean)
		: columns.length > 0
			? columns
			: account.split(accountSeparator);
	return {
		kind: 'account',
		key: account,
		account,
		segments: segments.length > 0 ? segments : account.split(accountSeparator),
		description: text(reader.plain('description')),
		alias: text(reader.plain('alias')),
		category: text(reader.plain('category')),
		type: known(ACCOUNT_TYPES, 'type', 'the account type') ?? 'unknown',
		postingType: known(POSTING_TYPES, 'postingType', 'the posting type') ?? 'unknown',
		active: readFlag(reader, 'active', 'the active flag', context, account),
	};
}

/** ACTNUMBR_1 … ACTNUMBR_10 of GL00100; unused ones are blank. */
function segmentColumns(reader: FieldReader): string[] {
	const segments: string[] = [];
	for (let number = 1; number <= MAX_SEGMENTS; number += 1) {
		const segment = text(reader.member(`actnumbr${number}`));
		if (segment) segments.push(segment);
	}
	return segments;
}
