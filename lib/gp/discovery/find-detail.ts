import type { Entity } from '../../model/desired';
import { createAddresses } from '../addressing/resource-address';
import { GpRecordMalformed } from '../errors/records';
import { GpResourceNotOffered } from '../errors/refusals';
import { asList, compileFields, FieldReader, type RawRecord } from '../normalise/field-reader';
import type { Normaliser } from '../normalise/normaliser';
import { fetchRows } from '../reading/fetch-rows';
import type { ReaderServices } from '../reading/reader-services';
import { spelledKey, urlKeyParts } from '../reading/record-key';
import { sameGpKey } from '../../model/keys';
import type { GpSite } from '../site';
import { isAnswer } from './questions';
import type { DetailSurvey, EntitySurvey } from './survey.types';

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
