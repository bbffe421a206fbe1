import { type GpErrorContext, GpErrorInSuccess, GpUnexpectedShape } from '../errors/gp-error';
import { asList, canonicalName, isRecord, type RawRecord } from '../normalise/field-reader';
import { pagingFacts, type PagingFacts, toldFault } from './paging-facts';
import { messageOf } from '../../model/foreign-text';
import { canonicalKey } from '../../model/keys';
import { messageIn } from './decode-body';

/** Tells records of one entity from the wrappings around them. */
export interface RowRecogniser {
	knownFields(raw: RawRecord): number;
	hasKey(raw: RawRecord): boolean;
	/** What the key field says; absent where rows of one list are not to be told from those of another. */
	keyText?(raw: RawRecord): string | null;
}

export interface FoundRows extends PagingFacts {
	/** A row that is none (null, a number) stands here without members, so that it counts and is told. */
	rows: RawRecord[];
	/** Dotted path at which they stood, "" for a bare list. */
	path: string;
	/** Where one record came: what stood beside it. */
	beside: RawRecord;
	/** Rows came, and the answer says that others failed. */
	failedInPart?: string;
}

/** Members that wrap an answer, looked into before anything else. */
const WRAPPERS = [
	'payload',
	'value',
	'd',
	'results',
	'result',
	'data',
	'items',
	'records',
	'rows',
	'content',
	'response',
	'body',
];
const MAX_DEPTH = 5;

/**
 * Finds the records in an answer: a bare list, `{"Payload":[…]}`, `{"Payload":{"Vendors":[…]}}`,
 * OData in any version, or the same as XML. A given path overrides the search.
 */
export function findRows(
	body: unknown,
	recogniser: RowRecogniser,
	responsePath: string | null,
	context: () => GpErrorContext,
	headers: Readonly<Record<string, string | undefined>> = {},
): FoundRows {
	const found = responsePath ? atPath(body, responsePath) : search(body, recogniser, '', 0);
	const told = toldFault(body, found?.path ?? '', found?.rows.length ?? 0);
	const message =
		told && !told.inPart ? told.what : found && found.rows.length > 0 ? null : onlyMessageOf(body);
	// An empty list beside an error is no proof that there are no rows.
	if (found && message === null) {
		const others = responsePath ? [] : otherLists(body, found, recogniser);
		if (others.length > 0)
			throw new GpUnexpectedShape(
				context(),
				[found.path, ...others].map((at) => messageOf(at)),
			);
		const beside = found.rows.length === 1 ? besideOf(body, found.path) : {};
		return {
			...found,
			beside,
			...pagingFacts(body, found.path, headers),
			...(told ? { failedInPart: told.what } : {}),
		};
	}
	if (message !== null) throw new GpErrorInSuccess({ ...context(), serverMessage: message });
	if (holdsNothing(body, 0))
		return { rows: [], path: '', beside: {}, ...pagingFacts(body, 'nothing', headers) };
	throw new GpUnexpectedShape(context());
}

type Found = Pick<FoundRows, 'rows' | 'path'>;

function search(
	node: unknown,
	recogniser: RowRecogniser,
	path: string,
	depth: number,
): Found | null {
	if (depth > MAX_DEPTH) return null;
	if (Array.isArray(node)) {
		if (node.length === 0) return { rows: [], path };
		const isList = node.some((row) => isRecord(row) && looksLikeRecord(row, recogniser));
		return isList ? { rows: rowsOf(node), path } : null;
	}
	if (!isRecord(node)) return null;
	const members = Object.entries(node);
	const wrapper = members.find(
		([name, value]) =>
			WRAPPERS.includes(canonicalName(name)) && value !== null && typeof value === 'object',
	);
	if (wrapper) {
		const inside = search(wrapper[1], recogniser, join(path, wrapper[0]), depth + 1);
		if (inside) return inside;
	}
	if (looksLikeRecord(node, recogniser)) return { rows: [node], path };
	let empty: Found | null = null;
	const unread: unknown[] = wrapper ? [wrapper[1]] : [];
	for (const [name, value] of members) {
		if (value === null || typeof value !== 'object' || (wrapper && wrapper[0] === name)) continue;
		const inside = search(value, recogniser, join(path, name), depth + 1);
		if (inside && inside.rows.length > 0) return inside;
		if (isOfErrors(name)) continue;
		if (inside && isPartOfRecord(name, node)) unread.push([node]);
		empty ??= inside;
		if (inside === null && !BESIDE_ROWS.test(canonicalName(name))) unread.push(value);
	}
	return empty && unread.some((one) => holdsRows(one, depth)) ? null : empty;
}

const PART = /distribution|tax(?:es)?$|address|applied|applies|attachment|contact|comment/;
const OF_ANSWER =
	/^(?:@|odata)|status|success|code|result|message|reason|error|count|total|rows|page|size|limit|offset|skip|top|start|^has|^is|next|prev|version|time|date|duration|request|trace|correlation|company|tenant|user|server|service|entity|type|kind|format|series|path|url|link/;

/** An empty list of a record's own parts, beside what that record says: it is no empty list of records. */
function isPartOfRecord(name: string, node: RawRecord): boolean {
	if (!PART.test(canonicalName(name))) return false;
	return Object.entries(node).some(
		([other, value]) =>
			value !== null && typeof value !== 'object' && !OF_ANSWER.test(canonicalName(other)),
	);
}

/** Lists of objects that stand beside rows and are none. */
const BESIDE_ROWS = /link|column|field|schema|parameter|filter|sort|meta|compan/;

/** Rows that nobody recognised: an empty list beside them is another one. */
function holdsRows(node: unknown, depth: number): boolean {
	if (depth > MAX_DEPTH) return false;
	if (Array.isArray(node)) return node.some((row) => isRecord(row));
	if (!isRecord(node)) return false;
	return Object.entries(node).some(
		([name, value]) =>
			!isOfErrors(name) && !BESIDE_ROWS.test(canonicalName(name)) && holdsRows(value, depth + 1),
	);
}

/** Paths of further lists with records that are not among those found: which of the lists is meant is not guessed. */
function otherLists(body: unknown, found: Found, recogniser: RowRecogniser): string[] {
	const { keyText } = recogniser;
	if (!keyText || found.path === '') return [];
	const known = new Set(found.rows.map((row) => canonicalKey(keyText(row))));
	const others: string[] = [];
	let node = body;
	let path = '';
	for (const part of found.path.split('.')) {
		if (!isRecord(node)) break;
		for (const [name, value] of Object.entries(node)) {
			if (name === part || value === null || typeof value !== 'object' || isOfErrors(name))
				continue;
			const inside = search(value, recogniser, join(path, name), 1);
			const isNew = (row: RawRecord) =>
				recogniser.hasKey(row) && !known.has(canonicalKey(keyText(row)));
			if (inside?.rows.some(isNew)) others.push(inside.path);
		}
		path = join(path, part);
		node = node[part];
	}
	return others;
}

/** All members of the wrappings around a record. */
function besideOf(body: unknown, path: string): RawRecord {
	let beside: RawRecord = {};
	let node = body;
	for (const part of path.split('.').filter(Boolean)) {
		if (!isRecord(node)) break;
		beside = { ...beside, ...node };
		node = node[part];
	}
	return beside;
}

function isOfErrors(name: string): boolean {
	return /error|fault|warning|message/i.test(name);
}

function looksLikeRecord(row: RawRecord, recogniser: RowRecogniser): boolean {
	const known = recogniser.knownFields(row);
	return recogniser.hasKey(row) ? known >= 2 : known >= 4; // a record whose key is blank is still one
}

function atPath(body: unknown, path: string): Found | null {
	let node = body;
	for (const part of path.split('.').filter(Boolean)) {
		if (!isRecord(node)) return null;
		const name = Object.keys(node).find((member) => canonicalName(member) === canonicalName(part));
		if (name === undefined) return null;
		node = node[name];
	}
	if (node === undefined) return null;
	return {
		rows: Array.isArray(node)
			? rowsOf(node)
			: isRecord(node) && isSingleRow(node)
				? [node]
				: asList(node),
		path,
	};
}

/** A record has scalars; a wrapping around rows has only lists or objects. */
function isSingleRow(node: RawRecord): boolean {
	return Object.values(node).some((value) => value === null || typeof value !== 'object');
}

/** No list, no scalar that could be content: `{}`, `{"Payload":null}`, `<Vendors/>`. */
function holdsNothing(node: unknown, depth: number): boolean {
	if (node === null || node === undefined || node === '') return true;
	if (Array.isArray(node)) return node.length === 0;
	if (!isRecord(node) || depth > MAX_DEPTH) return false;
	return Object.entries(node).every(
		([name, value]) =>
			holdsNothing(value, depth + 1) ||
			name.startsWith('@odata.') ||
			/^(status|success|count|total\w*|trace\w*|request\w*|odata\.metadata)$/i.test(name),
	);
}

/** A message and nothing else is no data either, nor are the lists that an error of OData has. */
function onlyMessageOf(body: unknown): string | null {
	if (!isRecord(body)) return null;
	const members = Object.entries(body).map(
		([name, value]) => [canonicalName(name), value] as const,
	);
	const isOnly = members.every(
		([name, value]) =>
			value === null || typeof value !== 'object' || /^(details|innererror)$/.test(name),
	);
	return isOnly && members.some(([name]) => name === 'message') ? messageIn(body) : null;
}

function rowsOf(list: unknown[]): RawRecord[] {
	return list.map((row) => (isRecord(row) ? row : {}));
}

function join(path: string, name: string): string {
	return path === '' ? name : `${path}.${name}`;
}
