import type { AlertRow } from '../../lib/alerts/alerts';
import type { RunRow } from '../../lib/audit/event-row';
import { TABLES, type TableDefinition } from '../../lib/tables/tables';
import { ended } from '../alerts/samples';
import { parkedRow } from '../audit/samples';
import { MemoryDataTables } from './memory-data-tables';
import { runWorkflow, type WorkflowFile, type WorkflowRun } from './run-workflow';
import { fillTable, shippedTemplate } from './shipped-template';

const template = shippedTemplate('errors');
for (const node of template.nodes)
	if (node.type === 'n8n-nodes-base.wait') node.parameters = { amount: 0.05, unit: 'seconds' };

const NOW = new Date().toISOString();
let tables: MemoryDataTables;

const CANARY = '<script>alert(1)</script> client_secret=hunter2hunter2 tax_id: 12-3456789 =1+1';

function failure(given: { id?: string; mode?: string; message?: string } = {}) {
	const id = given.id ?? '40';
	return {
		execution: {
			id,
			url: `http://localhost:5678/workflow/gpp-sync/executions/${id}`,
			mode: given.mode ?? 'trigger',
			lastNodeExecuted: 'GP payables',
			error: { message: given.message ?? 'GP did not answer', node: { name: 'GP payables' } },
		},
		workflow: { id: 'gpp-sync', name: 'GP to Procore: sync' },
	};
}

const create = (table: TableDefinition, rows: object[] = []) => fillTable(tables, table, rows);
const openRun = (): RunRow => ended('running', { started_at: NOW, finished_at: '' });
const lease = {
	gp_company: 'TWO',
	run_id: 'run-2',
	execution_id: '40',
	taken_at: NOW,
	until: NOW,
};

async function start(
	trigger: string,
	item: object = {},
	workflow: WorkflowFile = template,
): Promise<WorkflowRun> {
	const result = await runWorkflow({
		workflow,
		trigger,
		triggerItems: [item as never],
		tables,
	});
	if (result.error) throw result.error;
	return result;
}
const failed = (item: object = failure()) => start('A workflow failed', item);
const hourly = () => start('Every hour');
const messages = (run: WorkflowRun) => run.items('Message').map(({ subject }) => subject);
const alerts = () => tables.rows<AlertRow>('gpp_alert');
const runs = () => tables.rows<RunRow>('gpp_run');

beforeEach(() => {
	tables = new MemoryDataTables();
	create(TABLES.runs, [openRun()]);
	create(TABLES.lease, [lease, { ...lease, gp_company: 'THREE', run_id: 'another' }]);
});

describe('the shipped errors template in n8n’s own engine', () => {
	it('closes the run a failed execution left open, gives its lease back and tells it once', async () => {
		const first = await failed();
		expect(runs()[0]).toMatchObject({
			status: 'failed',
			error: 'GP payables: GP did not answer',
			execution_link: 'http://localhost:5678/workflow/gpp-sync/executions/40',
		});
		expect(tables.rows<{ run_id: string }>('gpp_lease').map((row) => row.run_id)).toEqual([
			'another',
		]);
		expect(messages(first)).toEqual(['GP to Procore: The sync failed (TWO)']);
		expect(first.items('Message')[0]!.text).toContain('GP did not answer');
		expect(alerts()).toEqual([
			expect.objectContaining({ condition: 'run-failed', gp_company: 'TWO', times: 1 }),
		]);
		expect(alerts()[0]!.notified_at).toBeTruthy();

		expect(messages(await hourly())).toEqual([]);
		expect(alerts()[0]).toMatchObject({ times: 2 });
	});

	it('tells a batch and the run it fails with as one failure', async () => {
		const outer = await failed();
		const batch = await failed(failure({ id: '41', mode: 'integrated' }));
		expect([messages(outer), messages(batch)].map((list) => list.length)).toEqual([1, 0]);
		expect(alerts()).toHaveLength(1);
	});

	it('tells a failed run by hand, of which n8n only reports the batch: the run closed itself', async () => {
		const batch = failure({ id: '41', mode: 'integrated' });
		expect(messages(await failed(batch))).toEqual([]);
		expect(runs()[0]).toMatchObject({ status: 'running' });
		tables.update('gpp_run', () => true, { status: 'failed', error: 'GP did not answer' });
		expect(messages(await failed(batch))).toEqual(['GP to Procore: The sync failed (TWO)']);
	});

	it('tells failures of one moment once each, whoever looks first', async () => {
		const of = (id: string) => ({ ...failure({ id }), workflow: { id: 'gpp-replay', name: id } });
		const other = { ...of('52'), workflow: { id: 'gpp-setup', name: 'GP to Procore: setup' } };
		tables.update('gpp_run', () => true, { status: 'success' });
		const all = await Promise.all([failed(of('50')), failed(of('51')), failed(other), hourly()]);
		const told = all.flatMap(messages);
		expect(
			told.filter((subject) => /workflow "5[01]" failed/.test(subject as string)),
		).toHaveLength(1);
		expect(told.filter((subject) => /setup" failed/.test(subject as string))).toHaveLength(1);
		expect(told).toHaveLength(2);
		expect(alerts()).toHaveLength(2);
		expect(tables.rows('gpp_lease')).toHaveLength(2);
	});

	it('waits for one that was killed no longer than its turn lasts', async () => {
		const turn = { gp_company: '(alerts)', run_id: '1', execution_id: '1', taken_at: NOW };
		tables.insert('gpp_lease', [{ ...turn, until: new Date(Date.now() + 1_000).toISOString() }]);
		const began = Date.now();
		expect(messages(await failed())).toHaveLength(1);
		expect(Date.now() - began).toBeGreaterThan(900);
		expect(tables.rows<{ run_id: string }>('gpp_lease').map((row) => row.run_id)).toEqual([
			'another',
		]);
	});

	it('says when it is over, and forgets it', async () => {
		await failed();
		tables.insert('gpp_run', [
			ended('success', { run_id: 'run-3', started_at: '2999-01-01' }) as never,
		]);
		expect(messages(await hourly())).toEqual(['GP to Procore: Resolved: The sync failed (TWO)']);
		expect(alerts()).toEqual([]);
		expect(messages(await hourly())).toEqual([]);
	});

	it('says of nothing that it is over while its table cannot be read', async () => {
		tables.update('gpp_run', () => true, { status: 'success' });
		const standing = { gp_company: 'TWO', severity: 'warning', subject: 'Waits', level: 30 };
		const told = { first_at: NOW, last_at: NOW, notified_at: NOW, times: 1 };
		create(TABLES.alerts, [
			{ ...standing, ...told, condition: 'records-parked' },
			{ ...standing, ...told, condition: 'run-failed' },
		]);
		// There is no gpp_parked.
		expect(messages(await hourly())).toEqual([expect.stringContaining('Resolved')]);
		expect(alerts().map(({ condition }) => condition)).toEqual(['records-parked']);
		create(TABLES.parked);
		expect(messages(await hourly())).toEqual([expect.stringContaining('Resolved')]);
		expect(alerts()).toEqual([]);
	});

	it('says of nothing that it is over while the database fails: n8n hands on a row of the table before', async () => {
		tables.update('gpp_run', () => true, { status: 'failed' });
		create(TABLES.parked, [parkedRow('1;7')]);
		create(TABLES.alerts, [
			...['records-parked', 'run-failed', 'watermark-stale'].map((condition) => ({
				...{ condition, gp_company: 'TWO', severity: 'warning', subject: 'Waits', level: 1 },
				...{ first_at: NOW, last_at: NOW, notified_at: NOW, times: 1 },
			})),
		]);
		const before = alerts().map(({ condition }) => condition);
		tables.unreadable = ['gpp_run', 'gpp_parked'];
		expect(messages(await hourly())).toEqual([]);
		expect(alerts().map(({ condition }) => condition)).toEqual(before);
		tables.unreadable = [];
		expect(messages(await hourly())).toEqual([expect.stringContaining('Resolved')]);
	});

	it('tells again when it has become twice as bad', async () => {
		await failed();
		const later = (run_id: string) =>
			ended('failed', { run_id, started_at: '2999-01-01' }) as never;
		tables.insert('gpp_run', [later('run-3')]);
		expect(messages(await hourly())).toEqual(['GP to Procore: Still: The sync failed (TWO)']);
		tables.insert('gpp_run', [later('run-4')]);
		expect(messages(await hourly())).toEqual([]);
	});

	it('tells many things in one message', async () => {
		create(
			TABLES.parked,
			Array.from({ length: 30 }, (_, index) => parkedRow(`1;${index}`)),
		);
		const [message, ...others] = (await failed()).items('Message');
		expect(others).toEqual([]);
		expect(message!.text).toMatch(/The sync failed.*30 records wait/s);
	});

	it('tells a failing workflow that has no run, also when no table is there yet', async () => {
		tables = new MemoryDataTables();
		const item = { ...failure(), workflow: { id: 'gpp-replay', name: 'GP to Procore: replay' } };
		expect(messages(await failed(item))).toEqual([
			'GP to Procore: The workflow "GP to Procore: replay" failed',
		]);
		const trigger = { trigger: { error: { message: 'No path' } }, workflow: item.workflow };
		expect(messages(await failed(trigger))).toEqual([]);
	});

	it('tells what the housekeeping found, and its end', async () => {
		const row = {
			condition: 'chain-broken',
			gp_company: 'TWO',
			severity: 'problem',
			subject: 'The audit trail was changed',
			notified_at: '',
			times: 1,
			level: 1,
		};
		tables.update('gpp_run', () => true, { status: 'success' });
		create(TABLES.alerts, [row]);
		expect(messages(await hourly())).toEqual(['GP to Procore: The audit trail was changed (TWO)']);
		expect(messages(await hourly())).toEqual([]);
		tables.update('gpp_alert', () => true, { severity: 'resolved' });
		expect(messages(await hourly())).toEqual([
			'GP to Procore: Resolved: The audit trail was changed (TWO)',
		]);
		expect(alerts()).toEqual([]);
	});

	it('lets neither secrets nor markup through', async () => {
		create(
			TABLES.parked,
			Array.from({ length: 30 }, (_, index) =>
				parkedRow(`1;${index}`, { gp_label: CANARY, message: CANARY, remedy: CANARY }),
			),
		);
		const run = await failed(failure({ message: CANARY }));
		const [message] = run.items('Message');
		const stored = JSON.stringify([alerts(), runs()]);
		for (const text of [...Object.values(message!), stored]) {
			expect(text).not.toMatch(/hunter2|12-3456789/);
		}
		expect(message!.html).not.toContain('<script>');
		expect(message!.slack).not.toContain('<script>');
	});

	it('tells it with the next check when no channel could be reached', async () => {
		for (const on of [['Post to Slack'], ['Send an e-mail', 'Post to Microsoft Teams']]) {
			await failed();
			tables.update('gpp_alert', () => true, { notified_at: '' });
			const unreachable = structuredClone(template);
			for (const node of unreachable.nodes) {
				if (!on.includes(node.name)) continue;
				// Port 9 discards: nobody listens there.
				const parameters = { method: 'POST', url: 'http://127.0.0.1:9', options: { timeout: 500 } };
				const type = 'n8n-nodes-base.httpRequest';
				Object.assign(node, { type, typeVersion: 4.2, parameters, disabled: false });
			}
			await start('A workflow failed', failure(), unreachable);
			expect(alerts()).toEqual([expect.objectContaining({ notified_at: '' })]);
			expect(messages(await hourly())).toEqual(['GP to Procore: The sync failed (TWO)']);
			expect(messages(await hourly())).toEqual([]);
		}
	});

	it('closes the run and keeps the alert though all channels were switched on and nothing chosen in them', async () => {
		const unfinished = structuredClone(template);
		for (const node of unfinished.nodes) node.disabled = false;
		await start('A workflow failed', failure(), unfinished);
		expect(runs()[0]).toMatchObject({ status: 'failed' });
		expect(alerts()).toEqual([expect.objectContaining({ notified_at: '' })]);
		expect(tables.rows('gpp_lease')).toHaveLength(1);
	});

	it('tells a failure while n8n takes no more rows, whether or not its run could be closed', async () => {
		const impatient = structuredClone(template);
		for (const node of impatient.nodes) if (node.retryOnFail) node.waitBetweenTries = 1;
		create(TABLES.alerts);
		tables.full = true;
		const full = failure({ message: 'Data table size limit exceeded: 200MB used' });
		const left = await start('A workflow failed', full, impatient);
		expect(runs()[0]).toMatchObject({ status: 'running' });
		expect(tables.rows('gpp_lease')).toHaveLength(1);
		expect(left.items('Message')[0]!.text).toContain('size limit exceeded');
		tables.update('gpp_run', () => true, { status: 'success', execution_id: '39' });
		const before = await start('A workflow failed', full, impatient);
		expect(before.items('Message')[0]!.text).toContain('size limit exceeded');
		tables.full = false;
		expect((await failed(full)).items('Message')[0]!.text).toContain('size limit exceeded');
		expect(alerts()).toMatchObject([{ condition: 'workflow-failed gpp-sync', times: 1 }]);
	});

	it('has three channels, all off until the user switches them on', () => {
		const channels = template.nodes.filter((node) =>
			/emailSend|slack|microsoftTeams/.test(node.type),
		);
		expect(channels.map((node) => node.disabled)).toEqual([true, true, true]);
	});
});
