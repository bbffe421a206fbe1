import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TABLES } from '../../lib/tables/tables';
import { replayToken } from '../../lib/report/acts/read-act';
import {
	event,
	failure,
	parked,
	reconciled,
	request,
	row,
	run,
	watermark,
} from '../report/samples';
import { MemoryDataTables } from './memory-data-tables';
import { runWorkflow, type WorkflowFile, type WorkflowRun } from './run-workflow';

jest.setTimeout(60_000);

const { read } = jest.requireActual<{
	read(bytes: Buffer): { Sheets: Record<string, object> };
}>('@e965/xlsx');

const template = JSON.parse(
	readFileSync(path.join(__dirname, '../../workflows/gp-to-procore-dashboard.json'), 'utf8'),
) as WorkflowFile;

/** Stands for the sync: only what it was started with counts here. */
const sync: WorkflowFile = {
	id: 'gpp-sync',
	name: 'sync',
	nodes: [
		{
			id: 'start',
			name: 'Batch starts',
			type: 'n8n-nodes-base.executeWorkflowTrigger',
			typeVersion: 1.1,
			position: [0, 0],
			parameters: { inputSource: 'passthrough' },
		},
	],
	connections: {},
};

const LOGIN = `Basic ${Buffer.from('accounting:a long password').toString('base64')}`;
let tables: MemoryDataTables;

beforeEach(() => {
	tables = new MemoryDataTables();
	for (const { name, columns } of Object.values(TABLES)) {
		tables.create(name, Object.fromEntries(columns.map((column) => [column.name, column.type])));
	}
});

const fill = (name: string, ...rows: Array<Record<string, unknown>>) =>
	tables.insert(name, rows.map(({ id: _id, ...row }) => row) as never);

async function visit(query: Record<string, string>): Promise<string> {
	const visited = await start('Page opened', {
		headers: { authorization: LOGIN },
		query,
		body: {},
	});
	const [{ html }] = visited.items('Send page') as [{ html: string }];
	return html;
}

const press = (form: Record<string, string>, authorization = LOGIN, others = [sync]) =>
	start('Replay pressed', { headers: { authorization }, query: {}, body: form }, others);

async function start(trigger: string, call: object, others: WorkflowFile[] = []) {
	const result = await runWorkflow({
		workflow: template,
		trigger,
		triggerItems: [call as never],
		tables,
		others,
	});
	if (result.error) throw result.error;
	return result;
}

const FORM = {
	token: replayToken(LOGIN, Date.now())!,
	entity: 'payable',
	company: 'TWO',
	key: '1;00000000000000417',
};
const requests = () => tables.rows<Record<string, unknown>>('gpp_request');
const sentBack = (result: WorkflowRun) => result.items('Go back to the page').length > 0;

describe('the shipped dashboard template in n8n’s own engine', () => {
	it('shows an overview when nothing else is asked for', async () => {
		fill('gpp_run', run({ started_at: new Date().toISOString() }));
		fill('gpp_parked', parked());
		fill('gpp_watermark', watermark());
		fill('gpp_reconciliation', reconciled());
		const html = await visit({});
		expect(html).toContain('<title>Overview');
		expect(html).toContain('cost code 300-5110 is not active');
		expect(html).toContain('1,250.50');
		expect(html).not.toContain(LOGIN.slice(6));
	});

	it('says which tables are missing in an n8n where nothing was set up yet', async () => {
		tables = new MemoryDataTables();
		const html = await visit({});
		expect(html).toContain('Not everything could be read');
		expect(html).toContain('gpp_run');
	});

	it.each<[string, Record<string, string>, string[]]>([
		['overview', {}, ['gpp_run', 'gpp_parked', 'gpp_alert', 'gpp_reconciliation']],
		['waiting', { page: 'waiting' }, ['gpp_parked', 'gpp_request']],
		['search', { page: 'search', q: 'acme' }, ['gpp_event', 'gpp_project_crosswalk']],
		['story', { page: 'story', ...FORM }, ['gpp_event', 'gpp_parked', 'gpp_request']],
		['runs', { page: 'runs' }, ['gpp_run', 'gpp_event', 'gpp_page_log']],
		['crosswalks', { page: 'crosswalks' }, ['gpp_project_crosswalk', 'gpp_parked']],
		['reconciliation', { page: 'reconciliation' }, ['gpp_reconciliation']],
	])(
		'%s says that a table could not be read, though those before are empty',
		async (_, query, names) => {
			expect(await visit(query)).not.toContain('Not everything could be read');
			for (const name of names) {
				tables.unreadable = [name];
				expect(await visit(query)).toContain(`database failed while ${name} was read`);
			}
		},
	);

	it('says in a page what keeps it from being drawn', async () => {
		const broken = structuredClone(template);
		const draw = broken.nodes.find(({ name }) => name === 'Draw overview')!;
		draw.parameters.question = 'no question';
		const visited = await runWorkflow({
			workflow: broken,
			trigger: 'Page opened',
			triggerItems: [{ headers: { authorization: LOGIN }, query: {}, body: {} }],
			tables,
			others: [],
		});
		const [{ html }] = visited.items('Send page') as [{ html: string }];
		expect(html).toContain('The page could not be drawn');
		expect(html).toContain('&#39;Question&#39; is not valid JSON');
	});

	it('finds records by a part of what their events touch, in any case', async () => {
		fill('gpp_event', event(), event({ gp_key: '1;9', gp_label: 'Another', touches: '|V:OTHER|' }));
		const html = await visit({ page: 'search', q: 'acme' });
		expect(html).toContain('voucher 00417');
		expect(html).not.toContain('Another');
	});

	it('finds a vendor by a name with other letters than A to Z, in any case', async () => {
		const named = (name: string) => event({ gp_key: name, gp_label: name, vendor_name: name });
		fill('gpp_event', named('Müller GmbH'), named('Miller Inc'), named('Straße 7'));
		for (const q of ['MÜLLER', 'mu\u0308ller', 'müller gmbh']) {
			const html = await visit({ page: 'search', q });
			expect(html).toContain('Müller GmbH');
			expect(html).not.toContain('Miller Inc');
		}
		expect(await visit({ page: 'search', q: 'straße' })).toContain('Straße 7');
	});

	it('finds a credit memo by the amount GP shows', async () => {
		fill('gpp_event', event({ gp_label: 'Credit memo CM-5', gp_amount: '-500.25' }));
		for (const q of ['500.25', '-500.25', '$500.25'])
			expect(await visit({ page: 'search', q })).toContain('Credit memo CM-5');
	});

	it('tells the story of one record and of no other', async () => {
		fill('gpp_event', failure(), event({ gp_company: 'THREE', message: 'of another company' }));
		fill('gpp_parked', parked());
		const html = await visit({ page: 'story', ...FORM });
		expect(html).toContain('What happened');
		expect(html).not.toContain('of another company');
	});

	it('tells the story of a vendor whose id is a piece of many others', async () => {
		const vendor = { entity: 'vendor', company: 'TWO', key: '1' };
		const its = { entity: 'vendor', gp_key: '1', gp_label: 'Vendor 1' };
		const like = (number: number) => ({ entity: 'vendor', gp_key: `1${number}` });
		fill('gpp_event', event({ ...its, outcome: 'parked', message: 'Its own story' }));
		fill('gpp_parked', parked({ ...its, message: 'Its own reason' }));
		for (let number = 100; number < 250; number++) {
			fill('gpp_event', event({ ...like(number), message: 'Of another' }));
			fill('gpp_parked', parked(like(number)));
		}
		const html = await visit({ page: 'story', ...vendor });
		expect(html).toContain('Its own story');
		expect(html).toContain('Its own reason');
		expect(html).not.toContain('Of another');
		await press({ ...FORM, ...vendor });
		expect(requests()).toEqual([expect.objectContaining({ entity: 'vendor', gp_key: '1' })]);
	});

	it('shows one run with its events, by outcome if wanted', async () => {
		fill('gpp_run', run());
		fill('gpp_event', event(), failure({ gp_label: 'The failed one' }), event({ run_id: 'run-2' }));
		expect(await visit({ page: 'run', run: 'run-1' })).toContain('The failed one');
		const created = await visit({ page: 'run', run: 'run-1', outcome: 'created' });
		expect(created).not.toContain('The failed one');
	});

	it('lists the runs and the waiting records a page at a time', async () => {
		fill('gpp_run', run(), run());
		fill('gpp_parked', parked(), parked({ gp_key: '1;8', gp_label: 'Newer one' }));
		expect(await visit({ page: 'runs' })).toContain('by schedule');
		expect(await visit({ page: 'waiting' })).toContain('Newer one');
		expect(await visit({ page: 'waiting', before: '2' })).not.toContain('Newer one');
	});

	it('compares the books by project, and inside a project by cost code', async () => {
		fill(
			'gpp_reconciliation',
			reconciled({ procore_project_id: '', cost_code: '', cause: '' }),
			...['9001', '9002'].map((id) =>
				reconciled({
					...{ row_kind: 'project', procore_project_id: id, project: `Project ${id}` },
					...{ cost_code: '', cause: '' },
				}),
			),
			...['19001', '9001'].map((id) =>
				reconciled({
					...{ row_kind: 'project, cost code', procore_project_id: id, project: `Project ${id}` },
					...{ cost_code: `CODE-${id}`, cause: '' },
				}),
			),
			...['19001', '9001'].map((id) =>
				reconciled({
					...{ row_kind: 'difference', procore_project_id: id, cause: 'missing' },
					...{ gp_label: `Missing in ${id}`, cost_code: `CODE-${id}`, difference: '5.00' },
				}),
			),
		);
		const top = await visit({ page: 'reconciliation' });
		expect(top).toContain('Project 9002');
		expect(top.match(/Missing in 9001/g)).toHaveLength(1);
		expect(top).not.toContain('By cost code');
		const project = await visit({ page: 'reconciliation', project: '9001' });
		expect(project).toContain('By cost code');
		expect(project).toContain('CODE-9001');
		expect(project.match(/Missing in 9001/g)).toHaveLength(1);
		// Another project, whose number only contains this one's.
		expect(project).not.toContain('19001');
		expect(project).not.toContain('Project 9002');
	});

	it('reads no more of the books than it shows, however many cost codes there are', async () => {
		fill('gpp_reconciliation', reconciled({ procore_project_id: '', cost_code: '', cause: '' }));
		fill(
			'gpp_reconciliation',
			...Array.from({ length: 1100 }, (_, number) =>
				reconciled({
					...{ row_kind: 'project, cost code', procore_project_id: '9001', cause: '' },
					cost_code: `CODE-${number}`,
				}),
			),
			reconciled({ row_kind: 'month', procore_project_id: '', month: '2026-02', cause: '' }),
		);
		expect(await visit({ page: 'reconciliation' })).toContain('By month');
	});

	it('reads no table but those a page shows', async () => {
		await visit({ page: 'story', ...FORM });
		expect(Object.keys(tables.calls).sort()).toEqual([
			'gpp_event get',
			'gpp_parked get',
			// For the names of projects.
			'gpp_project_crosswalk get',
			'gpp_request get',
		]);
	});
});

describe('an export', () => {
	it('is a workbook of the days asked for, of what waits and of the reconciliation', async () => {
		fill('gpp_event', event(), event({ at: '2026-02-01T00:00:00.000Z', gp_label: 'Too early' }));
		fill('gpp_parked', parked());
		fill('gpp_reconciliation', reconciled());
		const query = { page: 'export', from: '2026-03-01', to: '2026-03-01' };
		const call = { headers: { authorization: LOGIN }, query, body: {} };
		const asked = await start('Page opened', call);
		expect(asked.items('Make workbook')).toEqual([
			{
				name: 'gp-to-procore-2026-03-01-2026-03-01.xlsx',
				about: expect.stringMatching(/^Events: 1$/m),
			},
		]);
		expect(asked.items('Export: events')).toHaveLength(1);
		const [file] = asked.runData['Send file']!.at(-1)!.data!.main[0]!;
		const { Sheets } = read(Buffer.from(file!.binary!.data!.data, 'base64'));
		expect(Sheets.Events).toMatchObject({ B2: { v: event().gp_label }, '!ref': 'A1:V2' });
		expect(Sheets.Waiting).toMatchObject({ A2: { v: parked().gp_label }, '!ref': 'A1:L2' });
		expect(Sheets.Reconciliation).toMatchObject({ '!ref': 'A1:S2' });
	});

	it('calls nothing empty that could not be read', async () => {
		for (const name of ['gpp_event', 'gpp_parked', 'gpp_reconciliation']) {
			tables.unreadable = [name];
			const query = { page: 'export', from: '2026-03-01', to: '2026-03-01' };
			const asked = await start('Page opened', {
				...{ headers: { authorization: LOGIN }, query, body: {} },
			});
			expect(asked.items('Make workbook')[0]).toMatchObject({
				about: expect.stringContaining(`Not read: n8n's database failed while ${name} was read`),
			});
		}
	});
});

describe('the crosswalk editor', () => {
	const { token } = FORM;
	const save = { token, act: 'crosswalk', kind: 'job', company: 'TWO', key: '800' };
	const choice = { ...save, target: '9002 | Lincoln School', action: 'send', note: '' };
	const rowsOf = (name: string) => tables.rows<Record<string, unknown>>(name);

	it('lists the rows of a crosswalk, by a part of number or name, and reads no other', async () => {
		fill('gpp_project_crosswalk', row('projects', { gp_company: 'TWO', gp_job: '800' }));
		fill('gpp_project_crosswalk', row('projects', { gp_job: '7', gp_job_name: 'Bridge 800' }));
		fill('gpp_project_crosswalk', row('projects', { gp_job: '6' }));
		fill('gpp_account_crosswalk', row('accounts', { gp_account: '800-1' }));
		const html = await visit({ page: 'crosswalks', q: '800' });
		expect(html).toContain('Bridge 800');
		expect(html).not.toContain('key=6');
		expect(html).not.toContain('800-1');
	});

	it('lets a value be typed where Procore cannot be asked', async () => {
		fill('gpp_parked', parked({ cause_key: 'J:800' }));
		const html = await visit({ page: 'crosswalks', kind: 'job', company: 'TWO', key: '800' });
		expect(html).toContain('so type what stands there');
		expect(html).toContain('Save and replay 1 record');
	});

	it('saves the row, asks for its records, logs who did it, starts the sync and goes back', async () => {
		fill('gpp_project_crosswalk', row('projects', { gp_company: 'TWO', gp_job: '800' }));
		fill('gpp_event', event({ gp_key: '1;30', touches: '|J:800|' }));
		fill('gpp_event', event({ gp_key: '1;31', touches: '|J:8001|' }));
		fill('gpp_parked', parked({ gp_key: '1;32', cause_key: 'J:800' }));
		const pressed = await press(choice);
		expect(rowsOf('gpp_project_crosswalk')).toMatchObject([
			{ gp_job: '800', procore_project_id: '9002', procore_project_name: 'Lincoln School' },
		]);
		expect(requests().map((one) => [one.gp_key, one.reason])).toEqual([
			['1;30', 'crosswalk'],
			['1;32', 'crosswalk'],
		]);
		expect(rowsOf('gpp_page_log')).toMatchObject([
			{ by: 'accounting', act: 'crosswalk', subject: 'job 800', before: 'open', records: 2 },
		]);
		expect(pressed.subRuns[0]!.items('Batch starts')).toMatchObject([{ only_requested: true }]);
		expect(sentBack(pressed)).toBe(true);
	});

	it.each([
		['account', 'gpp_account_crosswalk', { gp_account: '800', cost_code: '9002' }],
		['vendor', 'gpp_vendor_crosswalk', { gp_vendor_id: '800', procore_vendor_id: '9002' }],
	])('adds a row for a new %s, and starts nothing when it concerns no record', async (...given) => {
		const [kind, table, expected] = given;
		const pressed = await press({ ...choice, kind });
		expect(rowsOf(table)).toMatchObject([{ gp_company: 'TWO', action: 'send', ...expected }]);
		expect(pressed.subRuns).toEqual([]);
		expect(sentBack(pressed)).toBe(true);
	});

	it('saves no second row where the first could not be read', async () => {
		fill('gpp_account_crosswalk', row('accounts', { gp_company: 'TWO', gp_account: '800' }));
		for (const name of ['gpp_account_crosswalk', 'gpp_event', 'gpp_parked', 'gpp_request']) {
			tables.unreadable = [name];
			const pressed = await press({ ...choice, kind: 'account' });
			expect(pressed.items('Refuse')).toMatchObject([
				{ status: 409, message: expect.stringContaining(`while ${name} was read`) },
			]);
		}
		expect(rowsOf('gpp_account_crosswalk')).toHaveLength(1);
	});

	it('changes nothing without a token of this visitor', async () => {
		const pressed = await press({ ...choice, token: 'x.y' });
		expect(pressed.items('Refuse')).toMatchObject([
			{ status: 403, page: expect.stringContaining('Load the page again') },
		]);
		expect(rowsOf('gpp_project_crosswalk')).toEqual([]);
		expect(rowsOf('gpp_page_log')).toEqual([]);
	});

	it('starts a comparison at the press of a button, and says so when it cannot', async () => {
		const reconcile = { token, act: 'reconcile', company: 'TWO' };
		const other = { ...sync, id: 'gpp-reconcile', name: 'reconcile' };
		expect(await press(reconcile, LOGIN, [other])).toMatchObject({ subRuns: [expect.anything()] });
		const without = await press(reconcile, LOGIN, []);
		expect(without.items('The plan')[0]!.started).toContain('not-reconciling');
		expect(rowsOf('gpp_page_log')).toHaveLength(2);
	});
});

describe('a pressed replay button', () => {
	beforeEach(() => {
		fill('gpp_event', failure());
		fill('gpp_parked', parked(), parked({ gp_key: '1;8', gp_label: 'Another' }));
	});

	it('asks for the record once, starts the sync for it alone and goes back to its story', async () => {
		const pressed = await press(FORM);
		expect(requests()).toMatchObject([
			{
				...{ entity: 'payable', gp_company: 'TWO', gp_key: FORM.key, reason: 'replay' },
				...{ requested_by: 'page: accounting', tries: 0, payload: '' },
			},
		]);
		expect(pressed.subRuns[0]!.items('Batch starts')).toMatchObject([
			{ start_kind: 'replay', dry_run: false, only_requested: true, read_from: '' },
		]);
		expect(sentBack(pressed)).toBe(true);
		await press(FORM);
		expect(requests()).toHaveLength(1);
	});

	it('asks for everything that waits', async () => {
		await press({ token: FORM.token, all: 'yes' });
		expect(requests().map((row) => row.gp_key)).toEqual([FORM.key, '1;8']);
	});

	it('asks for all that wait for one cause', async () => {
		const given = { reason_code: 'job-without-project', cause_key: 'J:800' };
		fill('gpp_parked', parked({ ...given, gp_key: '1;20' }), parked({ ...given, gp_key: '1;21' }));
		fill('gpp_parked', parked({ ...given, cause_key: 'J:80', gp_key: '1;22' }));
		const { token } = FORM;
		await press({ token, cause: 'job-without-project', about: 'J:800', company: 'TWO' });
		expect(requests().map((row) => row.gp_key)).toEqual(['1;20', '1;21']);
		const nothing = { token, cause: '%', about: '', company: 'TWO' };
		expect((await press(nothing)).items('Refuse')).toMatchObject([
			{ status: 404, page: expect.stringContaining('No table knows this record') },
		]);
	});

	it('keeps the request when the sync cannot be started, and says so', async () => {
		const pressed = await press(FORM, LOGIN, []);
		expect(requests()).toHaveLength(1);
		expect(sentBack(pressed)).toBe(true);
		expect(pressed.items('Start sync')[0]).toHaveProperty('error');
	});

	it('says of no record that nothing is known of it where a table could not be read', async () => {
		const unknown = { ...FORM, key: '1;9' };
		fill('gpp_event', failure({ gp_key: '1;9' }));
		tables.unreadable = ['gpp_event'];
		for (const form of [unknown, { token: FORM.token, all: 'yes' }]) {
			if ('all' in form) tables.unreadable = ['gpp_parked'];
			expect((await press(form)).items('Refuse')).toMatchObject([
				{ status: 409, message: expect.stringContaining('could not be read') },
			]);
		}
		expect(requests()).toEqual([]);
		tables.unreadable = ['gpp_event'];
		await press(FORM);
		expect(requests()).toHaveLength(1);
	});

	it('is refused without a token of this visitor, and for a record that no table knows', async () => {
		const stranger = `Basic ${Buffer.from('somebody:else').toString('base64')}`;
		for (const [form, login, status] of [
			[{ ...FORM, token: '' }, LOGIN, 403],
			[FORM, stranger, 403],
			[{ ...FORM, token: replayToken(LOGIN, Date.now() - 13 * 3_600_000)! }, LOGIN, 403],
			[{ ...FORM, key: '1;999' }, LOGIN, 404],
			[{ ...FORM, key: '%' }, LOGIN, 404],
			[{ token: FORM.token }, LOGIN, 400],
		] as const) {
			const pressed = await press(form as Record<string, string>, login);
			expect(pressed.items('Refuse')).toMatchObject([{ status }]);
			expect(sentBack(pressed)).toBe(false);
		}
		expect(requests()).toEqual([]);
	});

	it('does not ask again for what waits for a run already', async () => {
		fill('gpp_request', request());
		const pressed = await press(FORM);
		expect(requests()).toHaveLength(1);
		expect(pressed.subRuns).toHaveLength(1);
	});
});
