/** Part of a text: from, and up to but without. */
export type Span = readonly [start: number, end: number];

/** A text as somebody may read it: its signs, and what each of them was made of. */
export interface Reading {
	text: string;
	/** Per sign, where it begins and ends in the text that was given; absent for that text itself. */
	origin?: { from: number[]; to: number[] };
}

/** Escapes of addresses, HTML, XML, JSON, SQL and mail, tags and signs nobody sees, line breaks. */
const ESCAPED =
	/%u([\da-f]{4})|((?:%[\da-f]{2})+)|&#(\d{1,7});?|&#x([\da-f]{1,6});?|&(amp|lt|gt|quot|apos|nbsp);|\\u\{?([\da-f]{4})\}?|\\x([\da-f]{2})|\\([^uxnrt])|('')|=([\da-f]{2})|(\\[nrt]|=?[\r\n]+[ \t]*|\t|[\p{Cf}\p{DI}\0]|<!--.{0,200}?-->|<\/?[a-z][^<>]{0,200}>)/giu;
const NAMED: Readonly<Record<string, string>> = {
	...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' },
};
/** Escaped once more by each who hands it on. */
const MOST_ESCAPES = 3;
/** Whoever shows more of a text at once hands it over in parts. */
const LONGEST_UNESCAPED = 40_000;
/** Bytes in hexadecimal as tools print them: `53 75 6d`, `53:75:6d`, `0x53, 0x75`. */
const DUMP = /(?:[\da-f]{2}(?:[ :,-]|0x|\\x){1,4}){5}/i;

/** The text, and what it becomes where escapes are taken away, as often as there are any; dumps of bytes without their gaps. */
export function readingsOf(text: string): Reading[] {
	const readings: Reading[] = [{ text }];
	const written: Reading = { text: text.slice(0, LONGEST_UNESCAPED) };
	for (let reading = written; readings.length <= MOST_ESCAPES; ) {
		const next = replaced(reading, ESCAPED, unescaped);
		if (next === null) break;
		readings.push((reading = next));
	}
	const dump = DUMP.test(written.text) && replaced(written, /(?:[\s:,-]|0x|\\x)+/gi, () => '');
	return dump ? [...readings, dump] : readings;
}

function unescaped(found: readonly (string | undefined)[]): string {
	const [whole, wide, bytes, decimal, hexadecimal, name, unit, byte, sign, quote, mail] = found;
	if (bytes) return lettersOf(Buffer.from(bytes.replaceAll('%', ''), 'hex'));
	if (name) return NAMED[name.toLowerCase()]!;
	if (sign) return sign;
	if (quote) return "'";
	const hex = wide ?? hexadecimal ?? unit ?? byte ?? mail;
	const code = decimal ? Number(decimal) : hex ? parseInt(hex, 16) : -1;
	if (code > 0x10ffff) return whole!;
	return code < 0 ? '' : String.fromCodePoint(code);
}

function lettersOf(bytes: Buffer): string {
	const letters = bytes.toString('utf8');
	return letters.includes('\ufffd') ? bytes.toString('latin1') : letters;
}

/** Null where nothing was found. */
function replaced(
	{ text, origin }: Reading,
	pattern: RegExp,
	by: (found: readonly (string | undefined)[]) => string,
): Reading | null {
	const parts: string[] = [];
	const from: number[] = [];
	const to: number[] = [];
	let at = 0;
	const take = (start: number, end: number, written: string, whole: boolean) => {
		parts.push(written);
		for (let index = 0; index < written.length; index += 1) {
			const [first, last] = whole ? [start, end - 1] : [start + index, start + index];
			from.push(origin ? origin.from[first]! : first);
			to.push(origin ? origin.to[last]! : last + 1);
		}
	};
	for (const found of text.matchAll(pattern)) {
		const written = by(found);
		if (written === found[0]) continue;
		take(at, found.index, text.slice(at, found.index), false);
		at = found.index + found[0].length;
		take(found.index, at, written, true);
	}
	if (at === 0) return null;
	take(at, text.length, text.slice(at), false);
	return { text: parts.join(''), origin: { from, to } };
}

/** Logins inside an address, https://user:password@host: what stands before the host. */
export function urlLoginSpans(text: string): Span[] {
	const spans: Span[] = [];
	for (const { 0: slashes, index } of text.matchAll(/(?:\\?\/){2}/g)) {
		const start = index + slashes.length;
		const authority = /^[^\s"'<>/?#\\]*/.exec(text.slice(start, start + 300))![0];
		let end = authority.lastIndexOf('@');
		const colon = authority.indexOf(':');
		if (end < 0 && colon > 0 && !/^:\d{0,5}$/.test(authority.slice(colon))) {
			// A password with a slash in it: the host comes after the next "@".
			const rest = /^[^\s"'<>]*/.exec(text.slice(start, start + 300))![0];
			end = rest.lastIndexOf('@');
		}
		if (end <= 0) continue;
		const from = colon > 0 && colon < end ? colon + 1 : 0;
		if (end > from) spans.push([start + from, start + end]);
	}
	// The same as a part of another address.
	for (const { 0: whole, 1: login, index } of text.matchAll(/%2f%2f([^\s"'<>&]{1,300}?)%40/gi)) {
		const end = index + whole.length - 3;
		const colon = login!.search(/%3a/i);
		spans.push([colon > 0 ? end - login!.length + colon + 3 : end - login!.length, end]);
	}
	return spans;
}

/** Beginnings by which makers mark their tokens. */
const MARKED =
	/^(?:sk|pk|rk)_(?:live|test)_|^gh[pousr]_|^github_pat_|^glpat-|^xox[abeprs]-|^AKIA[0-9A-Z]{12}|^ya29\.|^AIza|^n8n_api_/;
/** NTLM messages begin with "NTLMSSP\0", in base64 "TlRMTVNTUAA". */
const NTLM = 'TlRMTVNTUA';
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Tokens that need no name to be known; in foreign text also what is too random to be a word. */
export function tokenSpans(text: string, foreign: boolean): Span[] {
	const spans: Span[] = [];
	for (const { 0: run, index } of text.matchAll(/[A-Za-z0-9_+/=.~-]{12,}/g)) {
		const ntlm = run.indexOf(NTLM);
		if (ntlm >= 0) spans.push([index + ntlm, index + run.length]);
		const jwt = run.indexOf('eyJ');
		if (jwt >= 0 && /^[\w-]{6,4000}\.[\w-]{6,4000}/.test(run.slice(jwt, jwt + 8_002))) {
			spans.push([index + jwt, index + run.length]);
		}
		const wholeBase64 =
			foreign && run.length >= 24 && run.length % 4 === 0 && /[+=]/.test(run) && isBase64(run);
		if (wholeBase64) {
			spans.push([index, index + run.length]);
			continue;
		}
		for (const { 0: piece, index: at } of run.matchAll(/[A-Za-z0-9_-]{12,}/g)) {
			if (MARKED.test(piece) || MARKED.test(run.slice(at, at + 12)) || (foreign && isRandom(piece)))
				spans.push([index + at, index + at + piece.length]);
		}
	}
	for (const { index } of text.matchAll(/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/g)) {
		const end = text.indexOf('-----END', index);
		spans.push([index, end < 0 ? text.length : end]);
	}
	return spans;
}

function isBase64(run: string): boolean {
	return /^[A-Za-z0-9+/]+={0,2}$/.test(run) && mixed(run);
}

function mixed(text: string): boolean {
	return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}

/** Too random for a name, a key or a number of a document. Ids of requests (UUID) are none. */
function isRandom(piece: string): boolean {
	if (piece.length < 24 || UUID.test(piece)) return false;
	const longest = Math.max(...piece.split(/[_-]/).map((part) => part.length));
	const letters = piece.replace(/[^A-Za-z]/g, '').length;
	const digits = piece.replace(/\D/g, '').length;
	if (letters < 4 || digits < 3) return false;
	return (mixed(piece) && longest >= 12) || (piece.length >= 32 && longest >= 16);
}

/** Words before a number which say that it is one of a record, not of a person. */
const OF_A_RECORD =
	/(?:accounts?|acct|codes?|invoices?|vouchers?|documents?|batch|jobs?|projects?|cheque|check|po|line|phone|fax|item|order|no\.?|number)\W{0,3}$/i;
const OF_A_PERSON =
	/(?:ssn|social security|tax(?:payer)?[ _-]?id\w*|fein|ein|itin|tin|w-?9|1099)\W{0,3}(?:is|was|no\.?|number|num)?\W{0,3}$/i;

/** IBANs (proven by their check digits) and what has the shape of a US tax id. */
export function identifyingNumberSpans(text: string, foreign: boolean): Span[] {
	const spans: Span[] = [];
	for (const { 0: number, index } of text.matchAll(
		/(?<![\w-])(?:\d{3}[- ]\d{2}[- ]\d{4}|\d{2}-\d{7})(?![\w-])/g,
	)) {
		const before = text.slice(Math.max(0, index - 40), index);
		const record = OF_A_RECORD.test(before);
		const hidden = OF_A_PERSON.test(before) || (foreign && !record && !number.includes(' '));
		if (hidden) spans.push([index, index + number.length]);
	}
	for (const { 0: found, index } of text.matchAll(
		/(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}/gi,
	)) {
		const length = ibanLength(found);
		if (length > 0) spans.push([index, index + length]);
	}
	return spans;
}

/** Characters per country, from the IBAN registry (ISO 13616). */
const IBAN_LENGTHS =
	'NO15 BE16 DK18 FI18 FO18 GL18 NL18 MK19 SI19 AT20 BA20 EE20 KZ20 LT20 LU20 XK20 CH21 HR21 LI21 LV21 BG22 BH22 CR22 DE22 GB22 GE22 IE22 ME22 RS22 VA22 AE23 GI23 IL23 IQ23 TL23 AD24 CZ24 ES24 MD24 PK24 RO24 SA24 SE24 SK24 TN24 VG24 LY25 PT25 ST25 IS26 TR26 AZ28 AL28 BY28 CY28 DO28 EG29 FR27 GR27 IT27 MC27 MR27 SM27 BR29 PS29 QA29 UA29 SV28 HU28 LB28 PL28 GT28 JO30 KW30 MU30 MT31 SC31 LC32'
		.split(' ')
		.reduce(
			(lengths, entry) => lengths.set(entry.slice(0, 2), Number(entry.slice(2))),
			new Map<string, number>(),
		);

/** Characters of `text` that are an IBAN with right check digits; 0 when it begins with none. */
function ibanLength(text: string): number {
	const wanted = IBAN_LENGTHS.get(text.slice(0, 2).toUpperCase());
	if (wanted === undefined) return 0;
	let compact = '';
	let end = 0;
	for (; end < text.length && compact.length < wanted; end += 1) {
		if (text[end] !== ' ' && text[end] !== '-') compact += text[end]!.toUpperCase();
	}
	if (compact.length < wanted) return 0;
	let rest = 0;
	for (const character of compact.slice(4) + compact.slice(0, 4)) {
		const value = parseInt(character, 36);
		rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
	}
	return rest === 1 ? end : 0;
}

/**
 * The one list of names whose values are secret: logins, tax ids, bank accounts, marks of a person
 * (GOVINDID, GOVCRPID and BRTHDATE of GP). Names are compared
 * without case and separators ("Tax_ID", "taxId" and "TAX ID" are one).
 */

/** Anywhere in a name. */
const WITHIN =
	/password|passwd|aspxauth|fedauth|aspsessionid|passphrase|secret|token|authori[sz]ation|authenticate(?!d)|cookie|api_?key|access_?key|private_?key|account_?key|shared_?key|credit_?card|card_?number|social_?security|txidnmbr|txrgnnum|routing_?(?:number|no|nbr)|bank_?acc(?:oun)?t|bank_?routing|business_?regist|gov(?:ind|crp)id|brthdate|birth_?da(?:te|y)|date_?of_?birth/;

/** Tax ids under all their names, but not whether there is one (`hasTaxId`) nor its keyed hash (`taxIdMatch`). */
const TAX_ID =
	/tax(?:payer)?_?(?:id(?!_?match)|ident|reg(?:istration)?(?:_?(?:id|no|nbr|num|number))?$)|vat_?(?:id|no|nbr|num|number|reg)/;
const IS_NO_TAX_ID = /has_?tax(?:payer)?_?id|tax_?identical/;

/** A whole word of a name: "vendor_ssn", "bankIban", "X-Amz-Signature". */
const WORDS = new Set(
	'pwd pass ssn sin ein fein itin tin abn iban swift bic bsb aba sortcode signature sig sid sessionid jsessionid phpsessid session otp pin cvv cvc jwt bearer inet6 internetfield6'.split(
		' ',
	),
);

/** Whole names of two or more words; the words alone say nothing. */
const WHOLE =
	/^(?:federal|employer|vendor|supplier|us)?_?(?:tax_?(?:payer)?_?(?:id|ident(?:ification)?)_?(?:no|nbr|nmbr|num|number|code)?|ssn|ein|itin)$|^(?:our|the)?_?(?:bank_?acc(?:oun)?t|routing|aba|iban|swift|sort_?code|social_?security|ssn|ein|fein|itin|tin|tax_?id)_?(?:no|nbr|nmbr|num|number|code)?$|^(?:client_?secret|api_?key|access_?(?:token|key)|refresh_?token|id_?token|private_?key|session_?(?:id|token))$|^(?:internet_?addresses?_?)?(?:inet|internet_?field)_?6$/;

const LONGEST_NAME = 80;
const known = new Map<string, boolean>();

/** Whether a field of this name holds a secret, whatever stands in it. */
export function isSecretName(name: string): boolean {
	let secret = known.get(name);
	if (secret === undefined) {
		secret = judge(name.slice(0, LONGEST_NAME));
		if (known.size < 5_000 && name.length <= LONGEST_NAME) known.set(name, secret);
	}
	return secret;
}

/** Whether words, as they stand side by side in a sentence, name a secret: "tax ID number", "client secret". */
export function isSecretPhrase(words: readonly string[]): boolean {
	return WHOLE.test(words.join('_').toLowerCase());
}

/** Of a secret name: whether its values are numbers that people write in groups. */
export function namesANumber(name: string): boolean {
	return /tax|ssn|ein|itin|iban|bank|routing|swift|card|social|vat|sort|^(?:aba|tin|sin|pin|bic|bsb|abn|otp|cv[vc])$/i.test(
		name,
	);
}

function judge(name: string): boolean {
	const words = name
		.replace(/([a-z0-9])([A-Z])/g, '$1_$2')
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter(Boolean);
	const joined = words.join('_');
	const plain = words.join('');
	if (/^(?:token|secret|cookie|password)s?_?(?:count|type|expire[sd]?)/.test(joined)) return false;
	if (WITHIN.test(plain) || WITHIN.test(joined) || WHOLE.test(joined)) return true;
	if (!IS_NO_TAX_ID.test(joined) && (TAX_ID.test(joined) || TAX_ID.test(plain))) return true;
	return WORDS.has(plain) || words.some((word) => WORDS.has(word) && word !== 'pass');
}
