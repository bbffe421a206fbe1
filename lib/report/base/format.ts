import { isZero, parseDecimal, toFixed } from '../../model/money';
import { html, type SafeHtml } from './html';
import { ENGLISH, grouped, numberStyleOf, type NumberStyle } from './number-style';

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

/** Milliseconds since 1970, or null. */
export function timeOf(text: string): number | null {
	const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
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
