import type { ParkedRow, RunState } from '../audit/types';
import { contentHash } from '../model/content-hash';
import { ENTITY_OF_PART } from '../streams/streams';
import type { TableRow } from '../tables/tables';

/** Procore, or a sync there, said no: asked again on each run. */
export const WAITS_FOR_PROCORE = 'procore';

/** The cost of the document stands on a purchase receipt, which was not read or not there yet. */
export const COST_ON_RECEIPT = 'cost-on-receipt';

/** Rows a batch takes from the table at most, as many as it reads records from GP. */
const PORTION = 500;

/**
 * Which rows of the parked table a batch reads, by n8n's conditions. Column `waits_for` says when a record is
 * tried again: blank, it is read from GP by its key (`isOwed`); `procore`, on each run; anything else is what the
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
	waitsFor: 'isEmpty' | 'isNotEmpty';
	reason: 'eq' | 'neq';
	reasonCode: string;
}

export const READ_BY_KEY: readonly ReadByKey[] = [
	{ waitsFor: 'isEmpty', reason: 'neq', reasonCode: '' },
	{ waitsFor: 'isNotEmpty', reason: 'eq', reasonCode: COST_ON_RECEIPT },
];

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

export function stillWaiting(
	{ step, company, dryRun }: Pick<RunState, 'step' | 'company' | 'dryRun'>,
	rows: readonly ParkedRow[],
	{ after, known }: TryAgain,
): StillWaiting | null {
	const upTo = rows.at(-1)?.id;
	if (step?.phase !== 'parked' || dryRun || upTo === undefined) return null;
	return { gp_company: company, entity: ENTITY_OF_PART[step.part], after, upTo, known };
}
