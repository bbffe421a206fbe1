import type { AlertRow } from '../../lib/alerts/alerts';
import { chainEvents, startOfChain } from '../../lib/audit/chain';
import { runRow } from '../../lib/run/run';
import type { AuditEventRow, RunRow } from '../../lib/audit/event-row';
import type { OutcomeKind } from '../../lib/model/outcome';
import { TABLES, type TableDefinition } from '../../lib/tables/tables';
import { event } from '../run/requests/samples';
import { parkedRow, run } from '../audit/samples';
import { MemoryDataTables } from './memory-data-tables';
import { runWorkflow, type WorkflowRun } from './run-workflow';
import { fillTable, shippedTemplate } from './shipped-template';

const { read } = jest.requireActual<{
	read(bytes: Buffer): { SheetNames: string[]; Sheets: Record<string, object> };
}>('@e965/xlsx');

const template = shippedTemplate('housekeeping');

const OLD = '2020-01-01T00:00:00.000Z';
const TODAY = new Date().toISOString();
let tables: MemoryDataTables;

const create = (table: TableDefinition, rows: object[] = []) => fillTable(tables, table, rows);

/** A run that ended at `at` with an event for each key, chained as a real run does. */
function story(run_id: string, at: string, outcomes: Array<[string, OutcomeKind]>) {
	const { events, head } = chainEvents(
		outcomes.map(([key, kind]) => ({ ...event(key, kind, at), run_id })),
		startOfChain(run_id),
	);
	const row: RunRow = {
		...runRow(run(), { executionId: '1', status: 'success', finishedAt: at }),
		run_id,
		started_at: at,
		events: head.events,
		chain: head.hash,
	};
	return { events, row };
}

function fill(stories: Array<ReturnType<typeof story>>, parked: object[] = []): void {
	tables = new MemoryDataTables();
	create(
		TABLES.runs,
		stories.map(({ row }) => row),
	);
	create(
		TABLES.events,
		stories.flatMap(({ events }) => events),
	);
	create(TABLES.parked, parked);
}

async function start(trigger: string, item: object = {}): Promise<WorkflowRun> {
	const result = await runWorkflow({
		workflow: template,
		trigger,
		triggerItems: [item as never],
		tables,
	});
	if (result.error) throw result.error;
	return result;
}
const events = () =>
	tables.rows<AuditEventRow>('gpp_event').map(({ run_id, gp_key }) => `${run_id} ${gp_key}`);
const runs = () => tables.rows<RunRow>('gpp_run');
const alerts = () => tables.rows<AlertRow>('gpp_alert');

describe('the shipped housekeeping template in n8n’s own engine, at night', () => {
	it('removes the events of old runs, keeps their rows, and leaves young runs alone', async () => {
		fill([
			story('old', OLD, [
				['1;1', 'created'],
				['1;2', 'updated'],
			]),
			story('quiet', OLD, []),
			story('young', TODAY, [['1;3', 'created']]),
		]);
		await start('Every night');
		expect(events()).toEqual(['young 1;3']);
		expect(runs().map(({ run_id, events_removed_at }) => [run_id, !!events_removed_at])).toEqual([
			['old', true],
			['young', false],
		]);
		await start('Every night');
		expect(runs()).toHaveLength(2);
	});

	it('keeps what is parked, and what failed last', async () => {
		fill(
			[
				story('old', OLD, [
					['1;1', 'created'],
					['1;7', 'failed'],
					['1;8', 'failed'],
					['1;9', 'parked'],
					['1;2', 'created'],
				]),
				story('later', TODAY, [['1;8', 'updated']]),
			],
			[parkedRow('1;9')],
		);
		await start('Every night');
		// 1;1 and 1;8 stand in front of a kept one.
		expect(events()).toEqual(['old 1;1', 'old 1;7', 'old 1;8', 'old 1;9', 'later 1;8']);
		expect(alerts()).toEqual([]);
	});

	it('does nothing in an n8n without any table or row', async () => {
		tables = new MemoryDataTables();
		await start('Every night');
		expect(events()).toEqual([]);
		expect(alerts()).toEqual([]);
	});

	it('alerts when an event of the last days was changed, and says so when it is restored', async () => {
		fill([
			story('a', TODAY, [
				['1;1', 'created'],
				['1;2', 'created'],
			]),
		]);
		await start('Every night');
		expect(alerts()).toEqual([]);
		const [before] = tables.rows<AuditEventRow>('gpp_event');
		tables.update('gpp_event', (row) => row.sequence === 1, { gp_amount: '0.01' });
		await start('Every night');
		expect(alerts()).toEqual([
			expect.objectContaining({ condition: 'chain-broken', severity: 'problem', run_id: 'a' }),
		]);
		tables.update('gpp_event', (row) => row.sequence === 1, { gp_amount: before!.gp_amount });
		await start('Every night');
		expect(alerts()).toEqual([expect.objectContaining({ severity: 'resolved' })]);
	});

	it('checks every run of a day in which one began every five minutes', async () => {
		fill(
			Array.from({ length: 289 }, (_, index) => story(`run-${index}`, TODAY, [['1;1', 'created']])),
		);
		tables.update('gpp_event', ({ run_id }) => run_id === 'run-0', { gp_amount: '0.01' });
		await start('Every night');
		expect(alerts()).toMatchObject([{ condition: 'chain-broken', run_id: 'run-0' }]);
	});

	it('cleans up although n8n takes no more rows, not even the alert of a broken chain', async () => {
		fill([story('old', OLD, [['1;1', 'created']]), story('a', TODAY, [['1;2', 'created']])]);
		create(TABLES.alerts);
		tables.update('gpp_event', ({ run_id }) => run_id === 'a', { gp_amount: '0.01' });
		tables.full = true;
		const trigger = 'Every night';
		const { error } = await runWorkflow({ workflow: template, trigger, tables });
		expect(error?.message).toContain('size limit exceeded');
		expect(events()).toEqual(['a 1;2']);
		tables.full = false;
		await start('Every night');
		expect(runs().find(({ run_id }) => run_id === 'old')!.events_removed_at).toBeTruthy();
	});
});

describe('its export form', () => {
	const ask = async (answers: object) => {
		const result = await start('Export form', { File: 'CSV', ...answers });
		const [item] = result.runData.Download!.at(-1)!.data!.main[0]!;
		const { fileName, data } = item!.binary!.data!;
		return { fileName, text: Buffer.from(data, 'base64').toString('utf8'), bytes: data };
	};
	const EVENTS = { What: 'Events: what became of each record' };

	it('gives the events of the days asked for as CSV', async () => {
		fill([
			story('a', '2026-01-31T10:00:00.000Z', [['1;1', 'created']]),
			story('b', '2026-02-01T10:00:00.000Z', [['1;2', 'created']]),
		]);
		const days = { 'First day': '2026-02-01', 'Last day': '2026-02-01' };
		const { fileName, text } = await ask({ ...EVENTS, ...days });
		expect(fileName).toBe('gp-to-procore-events-2026-02-01-2026-02-01.csv');
		expect(text.trim().split('\n')).toHaveLength(2);
		expect(text).toContain('1;2');
		expect(text).not.toContain('1;1,');
	});

	it.each([
		['Runs', 'run_id'],
		['Parked records: what waits', 'reason_code'],
		['Check of the audit trail', 'verdict'],
	])('gives %s too', async (What, column) => {
		fill([story('a', OLD, [['1;1', 'created']])], [parkedRow('1;1')]);
		const { text } = await ask({ What });
		expect(text.split('\n')[0]).toContain(column);
		expect(text.trim().split('\n')).toHaveLength(2);
	});

	it('gives an Excel file', async () => {
		fill([story('a', OLD, [['1;1', 'created']])]);
		const { fileName, bytes } = await ask({ ...EVENTS, File: 'Excel' });
		expect(fileName).toBe('gp-to-procore-events.xlsx');
		expect(Buffer.from(bytes, 'base64').subarray(0, 2).toString()).toBe('PK');
	});

	it('never lets text run as a formula, nor secrets out', async () => {
		const poison = '=HYPERLINK("http://x","y") client_secret=hunter2hunter2 tax_id: 12-3456789';
		fill([story('a', OLD, [['1;1', 'failed']])]);
		tables.update('gpp_event', () => true, {
			gp_label: poison,
			message: poison,
			remedy: '@SUM(A1)',
		});
		const { text } = await ask(EVENTS);
		expect(text).not.toMatch(/(^|,)"?[=@+]/m);
		expect(text).toContain("'=HYPERLINK");
		expect(text).not.toMatch(/hunter2|12-3456789/);
	});

	it('says that there is nothing in an empty period', async () => {
		tables = new MemoryDataTables();
		const { text } = await ask(EVENTS);
		expect(text).toContain('There is nothing in this period.');
	});
});

describe('its mail to the accountant', () => {
	const yesterday = new Date(Date.now() - 86_400_000).toISOString();
	const off = (names: string[]) =>
		template.nodes.filter(({ name }) => names.includes(name)).map(({ disabled }) => disabled);

	it('is switched off as it comes', () => {
		expect(off(['Every Monday', 'Mail to the accountant'])).toEqual([true, true]);
	});

	it('brings the workbook of the last seven days each Monday once it is switched on', async () => {
		fill(
			[
				story('a', OLD, [['1;1', 'created']]),
				story('b', yesterday, [
					['1;2', 'created'],
					['1;3', 'created'],
				]),
			],
			[parkedRow('1;4')],
		);
		const result = await runWorkflow({
			workflow: {
				...template,
				nodes: template.nodes.map((node) => ({ ...node, disabled: false })),
			},
			trigger: 'Every Monday',
			tables,
		});
		if (result.error) throw result.error;
		const [mail] = result.runData['Mail to the accountant']!.at(-1)!.data!.main[0]!;
		expect(mail!.json.about).toMatch(/Events: 2[\s\S]*Waiting records: 1/);
		const { fileName, data } = mail!.binary!.data!;
		expect(fileName).toMatch(/^gp-to-procore-.*\.xlsx$/);
		const { SheetNames, Sheets } = read(Buffer.from(data, 'base64'));
		expect(SheetNames).toEqual(['About', 'Events', 'Waiting', 'Reconciliation']);
		expect(Sheets.Events).toMatchObject({ '!ref': 'A1:V3' });
		expect(Sheets.Waiting).toMatchObject({ '!ref': 'A1:L2' });
	});
});
