import { contentHash } from './json-text';

/**
 * The one form in which an id, account number or voucher number of GP is compared, stored as a key
 * and written into origin ids.
 *
 * GP keeps text as `char(n)` of collation `SQL_Latin1_General_CP1_CI_AS`: upper and lower case and
 * trailing blanks make no difference, accents do. So:
 * - both ends are trimmed; GP pads, and no number of a document begins with a blank;
 * - letters are folded to upper case one by one, and only where that is reversible: `ß` is no `SS`,
 *   `ı` no `I`, `ſ` no `S`, `µ` stays what it is, `ÿ` and `Ÿ` are one. The length never changes;
 * - a letter and its accent become one character (NFC): a cell typed on another system may part them;
 * - leading zeros, inner blanks and punctuation are part of the id and stay.
 *
 * A GP installed with the binary sort order tells case apart; it is not supported (docs/limits.md).
 */
export function canonicalKey(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (typeof value === 'string' && PLAIN.test(value)) return value;
	const text = String(value);
	// Small letters of ASCII have one capital each: the same result, many times as fast.
	if (ASCII.test(text)) return text.trim().toUpperCase();
	return text
		.normalize('NFC')
		.trim()
		.replace(/\p{Ll}/gu, upperCase);
}

/** What stays as it is, which most keys do: ASCII without small letters and outer blanks. */
const PLAIN = /^[!-`{-~](?:[ -`{-~]{0,80}[!-`{-~])?$/;

const ASCII = /^[\0-\x7f]*$/;

/** Whether two spellings are one id for GP. */
export function sameGpKey(left: unknown, right: unknown): boolean {
	return canonicalKey(left) === canonicalKey(right);
}

/** One record of one GP company, as the key of a lookup. */
export function recordIdentity(record: { company: string; entity: string; key: string }): string {
	return JSON.stringify([canonicalKey(record.company), record.entity, canonicalKey(record.key)]);
}

/** Puts an item to those that have the same key. */
export function addTo<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
	const group = groups.get(key);
	if (group) group.push(item);
	else groups.set(key, [item]);
}

/** Items by the key of each; groups and items in the order in which they came. */
export function groupedBy<Key, Item>(
	items: Iterable<Item>,
	keyOf: (item: Item) => Key,
): Map<Key, Item[]> {
	const groups = new Map<Key, Item[]>();
	for (const item of items) addTo(groups, keyOf(item), item);
	return groups;
}

function upperCase(letter: string): string {
	const upper = letter.toUpperCase();
	return upper.length === letter.length && upper.toLowerCase() === letter ? upper : letter;
}

const OURS = /^GP:/i;

/**
 * An origin id in the form it is compared in. Those of this package are made of GP ids, and older
 * versions wrote them as GP spelled them; what another integration wrote is compared as it stands.
 */
export function canonicalOriginId(originId: string): string {
	return OURS.test(originId) ? canonicalKey(originId) : originId;
}

/**
 * What a record waits for: a GP job, account or vendor, a Procore project, a cost code of one
 * (`9001/03-100`), a cost type, a tax detail, a currency, or fields Procore refused.
 */
export type CauseKind = 'J' | 'A' | 'V' | 'P' | 'C' | 'T' | 'TAX' | 'CURRENCY' | 'FIELDS';

const LONGEST = 120;

/**
 * `J:800`: records with the same reason code and the same cause key wait for one and the same thing,
 * whatever their messages say. Blank where there is nothing to name.
 */
export function causeKey(kind: CauseKind, value: string): string {
	const key = canonicalKey(value).slice(0, LONGEST);
	return key === '' ? '' : `${kind}:${key}`;
}

/** The parts of a written cause key; null for any other text. */
export function readCauseKey(text: string): { kind: CauseKind; value: string } | null {
	const [, kind, value] = /^(J|A|V|P|C|T|TAX|CURRENCY|FIELDS):(.+)$/s.exec(text) ?? [];
	return kind && value ? { kind: kind as CauseKind, value } : null;
}

/** Vendor id, voucher, document number, GP job, account, Procore project (added by the audit). */
export type AffectedKeyKind = 'V' | 'VOUCHER' | 'DOC' | 'J' | 'A' | 'P';

export interface AffectedKey {
	kind: AffectedKeyKind;
	value: string;
}

/** `|V:ACME0001|J:300|`, upper case; blanks and repetitions are left out. Empty without any. */
export function writeAffectedKeys(touches: readonly AffectedKey[]): string {
	return joined(touches.flatMap(entryOf));
}

/** What to look for in written touches, e.g. `|J:300|`: the bars keep job 300 apart from job 3001. */
export function affectedKeyToken(kind: AffectedKeyKind, value: string): string {
	return `|${kind}:${plain(value)}|`;
}

/** Written touches and one more; only whole ones, as many as `longest` characters hold. */
export function withAffectedKey(touches: string, more: AffectedKey, longest: number): string {
	return joined([...touches.split('|').filter(Boolean), ...entryOf(more)], longest);
}

/** Of written touches those of one kind, written in the same way. */
export function affectedKeysOfKind(touches: string, kind: AffectedKeyKind): string {
	return joined(touches.split('|').filter((entry) => entry.startsWith(`${kind}:`)));
}

function entryOf({ kind, value }: AffectedKey): string[] {
	const shown = plain(value);
	return shown === '' ? [] : [`${kind}:${shown}`];
}

/** Bars part the touches, so none may stand in a value. */
function plain(value: string): string {
	return canonicalKey(value).replaceAll('|', '/');
}

function joined(entries: readonly string[], longest = Infinity): string {
	let text = '';
	for (const entry of new Set(entries)) {
		if (text.length + entry.length > longest - 2) break;
		text += `|${entry}`;
	}
	return text === '' ? '' : `${text}|`;
}

/*
 * Procore wants an origin id to be unique in the company over all projects, so whatever lives in
 * a project carries the project (facts: Procore "Using sync actions"). The greatest length is not
 * documented; ids stay under 100 characters, and a longer one keeps its beginning and a hash. They
 * are written in GP's canonical form, since GP, and people who type into it, spell an id in any
 * case. Versions up to 0.2.0 wrote them as GP spelled them: `former…` says how, where it differs.
 */
const GREATEST_LENGTH = 99;
/** Room is left for the line's own ending. */
const GREATEST_LENGTH_OF_DOCUMENT = 80;

export function vendorOriginId(company: string, vendorId: string): string {
	return shortened(canonicalKey(vendorName(company, vendorId)));
}

/** Under which an older version may have sent the vendor: as GP spells it; empty where that is the same. */
export function formerVendorOriginIds(company: string, vendorId: string): string[] {
	return formerly(vendorName(company, vendorId));
}

/** `fullCode` as Procore shows it: "5110" or "03-300". */
export function costCodeOriginId(company: string, fullCode: string, projectId: string): string {
	return shortened(canonicalKey(`GP:${company}:CC:${fullCode}:P:${projectId}`));
}

/** A code of the company's standard list: no project in it. */
export function standardCostCodeOriginId(company: string, fullCode: string): string {
	return shortened(canonicalKey(`GP:${company}:SCC:${fullCode}`));
}

/** The document number is the vendor's and not unique; type and voucher are GP's own key. */
export function directCostOriginId(
	company: string,
	documentTypeNumber: number,
	voucher: string,
	projectId: string,
): string {
	const name = directCostName(company, documentTypeNumber, voucher, projectId);
	return shortened(canonicalKey(name), GREATEST_LENGTH_OF_DOCUMENT);
}

/** Under which an older version may have sent the document: as GP spells it; empty where that is the same. */
export function formerDirectCostOriginIds(
	company: string,
	documentTypeNumber: number,
	voucher: string,
	projectId: string,
): string[] {
	const name = directCostName(company, documentTypeNumber, voucher, projectId);
	return formerly(name, GREATEST_LENGTH_OF_DOCUMENT);
}

/** A line goes by the number GP gives its distribution. */
export function lineOriginId(directCost: string, sequence: number | string): string {
	return shortened(`${directCost}:L:${sequence}`);
}

function vendorName(company: string, vendorId: string): string {
	return `GP:${company}:V:${vendorId.trim()}`;
}

function directCostName(
	company: string,
	documentTypeNumber: number,
	voucher: string,
	projectId: string,
): string {
	return `GP:${company}:PM:${documentTypeNumber}:${voucher}:P:${projectId}`;
}

function formerly(spelled: string, length?: number): string[] {
	return spelled === canonicalKey(spelled) ? [] : [shortened(spelled, length)];
}

function shortened(id: string, length = GREATEST_LENGTH): string {
	if (id.length <= length) return id;
	const hash = contentHash(id);
	return `${id.slice(0, length - hash.length - 1)}~${hash}`;
}

/** Whose record an origin id names: the other way round of keys.ts. */
export interface OriginOfCost {
	/** Canonical, as the key. */
	company: string;
	/** Key of the payables document in GP. */
	key: string;
	projectId: string;
}

/** Null for what this package did not write, and for an id that was too long to stay whole. */
export function readDirectCostOriginId(originId: string | null): OriginOfCost | null {
	const found = /^GP:([^:]+):PM:(\d+):([^~]+?):P:([^:~]+)/.exec(canonicalKey(originId));
	if (!found) return null;
	const [, company, type, voucher, projectId] = found;
	return { company, key: `${type};${voucher}`, projectId };
}

/** The same of a vendor: company and vendor id. */
export function readVendorOriginId(
	originId: string | null,
): { company: string; key: string } | null {
	const found = /^GP:([^:]+):V:([^~]+)$/.exec(canonicalKey(originId));
	return found && { company: found[1], key: found[2] };
}

const STANDARD_LIST = 'list ';

/**
 * Where a desired record is written to, as the journal of batches keeps it: the id of its Procore project, or
 * `list ` and the id of the company's standard cost code list; undefined for the company's vendors.
 */
export function placeOf(desired: object): string | undefined {
	const { projectId, standardListId } = desired as {
		projectId?: unknown;
		standardListId?: unknown;
	};
	if (standardListId) return `${STANDARD_LIST}${String(standardListId)}`;
	return projectId ? String(projectId) : undefined;
}

/** The standard list a place is; null where it is a project. */
export function standardListOf(place: string): string | null {
	return place.startsWith(STANDARD_LIST) ? place.slice(STANDARD_LIST.length) : null;
}

/** Case and blanks do not count; everything else does: "PO-100-1" and "PO 1001" are two orders. */
function comparableNumber(number: string): string {
	return number.replace(/\s+/g, '').toUpperCase();
}

/** The same without the zeros before each run of digits: "PO-0007" is "PO-7", "PO-70" is not. */
function withoutLeadingZeros(number: string): string {
	return comparableNumber(number).replace(/(?<!\d)0+(?=\d)/g, '');
}

/**
 * Those with this number. Leading zeros are passed over only where nothing has the number as
 * written, and never to choose between two.
 */
export function withNumber<T extends { number: string }>(all: readonly T[], wanted: string): T[] {
	if (comparableNumber(wanted) === '') return [];
	const exact = all.filter(({ number }) => comparableNumber(number) === comparableNumber(wanted));
	return exact.length > 0
		? exact
		: all.filter(({ number }) => withoutLeadingZeros(number) === withoutLeadingZeros(wanted));
}
