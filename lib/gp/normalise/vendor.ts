import type { GpAddress, GpVendor } from '../../model/gp-records';
import { VENDOR_STATUSES, codeOf } from './code-lists';
import type { FieldReader } from './field-reader';
import { asList } from './field-reader';
import type { RecordContext } from './record-context';
import { readFlag } from './refuse-unknown';
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
