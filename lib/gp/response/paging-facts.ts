import { canonicalName, isRecord, type RawRecord } from '../normalise/field-reader';
import { flag, text } from '../normalise/values';
import { messageOf } from '../../model/foreign-text';
import { messageIn, saysNoRows, saysWell, withoutDenials } from './decode-body';

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

interface Holder {
	holder: RawRecord;
	paging: boolean;
	/** Name of the member in which the rows stand. */
	way?: string;
}

/** The objects around the rows, and what stands beside the rows in each. */
function holdersOf(body: unknown, path: string): Holder[] {
	const holders: Holder[] = [];
	let node: unknown = body;
	// The innermost is the list, or a single record whose own fields say nothing of pages.
	for (const part of path.split('.').filter(Boolean)) {
		if (!isRecord(node)) break;
		const way = Object.keys(node).find((one) => canonicalName(one) === canonicalName(part));
		holders.push({ holder: node, paging: Object.keys(node).some(isOfPages), way });
		for (const [name, value] of Object.entries(node)) {
			if (BESIDE.includes(plain(name)) && isRecord(value))
				holders.push({ holder: value, paging: true });
		}
		node = way === undefined ? undefined : node[way];
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

/** What an answer says of itself beside its rows: that it failed, or that some rows failed. */
export interface ToldFault {
	what: string;
	/** The rows that came may be used, and are not all. */
	inPart: boolean;
}

const MAX_DEPTH = 4;
/** Members that are looked at, all wrappings together: what is larger is no envelope. */
const MOST_MEMBERS = 2_000;
const OF_ITSELF = /^(?:status|result|response|outcome|meta|header|info|errors?|messages?)$/;
const FAULT =
	/^@?(?:odata\.)?(?!no|without|ignore|(?:continue|stop|throw)on)\w{0,40}?(?:error|(?<!de)fault|exception|failure|failed)(s|list|occurred|s?count)?$/;
const FAULT_TEXT = /^(?:error|exception|fault)(?:message|string|text|description|detail)s?$/;
const SUCCESS = /^(?:is|was)?(?:ok|success|successful|succeeded)$/;
const WORD = /^(?:status|result|outcome|responsestatus|statustext)$/;
const FAULT_CODE = /^(?:error|exception|fault|return|result)(?:code|number|no)$/;
/** The whole of a text, so that no other word qualifies it. */
const DONE =
	/^(?:the (?:operation|request) )?(?:was )?(?:ok|success(?:ful|fully)?|succeeded|completed(?: successfully)?)[.!]?$/i;
const STATUS_CODE = /^(?:code|(?:http|response)?status(?:code|number)?|responsecode)$/;
const TEXT = /^(?:\w{0,40}?messages?|reason|status(?:text|description))$/;
const SAYS_FAILED =
	/^(?:error|fail|fault|denied|invalid|unauthor|forbid|reject|refus|exception|time[d ]? ?out|unavailable)/i;
const SPEAKS_OF_A_FAULT =
	/denied|not (?:mapped|allowed|authori[sz]ed|permitted|licensed|enabled|logged)|unauthori|forbidden|exception|error|\bfail|\bfault|time[d ]? ?out|invalid|cannot|could not|unable|object reference|no (?:access|permission|security|rights?)\b|expired|locked/i;
/** What was asked, given back. */
const ASKED = /^(?:query|filters?|criteria|request|parameters?)$/;

/**
 * The fault an answer tells of beside its rows; null where it tells none. No envelope of GP's services is
 * documented, so the usual members are looked at, wherever they stand: an empty list beside one of them is no
 * proof that there are no rows. Beside rows only what cannot be mistaken counts.
 *
 * @param path where the rows stand, whose own fields say nothing of the answer
 * @param rows how many were found there
 */
export function toldFault(body: unknown, path: string, rows: number): ToldFault | null {
	const left = { members: MOST_MEMBERS };
	if (rows === 0) return faultIn(body, 0, false, left);
	let inPart: ToldFault | null = null;
	for (const { holder, way } of holdersOf(body, path)) {
		const beside = Object.entries(holder).filter(
			([name, value]) => name !== way && (!isRecord(value) || OF_ITSELF.test(canonicalName(name))),
		);
		const told = faultIn(Object.fromEntries(beside), MAX_DEPTH - 1, true, left);
		if (told && !told.inPart) return told;
		inPart ??= told;
	}
	return inPart;
}

function faultIn(
	node: unknown,
	depth: number,
	besideRows: boolean,
	left: { members: number },
): ToldFault | null {
	if (!isRecord(node) || depth > MAX_DEPTH || left.members <= 0) return null;
	let inPart: ToldFault | null = null;
	const members = Object.entries(node).slice(0, left.members);
	left.members -= members.length;
	const codes = members.filter(([member]) => FAULT_CODE.test(canonicalName(member)));
	// A text beside a code of no fault says in words of its own that there is none.
	const well = besideRows && codes.length > 0 && codes.every(([, code]) => saysWell(text(code)));
	for (const [member, value] of members) {
		const name = canonicalName(member).slice(0, 100);
		if (name.includes('warning')) continue;
		const fault = FAULT.exec(name);
		if ((fault || (FAULT_TEXT.test(name) && !well)) && !isNothing(value)) {
			const some = fault && (fault[1] || name.startsWith('has') || Number(value) > 1);
			const told = { what: explained(node, member), inPart: besideRows && Boolean(some) };
			if (!told.inPart) return told;
			inPart ??= told;
		} else if (
			isFailure(name, value, besideRows) &&
			!(isOwnCode(name, value) && saysDone(members))
		) {
			return { what: explained(node, member), inPart: false };
		} else if (!fault && !ASKED.test(name)) {
			const inside = faultIn(value, depth + 1, besideRows, left);
			if (inside && !inside.inPart) return inside;
			inPart ??= inside;
		}
	}
	return inPart;
}

/** The message beside it, or what it says itself; never a text of the rows. */
function explained(node: RawRecord, member: string): string {
	const beside = Object.entries(node).filter(
		([name, value]) =>
			value === null || typeof value !== 'object' || OF_ITSELF.test(canonicalName(name)),
	);
	const value = node[member];
	return (
		messageIn(Object.fromEntries(beside)) ??
		messageIn({ message: value !== null && typeof value === 'object' ? value : null }) ??
		`${messageOf(member)}: ${messageOf(text(value) ?? '')}`
	);
}

function isFailure(name: string, value: unknown, besideRows: boolean): boolean {
	if (SUCCESS.test(name)) return flag(value) === false;
	const isText = !besideRows && TEXT.test(name);
	const written = text(value) ?? (isText ? messageIn({ message: value }) : null);
	if (written === null) return false;
	const number = /^-?\d{1,9}$/.test(written) ? Number(written) : null;
	if (number === null && WORD.test(name) && SAYS_FAILED.test(written)) return true;
	if (besideRows) return false;
	if (number !== null && FAULT_CODE.test(name)) return number !== 0 && !isGood(number);
	// What is not there has no rows either: 404 is no fault.
	if (number !== null && STATUS_CODE.test(name))
		return number < 0 || (number >= 300 && number !== 404);
	return (
		number === null &&
		isText &&
		SPEAKS_OF_A_FAULT.test(withoutDenials(written)) &&
		!saysNone(written)
	);
}

/** Every sentence that speaks of a fault says of rows alone that none was found. */
function saysNone(written: string): boolean {
	const sentences = withoutDenials(written).split(/[.!;:\n]+/);
	return sentences.every((one) => !SPEAKS_OF_A_FAULT.test(one) || saysNoRows(one.trim()));
}

/** A word beside a code of the service's own: what the code means is in nobody's list, what the word means is plain. */
function saysDone(members: ReadonlyArray<[string, unknown]>): boolean {
	const words = members
		.filter(([name]) => WORD.test(canonicalName(name)) || TEXT.test(canonicalName(name)))
		.flatMap(([, value]) => text(value) ?? []);
	return words.some((one) => DONE.test(one.trim())) && words.every(saysWell);
}

/** None of HTTP's, and none that a service gives to what went wrong alone. */
function isOwnCode(name: string, value: unknown): boolean {
	const number = Number(text(value));
	if (!(number > 0) || (number >= 100 && number < 600)) return false;
	return STATUS_CODE.test(name) || /^(?:return|result)/.test(name);
}

function isGood(status: number): boolean {
	return status >= 200 && status < 300;
}

/** `false`, 0, "None", an empty list, or an object of such: no fault. */
function isNothing(value: unknown, depth = 0): boolean {
	if (value !== null && typeof value === 'object')
		return depth < MAX_DEPTH && Object.values(value).every((one) => isNothing(one, depth + 1));
	return saysWell(text(value));
}
