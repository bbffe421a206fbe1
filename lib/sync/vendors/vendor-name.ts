/** Legal forms that people write or leave out at will; only ever dropped from the end of a name. */
const LEGAL_FORMS = new Set([
	'inc',
	'incorporated',
	'llc',
	'ltd',
	'limited',
	'corp',
	'corporation',
	'co',
	'company',
	'lp',
	'llp',
	'pllc',
	'pc',
	'plc',
	'gmbh',
	'sa',
]);

/**
 * A vendor name as compared for adoption: case, accents, blanks, punctuation and the legal form at
 * the end do not count. "Acme Concrete, Inc." and "ACME CONCRETE" are equal; words never vanish
 * from the middle, and a name that is nothing but legal forms stays as it is.
 */
export function comparableVendorName(name: string): string {
	const words = name
		.normalize('NFKD')
		.replace(/[\u0300-\u036f]/g, '')
		.toLowerCase()
		.replace(/&/g, ' and ')
		.replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, '')
		.replace(/['’`]/g, '')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim()
		.split(' ');
	while (words.length > 1 && LEGAL_FORMS.has(words[words.length - 1])) words.pop();
	// "Smith & Co." is left as "smith and" otherwise.
	if (words.length > 1 && words[words.length - 1] === 'and') words.pop();
	return words.join(' ');
}
