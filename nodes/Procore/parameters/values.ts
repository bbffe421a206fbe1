import { DateTime } from 'luxon';

import { parseDecimal } from '../../../lib/model/money';
import { ProcoreInputError } from '../../../lib/procore/errors/procore-errors';
import { plainText } from '../../shared/read-values';
import { isCalendarDate, sinceRange, toWireAmount } from '../../../lib/procore/wire';

/**
 * An amount typed as exact text, as the JSON number Procore's requests want; undefined when empty.
 * Anything that could not arrive as meant is refused before sending.
 * @param places most decimals allowed: 2 for money
 */
export function wireAmount(title: string, value: unknown, places = 2): number | undefined {
	const text = amountText(title, value, places);
	if (text === undefined) return undefined;
	const number = toWireAmount(text);
	if (number !== undefined) return number;
	throw new ProcoreInputError(`'${title}' has more digits than Procore can take exactly: ${text}`, {
		remedy: 'Give an amount of at most 15 digits.',
	});
}

/** The same as plain decimal text, which is how requisitions want it. */
export function amountText(title: string, value: unknown, places = 2): string | undefined {
	if (value === undefined || value === null || String(value).trim() === '') return undefined;
	const text = parseDecimal(value);
	if (text === null) {
		throw new ProcoreInputError(`'${title}' is no amount: ${String(value)}`, {
			remedy: 'Give digits with a dot before the cents and nothing else, e.g. 1250.00 or -80.5.',
		});
	}
	if ((text.split('.')[1] ?? '').length > places) {
		throw new ProcoreInputError(`'${title}' has more than ${places} decimals: ${text}`, {
			remedy: `Round it to ${places} decimals yourself, so that both systems have the same amount.`,
		});
	}
	return text;
}

/**
 * A day as picked in the node or given by an expression, as `YYYY-MM-DD`. A time with a zone is the
 * day it falls on in the zone of the workflow; a time without one is that day. Undefined when empty.
 */
export function calendarDay(
	title: string,
	value: unknown,
	workflowZone: string,
): string | undefined {
	const text = textOf(value);
	if (text === '') return undefined;
	if (isCalendarDate(text)) return text;
	const time = readTime(text, workflowZone);
	const day = time?.isValid ? time.setZone(workflowZone).toISODate() : null;
	if (day && isCalendarDate(day)) return day;
	throw new ProcoreInputError(
		`'${title}' is not a date: ${text}. Procore would silently store none.`,
		{ remedy: 'Give the date as 2026-01-31, or pick it in the calendar.' },
	);
}

/** The `from...to` of an *Updated Since* filter; undefined when empty. */
export function since(
	title: string,
	value: unknown,
	workflowZone: string,
	now = Date.now(),
): string | undefined {
	const start = instant(title, value, workflowZone);
	return start === undefined ? undefined : sinceRange(start, now);
}

/** A time as `YYYY-MM-DDTHH:MM:SSZ`; undefined when empty. */
export function instant(title: string, value: unknown, workflowZone: string): string | undefined {
	const text = textOf(value);
	if (text === '') return undefined;
	const time = readTime(text, workflowZone);
	if (time?.isValid) return `${time.toUTC().toISO()?.slice(0, 19)}Z`;
	throw new ProcoreInputError(`'${title}' is not a date: ${text}`, {
		remedy: 'Give a date as 2026-01-31, or a time as 2026-01-31T08:00:00.',
	});
}

function readTime(text: string, zone: string): DateTime | null {
	return /^\d{4}-\d{2}-\d{2}/.test(text)
		? DateTime.fromISO(text.replace(' ', 'T'), { zone })
		: null;
}

/** n8n hands on text; an expression may give a date object of either kind. */
function textOf(value: unknown): string {
	return plainText(value) ?? JSON.stringify(value);
}
