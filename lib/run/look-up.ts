import type { AuditEventRow, ParkedRow, RunState } from '../audit/event-row';
import { contentHash } from '../model/json-text';
import { addTo, canonicalKey, canonicalOriginId } from '../model/keys';
import { type Outcome, WAITING_OUTCOMES } from '../model/outcome';
import { ENTITY_OF_PART } from '../streams/streams';
import type { TableRow } from '../tables/tables';

/** What the decision needs of a GP record: a payable, or the checkpoint behind the batch. */
interface ReadRecord {
	kind?: unknown;
	state?: unknown;
	distributions?: unknown;
}

/**
 * Whether documents of this batch may stand in Procore elsewhere than the mapping sends them now. In a
 * first load nothing stands anywhere, and nobody need look. Later a document that comes again may have a
 * line on another job: GP lets nobody edit what is posted, but its accounts are corrected all the same,
 * and what is left behind would count twice. Of a document in history that has lost its distributions
 * only the earlier events tell that it was sent. What was asked for by key was, mostly, sent before;
 * what waits is not looked up on each run, only once the mapping was changed.
 */
export function mayHaveMoved(batch: {
	phase: NonNullable<RunState['step']>['phase'] | undefined;
	records: readonly ReadRecord[];
	/** Of the mapping, now and as the run of any earlier batch knew it. */
	version: string;
	knownVersions: readonly unknown[];
	/** Drafts are sent before they are posted, and may be edited until then. */
	sendsDrafts: boolean;
	/** An earlier run went through payables. */
	readBefore: boolean;
}): boolean {
	if (batch.records.every(({ kind }) => kind === 'checkpoint')) return false;
	return (
		batch.phase === 'requested' ||
		batch.sendsDrafts ||
		(batch.readBefore && batch.phase !== 'parked') ||
		batch.knownVersions.some((known) => Boolean(known) && known !== batch.version) ||
		batch.records.some(
			({ state, distributions }) =>
				state === 'history' && Array.isArray(distributions) && distributions.length === 0,
		)
	);
}

/** Vouchers that differ in their last digits only are asked for together. */
const DIGITS_TOGETHER = 3;
/** A number of at least this many digits: a shorter one may not be padded, and would begin many longer ones. */
const PADDED = /\d{6}$/;
/** Nothing in it that has another case. */
const CASELESS = /^[\d; ./-]*$/;

/** A condition of n8n's tables on the key of an event. */
export interface EventPattern {
	/** `like` knows upper from lower case, and is three times as fast on PostgreSQL. */
	condition: 'like' | 'ilike';
	pattern: string;
}

/**
 * Conditions that together match each of these keys, whatever their case: one
 * read of the events for up to a thousand vouchers in a row. n8n's tables have no index, so each read goes
 * through all events there ever were. What a pattern matches besides is told apart by its key. GP numbers
 * vouchers one after the other, and what changes in an hour are mostly new ones; keys that lie apart, and
 * those that do not end in a number, have a read each.
 */
export function eventPatterns(keys: readonly string[]): EventPattern[] {
	const groups = new Map<string, string[]>();
	for (const key of new Set(keys.map(canonicalKey))) {
		if (key === '') continue;
		const group = PADDED.test(key) ? key.slice(0, -DIGITS_TOGETHER) + '%' : key;
		addTo(groups, group, key);
	}
	return [...groups.values()].map((group) => ({
		condition: group.every((key) => CASELESS.test(key)) ? 'like' : 'ilike',
		pattern: group.length === 1 ? group[0] : `${group.reduce(commonStart)}%`,
	}));
}

function commonStart(left: string, right: string): string {
	let length = 0;
	while (length < left.length && left[length] === right[length]) length++;
	return left.slice(0, length);
}

/** Row of gpp_mapping: which mapping decided, and when it was used first. */
export type MappingRow = TableRow<'mappings'>;

/** Row for a mapping that is not the one the company used last; null when it is. */
export function anotherMapping(input: {
	company: string;
	/** Output of the Mapping node. */
	mapping: { version: string };
	used: readonly MappingRow[];
	/** UTC instant. */
	now: string;
}): MappingRow | null {
	const settings = JSON.stringify(input.mapping);
	const [last] = input.used
		.filter(({ version }) => version)
		.sort((left, right) => (left.used_at < right.used_at ? 1 : -1));
	if (last?.settings === settings) return null;
	return {
		gp_company: input.company,
		version: input.mapping.version,
		used_at: input.now,
		settings,
	};
}

/** Procore, or a sync there, said no: asked again on each run. */
export const WAITS_FOR_PROCORE = 'procore';

/**
 * It is read from GP by its key (`isOwed`). A word, not a blank: before June 2026 n8n's condition *Is Empty* found only
 * cells that were never written (n8n-io/n8n#32887), as those of rows of before this column are.
 */
export const WAITS_FOR_GP = 'gp';

/** Written by a batch that was cut off, and told by a later one. */
export const RECORDED_LATER = 'recorded-later';

/** The cost of the document stands on a purchase receipt, which was not read or not there yet. */
export const COST_ON_RECEIPT = 'cost-on-receipt';

/** Rows a batch takes from the table at most, as many as it reads records from GP. */
const PORTION = 500;

/**
 * Which rows of the parked table a batch reads, by n8n's conditions. Column `waits_for` says when a record is
 * tried again: `gp`, it is read from GP by its key; `procore`, on each run; anything else is what the
 * mapping knew when it decided, and it decides the same as long as it knows no more. A company in which 20,000
 * documents wait for a choice of somebody would else have each of them decided anew each hour.
 */
export interface TryAgain {
	/** What the mapping knows now. */
	known: string;
	/** Rows up to this id were taken by earlier batches of the step. */
	after: number;
	/** One tells whether there is anything to do after the changes. */
	most: number;
}

/** Rows of records that are read from GP by their key, also where they wait for something else. */
export interface ReadByKey {
	waitsFor: 'isEmpty' | 'eq' | 'isNotEmpty';
	reason: 'eq' | 'neq';
	reasonCode: string;
}

const READ_BY_KEY: readonly ReadByKey[] = [
	{ waitsFor: 'eq', reason: 'neq', reasonCode: '' },
	{ waitsFor: 'isEmpty', reason: 'neq', reasonCode: '' },
];
const ON_RECEIPT: ReadByKey = {
	waitsFor: 'isNotEmpty',
	reason: 'eq',
	reasonCode: COST_ON_RECEIPT,
};

/** Ways to find them, each a read of the whole table; only payables wait for receipts, and what waits reads no GP. */
export function readByKey({ step }: Pick<RunState, 'step'>): readonly ReadByKey[] {
	if (step?.phase === 'parked') return READ_BY_KEY.slice(0, 1);
	return step?.part === 'payables' ? [...READ_BY_KEY, ON_RECEIPT] : READ_BY_KEY;
}

/** Everything the mapping decides by, beside the record. */
export interface Knowledge {
	/** Output of the Mapping node. */
	mapping: unknown;
	projects: unknown;
	projectCrosswalk: ReadonlyArray<TableRow<'projects'>>;
	accountCrosswalk: ReadonlyArray<TableRow<'accounts'>>;
	vendorCrosswalk: ReadonlyArray<TableRow<'vendors'>>;
	/** UTC instant: whatever else may have changed, once a day each is decided anew. */
	now: string;
}

/** By what the mapping knows now, and where the portions of this step have come to. */
export function whatToTryAgain(state: Pick<RunState, 'step' | 'cursor'>, by: Knowledge): TryAgain {
	const inPortions = state.step?.phase === 'parked';
	return {
		known: contentHash([
			by.now.slice(0, 10),
			by.mapping,
			by.projects,
			...[by.projectCrosswalk, by.accountCrosswalk, by.vendorCrosswalk].map((rows) =>
				rows.map(withoutSystemColumns),
			),
		]),
		after: inPortions ? Number(state.cursor ?? 0) : 0,
		most: inPortions ? PORTION : 1,
	};
}

function withoutSystemColumns(row: object): object {
	const { createdAt: _created, updatedAt: _updated, ...cells } = row as Record<string, unknown>;
	return cells;
}

/** How a portion of the parked rows ends: null, when it was the last. */
export function cursorBehind(rows: readonly ParkedRow[], most: number): string | null {
	const last = rows.at(-1)?.id;
	return rows.length < most || last === undefined ? null : String(last);
}

/** Rows of a portion that were decided as before, by what is known now: a change of many rows at once. */
export interface StillWaiting {
	gp_company: string;
	entity: string;
	/** Rows behind this id, up to the next one. */
	after: number;
	upTo: number;
	known: string;
}

/** The change of rows for a portion; null where nothing is to be noted. */
export function stillWaiting(
	{ step, company, dryRun }: Pick<RunState, 'step' | 'company' | 'dryRun'>,
	rows: readonly ParkedRow[],
	{ after, known }: TryAgain,
): StillWaiting | null {
	const upTo = rows.at(-1)?.id;
	if (step?.phase !== 'parked' || dryRun || upTo === undefined) return null;
	// What Procore said no to stays marked as it is.
	if (rows.every(({ waits_for }) => waits_for === WAITS_FOR_PROCORE)) return null;
	return { gp_company: company, entity: ENTITY_OF_PART[step.part], after, upTo, known };
}

/** A row without a record: the next run reads it from GP by its key. */
export function owedRow(
	of: Pick<ParkedRow, 'entity' | 'gp_company' | 'gp_key' | 'gp_label' | 'reason_code'> &
		Pick<ParkedRow, 'message' | 'remedy'> & { cause_key?: string },
	{ runId, now }: { runId: string; now: string },
): ParkedRow {
	return {
		...{ run_id: runId, cause_key: '', ...of, tries: 1, first_parked_at: now, last_tried_at: now },
		...{ gp_amount: '', payload: '', waits_for: WAITS_FOR_GP },
	};
}

/**
 * A row for each document that a batch which was cut off sent somewhere, as `events` tell only now, and that this
 * batch did not settle there. GP may have moved it since, and it was mapped without knowing where it
 * stands: what was left behind would count twice.
 */
export function leftUnseen(
	events: readonly AuditEventRow[],
	outcomes: readonly Outcome[],
	run: { runId: string; now: string },
): ParkedRow[] {
	const handled = outcomes.filter(({ outcome }) => !WAITING_OUTCOMES.includes(outcome));
	const seen = new Set(handled.map(({ originId }) => canonicalOriginId(originId ?? '')));
	const unseen = events.filter(
		({ entity, reason_code, outcome, origin_id }) =>
			entity === 'payable' &&
			reason_code === RECORDED_LATER &&
			outcome !== 'voided' &&
			!seen.has(canonicalOriginId(origin_id)),
	);
	const byKey = new Map(unseen.map((event) => [canonicalKey(event.gp_key), event]));
	return [...byKey.values()].map(({ entity, gp_company, gp_key, gp_label, procore_project_id }) =>
		owedRow(
			{
				...{ entity, gp_company, gp_key, gp_label, reason_code: RECORDED_LATER },
				message: `A batch that was cut off had sent it to project ${procore_project_id}, which is known only now; whether it still belongs there is looked at when it is read again`,
				remedy: 'Nothing to do: the next run reads it from GP.',
			},
			run,
		),
	);
}
