import type { GpAddress, GpVendor } from '../model/gp-records';
import type { DesiredVendor } from '../model/desired';
import { isSkip, rowName, text } from './crosswalk-index';
import type { MappingContext } from './mapping-context';
import { formerVendorOriginIds, vendorOriginId } from '../model/keys';
import { placeCodes } from './places';
import { sourceOf } from './source-of';
import { parked, skipped, slim, type Mapped } from './verdict';

/**
 * GP vendor (PM00200) → Procore company vendor. Tables: one row in the vendors crosswalk per
 * exception only, so no row is the usual case.
 */
export function mapVendor(vendor: GpVendor, context: MappingContext): Mapped {
	const source = sourceOf(vendor, context);
	const { row, problem } = context.crosswalk.vendor(vendor.vendorId);
	if (problem) return parked(source, vendor, problem);
	if (row && isSkip(row)) {
		const note = text(row.note);
		return skipped(source, {
			code: 'skipped-by-crosswalk',
			message: `Vendor ${vendor.vendorId} is set to skip in ${rowName('vendors', row)}${note ? `: ${note}` : ''}`,
			remedy: `To send it, change "action" to send in ${rowName('vendors', row)}.`,
		});
	}
	const name = vendor.name.trim();
	if (name === '') {
		return parked(source, vendor, {
			code: 'name-missing',
			message: `Vendor ${vendor.vendorId} has no name in GP, and Procore takes no company without one`,
			remedy: `Enter the name in GP (Cards > Purchasing > Vendor) for ${vendor.vendorId}.`,
		});
	}
	const procoreId = text(row?.procore_vendor_id);
	const shared = procoreId === '' ? [] : context.crosswalk.alsoLinkedTo(procoreId, vendor.vendorId);
	const former = formerVendorOriginIds(context.company, vendor.vendorId);
	const desired: DesiredVendor = {
		kind: 'vendor',
		originId: vendorOriginId(context.company, vendor.vendorId),
		...(former.length > 0 ? { formerOriginIds: former } : {}),
		source: {
			...source,
			rule: row && procoreId !== '' ? rowName('vendors', row) : 'vendor id',
		},
		record: slim(vendor),
		...(procoreId === '' ? {} : { procoreId }),
		...(shared.length > 0 ? { linkSharedWith: shared } : {}),
		...(vendor.taxIdMatch ? { taxIdMatch: vendor.taxIdMatch } : {}),
		vendor: {
			name,
			...addressFields(vendor.addresses[0]),
			...given({ email_address: firstEmail(vendor.email), website: vendor.website }),
			// Temporary vendors can be paid in GP, so they are active.
			...(vendor.status === 'unknown' ? {} : { is_active: vendor.status !== 'inactive' }),
			origin_code: vendor.vendorId.trim(),
		},
	};
	return { desired: [desired], notSent: [] };
}

function addressFields(address: GpAddress | undefined): Partial<DesiredVendor['vendor']> {
	if (!address) return {};
	const { leftOver, ...codes } = placeCodes(address);
	const lines = [address.line1, address.line2, address.line3, ...leftOver];
	return given({
		address: lines
			.map((line) => (line ?? '').trim())
			.filter((line) => line !== '')
			.join(', '),
		city: address.city,
		state_code: codes.state_code,
		zip: address.zip,
		country_code: codes.country_code,
		business_phone: phone(address.phone1),
		mobile_phone: phone(address.phone2),
		fax_number: phone(address.fax),
	});
}

/** GP keeps a phone as ten digits and a four-digit extension; 0000 means none. */
function phone(value: string | null): string | null {
	const digits = /^(\d{3})(\d{3})(\d{4})(\d{4})?$/.exec((value ?? '').trim());
	if (!digits) return value;
	const [, area, exchange, line, extension] = digits;
	const number = `(${area}) ${exchange}-${line}`;
	return extension === undefined || extension === '0000' ? number : `${number} Ext. ${extension}`;
}

/**
 * GP takes any text, and several addresses in one field; Procore refuses the vendor, and with it waits
 * each of its documents, unless it is one address.
 */
function firstEmail(value: string | null): string | null {
	return (value ?? '').split(/[;,\s<>]+/).find((one) => /^[^@]+@[^@]+\.[^@.]+$/.test(one)) ?? null;
}

/** Only fields that have a value: an absent one stays as it is in Procore. */
function given<Fields extends Record<string, string | null | undefined>>(
	fields: Fields,
): { [Name in keyof Fields]?: string } {
	const result: { [Name in keyof Fields]?: string } = {};
	for (const name of Object.keys(fields) as Array<keyof Fields>) {
		const value = fields[name]?.trim();
		if (value) result[name] = value;
	}
	return result;
}
