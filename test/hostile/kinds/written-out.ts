/** Case data with `{ repeat, times }` written out: only the child holds what is large. */
export function writtenOut(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(writtenOut);
	if (value === null || typeof value !== 'object') return value;
	const { repeat, times, before = '', after = '' } = value as Record<string, string | number>;
	if (typeof repeat === 'string' && typeof times === 'number')
		return `${before}${repeat.repeat(times)}${after}`;
	return Object.fromEntries(
		Object.entries(value).map(([name, member]) => [name, writtenOut(member)]),
	);
}
