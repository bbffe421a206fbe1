import { stampToEpoch } from '../company/calendar';
import type { GpDate, Money, RowStamp } from '../company/types';
import type { SoapSwitches } from './soap-switches';

export const GP = 'http://schemas.microsoft.com/dynamics/gp/2006/01';
const DYNAMICS = 'http://schemas.microsoft.com/dynamics/2006/01';

/** `<name>…</name>`; several parts are written one after the other. */
export function tag(name: string, ...parts: string[]): string {
	const inside = parts.join('');
	return inside === '' ? `<${name}/>` : `<${name}>${inside}</${name}>`;
}

export function typed(name: string, type: string, ...parts: string[]): string {
	return tag(name, ...parts).replace(`<${name}`, `<${name} xsi:type="${type}"`);
}

export function nil(name: string): string {
	return `<${name} xsi:nil="true"/>`;
}

/** The procedures trim text, so no blanks at its end. Between tags .NET leaves quotes alone. */
export function words(name: string, value: string): string {
	return tag(
		name,
		value.trimEnd().replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
	);
}

export function id(name: string, value: string): string {
	return tag(name, words('Id', value));
}

export function companyId(number: number): string {
	return `<Id xmlns="${DYNAMICS}">${number}</Id>`;
}

export function flag(name: string, value: boolean | null): string {
	return value === null ? nil(name) : tag(name, String(value));
}

export function accountKey(name: string, account: string): string {
	return tag(name, words('Id', account), '<IsEncrypted>false</IsEncrypted>');
}

const moneyParts = (value: Money) =>
	`<Currency>USD</Currency><Value>${value}</Value><DecimalDigits>2</DecimalDigits>`;

export function money(name: string, value: Money): string {
	return tag(name, moneyParts(value));
}

/** An amount of the abstract type Amount names what it is. */
export function moneyAmount(name: string, value: Money): string {
	return typed(name, 'MoneyAmount', moneyParts(value));
}

export function quantity(name: string, value: Money): string {
	return tag(name, `<Value>${value}</Value><DecimalDigits>2</DecimalDigits>`);
}

/** A day at midnight, or none in the way this site writes none. */
export function day(name: string, value: GpDate, { emptyDate }: SoapSwitches): string {
	if (value !== null) return tag(name, `${value}T00:00:00`);
	if (emptyDate === 'nil') return nil(name);
	return tag(name, emptyDate === '1900' ? '1900-01-01T00:00:00' : '0001-01-01T00:00:00');
}

/** A day where the description allows no nil. */
export function requiredDay(name: string, value: GpDate): string {
	return tag(name, `${value ?? '1900-01-01'}T00:00:00`);
}

/** DEX_ROW_TS, which is UTC, as this site writes it. */
export function instant(name: string, value: RowStamp, { stampSuffix }: SoapSwitches): string {
	if (stampSuffix !== '-05:00') return tag(name, value + stampSuffix);
	const local = new Date(stampToEpoch(value) - 5 * 3_600_000).toISOString().slice(0, -1);
	return tag(name, local + stampSuffix);
}

export function envelope(body: string): string {
	return (
		'<?xml version="1.0" encoding="utf-8"?>' +
		'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">' +
		`<s:Body xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">${body}</s:Body></s:Envelope>`
	);
}
