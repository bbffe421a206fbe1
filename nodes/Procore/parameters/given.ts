/** Fields that have a value: what was added to a collection and left empty says nothing. */
export function given<Fields extends object>(fields: Fields): Partial<Fields> {
	return Object.fromEntries(
		Object.entries(fields).filter(
			([, value]) => value !== undefined && value !== null && value !== '' && !isEmptyList(value),
		),
	) as Partial<Fields>;
}

function isEmptyList(value: unknown): boolean {
	return Array.isArray(value) && value.length === 0;
}

/** "businessPhone" → "business_phone", as Procore names its fields; empty ones left out. */
export function procoreFields(fields: object): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(given(fields)).map(([name, value]) => [
			name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
			value,
		]),
	);
}
