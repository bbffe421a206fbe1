import { breather } from '../../http/read-body';
import { contentHash } from '../../model/json-text';
import { addTo, canonicalKey } from '../../model/keys';
import type { Entity } from '../../model/desired';
import { GpListUnstable, GpResourceNotOffered, GpUserNotAllowed } from '../errors/refusals';
import { codeOf, DOCUMENT_TYPES } from '../normalise/code-lists';
import { canonicalName, isBlank, type RawRecord } from '../normalise/field-reader';
import { bareList, type ChildTable, type LookupTable } from '../profiles/site-profile';
import { CONTROL_TYPES } from '../../model/gp-records';
import { textLiteral } from '../query/list-query';
import type { ReaderServices } from './fetch-rows';
import type { RowRecogniser } from '../response/find-rows';
import { listSource } from './list-source';
import { mapInTurns } from './pages';

/** Rows asked for in one condition: keeps addresses well below the 2,000 characters some proxies allow. */
const VALUES_PER_REQUEST = 25;

/** A row is what has the column by which it is joined, whatever else: an error beside a status of 200 has not. */
function rowsWith(name: string): RowRecogniser {
	const hasKey = (raw: RawRecord) => column(raw, name) !== undefined;
	return { hasKey, knownFields: (raw) => (hasKey(raw) ? Object.keys(raw).length : 0) };
}

/** Reads a table, or the part of it a condition names; null when an optional table is not published. */
async function readTable(
	services: ReaderServices,
	entity: Entity,
	table: { path: string; optional: boolean },
	orderBy: string,
	condition?: string,
): Promise<RawRecord[] | null> {
	const rows = new Map<string, RawRecord>();
	const source = bareList(table.path);
	try {
		const pages = listSource<{ raw: RawRecord; key: string }>(services, {
			entity,
			source,
			settings: { stampField: null, orderBy: [orderBy], searchFields: [], responsePath: null },
			recogniser: rowsWith(orderBy),
			filter: condition ? { condition } : {},
			read: withOwnKeys,
			keyOf: ({ key }) => key,
		});
		const pause = breather();
		for await (const page of pages)
			for (const { raw, key } of page) {
				rows.set(key, raw);
				await pause();
			}
	} catch (error) {
		if (
			table.optional &&
			(error instanceof GpResourceNotOffered || error instanceof GpUserNotAllowed)
		)
			return null;
		throw error;
	}
	return [...rows.values()];
}

/**
 * Equal rows on one page are two rows; the same row on two pages is one. They are told apart by how many stand
 * behind them: the next page begins with the last rows of this one, and must find them under the same keys.
 */
async function withOwnKeys(
	raws: readonly RawRecord[],
): Promise<Array<{ raw: RawRecord; key: string }>> {
	const behind = new Map<string, number>();
	const read = await mapInTurns(raws.toReversed(), (raw) => {
		const hash = contentHash(raw);
		const count = behind.get(hash) ?? 0;
		behind.set(hash, count + 1);
		return { raw, key: `${hash}#${count}` };
	});
	return read.reverse();
}

/** Adds the columns of the lookup tables to rows, in place. Each table is read once per client. */
export async function addLookups(
	services: ReaderServices,
	entity: Entity,
	rows: RawRecord[],
	lookups: LookupTable[],
): Promise<void> {
	const pause = breather();
	for (const lookup of lookups) {
		const index = await lookupIndex(services, entity, lookup);
		for (const row of rows) {
			await pause();
			const match = index.get(comparable(column(row, lookup.on[0])));
			if (!match) continue;
			for (const [from, to] of Object.entries(lookup.take)) row[to] ??= column(match, from);
		}
	}
}

function lookupIndex(services: ReaderServices, entity: Entity, lookup: LookupTable) {
	const name = `${lookup.path} ${lookup.on[1]}`;
	let index = services.lookups.get(name);
	if (!index) {
		index = readTable(services, entity, lookup, lookup.on[1]).then(
			(rows) => new Map((rows ?? []).map((row) => [comparable(column(row, lookup.on[1])), row])),
		);
		services.lookups.set(name, index);
		index.catch(() => services.lookups.delete(name));
	}
	return index;
}

/**
 * Gives each row the lists its child tables hold for it. Rows without a child in their own table
 * are looked for in the tables of the other sources too: the document may just have moved there.
 */
export async function addChildren(
	services: ReaderServices,
	entity: Entity,
	rows: Array<{ raw: RawRecord; source: number }>,
): Promise<RawRecord[]> {
	const { lists } = services.profile.entities[entity];
	const completed = rows.map(({ raw }) => ({ ...raw }));
	const names = [...new Set(lists.flatMap(({ children }) => children.map((child) => child.as)))];

	for (const as of names) {
		const missing = new Set(rows.keys());
		const passes: Array<(index: number) => ChildTable | undefined> = [
			(index) => lists[rows[index]!.source]!.children.find((child) => child.as === as),
			...lists.map((list, number) => (index: number) => {
				const child = list.children.find((candidate) => candidate.as === as);
				return number === rows[index]!.source || child?.optional ? undefined : child;
			}),
		];
		for (const tableOf of passes) {
			const groups = new Map<string, { child: ChildTable; indexes: number[] }>();
			for (const index of missing) {
				const child = tableOf(index);
				if (!child) continue;
				const group = groups.get(child.path) ?? { child, indexes: [] };
				group.indexes.push(index);
				groups.set(child.path, group);
			}
			for (const { child, indexes } of groups.values()) {
				const children = await childrenOf(
					services,
					entity,
					child,
					indexes.map((index) => completed[index]!),
				);
				indexes.forEach((index, position) => {
					completed[index]![as] = children[position]!;
					if (children[position]!.length > 0) missing.delete(index);
				});
			}
		}
	}
	return completed;
}

async function childrenOf(
	services: ReaderServices,
	entity: Entity,
	child: ChildTable,
	rows: RawRecord[],
): Promise<RawRecord[][]> {
	const [rowColumn, childColumn] = child.by;
	const values = [
		...new Set(rows.map((row) => comparable(column(row, rowColumn))).filter(Boolean)),
	];
	const found = new Map<string, RawRecord[]>();
	const pause = breather();
	const toAsk = Array.from({ length: Math.ceil(values.length / VALUES_PER_REQUEST) }, (_, index) =>
		values.slice(index * VALUES_PER_REQUEST, (index + 1) * VALUES_PER_REQUEST),
	);
	for (let asked = toAsk.shift(); asked; asked = toAsk.shift()) {
		const condition = asked.map((value) => `${childColumn} eq ${textLiteral(value)}`).join(' or ');
		let read: RawRecord[] | null;
		try {
			const whole = asked.length > 1 ? `(${condition})` : condition;
			read = await readTable(services, entity, child, childColumn, whole);
		} catch (error) {
			const isOne = asked.length === 1 || services.refusedConditions.has(child.path);
			if (isOne || !(error instanceof GpListUnstable)) throw error;
			// Equal rows on two pages look as if they had moved. Those of fewer values come on one.
			const half = Math.ceil(asked.length / 2);
			toAsk.unshift(asked.slice(0, half), asked.slice(half));
			continue;
		}
		if (read === null) break;
		await addLookups(services, entity, read, child.lookups);
		const whole = read.some((row) => !asked.includes(comparable(column(row, childColumn))));
		if (whole) found.clear();
		for (const row of read) {
			await pause();
			addTo(found, comparable(column(row, childColumn)), row);
		}
		// The condition was ignored: the whole table has come, once is enough.
		if (whole) break;
	}
	const children: RawRecord[][] = [];
	for (const row of rows) {
		const own: RawRecord[] = [];
		const wanted = child.match.map(([left]) => column(row, left) ?? derived(row, left));
		for (const candidate of found.get(comparable(column(row, rowColumn))) ?? []) {
			await pause();
			const belongs = child.match.every(([, right], index) => {
				const [one, other] = [wanted[index], column(candidate, right)];
				return one === undefined || other === undefined || comparable(one) === comparable(other);
			});
			if (belongs) own.push(candidate);
		}
		children.push(own);
	}
	return children;
}

/** PM10000, PM20000 and PM30200 have no CNTRLTYP of their own: the type of the document tells it. */
function derived(row: RawRecord, name: string): unknown {
	if (canonicalName(name) !== 'cntrltyp') return undefined;
	const type = codeOf(DOCUMENT_TYPES, column(row, 'DOCTYPE'));
	return type === undefined ? undefined : CONTROL_TYPES[type];
}

function column(row: RawRecord, name: string): unknown {
	if (name in row) return row[name];
	const member = Object.keys(row).find(
		(candidate) => canonicalName(candidate) === canonicalName(name),
	);
	return member === undefined ? undefined : row[member];
}

function comparable(value: unknown): string {
	return isBlank(value) ? '' : canonicalKey(value);
}
