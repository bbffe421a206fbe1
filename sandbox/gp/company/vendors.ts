import { addDays, DAY_MS, toRowStamp } from './calendar';
import { TRADES } from './chart-of-accounts';
import type { SeededRandom } from './seeded-random';
import type { CompanyAddress, CompanyVendor } from './types';
import {
	CITIES,
	NAME_HEADS,
	NAME_TAILS,
	SPECIAL_VENDORS,
	STREETS,
	TRADE_WORDS,
} from './vendor-names';

const NO_PHONE = '00000000000000';

/** Vendors with their trade in the class, so that documents buy from people who sell that. */
export function generateVendors(
	random: SeededRandom,
	count: number,
	baseDate: string,
	months: number,
): CompanyVendor[] {
	const vendors: CompanyVendor[] = [];
	const usedIds = new Map<string, number>();
	const usedNames = new Set<string>();
	const first = Date.parse(`${baseDate}T00:00:00Z`) - months * 30 * DAY_MS;
	let sharedAt = first;
	for (let n = 0; n < count; n++) {
		const special = SPECIAL_VENDORS[n];
		const trade = special?.trade ?? TRADES[n % TRADES.length].name;
		const name = special?.name ?? inventName(random, trade, usedNames);
		usedNames.add(name);
		// Every so often a mass update left several rows with one stamp.
		if (!random.chance(0.25))
			sharedAt = first + Math.floor(random.next() * (months * 30 - 1) * DAY_MS);
		const created = addDays(baseDate, -months * 30 - random.integer(1, 1800));
		vendors.push({
			vendorId: inventId(name, usedIds),
			name: name.slice(0, 64),
			shortName: name.slice(0, 15).trim(),
			checkName: name.slice(0, 64),
			classId: CLASS_OF[trade] ?? 'OTHER',
			status: random.chance(0.04) ? 2 : random.chance(0.03) ? 3 : 1,
			onHold: random.chance(0.03),
			addresses: inventAddresses(random),
			taxId: random.chance(0.7)
				? `9${random.integer(0, 9)}-${random.integer(1000000, 9999999)}`
				: '',
			paymentTermsId: random.pick(['Net 30', 'Net 30', '2% 10/Net 30', 'Net 15', '']),
			currencyId: 'Z-US$',
			comment1: random.chance(0.1) ? 'Certificate of insurance on file' : '',
			comment2: '',
			userDefined1: random.chance(0.1) ? 'W-9 received' : '',
			userDefined2: '',
			created,
			modified: toRowStamp(sharedAt),
		});
	}
	ensureStatuses(vendors);
	return vendors;
}

export const CLASS_OF: Readonly<Record<string, string>> = {
	'General conditions': 'SUPPLY',
	'Site work': 'SUB-SITE',
	Concrete: 'CONCRETE',
	Masonry: 'SUB-MASON',
	'Structural steel': 'STEEL',
	Carpentry: 'CARPENTRY',
	Roofing: 'SUB-ROOF',
	Drywall: 'SUB-DRYW',
	Electrical: 'SUB-ELEC',
	Plumbing: 'SUB-PLUMB',
	HVAC: 'SUB-HVAC',
	'Equipment rental': 'RENTAL',
};

/** Whatever the seed: at least two of each uncommon status. */
function ensureStatuses(vendors: CompanyVendor[]): void {
	const last = vendors.slice(-6);
	if (last.length < 6) return;
	last[0].status = last[1].status = 2;
	last[2].status = last[3].status = 3;
	last[4].onHold = last[5].onHold = true;
	last[4].status = last[5].status = 1;
}

function inventName(random: SeededRandom, trade: string, used: Set<string>): string {
	const head = random.pick(NAME_HEADS);
	const word = random.pick(TRADE_WORDS[trade]);
	for (let attempt = 0; attempt < 5; attempt++) {
		const name = `${head} ${word}${random.pick(NAME_TAILS)}`;
		if (!used.has(name)) return name;
	}
	return `${head} ${word} of ${random.pick(CITIES)[0]} ${random.integer(2, 99)}`;
}

/** Eight letters and a number, as GP's sample company does: ACETRAVE0001. */
function inventId(name: string, used: Map<string, number>): string {
	const letters = name
		.normalize('NFD')
		.replace(/[^A-Za-z]/g, '')
		.toUpperCase()
		.slice(0, 8);
	const number = (used.get(letters) ?? 0) + 1;
	used.set(letters, number);
	return `${letters}${String(number).padStart(4, '0')}`;
}

function inventAddresses(random: SeededRandom): CompanyAddress[] {
	const [city, state, zip] = random.pick(CITIES);
	const primary: CompanyAddress = {
		addressId: 'PRIMARY',
		contact: random.pick(['Accounts Receivable', 'Dispatch', 'Estimating', '']),
		line1: `${random.integer(10, 9900)} ${random.pick(STREETS)}`,
		line2: '',
		line3: '',
		city,
		state,
		zip,
		country: random.pick(['USA', 'United States', '']),
		countryCode: random.chance(0.5) ? 'US' : '',
		phone1: random.chance(0.8) ? phone(random) : NO_PHONE,
		phone2: NO_PHONE,
		fax: random.chance(0.3) ? phone(random) : NO_PHONE,
		email: random.chance(0.6) ? `ap${random.integer(1, 999)}@example.com` : '',
		website: '',
	};
	if (!random.chance(0.4)) return [primary];
	const box = `P.O. Box ${random.integer(100, 9999)}`;
	return [
		primary,
		{ ...primary, addressId: 'REMIT TO', line1: box, phone1: NO_PHONE, fax: NO_PHONE, email: '' },
	];
}

/** Ten digits and a four-digit extension. */
function phone(random: SeededRandom): string {
	return `${random.integer(201, 989)}555${String(random.integer(100, 199)).padStart(4, '0')}0000`;
}
