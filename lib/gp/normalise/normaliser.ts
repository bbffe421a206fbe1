import { contentHash } from '../../model/json-text';
import type { Entity } from '../../model/desired';
import type { GpPayable, GpRecord } from '../../model/gp-records';
import { canonicalKey } from '../../model/keys';
import { taxIdMatch } from '../../model/same-firm';
import { GpRecordMalformed } from '../errors/gp-error';
import { BOOKKEEPING_FIELDS } from '../profiles/field-maps';
import type { FieldMap, SiteProfile } from '../profiles/site-profile';
import { GP_STREAMS } from '../streams';
import type { RecordContext } from './code-lists';
import {
	asList,
	canonicalName,
	type CompiledFields,
	compileFields,
	FieldReader,
	isRecord,
	type RawRecord,
	type SecretTest,
	secretTest,
	withoutSecrets,
} from './field-reader';
import { momentsOf, stamp, text } from './values';

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
function allowedFields(
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

export interface Normaliser {
	/**
	 * The record in the form every other room knows, its key canonical; throws GpRecordMalformed. Of a
	 * `summary`, a list row that its record follows, what it lacks is no fault, and nothing to go by either.
	 */
	record(raw: RawRecord, part?: 'summary'): GpRecord;
	/** Whether all that a complete record needs is there; of its lists and of flags that decide, with a value. */
	isComplete(raw: RawRecord): boolean;
	/** Whether all that is there, blank or not. */
	hasDetailFields(raw: RawRecord): boolean;
	/** A record with the lists that stand beside it in an answer and that it does not hold itself. */
	joined(raw: RawRecord, beside: RawRecord): RawRecord;
	/** What the key field says, null without one: tells rows of one list from those of another. */
	keyText(raw: RawRecord): string | null;
	/** How many known fields an object has: tells records from wrappings. */
	knownFields(raw: RawRecord): number;
	/** Whether the object has the field that names a record of this entity. */
	hasKey(raw: RawRecord): boolean;
	/** Anything as it came, secrets off. */
	presentable(raw: unknown): unknown;
}

const bookkeeping = new Set(BOOKKEEPING_FIELDS.map(canonicalName));

/** Normaliser of one entity at one site. */
export function createNormaliser(
	entity: Entity,
	profile: SiteProfile,
	site: { companyId: string; taxIdKey?: string },
	includeRaw = false,
): Normaliser {
	const settings = profile.entities[entity];
	// A vendor's primary address stands on the vendor itself; its names are then the vendor's.
	const { line1 = [], city = [] } = settings.nested.addresses ?? {};
	const flatAddress: FieldMap = entity === 'vendor' ? { line1, city } : {};
	const fields = compileFields({ ...flatAddress, ...settings.fields });
	const nestedFields = new Map(
		Object.entries(settings.nested).map(([list, map]) => [list, compileFields(map)]),
	);
	const isSecret = secretTest(profile.secretFields);
	const allowed = allowedFields(
		entity,
		[fields, ...nestedFields.values()],
		profile.extraFields,
		bookkeeping,
		isSecret,
	);
	const addressNames = new Set(
		entity === 'vendor'
			? Object.values(settings.nested.addresses ?? {})
					.flat()
					.map(canonicalName)
			: [],
	);
	const moments = momentsOf(profile);
	const malformed: RecordContext['malformed'] = (field, why, key, more) =>
		new GpRecordMalformed({ entity, ...(key ? { key: canonicalKey(key) } : {}) }, field, why, more);
	const wholeContext: RecordContext = {
		moments,
		accountSeparator: settings.accountSeparator,
		companyId: site.companyId,
		summary: false,
		anyState: anyState(profile),
		absent: (field) => settings.absentMeans[field],
		nested: (list, raw) => new FieldReader(raw, nestedFields.get(list) ?? new Map()),
		taxIdMatch: (taxId) => (site.taxIdKey ? taxIdMatch(taxId, site.taxIdKey) : undefined),
		malformed,
	};
	const summaryContext: RecordContext = { ...wholeContext, summary: true };
	const { content, keyField, leavesOpen } = GP_STREAMS[entity];

	/** A record without it would be refused: perhaps its detail tells. */
	const lacks = (reader: FieldReader) => leavesOpen?.(reader, wholeContext) === true;

	const hasDetailFields = (raw: RawRecord): boolean => {
		if (settings.details !== 'auto') return settings.details !== 'always';
		if (settings.detailFields.length === 0) return true;
		const reader = new FieldReader(raw, fields);
		return settings.detailFields.some((field) => reader.has(field)) && !lacks(reader);
	};

	return {
		record(raw, part) {
			const context = part === 'summary' ? summaryContext : wholeContext;
			const reader = new FieldReader(raw, fields);
			const written = settings.stampField === null ? null : reader.plain('modified');
			const modified = stamp(written, moments);
			const normalised = content(reader, context);
			if (modified === undefined)
				throw malformed('the change stamp', `"${text(written)}" is not a date`, normalised.key);
			const extra = allowed.of(
				Object.fromEntries(
					Object.entries(reader.unused()).filter(([name]) => {
						const canonical = canonicalName(name);
						return (
							!bookkeeping.has(canonical) &&
							!addressNames.has(canonical) &&
							!name.startsWith('@odata.')
						);
					}),
				),
			);
			const key = canonicalKey(normalised.key);
			const record = { company: site.companyId, ...normalised, key, extra };
			return {
				...record,
				modified,
				hash: contentHash(record),
				...(includeRaw ? { raw: allowed.of(raw) } : {}),
			} as GpRecord;
		},
		isComplete(raw) {
			if (!hasDetailFields(raw)) return false;
			const { details, detailFields } = settings;
			if (details !== 'auto' || detailFields.length === 0) return true;
			const reader = new FieldReader(raw, fields);
			// An empty list of a list row may be one that was not loaded, one that goes on was cut.
			return detailFields.some((field) => {
				if (!nestedFields.has(field)) return reader.has(field);
				const { rows, cut } = reader.list(field);
				return rows.length > 0 && cut === null;
			});
		},
		hasDetailFields,
		joined(raw, beside) {
			const [own, others] = [new FieldReader(raw, fields), new FieldReader(beside, fields)];
			const missing = [...nestedFields.keys()].flatMap((field) => {
				const name = settings.fields[field]?.[0];
				if (name === undefined || asList(own.value(field)).length > 0) return [];
				const found = others.value(field);
				return asList(found).length > 0 ? [[name, found] as const] : [];
			});
			return missing.length > 0 ? { ...raw, ...Object.fromEntries(missing) } : raw;
		},
		keyText: (raw) => text(new FieldReader(raw, fields).plain(keyField)),
		knownFields(raw) {
			const reader = new FieldReader(raw, fields);
			let count = 0;
			for (const field of fields.keys()) if (reader.has(field)) count += 1;
			return count;
		},
		hasKey: (raw) => {
			const reader = new FieldReader(raw, fields);
			return (
				reader.plain(keyField) !== undefined ||
				(entity === 'account' && reader.member('actnumbr1') !== undefined)
			);
		},
		presentable: (raw) => withoutSecrets(raw, isSecret),
	};
}

/** One that is wanted, so that a summary is not left out before its record has told the state. */
function anyState({ transactionStates }: SiteProfile): GpPayable['state'] {
	return transactionStates.includes('open') ? 'open' : (transactionStates[0] ?? 'open');
}
