import { MemoryDataTables } from './memory-data-tables';
import { runWorkflow, type WorkflowFile } from './run-workflow';

const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: object,
	more: object = {},
) => ({
	id: name,
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0] as [number, number],
	parameters: parameters as never,
	...more,
});
const to = (name: string, index = 0) => ({ node: name, type: 'main' as const, index });
const table = (name: string) => ({ __rl: true, mode: 'name', value: name });
const set = (assignments: Record<string, [string, string]>) => ({
	assignments: {
		assignments: Object.entries(assignments).map(([name, [value, type]]) => ({
			id: name,
			name,
			value,
			type,
		})),
	},
	options: {},
});
const chain = (id: string, nodes: WorkflowFile['nodes']): WorkflowFile => ({
	id,
	name: id,
	nodes,
	connections: Object.fromEntries(
		nodes.slice(1).map((next, index) => [nodes[index].name, { main: [[to(next.name)]] }]),
	),
	settings: { executionOrder: 'v1' },
});
const create = (name: string) =>
	node(`Create ${name}`, 'dataTable', 1.1, {
		resource: 'table',
		operation: 'create',
		tableName: name,
		columns: {
			column: [
				{ name: 'key', type: 'string' },
				{ name: 'count', type: 'number' },
			],
		},
		options: { createIfNotExists: true },
	});
const trigger = node('Run now', 'manualTrigger', 1, {});

describe('the in-process harness', () => {
	it('evaluates expressions with the real engine', async () => {
		const run = await runWorkflow({
			trigger: 'Run now',
			workflow: chain('expressions', [
				trigger,
				node(
					'Answer',
					'set',
					3.4,
					set({ sum: ['={{ [1, 2, 3].map(n => n * 2).length + $json.start }}', 'number'] }),
				),
			]),
			triggerItems: [{ start: 4 }],
		});
		expect(run.status).toBe('success');
		expect(run.items('Answer')).toEqual([{ sum: 7 }]);
	});

	it('creates, fills, upserts, reads and deletes rows of a data table', async () => {
		const upsert = (name: string, key: string, count: number) =>
			node(name, 'dataTable', 1.1, {
				resource: 'row',
				operation: 'upsert',
				dataTableId: table('gpp_try'),
				matchType: 'allConditions',
				filters: { conditions: [{ keyName: 'key', condition: 'eq', keyValue: key }] },
				columns: {
					mappingMode: 'defineBelow',
					value: { key, count },
					matchingColumns: [],
					schema: [],
				},
				options: {},
			});
		const remove = node('Delete', 'dataTable', 1.1, {
			resource: 'row',
			operation: 'deleteRows',
			dataTableId: table('gpp_try'),
			matchType: 'allConditions',
			filters: { conditions: [{ keyName: 'key', condition: 'eq', keyValue: 'b' }] },
			options: {},
		});
		const tables = new MemoryDataTables();
		const workflow = chain('tables', [
			trigger,
			create('gpp_try'),
			upsert('First', 'a', 1),
			upsert('Second', 'b', 2),
			upsert('Third', 'a', 3),
			remove,
		]);
		for (let round = 0; round < 2; round++) {
			const run = await runWorkflow({ trigger: 'Run now', workflow, tables });
			expect(run.error).toBeUndefined();
		}
		expect(tables.names()).toEqual(['gpp_try']);
		expect(tables.rows('gpp_try')).toEqual([expect.objectContaining({ key: 'a', count: 3 })]);
	});

	it('falls into the trap of n8n that looks tables up by a part of their name', async () => {
		const tables = new MemoryDataTables();
		tables.create('gpp_try', { key: 'string', count: 'number' });
		tables.create('old_gpp_try', { key: 'string', count: 'number' });
		const run = await runWorkflow({
			trigger: 'Run now',
			workflow: chain('trap', [trigger, create('gpp_try')]),
			tables,
		});
		expect(run.status).toBe('error');
		expect(run.error?.message).toMatch(/already exists/);
	});

	it('refuses an unknown column and a value of another type, as n8n does', () => {
		const tables = new MemoryDataTables();
		tables.create('gpp_try', { count: 'number' });
		expect(() => tables.insert('gpp_try', [{ other: 1 }])).toThrow("unknown column name 'other'");
		expect(() => tables.insert('gpp_try', [{ count: 'many' }])).toThrow(
			'does not match column type',
		);
	});

	const selfCalling: WorkflowFile = {
		id: 'self-calling',
		name: 'self-calling',
		settings: { executionOrder: 'v1' },
		nodes: [
			trigger,
			node('Prepare', 'set', 3.4, set({ batch: ['={{ $json.batch ?? 0 }}', 'number'] })),
			node('Run batch', 'executeWorkflow', 1.2, {
				source: 'database',
				workflowId: { __rl: true, mode: 'id', value: '={{ $workflow.id }}' },
				workflowInputs: { mappingMode: 'defineBelow', value: {}, matchingColumns: [], schema: [] },
				mode: 'once',
				options: { waitForSubWorkflow: true },
			}),
			node('More?', 'if', 2.2, {
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
					conditions: [
						{
							id: 'c',
							leftValue: '={{ $json.batch }}',
							rightValue: 3,
							operator: { type: 'number', operation: 'lt' },
						},
					],
					combinator: 'and',
				},
				options: {},
			}),
			node('Done', 'noOp', 1, {}),
			node('Batch starts', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
			node('Note', 'dataTable', 1.1, {
				resource: 'row',
				operation: 'insert',
				dataTableId: table('gpp_log'),
				columns: {
					mappingMode: 'defineBelow',
					value: { batch: '={{ $json.batch }}' },
					matchingColumns: [],
					schema: [],
				},
				options: {},
			}),
			node(
				'Break',
				'dataTable',
				1.1,
				{
					resource: 'row',
					operation: 'get',
					dataTableId: table('gpp_gate'),
					returnAll: true,
				},
				{ alwaysOutputData: true, executeOnce: true },
			),
			node(
				'Next',
				'set',
				3.4,
				set({ batch: ["={{ $('Batch starts').first().json.batch + 1 }}", 'number'] }),
				{ executeOnce: true },
			),
		],
		connections: {
			'Run now': { main: [[to('Prepare')]] },
			Prepare: { main: [[to('Run batch')]] },
			'Run batch': { main: [[to('More?')]] },
			'More?': { main: [[to('Prepare')], [to('Done')]] },
			'Batch starts': { main: [[to('Note')]] },
			Note: { main: [[to('Break')]] },
			Break: { main: [[to('Next')]] },
		},
	};

	it('runs a workflow that calls itself once per batch', async () => {
		const tables = new MemoryDataTables();
		tables.create('gpp_log', { batch: 'number' });
		tables.create('gpp_gate', { open: 'boolean' });
		const run = await runWorkflow({ trigger: 'Run now', workflow: selfCalling, tables });
		expect(run.error).toBeUndefined();
		expect(run.items('Done')).toEqual([{ batch: 3 }]);
		expect(tables.rows<{ batch: number }>('gpp_log').map((row) => row.batch)).toEqual([0, 1, 2]);
		expect(run.subRuns.map((sub) => sub.status)).toEqual(['success', 'success', 'success']);
	});

	it('resumes at the batch that failed when it is retried', async () => {
		const tables = new MemoryDataTables();
		tables.create('gpp_log', { batch: 'number' });
		const failed = await runWorkflow({ trigger: 'Run now', workflow: selfCalling, tables });
		expect(failed.status).toBe('error');
		expect(failed.error?.message).toMatch(/gpp_gate/);
		tables.create('gpp_gate', { open: 'boolean' });
		const retried = await failed.retry();
		expect(retried.error).toBeUndefined();
		expect(retried.status).toBe('success');
		expect(tables.rows<{ batch: number }>('gpp_log').map((row) => row.batch)).toEqual([0, 0, 1, 2]);
	});
});
