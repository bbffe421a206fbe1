import { escapeHtml } from '../../model/foreign-text';
import { add, type Decimal, isZero, negate, parseDecimal, toFixed } from '../../model/money';

/** Markup that is safe to put into a page as it is: everything foreign in it has been escaped. */
export class SafeHtml {
	constructor(readonly text: string) {}

	toString(): string {
		return this.text;
	}
}

/** What may stand in `${}`: text is escaped, markup goes in as it is, nothing adds nothing. */
export type Part = SafeHtml | string | number | null | undefined | false | readonly Part[];

/**
 * Writes markup: html`<td>${anything}</td>`. Text from tables can only become text. Attributes must
 * be in double quotes, and an address must come from read/question.ts: escaping does not disarm `javascript:`.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): SafeHtml {
	return new SafeHtml(
		strings.reduce((text, literal, index) => text + markup(parts[index - 1]) + literal),
	);
}

/** Our own constant text, e.g. the style sheet. Never anything that was read from somewhere. */
export function trusted(text: string): SafeHtml {
	return new SafeHtml(text);
}

/** What a form sends along unseen, in this order. */
export function hidden(fields: Readonly<Record<string, string>>): SafeHtml[] {
	return Object.entries(fields).map(
		([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
	);
}

function markup(part: Part): string {
	if (part === null || part === undefined || part === false) return '';
	if (part instanceof SafeHtml) return part.text;
	if (Array.isArray(part)) return (part as readonly Part[]).map(markup).join('');
	return escapeHtml(withoutMisleading(String(part)));
}

/** Control characters, and those that turn the direction of text around and so show what is not there. */
const MISLEADING = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

function withoutMisleading(text: string): string {
	return text.replace(MISLEADING, (sign) => (/[\t\n\r]/.test(sign) ? ' ' : '\uFFFD'));
}

/** How numbers are written where the reader is from. Amounts are text all the way: no digit is rounded. */
interface NumberStyle {
	decimal: string;
	group: string;
	/** Digits of the last group, and of those before it: 3 and 3, in India 3 and 2. */
	sizes: readonly [last: number, others: number];
	/** The fewest digits before the point that are grouped at all: Spanish and Polish begin with five. */
	groupedFrom: number;
}

const ENGLISH: NumberStyle = { decimal: '.', group: ',', sizes: [3, 3], groupedFrom: 4 };

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
function grouped(digits: string, { group, sizes, groupedFrom }: NumberStyle): string {
	const [, sign = '', whole = ''] = /^(-?)(\d*)$/.exec(digits) ?? [];
	if (whole.length < groupedFrom || group === '') return digits;
	const groups = [whole.slice(-sizes[0])];
	for (let end = whole.length - sizes[0]; end > 0; end -= sizes[1]) {
		groups.unshift(whole.slice(Math.max(0, end - sizes[1]), end));
	}
	return sign + groups.join(group);
}

/** "1.250,50" as the reader types it → "1250.50", "(3.00)" → "-3.00"; null when it is not a number. */
export function typedAmount(text: string, { group, decimal }: NumberStyle): string | null {
	const bare = text
		.trim()
		.replace(/[\s\u00A0\u202F'\p{Sc}]/gu, '')
		.replaceAll(group === '' ? '\u0000' : group, '')
		.replace(decimal, '.')
		.replace(/^\((.+)\)$|^\u2212(?=\d)/, '-$1');
	return /^-?\d{1,15}(\.\d{1,5})?$/.test(bare) ? bare : null;
}

/** What is looked for as an amount, in each way a table may hold it; '-' where it is none. */
export interface TypedAmounts {
	/** With two decimals, and without zeros. */
	amount: string;
	shortAmount: string;
	/** The same of the other sign: GP shows the amount of a credit memo without one. */
	turnedAmount: string;
	shortTurnedAmount: string;
}

export function typedAmounts(text: string, style: NumberStyle): TypedAmounts {
	const short = parseDecimal(typedAmount(text, style));
	const turned = short === null ? null : negate(short);
	const full = (decimal: Decimal | null) => (decimal === null ? '-' : toFixed(decimal));
	return {
		amount: full(short),
		shortAmount: short ?? '-',
		turnedAmount: full(turned),
		shortTurnedAmount: turned ?? '-',
	};
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Of the page that is drawn just now: drawing waits for nothing, so no two pages are drawn at once. */
let numberStyle: NumberStyle = ENGLISH;

/** Draws with numbers as the reader's language writes them. */
export function inLanguage<Drawn>(language: string, draw: () => Drawn): Drawn {
	const before = numberStyle;
	numberStyle = numberStyleOf(language);
	try {
		return draw();
	} finally {
		numberStyle = before;
	}
}

/** `2026-03-02 06:00 UTC`, the same for every viewer; the text itself when it is not a date. */
export function moment(text: string): SafeHtml | string {
	if (text === '') return '';
	if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return html`<time datetime="${text}">${text}</time>`;
	const time = timeOf(text);
	if (time === null) return text;
	const iso = new Date(time).toISOString();
	return html`<time datetime="${iso}"
		>${iso.slice(0, 10)}&nbsp;${iso.slice(11, 16)}&nbsp;UTC</time
	>`;
}

/** "12 minutes ago", in the greatest unit that fits; empty when there is no date. */
export function age(text: string, now: string): string {
	const [time, present] = [timeOf(text), timeOf(now)];
	if (time === null || present === null) return '';
	const passed = present - time;
	if (passed < MINUTE) return 'just now';
	const [count, unit] =
		passed < HOUR
			? [Math.floor(passed / MINUTE), 'minute']
			: passed < 2 * DAY
				? [Math.floor(passed / HOUR), 'hour']
				: [Math.floor(passed / DAY), 'day'];
	return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}

/** Whether an instant lies more than so many hours back; what is no date does. */
export function isOlder(text: string, hours: number, now: string): boolean {
	return (timeOf(text) ?? 0) + hours * HOUR < (timeOf(now) ?? 0);
}

/** Milliseconds since 1970, or null. Without a zone it is UTC, wherever the server stands. */
export function timeOf(text: string): number | null {
	const zoned = /\d[T ]\d\d:[\d:.]+$/.test(text) ? `${text}Z` : text;
	const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(zoned) : Number.NaN;
	return Number.isNaN(time) ? null : time;
}

/**
 * "12,345.60", or "12.345,60" in German: always two decimals, rounded half away from zero. Text that is
 * no amount stays as it is.
 */
export function amount(value: unknown): string {
	const decimal = parseDecimal(value);
	if (decimal === null) return typeof value === 'string' ? value : '';
	const [whole, cents] = toFixed(decimal).split('.');
	return `${grouped(whole!, numberStyle)}${numberStyle.decimal}${cents}`;
}

/** "parked 1250.50; skipped 3.00" with its amounts written as every other. */
export const withAmounts = (sums: string): string =>
	sums.replace(/(?<!\d)-?\d+\.\d+/g, (one) => amount(one));

/** "1,234"; empty when it is not a number. */
export function count(value: unknown): string {
	const number = typeof value === 'number' ? value : Number.parseInt(String(value ?? ''), 10);
	return Number.isFinite(number) ? grouped(String(Math.trunc(number)), numberStyle) : '';
}

/** "3 records", "1 record". */
export function counted(number: number, one: string, many = `${one}s`): string {
	return `${count(number)} ${number === 1 ? one : many}`;
}

/** "48 s", "3 min 20 s", "1 h 5 min". */
export function duration(seconds: number): string {
	if (!Number.isFinite(seconds) || seconds < 0) return '';
	const whole = Math.round(seconds);
	if (whole < 60) return `${whole} s`;
	if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
	return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Whether a cell says nothing or zero, once rounded to cents. */
export function isNothing(value: unknown): boolean {
	const decimal = parseDecimal(value);
	return decimal === null ? value === '' : isZero(toFixed(decimal));
}

/** Exact sum of amounts as tables hold them; a blank or unreadable cell adds nothing. */
export function sumOf(amounts: readonly string[]): Decimal {
	return add('0', ...amounts.map((text) => parseDecimal(text) ?? '0'));
}

/** How many there are, when one row more than is shown was read at most: "12", or "more than 100". */
export function atMost(rows: number, limit: number): string {
	return rows < limit ? count(rows) : `more than ${count(limit - 1)}`;
}
