import { withoutMarkup } from './foreign-text';
import type { Entity, SourceReference } from './desired';
import type { Decimal } from './money';

export type OutcomeKind =
	| 'created'
	| 'updated'
	| 'unchanged'
	| 'adopted'
	| 'reactivated'
	| 'voided'
	| 'locked'
	| 'conflict'
	| 'failed'
	| 'parked'
	| 'skipped';

/** Outcomes after which the record has to be looked at again: it waits in the parked table. */
export const WAITING_OUTCOMES: readonly OutcomeKind[] = ['locked', 'conflict', 'failed', 'parked'];

export type ProcoreType = 'vendor' | 'costCode' | 'directCost' | 'requisition' | 'costType';

export interface FieldChange {
	field: string;
	before: unknown;
	after: unknown;
}

/** One cost line as it was sent; a line of a commitment may name that one instead of a code. */
export interface OutcomeLine {
	costCode?: string;
	costType?: string;
	amount: Decimal;
	description?: string;
}

/** A write beside the outcome's own. */
export interface AlsoWritten {
	outcome: OutcomeKind;
	procore: NonNullable<Outcome['procore']>;
	/** Of that record; absent where it has none. */
	originId?: string;
	changes?: FieldChange[];
	/** What then stood in Procore for it. */
	amount?: Decimal;
	reason: NonNullable<Outcome['reason']>;
	/** It left no mark: while its record waits for the same reason it is done again, and not told again. */
	unmarked?: true;
}

/**
 * What Procore took of a direct cost that is refused counts nowhere while the invoice does: told as out, so that no later
 * run takes the document for a direct cost and forgets the invoice.
 */
export function leftAsDraft(write: AlsoWritten): AlsoWritten {
	if (write.procore.type !== 'directCost') return write;
	const message =
		'Procore took this much of the direct cost before it refused the rest; it stays there as a draft, which counts nowhere.';
	return { ...write, outcome: 'voided', amount: '0.00', reason: { ...write.reason, message } };
}

/** What became of one record: exactly one per record handed to a sync, in the same order. */
export interface Outcome {
	kind: 'outcome';
	outcome: OutcomeKind;
	source: SourceReference;
	originId?: string;
	/**
	 * `link`: address of the record in Procore's own pages. `contract`: of a requisition, the commitment
	 * it bills, as those pages name it (`work_order_contracts/77`).
	 */
	procore?: {
		type: ProcoreType;
		id?: string;
		projectId?: string;
		contract?: string;
		link?: string;
	};
	/** What was (or, in a dry run, would be) changed. */
	changes?: FieldChange[];
	/** Why it did not go, for the waiting outcomes and for `skipped`. */
	reason?: {
		code: string;
		/** See causeKey. */
		causeKey?: string;
		/** The GP record that, sent anew, puts into Procore what this one lacks there. */
		lacks?: { entity: Entity; key: string };
		message: string;
		remedy: string;
		requestId?: string;
		httpStatus?: number;
	};
	/** Of a document that was sent, or was to be: its cost lines. Not where nothing was to be changed. */
	lines?: OutcomeLine[];
	/** Exact amount now standing in Procore for this record (0 when void or absent). */
	amount?: Decimal;
	dryRun: boolean;
	/**
	 * Writes that took effect before this outcome was decided, or along the way to it: the head of a
	 * record whose lines were refused, a division, the other way a document stood. An event each, before this one's.
	 */
	also?: readonly AlsoWritten[];
	/**
	 * An earlier batch was cut off between writing to Procore and recording it: what it did to this
	 * record, as its mark in `origin_data` tells. Recorded as an event of its own, before this outcome's.
	 */
	unrecorded?: {
		batchId: string;
		outcome: OutcomeKind;
		/** Where it was another record of Procore than this outcome's. */
		procore?: NonNullable<Outcome['procore']>;
	};
	/**
	 * `outcome` was done by an earlier batch that was cut off before recording it (or was finished by
	 * this one): the event that write never had.
	 */
	recovered?: { batchId: string };
	/** The GP record, kept only for waiting outcomes so that it can be tried again. */
	record?: unknown;
}

/** Records with a page of their own, or one near them. */
export type LinkedType = 'vendor' | 'costCode' | 'directCost' | 'requisition';

/**
 * Pages of Procore's web application, below its address; how sure each is stands in docs/dashboard.md.
 * Procore promises none of them, so each can be changed in the credential.
 *
 * Requisition: Procore's "Side Panel View Key Reference". Direct cost, company directory and project
 * home: as published programs and people link to them.
 */
export const LINK_PATTERNS: Record<LinkedType, string> = {
	vendor: '/{company}/company/directory/groups/users',
	costCode: '/{project}/project/home',
	directCost: '/{project}/project/direct_costs/{id}',
	requisition: '/{project}/project/commitments/{contract}/requisitions/{id}',
};

/**
 * How a run stands, in the words of the runs table. `success` is green: every record that was handled
 * went, waits for a mapping, or was left out on purpose, and all that was read is proven complete.
 */
export type RunStatus =
	| 'running'
	| 'success'
	/** It went to its end, but records failed or what it read is not proven complete. */
	| 'success with problems'
	| 'failed'
	| 'stopped'
	/** n8n was ended or killed while it ran. */
	| 'abandoned'
	/** Another run held the lease, so this one did nothing. */
	| 'skipped';

/** What of a run's row says how it ended. */
export interface RunEnd {
	status: string;
	/** Records that failed, are locked or in conflict. */
	failed?: unknown;
	/** What is not proven complete; blank when all is. */
	not_proven?: unknown;
}

const STATUSES: readonly RunStatus[] = [
	'running',
	'success',
	'success with problems',
	'failed',
	'stopped',
	'abandoned',
	'skipped',
];

/** Status of a run that went to its end. */
export function endStatus(run: Omit<RunEnd, 'status'>): RunStatus {
	return Number(run.failed) > 0 || isText(run.not_proven) ? 'success with problems' : 'success';
}

/**
 * Status a row stands for: releases up to 0.2.0 called a skipped run `yielded`, and every run that
 * went to its end `success`. A word nobody knows counts as failed, so that it is looked at.
 */
export function runStatusOf(run: RunEnd): RunStatus {
	if (run.status === 'success') return endStatus(run);
	if (run.status === 'yielded') return 'skipped';
	const status = run.status as RunStatus;
	return STATUSES.includes(status) ? status : 'failed';
}

/** It went to its end, so what was read is where it belongs or waits. */
export function wentThrough(run: RunEnd): boolean {
	return runStatusOf(run).startsWith('success');
}

/** It went to its end and read this stream, or any, to where the stream stood: its row says how far. */
export function readToTheEnd(
	run: RunEnd & { dry_run?: unknown; watermark_to?: unknown },
	entity?: string,
): boolean {
	const name = entity === undefined ? '":' : `"${entity}":`;
	return !run.dry_run && wentThrough(run) && String(run.watermark_to ?? '').includes(name);
}

/** It read records somebody asked for and nothing else: it says nothing about what GP changed. */
export function isReplay(
	run: RunEnd & { start_kind?: unknown; dry_run?: unknown; watermark_to?: unknown },
): boolean {
	return run.start_kind === 'replay' && !readToTheEnd(run);
}

/** Hours after which a sync that should run each hour, or each night, is told as silent. */
export const STALE_HOURS = 26;

/** It ended without getting to its end. */
export function endedBadly(run: RunEnd): boolean {
	return ['failed', 'abandoned'].includes(runStatusOf(run));
}

/** What is wrong with a run that went to its end, for people; blank when nothing is. */
export function problemsOf(run: RunEnd): string {
	const failed = Number(run.failed) || 0;
	return [
		...(failed > 0 ? [`${many(failed, 'record')} failed`] : []),
		...(isText(run.not_proven) ? [`not proven complete: ${run.not_proven}`] : []),
	].join('; ');
}

/** "3 records", "1 record": a number with what it counts. */
export const many = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;

function isText(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}

/**
 * How a comparison of the books ended: every cent explained and both sides shown to be whole; every
 * cent explained, but records may be missing; cents that nothing explains; or both sides
 * come to nothing in its months, mostly since no document lies there.
 */
export type BooksStatus = 'proven' | 'notProven' | 'unexplained' | 'nothing';

/** Of the total row of gpp_reconciliation. What is no amount counts as unexplained. */
export function booksStatusOf(total: {
	unexplained?: unknown;
	/** Why something may be missing; blank or absent when nothing may. */
	not_proven?: unknown;
	/** Which months were compared; blank or absent where all were. */
	month?: unknown;
	gp_amount?: unknown;
	procore_amount?: unknown;
}): BooksStatus {
	if (!isNoMoney(total.unexplained)) return 'unexplained';
	if (isText(total.not_proven)) return 'notProven';
	const sums = [total.gp_amount, total.procore_amount];
	return isText(total.month) && sums.every(isNoMoney) ? 'nothing' : 'proven';
}

const isNoMoney = (cell: unknown) => /^(?:-?0*(?:\.0*)?)$/.test(String(cell ?? '').trim());

/** The fields of `after` that differ from `before`, absent ones in `after` left as they are. */
export function fieldChanges(
	before: Record<string, unknown>,
	after: Record<string, unknown>,
): FieldChange[] {
	return Object.entries(after).flatMap(([field, value]) =>
		value === undefined || sameText(before[field], value)
			? []
			: [{ field, before: before[field] ?? null, after: value }],
	);
}

/** Equal as people read it: surrounding and doubled blanks, null versus '' and markup do not count. */
function sameText(left: unknown, right: unknown): boolean {
	return plain(left) === plain(right);
}

function plain(value: unknown): string {
	if (value === null || value === undefined) return '';
	return withoutMarkup(String(value)).normalize('NFC').replace(/\s+/g, ' ').trim();
}
