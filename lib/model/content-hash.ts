import { createHash } from 'node:crypto';

/**
 * Short fingerprint of a JSON value: equal for equal content whatever the key order,
 * different for any other content (96 bits of SHA-256, hexadecimal).
 * `undefined` members do not count, as in JSON.
 */
export function contentHash(value: unknown): string {
	return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 24);
}

/** JSON with sorted keys. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value))
		return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
	if (value !== null && typeof value === 'object') {
		const members = Object.entries(value as Record<string, unknown>)
			.filter(([, member]) => member !== undefined)
			.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
			.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
		return `{${members.join(',')}}`;
	}
	return JSON.stringify(value ?? null);
}
