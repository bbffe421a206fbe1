import { xmlText } from './xml';

/** Namespace of operations, criteria and business objects. */
export const GP = 'http://schemas.microsoft.com/dynamics/gp/2006/01';
/** Namespace of the content of Context and CompanyKey. */
export const DYNAMICS = 'http://schemas.microsoft.com/dynamics/2006/01';

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
