import { type AuditEventRow, cell, type ParkedRow, recordId } from '../../audit/event-row';
import type { ChangedDecision } from '../../mapping/crosswalk-changes';
import { ConnectorError } from '../../model/connector-error';
import type { Entity } from '../../model/desired';
import { addTo, canonicalKey, recordIdentity, sameGpKey } from '../../model/keys';
import type { OutcomeKind } from '../../model/outcome';
import { PART_OF_ENTITY, PARTS_IN_ORDER } from '../../streams/streams';
import type { KnownRecords, ReplayAsk, RequestRow } from './requests';

/** More documents are gone at once than people delete: the list of GP is not believed. */
export class DeletionsImplausibleError extends ConnectorError {
	readonly code = 'deletions-implausible';
	readonly scope = 'configuration' as const;

	constructor(gone: number, known: number, most: number) {
		super(
			`${gone} of ${known} unposted documents that were sent to Procore are not in GP any more; at most ${most} are believed to be deleted at once. Nothing was asked for.`,
			{
				remedy:
					'Check that the Windows account still sees the whole company and that the site profile lists unposted documents. If they really were deleted, raise "Most Deleted" (most_deleted_percent in Deletion options) for one look.',
				gone,
				known,
				most,
			},
		);
	}
}

/**
 * One request per document that GP no longer lists, for the next run to take out of Procore.
 *
 * Only documents last heard of as unposted: GP lets nobody delete a posted one. Where a vendor keeps
 * no history, a posted one leaves the list when it is voided, but also once it is paid, and then its
 * cost is true; so that is left to the reconciliation and to a person.
 */
export function deletedRequests(input: {
	/** Keys that GP does not list. */
	gone: readonly string[];
	/** Every event of these documents, or of a part of them: only that part is asked for. */
	events: readonly AuditEventRow[];
	/** How many documents GP was asked for. */
	known: number;
	/** Highest share of `known` believed to be gone, 0 to 1. */
	mostShare: number;
	/** So many are believed whatever the share: of few documents one is a large part. */
	alwaysBelieved: number;
	/** Rows standing in gpp_request. */
	waiting: ReadonlyArray<Pick<RequestRow, 'entity' | 'gp_company' | 'gp_key'>>;
	company: string;
	/** UTC instant. */
	now: string;
}): RequestRow[] {
	const gone = new Set(input.gone.map(canonicalKey));
	const stories = new Map<string, AuditEventRow[]>();
	for (const event of input.events) {
		if (event.entity !== 'payable' || !sameGpKey(event.gp_company, input.company) || event.dry_run)
			continue;
		const key = canonicalKey(event.gp_key);
		if (gone.has(key)) addTo(stories, key, event);
	}
	const lost = [...stories].flatMap(([key, events]) => {
		const last = [...events].sort(inTime).at(-1);
		return last?.gp_state === 'unposted' && standsInProcore(events) ? [{ key, last }] : [];
	});
	const most = Math.max(input.alwaysBelieved, Math.floor(input.known * input.mostShare));
	// What was not looked up is taken to be like what was.
	const inAll = Math.round((lost.length * gone.size) / Math.max(1, stories.size));
	if (inAll > most) throw new DeletionsImplausibleError(inAll, input.known, most);

	const waiting = new Set(
		input.waiting
			.filter((row) => row.entity === 'payable' && sameGpKey(row.gp_company, input.company))
			.map(({ gp_key }) => canonicalKey(gp_key)),
	);
	return lost
		.filter(({ key }) => !waiting.has(key))
		.map(({ key, last }) => ({
			entity: 'payable',
			gp_company: input.company,
			gp_key: key,
			gp_label: cell(last.gp_label),
			reason: 'deleted',
			requested_at: input.now,
			requested_by: 'look for deleted documents',
			tries: 0,
			payload: '',
			note: '',
		}));
}

const WRITTEN: readonly OutcomeKind[] = ['created', 'updated', 'adopted'];

/** Whether any project was written to and the document not taken out of it since. */
function standsInProcore(events: readonly AuditEventRow[]): boolean {
	const stands = new Map<string, boolean>();
	for (const { outcome, procore_project_id } of [...events].sort(inTime)) {
		if (WRITTEN.includes(outcome as OutcomeKind)) stands.set(procore_project_id, true);
		else if (outcome === 'voided') stands.set(procore_project_id, false);
	}
	return [...stands.values()].includes(true);
}

function inTime(left: AuditEventRow, right: AuditEventRow): number {
	if (left.at !== right.at) return left.at < right.at ? -1 : 1;
	return (left.sequence ?? 0) - (right.sequence ?? 0);
}

const TITLES = { J: 'job', A: 'account', V: 'vendor' } as const;

/**
 * One request per record that a changed crosswalk row concerns, vendors before accounts before
 * payables. `events` may hold more than needed (a search by pattern): what counts is that a whole
 * touch is equal. What waits already is not asked for twice.
 */
export function crosswalkRequests(input: {
	changed: readonly ChangedDecision[];
	events: readonly AuditEventRow[];
	/** Rows standing in gpp_request. */
	waiting: ReadonlyArray<Pick<RequestRow, 'entity' | 'gp_company' | 'gp_key'>>;
	company: string;
	/** UTC instant. */
	now: string;
}): RequestRow[] {
	const idOf = ({ entity, gp_key: key }: { entity: string; gp_key: string }) =>
		recordIdentity({ company: input.company, entity, key });
	const waiting = new Set(
		input.waiting.filter((row) => sameGpKey(row.gp_company, input.company)).map(idOf),
	);
	const rows = new Map<string, RequestRow>();
	for (const event of input.events) {
		if (!sameGpKey(event.gp_company, input.company) || waiting.has(idOf(event))) continue;
		const cause = input.changed.find(
			({ token, accountOnly }) =>
				(event.touches ?? '').includes(token) && (!accountOnly || event.entity === 'account'),
		);
		if (!cause) continue;
		rows.set(idOf(event), {
			entity: event.entity,
			gp_company: input.company,
			gp_key: canonicalKey(event.gp_key),
			gp_label: cell(event.gp_label),
			reason: 'crosswalk',
			requested_at: input.now,
			requested_by: `crosswalk of ${TITLES[cause.kind]} ${cell(cause.key)}`,
			tries: 0,
			payload: '',
			note: '',
		});
	}
	const place = ({ entity }: RequestRow) =>
		PARTS_IN_ORDER.indexOf(PART_OF_ENTITY[entity as Entity]);
	return [...rows.values()].sort((left, right) => place(left) - place(right));
}

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
