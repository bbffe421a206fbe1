import { canonicalKey } from '../../model/keys';
import { many, WAITING_OUTCOMES, type OutcomeKind } from '../../model/outcome';
import type { Entity } from '../../model/desired';
import { cell, recordId, type RunPart } from '../../audit/event-row';
import { PARTS_IN_ORDER, PART_OF_ENTITY } from '../../streams/streams';
import { storedRecord } from '../parked-rows';
import { isMeant, type KnownRecord, knownRecords, matchTerm, searchTerms } from './make-requests';
import type { KnownRecords, ReplayAsk, ReplayPlan, RequestRow } from './requests';

/** More than this at once is a backfill: reading GP from a day on is cheaper than record by record. */
export const MOST_REQUESTS = 5_000;
/** A shorter piece matches half the ledger. */
const SHORTEST_PIECE = 3;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOST_NAMED = 10;

/**
 * Turns what a person asks for into rows of the requests table. What is unclear is not guessed: a
 * piece that several records match, or that none matches, is named and not asked for. A record
 * that waits in the requests table already is not asked for twice.
 *
 * Order: vendors before accounts before payables, since cost waits for both; inside a kind as the
 * records were handled. A document is one row however many events it has: GP is read as it is now,
 * so an older change can never overtake a newer one.
 */
export function planRequests(ask: ReplayAsk, known: KnownRecords, now: string): ReplayPlan {
	const badDay = problemWithDays(ask);
	if (badDay !== '') return refused(badDay);
	if (ask.choice === 'changed') return backfill(ask);

	const lines: string[] = [];
	const meant = knownRecords(known).filter((record) => isMeant(record, ask));
	const found = choose(ask, meant, lines);
	if (found.length > MOST_REQUESTS) {
		return refused(
			`${found.length} records are more than ${MOST_REQUESTS}. Choose a shorter time, or everything GP changed since a day.`,
		);
	}
	const waiting = new Set(known.requests.map(recordId));
	const rows: RequestRow[] = [];
	let doubled = 0;
	for (const record of found.sort(inOrder)) {
		if (waiting.has(recordId(rowKey(record)))) doubled++;
		else {
			const problem = ask.use === 'stored' ? problemWithStored(record) : '';
			if (problem === '') rows.push(requestRow(record, ask, now));
			else lines.push(`${nameOf(record)}: not asked for. ${problem}`);
		}
	}
	if (rows.length > 0) {
		const how = ask.use === 'stored' ? 'from the stored record' : 'read again from GP';
		lines.unshift(`${many(rows.length, 'record')} asked for, to be ${how}: ${namesOf(rows)}.`);
	}
	if (doubled > 0)
		lines.push(`${many(doubled, 'record')} asked for before and still waiting for a run.`);
	if (lines.length === 0) lines.push('Nothing was found, so nothing was asked for.');
	return { rows, readFrom: '', start: rows.length > 0 || doubled > 0, lines };
}

/** How a run is to go about it: for these records alone, or from a day on for what was asked for. */
export function howToRun(
	plan: Pick<ReplayPlan, 'readFrom'>,
	ask: Pick<ReplayAsk, 'entity'>,
): { parts: RunPart[]; onlyRequested: boolean } {
	const onlyRequested = plan.readFrom === '';
	const one = !onlyRequested && ask.entity !== '' ? [PART_OF_ENTITY[ask.entity]] : null;
	return { parts: one ?? [...PARTS_IN_ORDER], onlyRequested };
}

function choose(ask: ReplayAsk, meant: KnownRecord[], lines: string[]): KnownRecord[] {
	if (ask.choice === 'waiting') return meant.filter((record) => record.parked !== null);
	if (ask.choice === 'handled') {
		return meant.filter(({ event }) => {
			const day = event?.at.slice(0, 10) ?? '';
			return day !== '' && day >= ask.from && (ask.to === '' || day <= ask.to);
		});
	}
	const terms = searchTerms(ask.search);
	if (terms.length === 0) lines.push('Nothing was named, so nothing was asked for.');
	const chosen = new Map<string, KnownRecord>();
	for (const term of terms) {
		const record = theOne(term, ask, meant, lines);
		if (record) chosen.set(recordId(rowKey(record)), record);
	}
	return [...chosen.values()];
}

function theOne(
	term: string,
	ask: ReplayAsk,
	meant: KnownRecord[],
	lines: string[],
): KnownRecord | null {
	const matches = matchTerm(term, meant);
	const [first, ...others] = matches;
	const isPiece = first && !isExact(term, first);
	// Zeros in front say nothing: every voucher has them.
	const letters = term.replace(/^0+/, '').length;
	if (first && others.length === 0 && !(isPiece && letters < SHORTEST_PIECE)) return first;
	if (first && others.length === 0) {
		lines.push(`"${cell(term)}" is too short to be sure of. Type more of ${nameOf(first)}.`);
		return null;
	}
	if (first) {
		const named = matches.slice(0, MOST_NAMED).map((record) => `${nameOf(record)} (${record.key})`);
		const more = matches.length > named.length ? ` and ${matches.length - named.length} more` : '';
		lines.push(
			`"${cell(term)}" is unclear: ${matches.length} records match. Type more of one of them: ${named.join('; ')}${more}.`,
		);
		return null;
	}
	// A record that was never handled can still be read by its whole key.
	if (ask.entity !== '' && ask.company !== '' && isWholeKey(term, ask.entity)) {
		const { company, entity } = ask;
		return { company, entity, key: term, label: term, event: null, parked: null };
	}
	lines.push(
		`"${cell(term)}" is in no event and not parked. To read a record that was never handled, choose its kind, name the GP company and type its whole key (a document: its type number, a semicolon and the voucher, such as 1;00000000000000417).`,
	);
	return null;
}

function isExact(term: string, record: KnownRecord): boolean {
	const [key, wanted] = [canonicalKey(record.key), canonicalKey(term)];
	return key === wanted || key.endsWith(`;${wanted}`);
}

function isWholeKey(term: string, entity: Entity): boolean {
	return entity !== 'payable' || /^\d+;\S/.test(term);
}

/** A stored record is older than GP: it may only go when nothing newer went. */
function problemWithStored({ parked, event }: KnownRecord): string {
	if (!parked || storedRecord(parked.payload, parked.entity) === null)
		return 'No stored record of it is kept: read GP again.';
	const went = event !== null && !WAITING_OUTCOMES.includes(event.outcome as OutcomeKind);
	if (went && event.at > parked.last_tried_at) {
		return `Newer data of it went to Procore at ${event.at}: read GP again.`;
	}
	return '';
}

function requestRow(record: KnownRecord, ask: ReplayAsk, now: string): RequestRow {
	return {
		entity: record.entity,
		gp_company: record.company,
		gp_key: canonicalKey(record.key),
		gp_label: cell(record.label),
		reason: 'replay',
		requested_at: now,
		requested_by: cell(ask.by),
		tries: 0,
		payload: ask.use === 'stored' ? (record.parked?.payload ?? '') : '',
		note: cell(record.parked?.message ?? record.event?.message),
	};
}

function backfill(ask: ReplayAsk): ReplayPlan {
	const kinds = ask.entity === '' ? 'everything' : `all ${PART_OF_ENTITY[ask.entity]}`;
	const until = ask.to === '' ? '' : ' A run always reads up to now, so the last day was not used.';
	return {
		rows: [],
		readFrom: ask.from,
		start: true,
		lines: [`Asked for ${kinds} that GP changed since ${ask.from}.${until}`],
	};
}

function problemWithDays(ask: ReplayAsk): string {
	if (ask.choice !== 'handled' && ask.choice !== 'changed') return '';
	if (ask.from === '') return 'The first day is missing, so nothing was asked for.';
	for (const day of [ask.from, ask.to]) {
		if (day !== '' && (!DAY.test(day) || Number.isNaN(Date.parse(day)))) {
			return `"${cell(day)}" is no day such as 2026-01-31, so nothing was asked for.`;
		}
	}
	if (ask.to !== '' && ask.to < ask.from) {
		return 'The last day lies before the first, so nothing was asked for.';
	}
	return '';
}

function refused(line: string): ReplayPlan {
	return { rows: [], readFrom: '', start: false, lines: [line] };
}

function inOrder(left: KnownRecord, right: KnownRecord): number {
	const part = ({ entity }: KnownRecord) => PARTS_IN_ORDER.indexOf(PART_OF_ENTITY[entity]);
	const at = ({ event, parked }: KnownRecord) => event?.at ?? parked?.first_parked_at ?? '';
	if (part(left) !== part(right)) return part(left) - part(right);
	if (at(left) !== at(right)) return at(left) < at(right) ? -1 : 1;
	return left.key < right.key ? -1 : 1;
}

const rowKey = (record: KnownRecord) => ({
	gp_company: record.company,
	entity: record.entity,
	gp_key: record.key,
});

const nameOf = (record: KnownRecord) => cell(record.label);

function namesOf(rows: RequestRow[]): string {
	const names = rows.slice(0, MOST_NAMED).map((row) => row.gp_label);
	return rows.length > names.length
		? `${names.join('; ')}; and ${rows.length - names.length} more`
		: names.join('; ');
}
