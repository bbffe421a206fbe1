import type { FieldChange } from './outcome';

/** The fields of `after` that differ from `before`, absent ones in `after` left as they are. */
export function fieldChanges(
	before: Record<string, unknown>,
	after: Record<string, unknown>,
): FieldChange[] {
	return Object.entries(after).flatMap(([field, value]) =>
		value === undefined || sameText(before[field], value)
			? []
			: [{ field, before: before[field] ?? null, after: value }],
	);
}

/** Equal as people read it: surrounding and doubled blanks and null versus '' do not count. */
function sameText(left: unknown, right: unknown): boolean {
	return plain(left) === plain(right);
}

function plain(value: unknown): string {
	if (value === null || value === undefined) return '';
	return String(value).replace(/\s+/g, ' ').trim();
}
