import type { IExecuteFunctions } from 'n8n-workflow';
import { createGpClient } from '../../../lib/gp/gp-client';
import type { RowRequest } from '../../../lib/gp/doors/rows/row-sets';
import { rememberSecret } from '../../../lib/model/redact';
import { workflowRows } from '../../../nodes/DynamicsGp/transport/rows-source';
import { CANARY, type Kind } from '../case.types';
import { clock } from '../fast-clock';
import { writtenOut } from './written-out';

interface RowsInput {
	/** What the other workflow gives; `{request}` and `{company}` as asked. Absent: an answer as it should be. */
	items?: unknown;
	/** Members of every row. */
	row?: Record<string, unknown>;
	rows?: number;
	entity?: 'vendor' | 'account' | 'payable';
	/** A value for every column of every row. */
	every?: string;
	/** How the workflow called behaves in place of an answer. */
	behaves?: string;
}

/** n8n calling a workflow that misbehaves. */
function badly(behaves: string): IExecuteFunctions {
	const answers: Record<string, () => Promise<unknown>> = {
		never: async () => await new Promise(() => undefined),
		late: async () => await new Promise((resolve) => setTimeout(resolve, 800, { data: [] })),
		throws: async () => await Promise.reject(new Error('\u001b[2J timeout')),
		// eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what n8n may do
		'throws nothing': async () => await Promise.reject(undefined),
		'throws a secret': async () => await Promise.reject(new Error(CANARY.password)),
		'no list': async () => await Promise.resolve({ data: null }),
		'a getter': async () => await Promise.resolve({}),
	};
	return {
		executeWorkflow: answers[behaves],
		getMode: () => 'manual',
		getExecutionId: () => '1',
		getWorkflow: () => ({ id: 'w' }),
	} as unknown as IExecuteFunctions;
}

/** GP read from rows that another workflow gives. */
export const rows: Kind = async ({ input }) => {
	rememberSecret(CANARY.password);
	const at = writtenOut(input) as RowsInput;
	let calls = 0;
	const client = createGpClient({
		site: {
			...{ serviceAddress: '', tenant: '', company: 'Fabrikam', companyId: 'TWO' },
			...{ rowsWorkflow: 'rows', profileName: 'rows' },
		},
		http: undefined as never,
		effects: clock,
		throttle: { gapMs: 0, timeoutMs: 2_000, retries: 1 },
		async rows(request: RowRequest, signal?: AbortSignal) {
			calls += 1;
			// As the node calls it: a sub-workflow of n8n.
			if (at.behaves) return await workflowRows(badly(at.behaves), 'rows', 500)(request, signal);
			await new Promise((resolve) => setImmediate(resolve));
			const company = { INTERID: 'TWO', CMPNYNAM: 'Fabrikam', CMPANYID: 1 };
			const filled = Object.fromEntries(
				request.columns.map((name) => [name, at.every ?? `x${calls}`]),
			);
			const row = { ...filled, ...(request.rows === 'company' ? company : {}), ...at.row };
			if (at.items === undefined || (request.rows === 'company' && at.row === undefined)) {
				const many = request.rows === 'company' ? 1 : Math.min(at.rows ?? 1, request.limit + 1);
				return [{ request: request.request, rows: Array.from({ length: many }, () => row) }];
			}
			const text = JSON.stringify(at.items).replaceAll('{request}', request.request);
			return JSON.parse(text) as unknown[];
		},
	});
	return (await client.list(at.entity ?? 'vendor')).length;
};
