import type { Entity } from '../../model/desired';
import { GP_STREAMS } from '../streams';
import { canonicalName, isRecord, type CompiledFields, type RawRecord } from './field-reader';
import type { SecretTest } from './secrets';

/** Free text that GP itself offers to people: it passes unless it looks like the number of a person or a bank. */
const FREE_TEXT = `Comment1 Comment2 UserDefined1 UserDefined2 UserDefined3 UserDefined4
	USERDEF1 USERDEF2 USRDEFS1 USRDEFS2`;
const LONG_NUMBER = /(?:\d[\s./-]?){7}\d/;

/** Parts of keys, amounts and lists, whatever they stand in. */
const WRAPPINGS = `Id Key Value Currency DecimalDigits IsEncrypted results row rows item items
	PayablesDistribution PayablesTax PayablesDistributions PayablesTaxes VendorAddress VendorAddresses Address
	InternetAddresses`;

export interface AllowedFields {
	/** A copy of what may leave GP, at any depth. */
	of(raw: RawRecord): RawRecord;
}

/**
 * @param fields names of the fields this package reads: the entity's own and those of its lists
 * @param further names a site allows besides (`extraFields` of the profile)
 */
export function allowedFields(
	entity: Entity,
	fields: readonly CompiledFields[],
	further: readonly string[],
	bookkeeping: Iterable<string>,
	isSecret: SecretTest,
): AllowedFields {
	const words = (text: string) => text.split(/\s+/).map(canonicalName);
	const freeText = new Set(words(FREE_TEXT));
	const allowed = new Set([
		...fields.flatMap((map) => [...map.values()].flat(2)),
		...words(GP_STREAMS[entity].harmless),
		...words(WRAPPINGS),
		...further.map(canonicalName),
		...bookkeeping,
		...freeText,
	]);
	const isAllowed = (name: string) => {
		const canonical = canonicalName(name);
		return (allowed.has(canonical) || /^actnumbr\d+$/.test(canonical)) && !isSecret(name);
	};
	const passes = (name: string, value: unknown) =>
		isAllowed(name) &&
		!(freeText.has(canonicalName(name)) && LONG_NUMBER.test(String(value ?? '')));
	const copy = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(copy);
		return isRecord(value) ? ofRecord(value) : value;
	};
	const ofRecord = (raw: RawRecord): RawRecord =>
		Object.fromEntries(
			Object.entries(raw)
				.filter(([name, value]) => passes(name, value))
				.map(([name, value]) => [name, copy(value)]),
		);
	return { of: ofRecord };
}
