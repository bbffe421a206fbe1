/** How numbers are written where the reader is from. Amounts are text all the way: no digit is rounded. */
export interface NumberStyle {
	decimal: string;
	group: string;
	/** Digits of the last group, and of those before it: 3 and 3, in India 3 and 2. */
	sizes: readonly [last: number, others: number];
	/** The fewest digits before the point that are grouped at all: Spanish and Polish begin with five. */
	groupedFrom: number;
}

export const ENGLISH: NumberStyle = { decimal: '.', group: ',', sizes: [3, 3], groupedFrom: 4 };

const LONGEST_TAG = 35;

/** The first language of an Accept-Language header that n8n's Node.js knows; English where there is none. */
export function languageOf(acceptLanguage: unknown): string {
	const asked = typeof acceptLanguage === 'string' ? acceptLanguage.slice(0, 500).split(',') : [];
	for (const part of asked) {
		const tag = part.split(';')[0]!.trim();
		if (tag.length > LONGEST_TAG || !/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(tag)) continue;
		if (Intl.NumberFormat.supportedLocalesOf(tag).length > 0) return tag;
	}
	return 'en';
}

/** @param language as languageOf gives it; anything else is English */
export function numberStyleOf(language: string): NumberStyle {
	let format: Intl.NumberFormat;
	try {
		format = new Intl.NumberFormat(`${language}-u-nu-latn`, { minimumFractionDigits: 1 });
	} catch {
		return ENGLISH;
	}
	const partsOf = (value: number) => format.formatToParts(value);
	const text = (parts: Intl.NumberFormatPart[], type: string) =>
		parts.find((part) => part.type === type)?.value;
	const parts = partsOf(1_234_567_890.5);
	const integers = parts.filter(({ type }) => type === 'integer').map(({ value }) => value.length);
	return {
		decimal: text(parts, 'decimal') ?? '.',
		group: text(parts, 'group') ?? '',
		sizes: [integers.at(-1) ?? 3, integers.at(-2) ?? 3],
		groupedFrom: text(partsOf(1_234.5), 'group') === undefined ? 5 : 4,
	};
}

/** Digits before the point, in groups. */
export function grouped(digits: string, { group, sizes, groupedFrom }: NumberStyle): string {
	const [, sign = '', whole = ''] = /^(-?)(\d*)$/.exec(digits) ?? [];
	if (whole.length < groupedFrom || group === '') return digits;
	const groups = [whole.slice(-sizes[0])];
	for (let end = whole.length - sizes[0]; end > 0; end -= sizes[1]) {
		groups.unshift(whole.slice(Math.max(0, end - sizes[1]), end));
	}
	return sign + groups.join(group);
}

/** "1.250,50" as the reader types it → "1250.50"; null when it is not a number. */
export function typedAmount(text: string, { group, decimal }: NumberStyle): string | null {
	const bare = text
		.trim()
		.replace(/[\s\u00A0\u202F']/g, '')
		.replaceAll(group === '' ? '\u0000' : group, '')
		.replace(decimal, '.');
	return /^-?\d{1,15}(\.\d{1,5})?$/.test(bare) ? bare : null;
}
