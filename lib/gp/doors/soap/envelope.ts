import { decodeText, limitsFor, runStepsInTurns, type Steps } from '../../../http/read-body';
import { readXml, XmlRefused } from '../../../http/xml-steps';
import type { Stamp } from '../../../model/gp-records';
import type { GpErrorContext } from '../../errors/gp-error';
import { isRecord, type RawRecord } from '../../normalise/field-reader';
import { xmlFault } from '../../response/decode-body';
import type { GpHttpResponse } from '../../site';

/** A payables document stands eight elements deep; anything far deeper is no answer of GP. */
const MAX_DEPTH = 32;

/**
 * The root element of a message, namespaces off, as nested members of text; `@type` keeps the concrete
 * type of an abstract element, `xsi:nil` and empty elements are null. A document type, which could
 * define entities, is refused; the five of XML and characters by number are all that is expanded.
 */
export async function readMessage(
	response: GpHttpResponse,
	context: () => GpErrorContext,
): Promise<RawRecord> {
	function* read(): Steps<RawRecord> {
		const text = yield* decodeText(response.body, response.headers['content-type']);
		const limits = { ...limitsFor(response.body.length), depth: MAX_DEPTH };
		const options = { limits, types: true, keepBlanks: true, withRoot: true };
		return (yield* readXml(text.trimStart(), options)) as RawRecord;
	}
	try {
		return await runStepsInTurns(read());
	} catch (error) {
		throw error instanceof XmlRefused ? xmlFault(error, { ...context(), cause: error }) : error;
	}
}

/** The rows inside a list element, one or many: `<Taxes><PayablesTax/><PayablesTax/></Taxes>`. */
export function rowsIn(list: unknown): RawRecord[] {
	if (!isRecord(list)) return [];
	return Object.entries(list)
		.filter(([name]) => name !== '@type')
		.flatMap(([, rows]) => (Array.isArray(rows) ? rows : [rows]))
		.filter(isRecord);
}

/** The first element of that name anywhere inside, for parts whose place nobody has documented. */
export function findElement(node: unknown, name: string, depth = 0): unknown {
	if (depth > MAX_DEPTH) return undefined;
	if (Array.isArray(node)) {
		for (const item of node) {
			const found = findElement(item, name, depth + 1);
			if (found !== undefined) return found;
		}
		return undefined;
	}
	if (!isRecord(node)) return undefined;
	if (name in node) return node[name];
	for (const value of Object.values(node)) {
		const found = findElement(value, name, depth + 1);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** Text as XML takes it: markup escaped, and without the characters XML has no way to write. */
function xmlText(text: string): string {
	return (
		text
			// eslint-disable-next-line no-control-regex -- exactly these are not allowed in XML 1.0
			.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
			.replace(/&/g, '&amp;')
			.replace(/</g, '&lt;')
			.replace(/>/g, '&gt;')
	);
}

/** Namespace of operations, criteria and business objects. */
const GP = 'http://schemas.microsoft.com/dynamics/gp/2006/01';
/** Namespace of the content of Context and CompanyKey. */
const DYNAMICS = 'http://schemas.microsoft.com/dynamics/2006/01';

export interface SoapContext {
	/** SY01500.CMPANYID; null asks the system database, where the companies are listed. */
	companyNumber: number | null;
	/** Only for a GP that serves several tenants (2013 and later): GP 10 does not know the element. */
	tenant: string | null;
}

/** SOAPAction of an operation, without exception. */
export function soapAction(operation: string): string {
	return `"${GP}/${operation}"`;
}

/** `<name>text</name>`, or nothing when there is no text. */
export function element(name: string, text: string | null): string {
	return text === null ? '' : `<${name}>${xmlText(text)}</${name}>`;
}

/** A SOAP 1.1 request. `parameters` is ready XML of namespace GP, its children in the order of the schema. */
export function soapEnvelope(operation: string, parameters: string, context: SoapContext): string {
	const company =
		context.companyNumber === null
			? ''
			: `<dyn:OrganizationKey xsi:type="dyn:CompanyKey"><dyn:Id>${context.companyNumber}</dyn:Id></dyn:OrganizationKey>`;
	return (
		'<?xml version="1.0" encoding="utf-8"?>' +
		'<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body>' +
		`<${operation} xmlns="${GP}" xmlns:dyn="${DYNAMICS}">${parameters}` +
		// Local: amounts in the currency of the books, whatever the document was written in.
		`<context>${company}<dyn:CurrencyType>Local</dyn:CurrencyType>${element('dyn:TenantName', context.tenant)}</context>` +
		`</${operation}></soap:Body></soap:Envelope>`
	);
}

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
