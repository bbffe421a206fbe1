import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { deflateRawSync, inflateRawSync, type ZlibOptions } from 'node:zlib';

/**
 * Short fingerprint of a JSON value: equal for equal content whatever the key order,
 * different for any other content (96 bits of SHA-256, hexadecimal).
 * `undefined` members do not count, as in JSON.
 */
export function contentHash(value: unknown): string {
	return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 24);
}

/** A value that was written by `canonicalJson` before: a large one is, in steps. */
export class WrittenJson {
	constructor(readonly json: string) {}
}

/** JSON with sorted keys. */
export function canonicalJson(value: unknown): string {
	if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
	if (value instanceof WrittenJson) return value.json;
	if (Array.isArray(value)) return `[${value.map(jsonOfMember).join(',')}]`;
	const members = value as Record<string, unknown>;
	const parts: string[] = [];
	for (const key of Object.keys(members).sort())
		if (members[key] !== undefined)
			parts.push(`${JSON.stringify(key)}:${canonicalJson(members[key])}`);
	return `{${parts.join(',')}}`;
}

const jsonOfMember = (member: unknown) => canonicalJson(member ?? null);

/** So that neither packing nor opening a text costs much memory. */
const ZIP = { level: 6, memLevel: 5, chunkSize: 4096 };

/** Null where JSON does not keep a value as it is, such as a moment of a database. */
function exactJson(value: unknown): string | null {
	try {
		const json = JSON.stringify(value);
		return isDeepStrictEqual(JSON.parse(json), value) ? json : null;
	} catch {
		return null;
	}
}

/** How far back a repeated word is found, as a power of two, and what is taken to stand before the text. */
type Reach = Pick<ZlibOptions, 'windowBits' | 'dictionary'>;

function zipped(json: string, reach: Reach): string {
	// As text: a small Buffer holds on to the eight kilobytes it was cut from.
	return deflateRawSync(json, { ...ZIP, ...reach }).toString('latin1');
}

function unzipped(packed: string, reach: Reach): unknown {
	const { chunkSize } = ZIP;
	return JSON.parse(
		inflateRawSync(Buffer.from(packed, 'latin1'), { chunkSize, ...reach }).toString(),
	);
}

/** So many values take two thirds of the room as one text that they take each by itself. */
const TOGETHER = 50;
/** Of a whole group. */
const GROUP: Reach = { windowBits: 15 };

/** The group opened last: a value is looked at several times in a row, and then the one beside it. */
let opened: { group: object; values: readonly unknown[] } | null = null;

/** Values packed as one text, once there are enough of them. */
export class PackedGroup<Value> {
	private kept: Value[] | string = [];

	/** What it was when it was added; may be a copy. */
	at(place: number): Value {
		if (typeof this.kept !== 'string') return this.kept[place]!;
		if (opened?.group !== this)
			opened = { group: this, values: unzipped(this.kept, GROUP) as Value[] };
		return opened.values[place] as Value;
	}

	*values(): Generator<Value> {
		const values =
			typeof this.kept === 'string' ? (unzipped(this.kept, GROUP) as Value[]) : this.kept;
		yield* values;
	}

	/** The place of the value, and whether the group is full by it. Values that JSON does not keep stay as they came. */
	add(value: Value): { place: number; full: boolean } {
		const values = this.kept as Value[];
		const place = values.push(value) - 1;
		const full = values.length === TOGETHER;
		const json = full ? exactJson(values) : null;
		if (json !== null) this.kept = zipped(json, GROUP);
		return { place, full };
	}
}

/** Values in groups, in the order in which they were added. */
export class PackedGroups<Value> {
	private readonly groups: Array<PackedGroup<Value>> = [];
	private filling: PackedGroup<Value> | null = null;

	add(value: Value): { group: PackedGroup<Value>; place: number } {
		if (!this.filling) this.groups.push((this.filling = new PackedGroup()));
		const group = this.filling;
		const { place, full } = group.add(value);
		if (full) this.filling = null;
		return { group, place };
	}

	*values(): Generator<Value> {
		for (const group of this.groups) yield* group.values();
	}
}

/** Values that stand for all of a map: the others say mostly the same words. */
const SAMPLES = 3;
/** So many of a `PackedMap` stay as they came: what was set a moment ago is mostly looked at again. */
const AT_HAND = 500;

/**
 * A map for very many values that are seldom looked at again. Whatever is not among those set last is
 * kept packed; each comes out as it was set. What comes out is not to be changed: it may be a copy.
 */
export class PackedMap<Key, Value extends object> {
	private readonly kept = new Map<Key, Value | string>();
	private readonly atHand = new Set<Key>();
	private readonly samples: string[] = [];
	private readonly reach: Reach = { windowBits: 13 };

	get(key: Key): Value | undefined {
		const kept = this.kept.get(key);
		return typeof kept === 'string' ? (unzipped(kept, this.reach) as Value) : kept;
	}

	set(key: Key, value: Value): void {
		this.kept.set(key, value);
		this.atHand.delete(key);
		this.atHand.add(key);
		if (this.atHand.size > AT_HAND) this.packOldest();
	}

	delete(key: Key): boolean {
		this.atHand.delete(key);
		return this.kept.delete(key);
	}

	keys(): MapIterator<Key> {
		return this.kept.keys();
	}

	*values(): MapIterator<Value> {
		for (const key of this.kept.keys()) yield this.get(key)!;
	}

	private packOldest(): void {
		const [oldest] = this.atHand;
		this.atHand.delete(oldest!);
		const value = this.kept.get(oldest!);
		const json = typeof value === 'object' ? exactJson(value) : null;
		if (json === null) return;
		if (this.reach.dictionary) this.kept.set(oldest!, zipped(json, this.reach));
		else if (this.samples.push(json) === SAMPLES)
			this.reach.dictionary = Buffer.from(this.samples.splice(0).join(''));
	}
}
