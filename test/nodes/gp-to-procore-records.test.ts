import { runNode, type NodeRun } from './support/engine';
import { parkedRow } from '../audit/samples';
import { event } from '../run/requests/samples';
import { ended } from '../alerts/samples';

const run = async (parameters: NodeRun['parameters'], item: object = {}) =>
	await runNode({ node: 'gpToProcoreEngine', parameters, inputs: [[item]] });
const forPeople = async (parameters: NodeRun['parameters']) =>
	await runNode({ node: 'gpToProcore', parameters });

describe('Request', () => {
	test('Plan takes its rows by expression and says when it was asked', async () => {
		const { json, error } = await run({
			resource: 'request',
			operation: 'plan',
			choice: 'waiting',
			parkedRows: `={{ [{}, ${JSON.stringify(parkedRow('1;417'))}] }}`,
		});
		expect(error).toBeUndefined();
		expect(json()[0]).toMatchObject({
			start: true,
			rows: [expect.objectContaining({ gp_key: '1;417', reason: 'replay', tries: 0 })],
		});
		expect(json()[0].asked_at).toMatch(/^\d{4}-.*Z$/);
	});

	test('Plan reads a day out of what a form or an expression gives', async () => {
		const { json } = await run({
			resource: 'request',
			operation: 'plan',
			choice: 'changed',
			from: '2026-01-31T00:00:00.000+01:00',
		});
		expect(json()[0]).toMatchObject({ readFrom: '2026-01-31', start: true });
	});

	test('Tell without a plan names the parameter', async () => {
		const { error } = await run({ resource: 'request', operation: 'tell' });
		expect(error?.description).toContain("'Plan'");
	});
});

describe('Run: Fail', () => {
	test('without the item of an Error Trigger names the parameter', async () => {
		const { error } = await run({ resource: 'run', operation: 'fail' }, { some: 'item' });
		expect(error?.description).toContain("'Failure'");
	});

	test('passes over the item a read of a missing table leaves', async () => {
		const execution = { id: '9', url: 'http://n8n/workflow/x/executions/9', mode: 'trigger' };
		const { json, error } = await run(
			{
				resource: 'run',
				operation: 'fail',
				runRows: '[{"error": "Data table with name gpp_run not found"}]',
				leaseRows: '[{"error": "no table"}]',
			},
			{ execution, workflow: { id: 'x', name: 'X' } },
		);
		expect(error).toBeUndefined();
		expect(json()[0]).toMatchObject({ row: null, release: null });
	});
});

describe('Alert: Evaluate', () => {
	const evaluate = async (more: NodeRun['parameters'] = {}) =>
		await run({ resource: 'alert', operation: 'evaluate', ...more });

	test('says nothing when nothing is wrong', async () => {
		const { json, error } = await evaluate();
		expect(error).toBeUndefined();
		expect(json()[0]).toMatchObject({ standing: [], told: [], cleared: [], tell: false });
	});

	test('takes its thresholds from the node', async () => {
		const parkedRows = JSON.stringify([parkedRow('1;1'), parkedRow('1;2')]);
		expect((await evaluate({ parkedRows })).json()[0].tell).toBe(false);
		const strict = await evaluate({ parkedRows, thresholds: { parkedRecords: 2 } });
		expect(strict.json()[0]).toMatchObject({ tell: true, told: [{ level: 2 }] });
	});

	test('gives rows that can be written: without the columns of n8n', async () => {
		const { json } = await evaluate({
			runRows: JSON.stringify([ended('failed')]),
			alertRows: JSON.stringify([
				{ id: 4, condition: 'run-failed', gp_company: 'TWO', createdAt: 'x', updatedAt: 'y' },
			]),
		});
		const [row] = json()[0].standing as object[];
		expect(Object.keys(row)).not.toEqual(expect.arrayContaining(['createdAt']));
		expect(row).not.toHaveProperty('id');
	});
});

describe('Audit', () => {
	test('Export gives one item for each row', async () => {
		const rows = JSON.stringify([event('1;1'), { ...event('1;2'), message: '=1+1' }]);
		const { json } = await forPeople({ resource: 'audit', operation: 'export', rows });
		expect(json().map(({ message }) => message)).toEqual(['', "'=1+1"]);
	});

	test('Verify Chain and Retention take blank rows for none', async () => {
		const blank = { runRows: '[{}]', eventRows: '[{}]' };
		expect(
			(await forPeople({ resource: 'audit', operation: 'verifyChain', ...blank })).json(),
		).toEqual([]);
		expect((await run({ resource: 'audit', operation: 'retention', ...blank })).json()[0]).toEqual({
			ranges: [],
			marked: [],
			emptyRuns: [],
			kept: 0,
		});
	});
});
