import { cell } from '../audit/event-row';

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
		message: cell(remedy && !happened.includes(remedy) ? `${happened} ${remedy}` : happened),
	};
}

/** Address of another execution of the same workflow. */
export function linkToExecution(failure: WorkflowFailure, executionId: string): string {
	if (failure.link === '' || executionId === '') return failure.link;
	return failure.link.replace(/[^/]*$/, encodeURIComponent(executionId));
}

/** Whether a text says that a login was refused, by GP, Procore or Procore's login server. */
export function saysLoginRefused(text: string): boolean {
	return /\bstatus 401\b|refused the (Windows )?login|now refuses it|\blogin\b.{0,40}\b(refused|rejected)|unauthori[sz]ed/i.test(
		text,
	);
}

function fieldsOf(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' ? String(value) : '';
}
