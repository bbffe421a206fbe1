import { BadFilter, compileFilter, compileOrder } from './filter-expression';
import { count, cutAsSwitched, queryParameters } from './list-query';
import { TABLES, type TableName } from './odata-tables';
import { message, notFound, type Reply, type RouteContext } from './sba-routes';
import { without, type WireRecord } from './sba-records';
import { parseServicePath, sameText } from './service-path';
import { WireValues } from './wire-values';

const CONTENT_TYPE = {
	v4: 'application/json; odata.metadata=minimal; charset=utf-8',
	v3: 'application/json; odata=verbose; charset=utf-8',
} as const;

/** Server-driven page size where `maxPageSize` is off. */
const OWN_PAGE = 1000;

/**
 * The read-only OData service of GP 2016 and later: `/GPOData[/Tenants({tenant})]/Companies({company})/{table}`. The
 * real address is not public; what is: published SQL tables, filtering, paging, OData v4 (GP 2018).
 */
export function routeOdata(context: RouteContext): Reply {
	const path = parseServicePath(context.rawPath);
	const segments = (path?.segments ?? []).slice(1);
	// With or without the tenant: the address is whatever the administrator configured.
	if (segments[0] && sameText(segments[0].name, 'Tenants')) {
		if (!sameText(segments[0].key ?? '', context.tenant)) return notFound();
		segments.shift();
	}
	const [company, table, ...rest] = segments;
	if (!company || !sameText(company.name, 'Companies') || company.key === null || rest.length > 0)
		return notFound();
	const { displayName, databaseId } = context.company.options;
	if (!sameText(company.key, databaseId) && !sameText(company.key, displayName)) return notFound();
	if (context.account.mappedInGp === false) {
		return message(context, 'json', 403, 'The user has no security role that starts with OD_.');
	}
	const base = `${context.origin}/GPOData/Companies(${encodeURIComponent(databaseId)})`;
	if (!table) return serviceDocument(context, base);
	const published = context.switches.publishedTables;
	const name = published.find((one) => sameText(one, table.name)) as TableName | undefined;
	if (!name || table.key !== null) return notFound();
	try {
		return readTable(context, name, base);
	} catch (error) {
		if (!(error instanceof BadFilter)) throw error;
		return {
			status: 400,
			contentType: CONTENT_TYPE.v4,
			body: JSON.stringify({ error: { code: '', message: error.message } }),
		};
	}
}

function serviceDocument(context: RouteContext, base: string): Reply {
	const names = context.switches.publishedTables;
	const v4 = {
		'@odata.context': `${base}/$metadata`,
		value: names.map((name) => ({ name, kind: 'EntitySet', url: name })),
	};
	const { odataVersion } = context.switches;
	const body = JSON.stringify(odataVersion === 'v4' ? v4 : { d: { EntitySets: names } });
	return { status: 200, contentType: CONTENT_TYPE[odataVersion], body };
}

function readTable(context: RouteContext, name: TableName, base: string): Reply {
	const { switches } = context;
	const parameters = queryParameters(context.rawQuery);
	let rows: WireRecord[] = TABLES[name](context.company, new WireValues(switches), switches);
	const filter = parameters.get('$filter');
	const order = parameters.get('$orderby');
	if (filter) rows = rows.filter(compileFilter(filter));
	if (order) rows = [...rows].sort(compileOrder(order));
	const all = rows.length;
	rows = rows.map((row) => without(row, switches.leftOut.lists));
	rows = cutAsSwitched(rows, switches);
	const skip = count(parameters.get('$skip'), 0) + count(parameters.get('$skiptoken'), 0);
	const wanted = count(parameters.get('$top'), Infinity);
	const size = Math.min(wanted, switches.maxPageSize || OWN_PAGE);
	const page = rows.slice(skip, skip + size);
	const more = skip + page.length < rows.length && page.length < wanted;
	const next = more
		? nextLink(
				base,
				name,
				parameters,
				count(parameters.get('$skiptoken'), 0) + page.length,
				wanted - page.length,
			)
		: undefined;
	const selected = select(page, parameters.get('$select'));
	// Each version has its own way to ask, and passes over the other's.
	const counts =
		switches.odataVersion === 'v4'
			? parameters.get('$count') === 'true'
			: parameters.get('$inlinecount') === 'allpages';
	const total = counts ? all : undefined;
	const body =
		switches.odataVersion === 'v4'
			? {
					'@odata.context': `${base}/$metadata#${name}`,
					'@odata.count': total,
					value: selected,
					'@odata.nextLink': next,
				}
			: {
					d: {
						results: selected,
						__count: total === undefined ? undefined : String(total),
						__next: next,
					},
				};
	return {
		status: 200,
		contentType: CONTENT_TYPE[switches.odataVersion],
		body: JSON.stringify(body),
		read: { resource: `odata ${name}`, entity: name, rows: page.length },
	};
}

function nextLink(
	base: string,
	name: string,
	parameters: Map<string, string>,
	token: number,
	left: number,
): string {
	const next = new URLSearchParams([...parameters]);
	next.set('$skiptoken', String(token));
	if (Number.isFinite(left)) next.set('$top', String(left));
	return `${base}/${name}?${next.toString()}`;
}

function select(rows: WireRecord[], names: string | undefined): WireRecord[] {
	if (!names) return rows;
	const wanted = names.split(',').map((name) => name.trim());
	return rows.map((row) => Object.fromEntries(wanted.map((name) => [name, row[name]])));
}
