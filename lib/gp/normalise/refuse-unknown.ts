import type { FieldReader } from './field-reader';
import type { RecordContext } from './record-context';
import { flag, text } from './values';

/**
 * What a field holds, null where the site does not tell; throws GpRecordMalformed when it tells
 * something this package does not know. Taken for the likeliest, a voided document would be a cost.
 */
export function refuseUnknown<Kind>(
	{ found, written }: { found: Kind | null; written?: unknown },
	label: string,
	context: RecordContext,
	key: string,
): Kind | null {
	if (found !== null || written === undefined) return found;
	throw context.malformed(label, `"${text(written) ?? ''}" is not known`, key);
}

/** A yes or no; null where the site does not tell. */
export function readFlag(
	reader: FieldReader,
	field: string,
	label: string,
	context: RecordContext,
	key: string,
): boolean | null {
	return refuseUnknown(reader.ofKind(field, flag), label, context, key);
}
