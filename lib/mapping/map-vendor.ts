import type { DesiredVendor } from '../model/desired';
import type { GpAddress, GpVendor } from '../model/gp-records';
import { formerVendorOriginIds, vendorOriginId } from '../model/keys';
import { isSkip, rowName, text } from './crosswalk-index';
import { type MappingContext, sourceOf } from './mapping-context';
import { type Mapped, parked, skipped, slim } from './types';

/*
 * ISO 3166 codes as far as addresses need them. Procore takes state_code and country_code as ISO
 * pairs; GP keeps free text in both, so only what is certain becomes a code.
 */

const COUNTRIES = new Set(
	(
		'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
		'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR ' +
		'GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP ' +
		'KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ ' +
		'NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW ' +
		'SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ ' +
		'UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
	).split(' '),
);

const COUNTRY_NAMES: Record<string, string> = {
	USA: 'US',
	'UNITED STATES': 'US',
	'UNITED STATES OF AMERICA': 'US',
	CAN: 'CA',
	CANADA: 'CA',
	AUS: 'AU',
	AUSTRALIA: 'AU',
	MEX: 'MX',
	MEXICO: 'MX',
	MÉXICO: 'MX',
	GBR: 'GB',
	UK: 'GB',
	'UNITED KINGDOM': 'GB',
	'GREAT BRITAIN': 'GB',
	IRELAND: 'IE',
	'NEW ZEALAND': 'NZ',
	GERMANY: 'DE',
	FRANCE: 'FR',
	SPAIN: 'ES',
	ITALY: 'IT',
	NETHERLANDS: 'NL',
};

const STATES: Record<string, Record<string, string>> = {
	US: parse(
		'AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,' +
			'DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,' +
			'KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,' +
			'MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,' +
			'NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,' +
			'SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,' +
			'WV West Virginia,WI Wisconsin,WY Wyoming,PR Puerto Rico,GU Guam,VI Virgin Islands,AS American Samoa,' +
			'MP Northern Mariana Islands',
	),
	CA: parse(
		'AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NS Nova Scotia,' +
			'NT Northwest Territories,NU Nunavut,ON Ontario,PE Prince Edward Island,QC Quebec,SK Saskatchewan,YT Yukon',
	),
	AU: parse(
		'ACT Australian Capital Territory,NSW New South Wales,NT Northern Territory,QLD Queensland,SA South Australia,' +
			'TAS Tasmania,VIC Victoria,WA Western Australia',
	),
};

/** Postcode shapes that name the country where GP's country is blank. */
const POSTCODES: Array<[country: string, shape: RegExp]> = [
	['US', /^\d{5}(-?\d{4})?$/],
	['CA', /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/],
];

export interface PlaceCodes {
	state_code?: string;
	country_code?: string;
	/** Words no code could be made of; they stay in the address line. */
	leftOver: string[];
}

/**
 * Codes of a GP address. A state is sent only with its country; a blank country is read off the
 * postcode when state and postcode agree ("WA" alone may be Washington or Western Australia).
 */
function placeCodes(address: {
	state: string | null;
	zip: string | null;
	country: string | null;
	countryCode: string | null;
}): PlaceCodes {
	const state = words(address.state);
	const country = countryOf(address.countryCode) ?? countryOf(address.country);
	const leftOver: string[] = [];
	const countryWords = words(address.country);
	if (country === undefined && countryWords !== '') leftOver.push((address.country ?? '').trim());
	if (state === '') return country ? { country_code: country, leftOver } : { leftOver };

	const inCountry =
		country ?? (countryWords === '' ? byPostcode(state, words(address.zip)) : undefined);
	const stateCode = inCountry ? STATES[inCountry]?.[state] : undefined;
	if (!stateCode) leftOver.unshift((address.state ?? '').trim());
	return {
		...(stateCode ? { state_code: stateCode } : {}),
		...(inCountry ? { country_code: inCountry } : {}),
		leftOver,
	};
}

function byPostcode(state: string, zip: string): string | undefined {
	return POSTCODES.find(([country, shape]) => shape.test(zip) && STATES[country][state])?.[0];
}

function countryOf(value: string | null): string | undefined {
	const name = words(value);
	if (Object.hasOwn(COUNTRY_NAMES, name)) return COUNTRY_NAMES[name];
	return COUNTRIES.has(name) ? name : undefined;
}

function words(value: string | null): string {
	return (value ?? '').trim().replace(/\./g, '').replace(/\s+/g, ' ').toUpperCase();
}

/** "TX Texas,…" → { TX: "TX", TEXAS: "TX", … } */
function parse(list: string): Record<string, string> {
	const codes: Record<string, string> = Object.create(null) as Record<string, string>;
	for (const entry of list.split(',')) {
		const [code] = entry.split(' ', 1);
		codes[code] = code;
		codes[entry.slice(code.length + 1).toUpperCase()] = code;
	}
	return codes;
}

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
	return (value ?? '').split(/[;,\s<>]/).find((one) => /^[^@]+@[^@]+\.[^@.]+$/.test(one)) ?? null;
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
