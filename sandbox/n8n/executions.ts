import type { N8nClient } from './n8n-client';

export type ExecutionStatus =
	| 'new'
	| 'running'
	| 'waiting'
	| 'success'
	| 'error'
	| 'crashed'
	| 'canceled'
	| 'unknown';

export interface Execution {
	id: string;
	status: ExecutionStatus;
	mode: string;
	workflowId: string;
	startedAt: string;
	stoppedAt: string | null;
	retryOf: string | null;
	retrySuccessId: string | null;
	data?: ExecutionData;
}

export interface ExecutionData {
	resultData: {
		error?: ExecutionError;
		lastNodeExecuted?: string;
		runData: Record<
			string,
			Array<{
				error?: ExecutionError;
				data?: { main?: Array<Array<{ json: Record<string, unknown> }> | null> };
			}>
		>;
	};
}

export interface ExecutionError {
	name?: string;
	message: string;
	description?: string | null;
	node?: { name: string };
}

const OVER: readonly ExecutionStatus[] = ['success', 'error', 'crashed', 'canceled'];

/** What stands in n8n's list of executions. */
export class Executions {
	constructor(private readonly client: N8nClient) {}

	/** Newest first, runs that a workflow started itself included; `mode` tells them apart. */
	async list(
		filter: {
			workflowId?: string;
			status?: ExecutionStatus;
			includeData?: boolean;
			limit?: number;
		} = {},
	) {
		const query = new URLSearchParams({ limit: String(filter.limit ?? 100) });
		if (filter.workflowId) query.set('workflowId', filter.workflowId);
		if (filter.status) query.set('status', filter.status);
		if (filter.includeData) query.set('includeData', 'true');
		const { data } = await this.client.api<{ data: Execution[] }>('GET', `/executions?${query}`);
		return data;
	}

	async get(id: string, includeData = true): Promise<Execution> {
		return await this.client.api('GET', `/executions/${id}?includeData=${includeData}`);
	}

	/**
	 * Waits until the execution is over and returns it with its data, or of one that succeeded without.
	 *
	 * @param timeout milliseconds
	 */
	async wait(id: string, timeout = 600_000, data = true): Promise<Execution> {
		const end = Date.now() + timeout;
		// Asked often at first: many are over in a moment.
		for (let pause = 50; ; pause = Math.min(500, pause * 1.5)) {
			const execution = await this.get(id, false);
			const { status } = execution;
			if (OVER.includes(status))
				return data || status !== 'success' ? await this.get(id) : execution;
			if (Date.now() > end)
				throw new Error(`Execution ${id} is still ${status} after ${timeout / 1_000} s.`);
			await new Promise((resolve) => setTimeout(resolve, pause));
		}
	}

	/**
	 * What the Retry button of the list does, with the workflow as it is saved now, or as it was then.
	 * Waits for the end.
	 */
	async retry(id: string, loadWorkflow = true): Promise<Execution> {
		const path = `/rest/executions/${id}/retry`;
		const started = await this.client.rest<{ id: string }>('POST', path, { loadWorkflow });
		return await this.wait(started.id);
	}
}

/** Everything the person sees in a failed execution, in one text. */
export function errorText(execution: Execution): string {
	const error = execution.data?.resultData.error;
	if (!error) return '';
	return [error.node?.name, error.message, error.description].filter(Boolean).join('\n');
}
