import type { FieldChange } from './outcome';
import { HIDDEN, redactText } from './redact-text';
import { isSecretName } from './secret-names';

/** Deeper structures than any record has; what lies below is hidden, not walked. */
const DEEPEST = 60;

/** A JSON value without secrets, whatever depth they stand at: secret members hidden, texts redacted by `text`. */
export function redactValue(
	value: unknown,
	text: (text: string) => string = redactText,
	depth = 0,
): unknown {
	if (typeof value === 'string') return text(value);
	if (value === null || typeof value !== 'object') return value;
	if (depth > DEEPEST) return HIDDEN;
	if (Array.isArray(value)) return value.map((item) => redactValue(item, text, depth + 1));
	return Object.fromEntries(
		Object.entries(value).map(([name, member]) => [
			name,
			isSecretName(name) ? HIDDEN : redactValue(member, text, depth + 1),
		]),
	);
}

/** A changed field as it may enter the audit. */
export function redactChange(change: FieldChange): FieldChange {
	if (isSecretName(change.field)) return { ...change, before: HIDDEN, after: HIDDEN };
	return {
		field: change.field,
		before: redactValue(change.before),
		after: redactValue(change.after),
	};
}
