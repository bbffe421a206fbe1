import { createHash } from 'node:crypto';

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

/**
 * Text as every database and every JSON reader takes it: a NUL, which PostgreSQL refuses with the
 * whole batch, is left out, and half a surrogate pair, which SQLite would replace on writing, so
 * that the row read back is another than the one whose hash was kept, is replaced here.
 */
export function storable(text: string): string {
	return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

const ENTITIES: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
};

/** Text as people read it, where a system keeps it as markup: entities as their letters, tags left out. */
export function withoutMarkup(text: string): string {
	if (!/[&<]/.test(text)) return text;
	return text
		.replace(/<\/?[a-z][^<>]{0,200}>/gi, '')
		.replace(
			/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(amp|lt|gt|quot|apos|nbsp));/gi,
			(whole, ...found: string[]) => {
				const [decimal, hexadecimal, name] = found;
				if (name) return ENTITIES[name.toLowerCase()];
				const code = decimal ? Number(decimal) : parseInt(hexadecimal, 16);
				return code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
			},
		);
}
