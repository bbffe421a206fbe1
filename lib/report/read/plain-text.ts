/** One line of text; an address may name a thing twice, then the first counts. */
export function plainText(value: unknown, longest: number): string {
	const one: unknown = Array.isArray(value) ? value[0] : value;
	if (typeof one !== 'string') return '';
	return one
		.replace(/\p{Cc}/gu, ' ')
		.trim()
		.slice(0, longest);
}
