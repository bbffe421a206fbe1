import { canonicalName, isRecord, type RawRecord } from '../normalise/field-reader';

/** What an answer says about rows it does not hold. */
export interface PagingFacts {
	/** Link to the next page as the server wrote it; `unreadable` when it is no text. */
	next: string | null;
	unreadable: boolean;
	/** Rows the whole list has, and whether OData's own member says so: any other may count this page alone. */
	total: { count: number; standard: boolean } | null;
	/** The server says in so many words whether there is more; null when it does not. */
	more: boolean | null;
}

const LINKS = [
	'nextlink',
	'odatanextlink',
	'next',
	'nextpage',
	'nextpageurl',
	'nexturl',
	'nexthref',
];
const TOTALS = [
	'totalcount',
	'totalrecords',
	'totalrows',
	'totalresults',
	'totalitems',
	'recordcount',
	'rowcount',
	'count',
];
/** A bare total may be an amount of money: it counts rows only among what is said of pages. */
const BARE_TOTAL = 'total';
const MORE = [
	'hasmore',
	'hasnext',
	'hasnextpage',
	'more',
	'moreavailable',
	'truncated',
	'istruncated',
];
const LAST = ['islast', 'islastpage', 'lastpage', 'endoflist'];
/** Members beside the rows in which services put such facts. */
const BESIDE = ['paging', 'pagination', 'page', 'pageinfo', 'meta', 'metadata', 'links', 'cursor'];

/** Reads what stands around the rows at `path`: OData in any version, or the members services usually have. */
export function pagingFacts(
	body: unknown,
	path: string,
	headers: Readonly<Record<string, string | undefined>> = {},
): PagingFacts {
	const facts: PagingFacts = { next: null, unreadable: false, total: null, more: null };
	for (const { holder, paging } of holdersOf(body, path)) take(facts, holder, paging);
	const count = headers['x-total-count'];
	if (facts.total === null && count !== undefined && isCount(count))
		facts.total = { count: Number(count), standard: false };
	const linked = /<([^<>]{1,2000})>\s{0,9};[^,]{0,200}\brel="?next"?/i.exec(
		headers.link ?? '',
	)?.[1];
	facts.next ??= linked ?? null;
	return facts;
}

/** The objects around the rows, and what stands beside the rows in each. */
function holdersOf(body: unknown, path: string): Array<{ holder: RawRecord; paging: boolean }> {
	const holders: Array<{ holder: RawRecord; paging: boolean }> = [];
	let node: unknown = body;
	// The innermost is the list, or a single record whose own fields say nothing of pages.
	for (const part of path.split('.').filter(Boolean)) {
		if (!isRecord(node)) break;
		holders.push({ holder: node, paging: Object.keys(node).some(isOfPages) });
		for (const [name, value] of Object.entries(node)) {
			if (BESIDE.includes(plain(name)) && isRecord(value))
				holders.push({ holder: value, paging: true });
		}
		const member = Object.keys(node).find((one) => canonicalName(one) === canonicalName(part));
		node = member === undefined ? undefined : node[member];
	}
	return holders;
}

/** Names that stand beside a number of rows, and never beside an amount. */
const OF_PAGES = [
	...['page', 'pagesize', 'pagenumber', 'pageindex', 'pagecount', 'totalpages', 'perpage'],
	...['limit', 'offset', 'skip', 'top', 'start', 'startindex', 'currentpage'],
	...LINKS,
	...MORE,
	...LAST,
];

function isOfPages(name: string): boolean {
	return OF_PAGES.includes(odataName(plain(name)));
}

function take(facts: PagingFacts, holder: RawRecord, paging: boolean): void {
	const isTotal = (name: string) => TOTALS.includes(name) || (paging && name === BARE_TOTAL);
	for (const [member, value] of Object.entries(holder)) {
		const name = plain(member);
		const odata = /^@?odata\./i.test(member) || member.startsWith('__');
		if (LINKS.includes(name) && facts.next === null) takeLink(facts, value, odata);
		else if (isTotal(odataName(name)) && isCount(value)) {
			if (facts.total === null || (odata && !facts.total.standard))
				facts.total = { count: Number(value), standard: odata };
		} else if (MORE.includes(name) && typeof value === 'boolean') facts.more ??= value;
		else if (LAST.includes(name) && typeof value === 'boolean') facts.more ??= !value;
	}
}

function takeLink(facts: PagingFacts, value: unknown, odata: boolean): void {
	const link = isRecord(value) ? (value.href ?? value.url) : value;
	if (link === null || link === undefined || link === '' || link === false) return;
	if (typeof link === 'string' && (odata || /[/?=]/.test(link))) facts.next = link;
	// A page number or a cursor of an unknown kind cannot be followed, but it says that there is more.
	else if (odata) facts.unreadable = true;
	else facts.more ??= true;
}

function isCount(value: unknown): boolean {
	return /^\d{1,15}$/.test(String(value)) && typeof value !== 'object';
}

/** `@odata.count`, `odata.count` and `__count` are all "count". */
function odataName(name: string): string {
	return name.replace(/^odata/, '');
}

function plain(name: string): string {
	return canonicalName(name.replace(/[@_.$-]/g, ''));
}
