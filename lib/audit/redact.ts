import type { FieldChange } from '../base/outcome';
import { HIDDEN, redactText } from '../base/redact-text';

/**
 * Field names whose values never enter the audit, whatever stands in them. `taxIdMatch` may: it is a
 * keyed hash, and a parked vendor needs it to be matched again.
 */
const SECRET_FIELD =
	/pass(word|wd|phrase)?$|secret|token|authorization|authenticate|cookie|api[_-]?key|private[_-]?key|(?<!has)tax[_-]?(id(?!match)|reg)|txidnmbr|txrgnnum|\bssn\b|\bein\b|\babn\b|business[_-]?register|bank[_-]?account|routing[_-]?number/i;

/** A JSON value without secrets, whatever depth they stand at. */
export function redactValue(value: unknown): unknown {
	if (typeof value === 'string') return redactText(value);
	if (Array.isArray(value)) return value.map(redactValue);
	if (value !== null && typeof value === 'object') {
		return Object.fromEntries(
			Object.entries(value).map(([name, member]) => [
				name,
				SECRET_FIELD.test(name) ? HIDDEN : redactValue(member),
			]),
		);
	}
	return value;
}

export function redactChange(change: FieldChange): FieldChange {
	if (SECRET_FIELD.test(change.field)) return { ...change, before: HIDDEN, after: HIDDEN };
	return {
		field: change.field,
		before: redactValue(change.before),
		after: redactValue(change.after),
	};
}
