import type { ExecuteWorkflowData, INodeExecutionData } from 'n8n-workflow';

import { dynamicsGpApiTest } from '../../nodes/DynamicsGp/methods/credential-test';
import { generateCompany } from '../../sandbox/gp/company/company';
import { startGpDatabase, type GpDatabase } from '../../sandbox/gp/sql/start-gp-database';
import { Client } from 'pg';
import { runNode, searchList, type NodeRun } from './support/engine';

/*
 * The door "rows of another workflow" in n8n's engine: the node calls a workflow, whose steps are the
 * engine's own, with a real database between them.
 */
const WORKFLOW = 'abcDEF123';
const credential = {
	door: 'rows',
	rowsWorkflow: WORKFLOW,
	companyId: 'TWO',
};
const company = generateCompany({ vendorCount: 20, documentCount: 60 });
let database: GpDatabase | null;
let client: Client;
beforeAll(async () => {
	database = await startGpDatabase(company);
	if (!database) return console.warn('SKIPPED: PostgreSQL is not installed.');
	client = new Client(database.reader);
	await client.connect();
}, 120_000);
afterAll(async () => {
	await client?.end();
	await database?.stop();
});

type Call = NonNullable<NodeRun['executeWorkflow']>;
const answering = (items: object[]): ExecuteWorkflowData => ({
	executionId: '43',
	data: [items.map((json) => ({ json }) as INodeExecutionData)],
});

/** What the shipped workflow does, step by step. */
const shipped: Call = async (_info, _data, { inputData }) => {
	const request = inputData!.map(({ json }) => json);
	const written = await runNode({
		node: 'gpToProcoreEngine',
		parameters: { resource: 'rowSource', operation: 'writeSql' },
		inputs: [request],
	});
	if (written.error) throw written.error;
	const [{ query, parameters, request: id }] = written.json() as never as [
		{ query: string; parameters: unknown[]; request: string },
	];
	const { rows } = await client.query<object>(query, parameters);
	const answer = await runNode({
		node: 'gpToProcoreEngine',
		parameters: { resource: 'rowSource', operation: 'answer', request: id },
		inputs: [rows.length > 0 ? rows : [{}]],
	});
	return answering(answer.json());
};

const read = async (
	parameters: NodeRun['parameters'],
	executeWorkflow: Call,
	change: Record<string, unknown> = {},
) =>
	await runNode({
		node: 'dynamicsGp',
		parameters: { options: { pauseMs: 0 }, ...parameters },
		credentials: { dynamicsGpApi: { ...credential, ...change } as never },
		executeWorkflow,
	});
const vendors = { resource: 'vendor', operation: 'getAll', returnAll: true };

test('reads through the shipped steps', async () => {
	if (!database) return;
	const all = await read(vendors, shipped);
	expect(all.error).toBeUndefined();
	expect(all.json()).toHaveLength(company.vendors.size);
	const changes = await read(
		{ resource: 'payable', operation: 'getChanges', batchSize: 500 },
		shipped,
	);
	expect(changes.json()).toHaveLength(company.documents.size + 1);
	expect(changes.json().at(-1)).toMatchObject({
		kind: 'checkpoint',
		completeness: { proven: true, by: 'count' },
	});
	const survey = await read({ resource: 'service', operation: 'survey' }, shipped);
	expect(survey.json()[0]).toMatchObject({
		entities: { payable: { readable: true, modifiedFilter: 'honoured' } },
	});
});

test('the call says whose it is and what is wanted', async () => {
	const calls: Array<Parameters<Call>> = [];
	const result = await read(vendors, async (...given) => {
		calls.push(given);
		const request = given[2].inputData![0]!.json;
		return answering([
			{ request: request.request, rows: request.rows === 'company' ? [{ INTERID: 'TWO' }] : [] },
		]);
	});
	expect(result.error).toBeUndefined();
	expect(result.json()).toEqual([]);
	const [info, , options] = calls[1]!;
	expect(info).toEqual({ id: WORKFLOW });
	expect(options).toMatchObject({
		executionMode: 'manual',
		parentExecution: { executionId: '42', workflowId: 'test' },
	});
	expect(options.inputData![0]!.json).toMatchObject({
		company: 'TWO',
		rows: 'vendor',
		after: null,
		since: null,
		limit: 2000,
		columns: expect.arrayContaining(['VENDORID', 'VENDNAME']),
	});
});

test.each([
	[
		'not published',
		'Workflow is not active and cannot be executed.',
		/abcDEF123 is not published/,
		/press "Publish"/,
	],
	['not there', 'Workflow does not exist.', /there is no workflow abcDEF123/, /Copy the ID/],
	[
		'failed',
		"Login failed for user 'gpp_reader'. password=hunter2",
		/the workflow abcDEF123, .* failed: Login failed for user 'gpp_reader'/,
		/Open that workflow/,
	],
])('a workflow that is %s: said with what to do', async (_name, message, shown, remedy) => {
	const result = await read(vendors, async () => {
		throw new Error(message);
	});
	expect(result.error?.message).toMatch(shown);
	expect(result.error?.description).toMatch(remedy);
	expect(JSON.stringify(result.error?.message)).not.toContain('hunter2');
});

test('a workflow that does not answer is given up', async () => {
	const result = await read(
		{ ...vendors, options: { pauseMs: 0, timeoutSeconds: 1 } },
		async () => await new Promise(() => {}),
	);
	expect(result.error?.message).toMatch(/had not answered after 1 seconds/);
});

test('without the ID of a workflow nothing is called', async () => {
	for (const rowsWorkflow of ['', 'http://localhost:5678/workflow/x']) {
		const result = await read(
			vendors,
			async () => {
				throw new Error('called');
			},
			{ rowsWorkflow },
		);
		expect(result.error?.message).toMatch(/The setting "Rows Workflow" cannot be used/);
	}
});

test('the node may name another workflow than the credential', async () => {
	const called: unknown[] = [];
	await read(
		{ ...vendors, options: { siteProfile: 'rows', rowsWorkflow: 'other' } },
		async ({ id }) => {
			called.push(id);
			throw new Error('enough');
		},
		{ door: 'sba', serviceAddress: 'https://gp.example.com' },
	);
	expect(called).toEqual(['other']);
});

test('where n8n cannot call a workflow, that is said: the Test of a credential, lists to choose from', async () => {
	const tested = await dynamicsGpApiTest.call({} as never, { data: credential } as never);
	expect(tested).toMatchObject({ status: 'Error', message: expect.stringContaining('"Survey"') });
	await expect(
		searchList('dynamicsGp', 'searchVendors', {
			credentials: { dynamicsGpApi: credential },
			parameters: vendors,
		}),
	).rejects.toThrow(/cannot be called/);
});

test('what is no request of this package is not turned into SQL', async () => {
	const result = await runNode({
		node: 'gpToProcoreEngine',
		parameters: { resource: 'rowSource', operation: 'writeSql' },
		inputs: [[{ request: '1', rows: 'PM00200', limit: 1, window: 1 }]],
	});
	expect(result.error?.message).toMatch(/is not turned into SQL: there are no rows "PM00200"/);
});
