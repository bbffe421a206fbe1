import { XMLParser } from 'fast-xml-parser';

export interface SoapQuestion {
	operation: string;
	/** criteria, key, logId, as nested text. */
	parameters: Node;
	/** Null = the system database. */
	companyNumber: number | null;
	tenant: string | null;
	currencyType: string;
}

export type Node = { [name: string]: Node | Node[] | string };

const parser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: '@',
	removeNSPrefix: true,
	parseTagValue: false,
	trimValues: false,
	ignoreDeclaration: true,
});

/** Reads a request; null when it is no SOAP message with an operation and a context. */
export function readQuestion(body: string): SoapQuestion | null {
	let message: { Envelope?: { Body?: Node } };
	try {
		message = parser.parse(body) as typeof message;
	} catch {
		return null;
	}
	const content = message.Envelope?.Body;
	if (!content) return null;
	const [operation, parameters] = Object.entries(content).find(([name]) => /^Get/.test(name)) ?? [];
	if (!operation || typeof parameters !== 'object' || Array.isArray(parameters)) return null;
	const context = node(parameters.context);
	if (!context) return null;
	const company = node(context.OrganizationKey);
	return {
		operation,
		parameters,
		companyNumber: company ? Number(text(company.Id)) : null,
		tenant: text(context.TenantName),
		currencyType: text(context.CurrencyType) ?? '',
	};
}

export function node(value: Node | Node[] | string | undefined): Node | null {
	return typeof value === 'object' && !Array.isArray(value) ? value : null;
}

/** The text of an element; null when it is absent or nil. */
export function text(value: Node | Node[] | string | undefined): string | null {
	if (typeof value === 'string') return value;
	const inside = node(value);
	if (!inside || inside['@nil'] === 'true') return null;
	return typeof inside['#text'] === 'string' ? inside['#text'] : null;
}

/** Whether a value meets a restriction, compared the way the column is. */
export function meets(
	restriction: Node | Node[] | string | undefined,
	value: string,
	compare: (left: string, right: string) => number,
): boolean {
	const given = node(restriction);
	if (!given) return true;
	const limit = (name: string) => text(given[name]);
	const equal = limit('EqualValue');
	const unequal = limit('NotEqualValue');
	const [from, to, greater, less] = ['From', 'To', 'GreaterThan', 'LessThan'].map(limit);
	const like = limit('Like');
	const items = node(given.Items);
	const listed = items
		? Object.entries(items).flatMap(([name, one]) =>
				name.startsWith('@') || name === '#text'
					? []
					: Array.isArray(one)
						? one.map(text)
						: [text(one)],
			)
		: [];
	return (
		(equal === null || compare(value, equal) === 0) &&
		(unequal === null || compare(value, unequal) !== 0) &&
		(from === null || compare(value, from) >= 0) &&
		(to === null || compare(value, to) <= 0) &&
		(greater === null || compare(value, greater) > 0) &&
		(less === null || compare(value, less) < 0) &&
		(like === null || likePattern(like).test(value)) &&
		(listed.length === 0 || listed.some((one) => one !== null && compare(value, one) === 0))
	);
}

function likePattern(like: string): RegExp {
	const escaped = like.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(`^${escaped.replace(/%/g, '.*').replace(/_/g, '.')}$`, 'i');
}

/** Text as a column of collation SQL_Latin1_General_CP1_CI_AS compares it. */
export function compareText(left: string, right: string): number {
	const [one, other] = [left.trimEnd().toUpperCase(), right.trimEnd().toUpperCase()];
	return one < other ? -1 : one > other ? 1 : 0;
}

/** Instants; what names no zone is UTC. */
export function compareInstants(left: string, right: string): number {
	const at = (value: string) => Date.parse(/Z$|[+-]\d\d:\d\d$/.test(value) ? value : `${value}Z`);
	return at(left) - at(right);
}
