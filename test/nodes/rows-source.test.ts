import type { IExecuteFunctions } from 'n8n-workflow';
import type { RowRequest } from '../../lib/gp/doors/rows/row-sets';
import { workflowRows } from '../../nodes/DynamicsGp/transport/rows-source';

const request = { rows: 'vendor' } as unknown as RowRequest;

/** A node whose n8n calls this instead of a workflow. */
const context = (executeWorkflow: () => Promise<unknown>) =>
	({
		executeWorkflow,
		getMode: () => 'manual',
		getExecutionId: () => '7',
		getWorkflow: () => ({ id: 'own' }),
	}) as unknown as IExecuteFunctions;
const never = () => new Promise<never>(() => undefined);

test('the rows are the items of the first output', async () => {
	const called = context(async () => ({ data: [[{ json: { VENDORID: 'A' } }], [{ json: {} }]] }));
	await expect(workflowRows(called, 'rows', 5_000)(request)).resolves.toEqual([{ VENDORID: 'A' }]);
});

test('a workflow that does not come back in time is told by its name and the time', async () => {
	await expect(workflowRows(context(never), 'rows', 20)(request)).rejects.toMatchObject({
		code: 'GP_ROW_SOURCE_TOO_SLOW',
		details: { workflow: 'rows', timeoutMs: 20 },
	});
});

test('whoever is told to stop stops, for the reason that was given', async () => {
	const stop = new AbortController();
	const rows = workflowRows(context(never), 'rows', 5_000)(request, stop.signal);
	const reason = new Error('stopped by hand');
	stop.abort(reason);
	await expect(rows).rejects.toBe(reason);
});

test('one that fails is told in its own words', async () => {
	const fails = context(() => Promise.reject(new Error('Login failed for user gp_reader')));
	await expect(workflowRows(fails, 'rows', 5_000)(request)).rejects.toMatchObject({
		code: 'GP_ROW_SOURCE_FAILED',
		message: expect.stringContaining('Login failed for user gp_reader'),
	});
});
