/** Text of a field, typed, from an expression, or chosen from a list (a resource locator). */
export function textOf(field: unknown): string {
	const value =
		field !== null && typeof field === 'object' && 'value' in field ? field.value : field;
	return value === null || value === undefined ? '' : String(value).trim();
}
