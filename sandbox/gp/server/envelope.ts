import type { WireRecord } from './sba-records';
import type { Switches } from './switches';

export interface Entity {
	/** Element of one record, e.g. "Vendor". */
	one: string;
	/** Element of the list, e.g. "Vendors". */
	many: string;
}

export interface Answer {
	contentType: string;
	body: string;
}

/** Wraps one record or a list as the switches say, in JSON or XML. */
export function wrap(
	switches: Switches,
	format: 'json' | 'xml',
	entity: Entity,
	content: WireRecord | WireRecord[],
): Answer {
	if (format === 'json' && switches.envelope !== 'xml') {
		const payload =
			switches.envelope === 'nested'
				? { [Array.isArray(content) ? entity.many : entity.one]: content }
				: content;
		const body = switches.envelope === 'bare' ? payload : { Payload: payload };
		// WCF's JSON serializer escapes the slashes of its dates; parsers see no difference.
		return { contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) };
	}
	return {
		contentType: 'application/xml; charset=utf-8',
		body: xmlDocument(switches, entity, content),
	};
}

const NAMESPACES =
	'xmlns="http://schemas.microsoft.com/dynamics/gp/2006/01" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"';

function xmlDocument(
	switches: Switches,
	entity: Entity,
	content: WireRecord | WireRecord[],
): string {
	const records = Array.isArray(content)
		? content.map((record) => element(entity.one, record)).join('')
		: element(entity.one, content);
	const listed = Array.isArray(content) ? `<${entity.many}>${records}</${entity.many}>` : records;
	const declaration = '<?xml version="1.0" encoding="utf-8"?>';
	if (switches.envelope === 'bare') {
		return Array.isArray(content)
			? `${declaration}<ArrayOf${entity.one} ${NAMESPACES}>${records}</ArrayOf${entity.one}>`
			: declaration + records.replace(`<${entity.one}>`, `<${entity.one} ${NAMESPACES}>`);
	}
	const inside = switches.envelope === 'payload' ? records : listed;
	return `${declaration}<Response ${NAMESPACES}><Payload>${inside}</Payload></Response>`;
}

const LIST_ITEMS: Readonly<Record<string, string>> = {
	Distributions: 'PayablesDistribution',
	Taxes: 'PayablesTax',
	Addresses: 'VendorAddress',
};

function element(name: string, value: unknown): string {
	if (value === null || value === undefined) return `<${name} i:nil="true"/>`;
	if (Array.isArray(value)) {
		const item = LIST_ITEMS[name] ?? 'Item';
		return `<${name}>${value.map((one) => element(item, one)).join('')}</${name}>`;
	}
	if (typeof value === 'object') {
		const inside = Object.entries(value).map(([inner, part]) => element(inner, part));
		return `<${name}>${inside.join('')}</${name}>`;
	}
	return `<${name}>${escapeText(String(value))}</${name}>`;
}

/** Between tags .NET's writer leaves quotes alone. */
function escapeText(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

export function escapeMarkup(text: string): string {
	return escapeText(text).replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}
