import type { Company } from '../company/company';
import { documentKey, type CompanyDocument } from '../company/types';
import type { WindowsAccount } from '../ntlm/directory';
import { wrap, type Entity } from './envelope';
import { BadFilter, UnknownProperty } from './filter-expression';
import { faultPage } from './faults';
import { dictionaryPage, helpPage } from './help-page';
import { applyQuery, queryParameters } from './list-query';
import { SbaRecords, without, type WireRecord } from './sba-records';
import { parseServicePath, sameText, type Segment } from './service-path';
import type { Switches } from './switches';

export interface Reply {
	status: number;
	contentType: string;
	body: string;
	headers?: Record<string, string>;
	/** For the counters: "vendors list" and how many rows. */
	read?: { resource: string; entity: string; rows: number };
}

export interface RouteContext {
	company: Company;
	switches: Switches;
	account: WindowsAccount;
	tenant: string;
	rawPath: string;
	rawQuery: string;
	accept: string;
	/** Scheme and host as the client wrote them, for links. */
	origin: string;
}

/** Answers a GET below /GPService. */
export function routeSba(context: RouteContext): Reply {
	const path = parseServicePath(context.rawPath);
	if (!path) return html(400, 'Bad Request', 'The address cannot be decoded.');
	const [, tenant, next, ...rest] = path.segments;
	const format = path.suffix ?? (/\bjson\b/i.test(context.accept) ? 'json' : 'xml');
	if (!tenant || !sameText(tenant.name, 'Tenants') || tenant.key === null) return notFound();
	if (!sameText(tenant.key, context.tenant)) return notFound();
	if (next && sameText(next.name, 'help')) return help(context, rest);
	if (!next || !sameText(next.name, 'Companies')) return notFound();
	if (next.key === null) return companies(context, format, rest);
	if (!namesCompany(context, next.key)) {
		return message(
			context,
			format,
			404,
			`Company '${next.key}' was not found in tenant '${tenant.key}'.`,
		);
	}
	const { companies: allowed, mappedInGp } = context.account;
	const { displayName } = context.company.options;
	if (mappedInGp === false || (allowed && !allowed.some((name) => sameText(name, displayName)))) {
		return forbidden(context, format);
	}
	return resource(context, format, rest);
}

/** GP does not know the Windows user, or gives it no access. */
function forbidden(context: RouteContext, format: 'json' | 'xml'): Reply {
	const { domain, user } = context.account;
	const text = `The user ${domain}\\${user} is not allowed to use Microsoft Dynamics GP.`;
	return message(context, format, context.switches.forbiddenStatus, text);
}

function namesCompany(context: RouteContext, key: string): boolean {
	const { companyKey } = context.switches;
	const { displayName, databaseId } = context.company.options;
	return (
		(companyKey !== 'databaseId' && sameText(key, displayName)) ||
		(companyKey !== 'displayName' && sameText(key, databaseId))
	);
}

function resource(context: RouteContext, format: 'json' | 'xml', segments: Segment[]): Reply {
	const { productSegment, offers } = context.switches;
	const hasProduct = segments.length > 0 && sameText(segments[0].name, 'Dynamics');
	if (
		(hasProduct && productSegment === 'refused') ||
		(!hasProduct && productSegment === 'required')
	)
		return notFound();
	const left = hasProduct ? segments.slice(1) : segments;
	const key = left.at(-1)?.key ?? null;
	const records = new SbaRecords(context.switches, context.company);
	const whole = (record: WireRecord) => without(record, context.switches.leftOut.records);
	// Only the last segment carries a key.
	if (left.slice(0, -1).some((segment) => segment.key !== null)) return notFound();
	const name = left.map((segment) => segment.name.toLowerCase()).join('/');
	const { vendors, accounts, documents } = context.company;
	switch (name) {
		case 'purchasing/vendors': {
			if (!offers.vendors) return notFound();
			const entity = { one: 'Vendor', many: 'Vendors' };
			if (key === null) {
				return list(context, format, entity, [...vendors.values()], (row, how, detail) =>
					how.vendor(row, detail),
				);
			}
			const vendor = vendors.get(key.trim().toUpperCase());
			return detail(context, format, entity, key, vendor && whole(records.vendor(vendor, 'full')));
		}
		case 'financial/accounts': {
			if (!offers.accounts) return notFound();
			const entity = { one: 'GLAccount', many: 'Accounts' };
			if (key === null) {
				return list(context, format, entity, [...accounts.values()], (row, how) =>
					how.account(row),
				);
			}
			const account = accounts.get(key.trim());
			return detail(context, format, entity, key, account && whole(records.account(account)));
		}
		case 'purchasing/payables/transactions': {
			if (!offers.payables) return notFound();
			const entity = { one: 'PayablesDocument', many: 'Transactions' };
			if (key === null) {
				return list(context, format, entity, inTableOrder(documents.values()), (row, how, detail) =>
					how.payable(row, detail),
				);
			}
			const document = documents.get(payableKey(context.switches, key));
			return detail(
				context,
				format,
				entity,
				key,
				document && whole(records.payable(document, 'full')),
			);
		}
		default:
			return notFound();
	}
}

/** Work, open, history: three tables one after the other, each in the order of insertion. */
export function inTableOrder(documents: Iterable<CompanyDocument>): CompanyDocument[] {
	const tables: Record<CompanyDocument['state'], CompanyDocument[]> = {
		work: [],
		open: [],
		history: [],
	};
	for (const document of documents) tables[document.state].push(document);
	return [...tables.work, ...tables.open, ...tables.history];
}

function payableKey(switches: Switches, key: string): string {
	const parts = key.split(switches.keySeparator).map((part) => part.trim());
	const [documentType, voucher] =
		switches.keyOrder === 'typeVoucher' ? parts : [parts[1], parts[0]];
	return documentKey({
		documentType: Number(documentType) as CompanyDocument['documentType'],
		voucher: voucher ?? '',
	});
}

type Write<Row> = (row: Row, records: SbaRecords, detail: 'full' | 'summary') => WireRecord;

function list<Row extends object>(
	context: RouteContext,
	format: 'json' | 'xml',
	entity: Entity,
	rows: Row[],
	write: Write<Row>,
): Reply {
	const { switches, company } = context;
	const parameters = queryParameters(context.rawQuery);
	const records = new SbaRecords(switches, company);
	// Conditions mostly name fields of the summary: those are cheap to look at, 20,000 rows a page.
	const bare = new SbaRecords({ ...switches, trailingBlanks: false }, company);
	const page = (detail: 'full' | 'summary') =>
		applyQuery(
			rows,
			(row, only) => (only ? bare.stamp(row) : write(row, bare, detail)),
			parameters,
			switches,
		);
	try {
		let kept: Row[];
		try {
			kept = page('summary');
		} catch (error) {
			if (!(error instanceof UnknownProperty)) throw error;
			kept = page('full');
		}
		const name = resourceName(entity);
		return {
			status: 200,
			...wrap(
				switches,
				format,
				entity,
				kept.map((row) =>
					without(write(row, records, switches.listDetail), switches.leftOut.lists),
				),
			),
			read: { resource: `${name} list`, entity: name, rows: kept.length },
		};
	} catch (error) {
		if (!(error instanceof BadFilter)) throw error;
		return message(context, format, 400, `The query is not valid: ${error.message}.`);
	}
}

function resourceName(entity: Entity): string {
	return entity.many === 'Transactions' ? 'payables' : entity.many.toLowerCase();
}

function detail(
	context: RouteContext,
	format: 'json' | 'xml',
	entity: Entity,
	key: string,
	record: WireRecord | undefined,
): Reply {
	if (!record) return message(context, format, 404, `${entity.one} '${key}' does not exist.`);
	const name = resourceName(entity);
	return {
		status: 200,
		...wrap(context.switches, format, entity, record),
		read: { resource: `${name} detail`, entity: name, rows: 1 },
	};
}

function companies(context: RouteContext, format: 'json' | 'xml', rest: Segment[]): Reply {
	if (rest.length > 0 || !context.switches.offers.companies) return notFound();
	if (context.account.mappedInGp === false) return forbidden(context, format);
	return list(
		context,
		format,
		{ one: 'Company', many: 'Companies' },
		[context.company],
		(_row, how) => how.companyRecord(),
	);
}

function help(context: RouteContext, rest: Segment[]): Reply {
	const base = context.rawPath.replace(/\/help.*$/i, '');
	const [dictionary] = rest;
	if (!dictionary)
		return { status: 200, contentType: 'text/html; charset=utf-8', body: helpPage(base) };
	if (!sameText(dictionary.name, 'Dynamics')) return notFound();
	return {
		status: 200,
		contentType: 'text/html; charset=utf-8',
		body: dictionaryPage(context.switches),
	};
}

/** GP's own complaint. Its real shape is not public: a Message in the format that was asked for. */
export function message(
	context: RouteContext,
	format: 'json' | 'xml',
	status: number,
	text: string,
): Reply {
	if (format === 'json' && context.switches.envelope !== 'xml') {
		return {
			status,
			contentType: 'application/json; charset=utf-8',
			body: JSON.stringify({ Message: text }),
		};
	}
	const switches = { ...context.switches, envelope: 'bare' as const };
	return { status, ...wrap(switches, 'xml', { one: 'Error', many: 'Errors' }, { Message: text }) };
}

export function notFound(): Reply {
	return html(404, 'Service', 'Endpoint not found.');
}

export function html(status: number, title: string, text: string): Reply {
	return { status, contentType: 'text/html; charset=utf-8', body: faultPage(title, text) };
}
