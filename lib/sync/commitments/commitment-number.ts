/** Case and blanks do not count; everything else does: "PO-100-1" and "PO 1001" are two orders. */
function comparableNumber(number: string): string {
	return number.replace(/\s+/g, '').toUpperCase();
}

/** The same without the zeros before each run of digits: "PO-0007" is "PO-7", "PO-70" is not. */
function withoutLeadingZeros(number: string): string {
	return comparableNumber(number).replace(/(?<!\d)0+(?=\d)/g, '');
}

/**
 * Those with this number. Leading zeros are passed over only where nothing has the number as
 * written, and never to choose between two.
 */
export function withNumber<T extends { number: string }>(all: readonly T[], wanted: string): T[] {
	if (comparableNumber(wanted) === '') return [];
	const exact = all.filter(({ number }) => comparableNumber(number) === comparableNumber(wanted));
	return exact.length > 0
		? exact
		: all.filter(({ number }) => withoutLeadingZeros(number) === withoutLeadingZeros(wanted));
}
