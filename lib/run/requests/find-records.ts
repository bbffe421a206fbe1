import { recordId } from '../../audit/event-row';
import { canonicalKey, sameGpKey } from '../../model/keys';
import type { Entity } from '../../model/desired';
import type { AuditEventRow, ParkedRow } from '../../audit/types';
import type { KnownRecords, ReplayAsk } from './request.types';

/** A record the tables know, with the newest of what they say about it. */
export interface KnownRecord {
	company: string;
	entity: Entity;
	key: string;
	label: string;
	event: AuditEventRow | null;
	parked: ParkedRow | null;
}

/** One entry per record of real (not dry) runs, newest event and newest parked row each. */
export function knownRecords(known: Pick<KnownRecords, 'parked' | 'events'>): KnownRecord[] {
	const records = new Map<string, KnownRecord>();
	const entry = (row: { gp_company: string; entity: string; gp_key: string; gp_label: string }) => {
		const id = recordId(row);
		const found = records.get(id);
		if (found) return found;
		const record: KnownRecord = {
			company: row.gp_company,
			entity: row.entity as Entity,
			key: row.gp_key,
			label: row.gp_label || row.gp_key,
			event: null,
			parked: null,
		};
		records.set(id, record);
		return record;
	};
	for (const row of known.events) {
		if (row.dry_run || !row.gp_key) continue;
		const record = entry(row);
		if (!record.event || record.event.at <= row.at) record.event = row;
	}
	for (const row of known.parked) {
		if (!row.gp_key) continue;
		const record = entry(row);
		if (!record.parked || record.parked.last_tried_at <= row.last_tried_at) record.parked = row;
	}
	return [...records.values()];
}

/** What a person typed, as single terms. A GP key has no comma, but may hold blanks and semicolons. */
export function searchTerms(search: string): string[] {
	const terms = search
		.split(/[\n\r,]+/)
		.map((term) => term.trim())
		.filter((term) => term !== '');
	return [...new Set(terms)];
}

/** Whether a record is of the kind and company asked for. */
export function isMeant(record: KnownRecord, ask: Pick<ReplayAsk, 'entity' | 'company'>): boolean {
	if (ask.entity !== '' && record.entity !== ask.entity) return false;
	return ask.company === '' || sameGpKey(record.company, ask.company);
}

/**
 * Records a term stands for: those it names exactly (key, voucher with or without its zeros in
 * front, document number) or, when there is none, those whose key or label contains it.
 */
export function matchTerm(term: string, records: KnownRecord[]): KnownRecord[] {
	const wanted = canonicalKey(term);
	const exact = records.filter((record) => namesOf(record).includes(wanted));
	if (exact.length > 0) return exact;
	const byNumber = records.filter((record) =>
		namesOf(record).some((name) => withoutZeros(name) === withoutZeros(wanted)),
	);
	if (byNumber.length > 0) return byNumber;
	return records.filter((record) =>
		[record.key, record.label].some((text) => canonicalKey(text).includes(wanted)),
	);
}

/** Names under which a person knows the record itself, in upper case. */
function namesOf({ entity, key, label }: KnownRecord): string[] {
	const names = [key];
	if (entity === 'payable') {
		names.push(key.slice(key.indexOf(';') + 1));
		const number = /^\S.*? (\S+) of \S+, voucher /.exec(label)?.[1];
		if (number) names.push(number);
	}
	return names.map(canonicalKey);
}

function withoutZeros(name: string): string {
	return name.replace(/^0+(?=.)/, '');
}
