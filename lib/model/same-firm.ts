import { createHmac } from 'node:crypto';

/** A firm's name taken apart for comparison. */
export interface FirmName {
	/** Words that name the firm: lower case, no accents, abbreviations written out. */
	words: string[];
	/** Legal forms it carries, e.g. {"inc"}; empty when none is written. */
	forms: ReadonlySet<string>;
}

/** Spellings of one legal form. "Company" is no form of its own: "Smith Company, Inc." is an Inc. */
const FORMS: Record<string, string> = {
	inc: 'inc',
	incorporated: 'inc',
	corp: 'corp',
	corporation: 'corp',
	llc: 'llc',
	lc: 'llc',
	ltd: 'ltd',
	limited: 'ltd',
	ltda: 'ltd',
	lp: 'lp',
	llp: 'llp',
	lllp: 'llp',
	pllc: 'pllc',
	pc: 'pc',
	plc: 'plc',
	pty: 'ltd',
	gmbh: 'gmbh',
	ag: 'ag',
	sa: 'sa',
	sarl: 'sarl',
	srl: 'srl',
	bv: 'bv',
	nv: 'nv',
	oy: 'oy',
	ab: 'ab',
	ulc: 'ulc',
};

/** Said or left out at will, and telling nothing apart. */
const FILLERS = new Set(['the', 'co', 'company', 'cos', 'companies']);

const WRITTEN_OUT: Record<string, string> = {
	assoc: 'associates',
	assocs: 'associates',
	bldg: 'building',
	bldrs: 'builders',
	bros: 'brothers',
	const: 'construction',
	constr: 'construction',
	contr: 'contractors',
	conc: 'concrete',
	dist: 'distributors',
	elec: 'electric',
	eng: 'engineering',
	engr: 'engineering',
	engrg: 'engineering',
	ent: 'enterprises',
	eq: 'equipment',
	equip: 'equipment',
	eqpt: 'equipment',
	grp: 'group',
	hdwe: 'hardware',
	htg: 'heating',
	inds: 'industries',
	intl: 'international',
	lbr: 'lumber',
	mech: 'mechanical',
	mfg: 'manufacturing',
	mgmt: 'management',
	mtls: 'materials',
	natl: 'national',
	plbg: 'plumbing',
	plmbg: 'plumbing',
	prods: 'products',
	svc: 'services',
	svcs: 'services',
	service: 'services',
	serv: 'services',
	sply: 'supply',
	sup: 'supply',
	sys: 'systems',
	tech: 'technologies',
	trans: 'transport',
	transp: 'transport',
	univ: 'universal',
	whse: 'warehouse',
	'&': 'and',
};

/** Trade names: what stands before "dba" signs the cheques, what stands after is on the truck. */
const TRADING_AS = /\s(?:d\/?\s?b\/?\s?a|t\/a|aka)\.?\s.*$/i;

/**
 * Accents, Hebrew and Arabic points and the stroke that draws a word out, and signs nobody sees, in a name taken
 * apart by NFKD. Vowels and voicings that a script writes as marks are letters of the name and stay.
 */
export const MARKS_LEFT_OUT =
	/(?=\p{M})[\u{300}-\u{36f}\u{591}-\u{5c7}\u{64b}-\u{65f}\u{670}]|\u0640|\p{Cf}/gu;

export function firmName(name: string): FirmName {
	const spelled = name
		.replace(TRADING_AS, '')
		.normalize('NFKD')
		.replace(MARKS_LEFT_OUT, '')
		.replace(/ß/g, 'ss')
		.replace(/ø/gi, 'o')
		.toLowerCase()
		.replace(/['’`.]/g, '')
		.replace(/[&+]/g, ' & ');
	const tokens = spelled
		.split(/[^\p{L}\p{M}\p{N}&]+/u)
		.filter((token) => token !== '')
		.map((token) => (Object.hasOwn(WRITTEN_OUT, token) ? WRITTEN_OUT[token] : token));
	const forms = new Set<string>();
	// Legal forms stand at the end; the "Limited" of "Limited Edition Homes" is a name.
	while (tokens.length > 1) {
		const last = tokens[tokens.length - 1];
		if (Object.hasOwn(FORMS, last)) forms.add(FORMS[last]);
		else if (last !== 'co' && last !== 'company' && last !== 'and') break;
		tokens.pop();
	}
	const words = tokens.filter((token) => !FILLERS.has(token));
	return { words: words.length > 0 ? words : tokens, forms };
}

/** Tax ids are few enough to be tried one by one; what keeps their hashes secret is the key alone. */
export const SHORTEST_TAX_ID_KEY = 20;

/** Fewer digits than any tax id has: "N/A", "applied for", "pending 1". */
const FEWEST_DIGITS = 6;

/**
 * What stands for a tax id outside the system that keeps it: the same for one firm in GP and in
 * Procore when both are read under the same key, and of no use to anybody without it. HMAC-SHA256
 * over letters and digits (case, blanks and dashes do not count), base64url, 22 characters.
 * Undefined for what is no tax id: blank, a remark, one digit over and over.
 */
export function taxIdMatch(taxId: unknown, key: string): string | undefined {
	const plain = String(taxId ?? '')
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[^A-Z0-9]/g, '');
	const digits = plain.replace(/\D/g, '');
	if (digits.length < FEWEST_DIGITS || /^(\d)\1*$/.test(digits)) return undefined;
	return createHmac('sha256', key).update(plain).digest('base64url').slice(0, 22);
}

/** The key out of a credential; undefined when none is set, `null` when it is too short to protect anything. */
export function taxIdKeyOf(value: unknown): string | undefined | null {
	const key = String(value ?? '').trim();
	if (key === '') return undefined;
	return key.length < SHORTEST_TAX_ID_KEY ? null : key;
}
