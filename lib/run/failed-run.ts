import { cell, type LeaseRow, type RunRow } from '../audit/event-row';
import { ConnectorError, readFault } from '../model/connector-error';
import { ownCells, type TableDefinition, TABLES } from '../tables/tables';

/** Tables lack what this release writes: an earlier one made them, or an import of a CSV file, which guesses types. */
export class TableLacksColumnError extends ConnectorError {
	readonly code = 'table-lacks-column';
	readonly scope = 'configuration' as const;

	constructor(readonly lacking: ReadonlyArray<{ table: string; columns: readonly string[] }>) {
		const each = lacking.map(({ table, columns }) => `${table} lacks ${columns.join(', ')}`);
		super(`The data tables are not as this release writes them: ${each.join('; ')}`, {
			remedy:
				'Run "npx n8n-nodes-dynamics-gp-procore install": it adds the columns and keeps all rows. Or open each table in n8n (Overview → Data tables) and add the columns named, of the type in brackets; one that is of another type has to be deleted before, with what stands in it. Nothing was read or written; then start the run again.',
			lacking,
		});
	}
}

/**
 * Refuses to begin a run over tables that lack columns: n8n would refuse the rows only once they are
 * to be written, after Procore was. It happens when a workflow is imported by file over older tables. A column
 * of another type would be taken, and change what is written: an amount in a column of numbers is rounded.
 *
 * @param found tables as n8n's Data Table node gives them when asked to make them; where it gives no
 *   columns, nothing is known and nothing refused
 * @throws TableLacksColumnError
 */
export function checkTables(
	found: readonly unknown[],
	definitions: readonly TableDefinition[] = Object.values(TABLES),
): void {
	const present = new Map(found.map(columnsOf).filter((one) => one !== null));
	const lacking = definitions.flatMap(({ name, columns }) => {
		const known = present.get(name);
		const missing = columns.flatMap(({ name, type }) => {
			if (!known || (known.has(name) && (known.get(name) ?? type) === type)) return [];
			return known.has(name) ? `${name} (${type}, not ${known.get(name)})` : `${name} (${type})`;
		});
		return missing.length === 0 ? [] : [{ table: name, columns: missing }];
	});
	if (lacking.length > 0) throw new TableLacksColumnError(lacking);
}

/** Name of a table, and the type of each of its columns. */
function columnsOf(table: unknown): [string, Map<unknown, unknown>] | null {
	const { name, columns } = (table ?? {}) as { name?: unknown; columns?: unknown };
	if (typeof name !== 'string' || !Array.isArray(columns) || columns.length === 0) return null;
	const known = columns.map((column) => (column ?? {}) as { name?: unknown; type?: unknown });
	return [name, new Map(known.map((column) => [column.name, column.type]))];
}

/** What n8n's Error Trigger says about a workflow that failed, without secrets. */
export interface WorkflowFailure {
	workflowId: string;
	workflowName: string;
	/** Blank when a trigger failed before there was an execution. */
	executionId: string;
	/** Execution this one was a retry of; blank for none. */
	retryOf: string;
	/** Address of the execution; blank where there is none. */
	link: string;
	/** n8n's execution mode; `integrated` is a workflow called by another, so also one batch of a run. */
	mode: string;
	/** Node that failed; blank when not known. */
	node: string;
	/** What happened and, where the error says it, what to do. */
	message: string;
}

/**
 * Reads the item of n8n's Error Trigger: `execution` (or `trigger` when no execution began) and
 * `workflow`. Null for anything else.
 */
export function readWorkflowFailure(item: unknown): WorkflowFailure | null {
	const { execution, trigger, workflow } = fieldsOf(item);
	const { id, name } = fieldsOf(workflow);
	const run = fieldsOf(execution);
	const { error, mode } = execution === undefined ? fieldsOf(trigger) : run;
	if (error === undefined && execution === undefined) return null;
	const { message, description, node } = fieldsOf(error);
	const happened = textOf(message) || 'No reason was given.';
	const remedy = textOf(description);
	return {
		workflowId: textOf(id),
		workflowName: cell(textOf(name)),
		executionId: textOf(run.id),
		retryOf: textOf(run.retryOf),
		link: textOf(run.url),
		mode: textOf(mode),
		node: cell(textOf(fieldsOf(node).name) || textOf(run.lastNodeExecuted)),
		message: cell(
			remedy && !happened.includes(remedy)
				? `${happened}${/[\p{L}\p{N})"']$/u.test(happened) ? '.' : ''} ${remedy}`
				: happened,
		),
	};
}

/** Address of another execution of the same workflow. */
function linkToExecution(failure: WorkflowFailure, executionId: string): string {
	if (failure.link === '' || executionId === '') return failure.link;
	return failure.link.replace(/[^/]*$/, encodeURIComponent(executionId));
}

/** Whether a text says that a login was refused, by GP, Procore or Procore's login server; what it says to do is left aside. */
export function saysLoginRefused(text: string): boolean {
	return /\bstatus 401\b|refused the (Windows )?login|now refuses it|\blogin\b.{0,40}\b(refused|rejected)|unauthori[sz]ed/i.test(
		readFault(text).message,
	);
}

function fieldsOf(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' ? String(value) : '';
}

export interface FailedRun {
	/** To upsert by run_id; null when no open run belongs to the failure. */
	row: RunRow | null;
	/** Lease to delete, so that the next run need not wait for it to expire; null when there is none. */
	release: Pick<LeaseRow, 'gp_company' | 'run_id'> | null;
}

/**
 * Closes the run of a failed execution. The run knows its outermost execution. A batch that
 * failed inside has another one, and is left to its run, which closes itself before it fails. A run
 * that is closed already stays as it is.
 */
export function failedRun(input: {
	failure: WorkflowFailure;
	runs: RunRow[];
	leases: LeaseRow[];
	/** UTC instant. */
	now: string;
}): FailedRun {
	const { failure, leases, now } = input;
	const run = runOf(input);
	if (run === null) return { row: null, release: null };
	const lease = leases.find((row) => row.run_id === run.run_id);
	if (lease && isNewer(lease, failure)) return { row: null, release: null };
	const release = lease ? { gp_company: lease.gp_company, run_id: lease.run_id } : null;
	if (run.status !== 'running') return { row: null, release };
	const execution_id = failure.executionId || run.execution_id;
	return {
		row: {
			...ownCells(run),
			status: 'failed',
			finished_at: now,
			execution_id,
			execution_link: linkToExecution(failure, execution_id),
			error: failure.node ? `${failure.node}: ${failure.message}` : failure.message,
			duration_s: secondsBetween(run.started_at, now),
		},
		release,
	};
}

function runOf({ failure, runs, leases }: Parameters<typeof failedRun>[0]): RunRow | null {
	const byExecution = (id: string) =>
		id === '' ? undefined : runs.find((run) => run.execution_id === id);
	const known = byExecution(failure.executionId) ?? byExecution(failure.retryOf);
	if (known) return known;
	// Only a retry of a retry may be told by what is open: any other workflow has no run. The run of a
	// batch closes itself, and may be at work again by now because somebody pressed Retry.
	if (failure.mode !== 'retry') return null;
	const open = runs.filter((run) => run.status === 'running');
	const leased = open.filter((run) => leases.some((lease) => lease.run_id === run.run_id));
	const candidates = (leased.length > 0 ? leased : open).filter((run) => !isNewer(run, failure));
	return candidates.length === 1 ? candidates[0]! : null;
}

/** n8n counts its executions: a higher number was begun after the one that failed. */
function isNewer(row: { execution_id: string }, { executionId }: WorkflowFailure): boolean {
	return Number(row.execution_id) > Number(executionId || Number.NaN);
}

function secondsBetween(from: string, to: string): number {
	return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000)) || 0;
}
