import type { Entity } from '../../model/desired';
import type { Stamp } from '../../model/gp-records';
import { sameGpKey } from '../../model/keys';
import { createAddresses } from '../addressing/resource-address';
import { GpRecordMalformed } from '../errors/gp-error';
import { GpResourceNotOffered } from '../errors/refusals';
import { type Absence, ABSENT_FIELDS } from '../profiles/field-maps';
import {
	asList,
	canonicalName,
	compileFields,
	FieldReader,
	isBlank,
	type RawRecord,
} from '../normalise/field-reader';
import type { Normaliser } from '../normalise/normaliser';
import { shiftedMidnight, stamp as readStamp, zonesOfMidnights } from '../normalise/values';
import type { EntityProfile, FieldMap, SiteProfile } from '../profiles/site-profile';
import { spelledKey, urlKeyParts } from '../query/list-query';
import { fetchRows, type ReaderServices } from '../reading/fetch-rows';
import type { FoundRows } from '../response/find-rows';
import type { GpSite } from '../site';
import { isAnswer } from './questions';
import { type DetailSurvey, type EntitySurvey, FEW } from './survey.types';

export interface FoundDetail {
	detail: DetailSurvey;
	distributions: EntitySurvey['distributions'];
	/** The list row has the member, and it is empty where the detail's is not. */
	listLeavesOut: boolean;
	/** The record as it came; null where none did. */
	raw: RawRecord | null;
}

const SEPARATORS = [';', ',', '-', '_', '|'];
const TYPE_AND_VOUCHER = ['documentType', 'voucher'];

/**
 * Asks for one record the list has shown by its key, in the order and with the separator of the profile
 * first, then in the others composite keys usually have. A form works only if that very record comes.
 */
export async function findDetail(
	services: ReaderServices,
	site: GpSite,
	entity: Entity,
	normaliser: Normaliser,
	row: RawRecord,
): Promise<FoundDetail | null> {
	const settings = services.profile.entities[entity];
	if (settings.detail === null) return null;
	let key: string;
	let spelled: string;
	try {
		const record = normaliser.record(row, 'summary');
		({ key } = record);
		spelled = spelledKey(record);
	} catch (error) {
		if (error instanceof GpRecordMalformed) return null;
		throw error;
	}
	const found: FoundDetail = {
		detail: { answer: 'refused', key: null, addsToTheList: null },
		distributions: null,
		listLeavesOut: false,
		raw: null,
	};
	let offered = false;
	for (const form of formsOf(services, entity)) {
		const raw = await ask(form);
		if (raw === 'notOffered') continue;
		offered = true;
		if (raw === null) continue;
		const inDetail = membersOf(raw);
		const inList = membersOf(row);
		return {
			detail: {
				answer: 'honoured',
				key: { parts: form.keyParts, separator: form.separator },
				addsToTheList:
					Object.keys(raw).some((name) => !(name in row)) || inDetail.lines > inList.lines,
			},
			distributions:
				entity !== 'payable' ? null : inList.lines > 0 ? 'list' : inDetail.has ? 'detail' : 'none',
			listLeavesOut: inList.has && inList.lines === 0 && inDetail.lines > 0,
			raw,
		};
	}
	if (!offered) found.detail.answer = 'notOffered';
	return found;

	async function ask({ keyParts, separator }: Form): Promise<RawRecord | 'notOffered' | null> {
		const addresses = createAddresses(site, { ...services.profile, keySeparator: separator });
		const address = addresses.record(settings.detail!, urlKeyParts(keyParts, entity, spelled));
		const path = settings.responsePath ?? services.profile.responsePath;
		try {
			const { rows } = await fetchRows(services, address, normaliser, path, {
				entity,
				key,
				address,
			});
			const raw = rows.length === 1 ? rows[0]! : null;
			return raw && sameGpKey(keyOf(raw), key) ? raw : null;
		} catch (error) {
			if (error instanceof GpResourceNotOffered) return 'notOffered';
			if (isAnswer(error)) return null;
			throw error;
		}
	}

	function keyOf(raw: RawRecord): string {
		try {
			return normaliser.record(raw, 'summary').key;
		} catch (error) {
			if (error instanceof GpRecordMalformed) return String(error.details.key ?? '');
			throw error;
		}
	}

	function membersOf(raw: RawRecord): { has: boolean; lines: number } {
		const member = entity === 'vendor' ? 'addresses' : 'distributions';
		const reader = new FieldReader(raw, compileFields(settings.fields));
		return { has: reader.has(member), lines: asList(reader.value(member)).length };
	}
}

interface Form {
	keyParts: string[];
	separator: string;
}

function formsOf({ profile }: ReaderServices, entity: Entity): Form[] {
	const { keyParts } = profile.entities[entity];
	const configured = { keyParts, separator: profile.keySeparator };
	if (entity !== 'payable') return [configured];
	const orders = [TYPE_AND_VOUCHER, [...TYPE_AND_VOUCHER].reverse()];
	const forms = [
		configured,
		...SEPARATORS.flatMap((separator) => orders.map((order) => ({ keyParts: order, separator }))),
		{ keyParts: ['voucher'], separator: profile.keySeparator },
	];
	const written = new Set<string>();
	return forms.filter((form) => {
		const text = JSON.stringify([form.keyParts, form.keyParts.length > 1 ? form.separator : '']);
		return !written.has(text) && written.add(text);
	});
}

/**
 * What the first rows show by themselves; names of fields, no values.
 *
 * @param isFollowed whether a record, or lines from another table, follow a row that is not complete
 */
export function describeRows(
	result: EntitySurvey,
	found: FoundRows,
	normaliser: Normaliser,
	fields: FieldMap,
	dateFormat: string | null,
	isFollowed: boolean,
): void {
	const moments = shiftedDates(found.rows, fields, dateFormat);
	if (moments.length > 0) result.dateZones = zonesOfMidnights(moments);
	const [row] = found.rows;
	result.rowsSeen = found.rows.length;
	result.envelope = found.path;
	if (!row) return;
	result.fields = Object.keys(normaliser.presentable(row) as RawRecord);
	result.rowsAreComplete = normaliser.hasDetailFields(row);
	try {
		normaliser.record(row, result.rowsAreComplete || !isFollowed ? undefined : 'summary');
	} catch (error) {
		result.firstRowFault = error instanceof Error ? error.message : String(error);
	}
	const wanted = (fields.modified ?? []).map(canonicalName);
	const name = wanted
		.map((one) => Object.keys(row).find((member) => canonicalName(member) === one))
		.find((member) => member !== undefined);
	if (!name) return;
	result.stampField = name;
	const samples = found.rows
		.slice(0, 200)
		.map((one) => one[name])
		.filter((value) => !isBlank(value))
		.map(String);
	if (samples.length === 0) return;
	result.stampFormat = formatOf(samples[0]!);
	if (samples.some((sample) => /T(?!00:00:00)\d|T00:00:00\.0*[1-9]/.test(sample)))
		result.granularity = 'dateTime';
	else if (
		samples.length >= FEW &&
		samples.every((sample) => /^\d{4}-\d{2}-\d{2}(T00:00:00(\.0+)?Z?)?$/.test(sample))
	)
		result.granularity = 'date';
}

/** Fields a record may lack only where somebody declared it, or that are unknown then. */
const DECIDING: readonly Absence[] = ['declared', 'asked', 'unknown'];
/** One tells what the other does. */
const EITHER = { status: 'isActive', isActive: 'status' } as const;
/** Amounts and holds are unknown in silence: no cost and nothing in Procore goes by them. */
const OF_NO_USE = /^(?:onHold|purchases|tradeDiscount|freight|miscellaneous|tax|type)$/;

/** Which of the fields that decide none of these parts of one record has. */
export function untoldBy(
	entity: Entity,
	parts: readonly RawRecord[],
	{ fields, absentMeans }: Pick<EntityProfile, 'fields' | 'absentMeans'>,
): string[] {
	const compiled = compileFields(fields);
	const readers = parts.map((raw) => new FieldReader(raw, compiled));
	const has = (field: string) =>
		readers.some((reader) =>
			field === 'voided' ? reader.plain(field) !== undefined : reader.has(field),
		);
	return Object.entries(ABSENT_FIELDS[entity])
		.filter(([field, absence]) => DECIDING.includes(absence) && !OF_NO_USE.test(field))
		.map(([field]) => field)
		.filter(
			(field) =>
				absentMeans[field] === undefined &&
				!has(field) &&
				!(field in EITHER && has(EITHER[field as keyof typeof EITHER])),
		);
}

function formatOf(sample: string): string {
	if (/^\d{4}-\d{2}-\d{2}$/.test(sample)) return 'ISO date';
	if (/^\d{4}-\d{2}-\d{2}[T ]/.test(sample)) return 'ISO date and time';
	if (/Date\(/.test(sample)) return '/Date()/';
	return sample.slice(0, 40);
}

function momentsOf({ stamp, dateFormat, dateZone }: SiteProfile) {
	return { zone: stamp.zone, granularity: stamp.granularity, dateFormat, dateZone };
}

/** The change stamp of a row, null where it has none that can be read. */
export function stampOf(row: RawRecord, profile: SiteProfile, fields: FieldMap): Stamp | null {
	const written = new FieldReader(row, compileFields(fields)).plain('modified');
	return readStamp(written, momentsOf(profile)) ?? null;
}

/** Where a payable has its distributions without a detail to ask for: they come with the list, or from a table of their own; null where nothing tells. */
export function fromTheList(profile: SiteProfile, row: RawRecord): EntitySurvey['distributions'] {
	const { lists, fields } = profile.entities.payable;
	if (lists.some(({ children }) => children.some(({ as }) => as === 'Distributions')))
		return 'table';
	return new FieldReader(row, compileFields(fields)).has('distributions') ? 'list' : 'none';
}

const DATES = ['documentDate', 'postingDate', 'dueDate', 'postedDate'];

/** Dates of these rows that came as an instant in UTC which is no midnight there. */
function shiftedDates(rows: RawRecord[], fields: FieldMap, dateFormat: string | null): number[] {
	const compiled = compileFields(fields);
	const moments = { zone: 'utc', granularity: 'auto', dateFormat } as const;
	return rows.flatMap((row) => {
		const reader = new FieldReader(row, compiled);
		return DATES.flatMap((field) => shiftedMidnight(reader.plain(field), moments) ?? []);
	});
}
