import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

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

/** Whether a value of JSON is an object, and no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return value !== null && typeof value === 'object' && !Array.isArray(value);
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

/** So that packing a text does not cost much memory. */
const ZIP = { level: 6, memLevel: 5, chunkSize: 4096 };

/** Bytes that are looked at before the next are asked for. */
let scratch: Buffer = Buffer.alloc(0);
const LARGEST_SCRATCH = 1024 * 1024;

/** What was a Buffer lies beside the heap until garbage is collected: packing a long listing anew left 60 MB there. */
function bytesOf(text: string, encoding: 'utf8' | 'latin1'): Buffer {
	const most = encoding === 'latin1' ? text.length : 3 * text.length;
	if (most > LARGEST_SCRATCH) return Buffer.from(text, encoding);
	if (scratch.length < most) scratch = Buffer.allocUnsafeSlow(most);
	return scratch.subarray(0, scratch.write(text, encoding));
}

/** Null where JSON does not keep a value as it is, such as a moment of a database. */
function exactJson(value: unknown): string | null {
	try {
		const json = JSON.stringify(value);
		return isDeepStrictEqual(JSON.parse(json), value) ? json : null;
	} catch {
		return null;
	}
}

/** The group opened last: a value is looked at several times in a row, and then the one beside it. */
let opened: { group: object; values: readonly unknown[] } | null = null;

/**
 * Values packed as one text, once they are as many as was said; values that JSON does not keep stay as they came.
 * Not each by itself: a call of zlib leaves some four hundred bytes behind until garbage is collected.
 */
export class PackedGroup<Value> {
	private kept: Value[] | string = [];
	/** Of the text once it is opened. */
	private bytes = 0;

	constructor(private readonly size: number) {}

	/** As they were added; they may be copies. */
	get values(): readonly Value[] {
		if (typeof this.kept !== 'string') return this.kept;
		if (opened?.group !== this) {
			// In one piece: of several, as many bytes again would lie about.
			const chunkSize = Math.max(this.bytes + 1, 64);
			const json = inflateRawSync(bytesOf(this.kept, 'latin1'), { chunkSize });
			opened = { group: this, values: JSON.parse(json.toString()) as Value[] };
		}
		return opened.values as readonly Value[];
	}

	get isFull(): boolean {
		return typeof this.kept === 'string' || this.kept.length >= this.size;
	}

	/** To one that is not full. Returns the place of the value. */
	add(value: Value): number {
		const values = this.kept as Value[];
		const place = values.push(value) - 1;
		const json = this.isFull ? exactJson(values) : null;
		if (json !== null) {
			const bytes = bytesOf(json, 'utf8');
			this.bytes = bytes.length;
			// As text: a small Buffer holds on to the eight kilobytes it was cut from.
			this.kept = deflateRawSync(bytes, ZIP).toString('latin1');
		}
		return place;
	}
}

/** Values in groups of so many, in the order in which they were added. */
export class PackedGroups<Value> {
	private readonly groups: Array<PackedGroup<Value>> = [];
	private last: PackedGroup<Value> | null = null;

	constructor(private readonly size: number) {}

	add(value: Value): { group: PackedGroup<Value>; place: number } {
		if (!this.last || this.last.isFull)
			this.groups.push((this.last = new PackedGroup<Value>(this.size)));
		return { group: this.last, place: this.last.add(value) };
	}

	*values(): Generator<Value> {
		for (const group of this.groups) yield* group.values;
	}
}

/** So many of a `PackedMap` stay as they came: what was set a moment ago is mostly looked at again. */
const AT_HAND = 500;
/** Of the others so many are packed together: whoever looks for one opens all of them. */
const IN_A_GROUP = 10;

/**
 * A map for very many values that are seldom looked at again. Whatever is not among those set last is
 * kept packed; each comes out as it was set. What comes out is not to be changed: it may be a copy.
 */
export class PackedMap<Key, Value extends object> {
	private readonly kept = new Map<Key, Value | PackedGroup<readonly [Key, Value]>>();
	private readonly atHand = new Set<Key>();
	private filling = new PackedGroup<readonly [Key, Value]>(IN_A_GROUP);

	get(key: Key): Value | undefined {
		const kept = this.kept.get(key);
		if (!(kept instanceof PackedGroup)) return kept;
		return kept.values.findLast(([of]) => of === key)?.[1];
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
		const oldest = this.atHand.values().next().value as Key;
		this.atHand.delete(oldest);
		if (this.filling.isFull) this.filling = new PackedGroup(IN_A_GROUP);
		this.filling.add([oldest, this.kept.get(oldest) as Value]);
		this.kept.set(oldest, this.filling);
	}
}

/**
 * What belongs to very many texts, in the order in which it came. The texts are not kept, only a number made of each
 * (FNV-1a, 30 bits): seldom two texts share one, so whoever asks looks at what comes whether it is meant.
 */
export class TextIndex<Found extends string> {
	/** Mostly one each: a set for each of 100,000 texts is 20 MB. */
	private readonly kept = new Map<number, Found | Set<Found>>();

	of(text: string): readonly Found[] {
		const found = this.kept.get(numberOf(text)) ?? [];
		return typeof found === 'string' ? [found] : [...found];
	}

	add(text: string, found: Found): void {
		const there = this.kept.get(numberOf(text));
		if (typeof there === 'object') there.add(found);
		else if (there === undefined) this.kept.set(numberOf(text), found);
		else if (there !== found) this.kept.set(numberOf(text), new Set([there, found]));
	}

	delete(text: string, found: Found): void {
		const there = this.kept.get(numberOf(text));
		if (typeof there === 'object') there.delete(found);
		else if (there === found) this.kept.delete(numberOf(text));
	}
}

/** Within 30 bits: V8 keeps it beside others, not on its own. */
function numberOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
	return (hash >>> 2) ^ (hash & 3);
}
