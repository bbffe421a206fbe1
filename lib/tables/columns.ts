import { byPart } from '../streams/streams';

/** One column of an n8n Data Table: what n8n stores, and what stands in it. */
export interface Column {
	type: 'string' | 'number' | 'boolean' | 'date';
	/** Amounts and UTC instants are text, so that they stay what they are. */
	holds: 'text' | 'amount' | 'instant' | 'count' | 'yesNo';
	/**
	 * Why a row may lack it: `later`, earlier versions had no such column; `unhashed`, neither had their
	 * hash chains; `byHand`, people fill the row in and may leave it blank.
	 */
	lacking?: 'later' | 'unhashed' | 'byHand';
}

export const TEXT = { type: 'string', holds: 'text' } as const;
/** Exact decimal text. */
const AMOUNT = { type: 'string', holds: 'amount' } as const;
/** UTC, `YYYY-MM-DDTHH:MM:SS.sssZ`. */
export const INSTANT = { type: 'string', holds: 'instant' } as const;
export const COUNT = { type: 'number', holds: 'count' } as const;
const YES_NO = { type: 'boolean', holds: 'yesNo' } as const;

/** Text that is one of a few words. */
export function words<Word extends string>() {
	return TEXT as typeof TEXT & { readonly words: Word };
}

export function later<Kind extends Column>(column: Kind) {
	return { ...column, lacking: 'later' } as const;
}

function unhashed<Kind extends Column>(column: Kind) {
	return { ...column, lacking: 'unhashed' } as const;
}

export function byHand<Kind extends Column>(column: Kind) {
	return { ...column, lacking: 'byHand' } as const;
}

export type Columns = Readonly<Record<string, Column>>;

type CellOf<Kind> = Kind extends { readonly words: infer Word }
	? Word
	: Kind extends { type: 'number' }
		? number
		: Kind extends { type: 'boolean' }
			? boolean
			: string;

type Lacking<Kind extends Column> = Extract<Kind, { lacking: string }> extends never ? false : true;

/** A row with these columns as the Data Table node gives and takes it. */
export type RowOf<Given extends Columns> = {
	-readonly [Name in keyof Given as Lacking<Given[Name]> extends true ? never : Name]: CellOf<
		Given[Name]
	>;
} & {
	-readonly [Name in keyof Given as Lacking<Given[Name]> extends true ? Name : never]?:
		| CellOf<Given[Name]>
		| (Given[Name] extends { lacking: 'byHand' } ? null : never);
} & {
	/** n8n's own number; absent in a row not yet written. */
	id?: number;
};

/** Events: append-only, one per record handled. */
export const EVENT = {
	at: INSTANT,
	entity: TEXT,
	gp_company: TEXT,
	gp_key: TEXT,
	gp_label: TEXT,
	gp_state: TEXT,
	outcome: TEXT,
	reason_code: TEXT,
	message: TEXT,
	remedy: TEXT,
	procore_type: TEXT,
	procore_id: TEXT,
	procore_project_id: TEXT,
	origin_id: TEXT,
	gp_amount: AMOUNT,
	procore_amount: AMOUNT,
	rule: TEXT,
	changes: TEXT,
	source_hash: TEXT,
	request_id: TEXT,
	run_id: TEXT,
	execution_id: TEXT,
	/** Batch that wrote the record: `{run id}/{number}`. */
	batch_id: later(TEXT),
	/** Id of the row in gpp_request that asked for it: a replay or a changed crosswalk row. */
	replay_of: later(TEXT),
	/** contentHash of the mapping settings that decided. */
	mapping_version: later(TEXT),
	/** Address of the record in Procore's own pages. */
	procore_link: later(TEXT),
	/**
	 * What a person or a changed crosswalk row looks the record up by, in upper case:
	 * `|V:ACME0001|VOUCHER:00417|J:300|A:300-5110-02|P:9001|`.
	 */
	touches: later(TEXT),
	/** How often this record has been handled since it last stood as it should: 1 = the first time. */
	attempt: later(COUNT),
	/** Place in the run's hash chain, from 1; only where the chain is kept. */
	sequence: later(COUNT),
	/** Hash over this row and the one before it. */
	chain: later(TEXT),
	/** Cost lines as they were sent, JSON, see lib/audit/event-row; blank where nothing was to be changed. */
	lines: unhashed(TEXT),
	/** What GP calls the vendor of a document. */
	vendor_name: unhashed(TEXT),
	dry_run: YES_NO,
} as const satisfies Columns;

/** What the hash chain itself writes. */
const OF_THE_CHAIN: ReadonlySet<string> = new Set(['sequence', 'chain']);

/**
 * What the hash of an event covers, blank cells too; and what only where it is filled, because chains
 * written by 0.3.0 and before know nothing of it. A column added now is of the second kind.
 */
export const CHAINED = namesOf(
	(name, lacking) => !OF_THE_CHAIN.has(name) && lacking !== 'unhashed',
);
export const CHAINED_WHERE_FILLED = namesOf((_name, lacking) => lacking === 'unhashed');

function namesOf(wanted: (name: string, lacking: string | undefined) => boolean) {
	return (Object.keys(EVENT) as Array<keyof typeof EVENT>).filter((name) => {
		const column = EVENT[name];
		return wanted(name, 'lacking' in column ? column.lacking : undefined);
	});
}

/**
 * As many waiting records are counted at the end of a run; of more it is said that there are more. Each comes with what
 * it holds, and stays in n8n's execution of every hour.
 */
export const COUNTED_WAITING = 200;

/** One row per run. */
export const RUN = {
	run_id: TEXT,
	status: TEXT,
	started_at: INSTANT,
	finished_at: INSTANT,
	start_kind: TEXT,
	dry_run: YES_NO,
	gp_company: TEXT,
	read_from: TEXT,
	created: COUNT,
	updated: COUNT,
	unchanged: COUNT,
	adopted: COUNT,
	voided: COUNT,
	parked: COUNT,
	skipped: COUNT,
	failed: COUNT,
	gp_amount: AMOUNT,
	procore_amount: AMOUNT,
	/** Counts of each stream, as JSON. */
	...byPart(() => TEXT),
	execution_id: TEXT,
	/** GP records read, Procore and GP calls made, time spent waiting for limits, whole duration. */
	read: later(COUNT),
	calls: later(COUNT),
	waited_ms: later(COUNT),
	duration_s: later(COUNT),
	/** Events written and hash of the last (`chain`); only where the chain is kept. */
	events: later(COUNT),
	/** Watermarks before and after, as JSON by entity. */
	watermark_from: later(TEXT),
	watermark_to: later(TEXT),
	/** When the run last finished a batch: sign of life. */
	alive_at: later(INSTANT),
	/** Why it failed, redacted. */
	error: later(TEXT),
	/** Address of the execution in n8n. */
	execution_link: later(TEXT),
	chain: later(TEXT),
	/** When retention removed the events of this run, all of them; blank while they stand. */
	events_removed_at: later(INSTANT),
	/** What of the reading is not proven complete, see lib/model/gp-changes; blank or absent when all is. */
	not_proven: later(TEXT),
	/** What is read again in turn, and how many runs a turn takes, see lib/run/run. */
	read_again: later(TEXT),
	/** Records that waited when it ended, of this run or earlier ones; not counted on beyond `COUNTED_WAITING`. */
	waiting: later(COUNT),
} as const satisfies Columns;

/** What waits, why, and what to do. */
export const PARKED = {
	entity: TEXT,
	gp_company: TEXT,
	gp_key: TEXT,
	gp_label: TEXT,
	reason_code: TEXT,
	message: TEXT,
	remedy: TEXT,
	tries: COUNT,
	first_parked_at: INSTANT,
	last_tried_at: INSTANT,
	gp_amount: AMOUNT,
	run_id: TEXT,
	/** The GP record as JSON, so that trying again costs no call. */
	payload: TEXT,
	/** What it waits for, see lib/model/keys. */
	cause_key: later(TEXT),
	/** When it is tried again, see lib/run/look-up.ts. */
	waits_for: later(TEXT),
} as const satisfies Columns;

/** Result of the last reconciliations, all text: one row per difference, and one with the totals. */
export const RECONCILIATION = {
	/** "total", "difference", or what a breakdown is by: "project, cost code". */
	row_kind: TEXT,
	project: TEXT,
	cost_code: TEXT,
	vendor: TEXT,
	month: TEXT,
	gp_amount: AMOUNT,
	procore_amount: AMOUNT,
	difference: AMOUNT,
	unexplained: AMOUNT,
	/** Breakdowns: amounts by cause. Differences: what happened to the document. */
	explained: TEXT,
	cause: TEXT,
	gp_label: TEXT,
	remedy: TEXT,
	at: INSTANT,
	gp_company: TEXT,
	gp_key: TEXT,
	procore_project_id: TEXT,
	procore_id: TEXT,
	run_id: TEXT,
	/** Total: why the comparison may lack documents of GP, and how many; blank when it has all. */
	not_proven: TEXT,
} as const satisfies Columns;

/** Who did what on the page. Append-only. */
export const PAGE_LOG = {
	at: INSTANT,
	/** Name of the page's login. */
	by: TEXT,
	act: words<'replay' | 'crosswalk' | 'reconcile'>(),
	/** What it was done to: "job 800", "all that waits". */
	subject: TEXT,
	gp_company: TEXT,
	/** What stood there before and after; blank where nothing was changed. */
	before: TEXT,
	after: TEXT,
	/** Records asked for again. */
	records: COUNT,
} as const satisfies Columns;

/** Alerts standing: one row per condition, gone when it clears. */
export const ALERT = {
	condition: TEXT,
	gp_company: TEXT,
	severity: TEXT,
	subject: TEXT,
	message: TEXT,
	remedy: TEXT,
	first_at: INSTANT,
	last_at: INSTANT,
	/** Blank until somebody was told. */
	notified_at: INSTANT,
	run_id: TEXT,
	link: TEXT,
	/** How often it was found since it first was. */
	times: COUNT,
	/** How much of it there was at the time of the last message. */
	level: COUNT,
} as const satisfies Columns;
