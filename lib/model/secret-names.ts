/**
 * The one list of names whose values are secret: logins, tax ids, bank accounts, marks of a person
 * (GOVINDID, GOVCRPID and BRTHDATE of GP). Names are compared
 * without case and separators ("Tax_ID", "taxId" and "TAX ID" are one).
 */

/** Anywhere in a name. */
const WITHIN =
	/password|passwd|passphrase|secret|token|authori[sz]ation|authenticate(?!d)|cookie|api_?key|access_?key|private_?key|account_?key|shared_?key|credit_?card|card_?number|social_?security|txidnmbr|txrgnnum|routing_?(?:number|no|nbr)|bank_?acc(?:oun)?t|bank_?routing|business_?regist|gov(?:ind|crp)id|brthdate|birth_?da(?:te|y)|date_?of_?birth/;

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
