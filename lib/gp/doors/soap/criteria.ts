import type { Stamp } from '../../../model/gp-records';
import { element } from './envelope';

/*
 * Restrictions as the service description writes them. Members are in the order of the schema,
 * which the server's reader minds, and a nillable one is present: .NET clients send them all.
 */

/** A restriction of text: the members of a Like restriction that page and find. */
export function textRestriction(
	name: string,
	given: { equal?: string; from?: string; to?: string; greaterThan?: string; lessThan?: string },
): string {
	return `<${name}>${element('EqualValue', given.equal ?? null)}${element('From', given.from ?? null)}${element('To', given.to ?? null)}${element('GreaterThan', given.greaterThan ?? null)}${element('LessThan', given.lessThan ?? null)}</${name}>`;
}

const nil = (name: string) => `<${name} xsi:nil="true"/>`;

/** A restriction by an enumeration: one value, or any of several. */
export function listRestriction(name: string, itemType: string, values: readonly string[]): string {
	const [only] = values;
	if (values.length === 1)
		return `<${name}>${element('EqualValue', only!)}${nil('NotEqualValue')}</${name}>`;
	const items = values.map((value) => element(itemType, value)).join('');
	return `<${name}>${nil('EqualValue')}${nil('NotEqualValue')}<Items>${items}</Items></${name}>`;
}

/** Far enough for every document, and an hour in it is a day of the same year in every zone. */
const NO_END = '9999-12-30T00:00:00Z';
const NO_BEGINNING = '1753-01-02T00:00:00Z';

/** A range of ModifiedDate in UTC, both ends inclusive; nothing at all without a bound. */
export function momentRestriction(
	name: string,
	bounds: { since?: Stamp | null; until?: Stamp | null },
): string {
	if (!bounds.since && !bounds.until) return '';
	const from = bounds.since ? moment(bounds.since, 'start') : NO_BEGINNING;
	const to = bounds.until ? moment(bounds.until, 'end') : NO_END;
	return `<${name}>${nil('EqualValue')}${nil('NotEqualValue')}${element('From', from)}${element('To', to)}${nil('GreaterThan')}${nil('LessThan')}</${name}>`;
}

/** A range of numbers, for companies. */
export function numberRange(name: string, from: number, to: number): string {
	return `<${name}>${nil('EqualValue')}${nil('NotEqualValue')}${element('From', String(from))}${element('To', String(to))}${nil('GreaterThan')}${nil('LessThan')}</${name}>`;
}

/** A date stands for its whole day. */
function moment(stamp: Stamp, edge: 'start' | 'end'): string {
	if (stamp.length > 10) return stamp;
	return edge === 'start' ? `${stamp}T00:00:00Z` : `${stamp}T23:59:59.997Z`;
}
