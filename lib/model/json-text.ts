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
/** Values that stand for all of their kind: the others say mostly the same words. */
const SAMPLES = 3;

/** Null where JSON does not keep a value as it is, such as a moment of a database. */
function exactJson(value: unknown): string | null {
	try {
		const json = JSON.stringify(value);
		return isDeepStrictEqual(JSON.parse(json), value) ? json : null;
	} catch {
		return null;
	}
}

/** Values of one kind as short texts, each packed by itself with what the first ones say as a dictionary. */
export class JsonPacker<Value> {
	private readonly samples: string[] = [];
	private dictionary: Buffer | null = null;

	/** `windowBits`: how far back a repeated word is found, as a power of two: 13 for a few thousand letters. */
	constructor(private readonly windowBits = 13) {}

	/** Null where the value stays as it is: the first few, and those that JSON does not keep. */
	pack(value: Value): string | null {
		const json = exactJson(value);
		if (json === null || !this.knows(json)) return null;
		const { windowBits, dictionary } = this;
		const options = { ...ZIP, windowBits, dictionary: dictionary! };
		// As text: a small Buffer holds on to the eight kilobytes it was cut from.
		return deflateRawSync(json, options).toString('latin1');
	}

	open(packed: string): Value {
		const { windowBits, dictionary } = this;
		const options = { windowBits, dictionary: dictionary!, chunkSize: ZIP.chunkSize };
		const json = inflateRawSync(Buffer.from(packed, 'latin1'), options);
		return JSON.parse(json.toString()) as Value;
	}

	private knows(json: string): boolean {
		if (this.dictionary) return true;
		if (this.samples.push(json) === SAMPLES)
			this.dictionary = Buffer.from(this.samples.splice(0).join('')).subarray(
				-(2 ** this.windowBits),
			);
		return false;
	}
}

/** So many of a `PackedMap` stay as they came: what was set a moment ago is mostly looked at again. */
const AT_HAND = 500;

/**
 * A map for very many values that are seldom looked at again. Whatever is not among those set last is
 * kept packed; each comes out as it was set. What comes out is not to be changed: it may be a copy.
 */
export class PackedMap<Key, Value extends object> {
	private readonly kept = new Map<Key, Value | string>();
	private readonly atHand = new Set<Key>();
	private readonly packer = new JsonPacker<Value>();

	get(key: Key): Value | undefined {
		const kept = this.kept.get(key);
		return typeof kept === 'string' ? this.packer.open(kept) : kept;
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
		const packed = typeof value === 'object' ? this.packer.pack(value) : null;
		if (packed !== null) this.kept.set(oldest!, packed);
	}
}
