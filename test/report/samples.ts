import { TABLES } from '../../lib/tables/tables';
import { renderPage } from '../../lib/report/run-shown';
import { readQuestion } from '../../lib/report/read/question';

export const NOW = '2026-03-02T09:30:00.000Z';

type Cells = Record<string, string | number | boolean | null>;
type TableName = keyof typeof TABLES;

let rowIds = 0;

/** A row as n8n hands it out: every column, blank where nothing is given. */
export function row(table: TableName, given: Cells): Cells {
	const known = TABLES[table].columns.map(({ name }) => name as string);
	const unknown = Object.keys(given).filter((name) => name !== 'id' && !known.includes(name));
	if (unknown.length > 0) throw new Error(`${table} has no column ${unknown.join(', ')}`);
	return {
		id: ++rowIds,
		...Object.fromEntries(known.map((name) => [name, null])),
		...given,
	};
}

export const event = (given: Cells = {}) =>
	row('events', {
		at: '2026-03-01T06:00:12.000Z',
		entity: 'payable',
		gp_company: 'TWO',
		gp_key: '1;00000000000000417',
		gp_label: 'Invoice INV-88 of ACME0001, voucher 00417',
		gp_state: 'open',
		outcome: 'created',
		procore_type: 'directCost',
		procore_id: '5501',
		procore_project_id: '9001',
		origin_id: 'GP:TWO:PM:1:00000000000000417:P:9001',
		gp_amount: '1250.5',
		procore_amount: '1250.5',
		rule: 'segment 1 = project number',
		run_id: 'run-1',
		execution_id: '17',
		batch_id: 'run-1/3',
		mapping_version: 'a1b2c3',
		procore_link: 'https://app.procore.com/9001/project/direct_costs/5501',
		touches: '|V:ACME0001|VOUCHER:00417|J:300|P:9001|',
		attempt: 1,
		sequence: 1,
		dry_run: false,
		...given,
	});

export const failure = (given: Cells = {}) =>
	event({
		outcome: 'failed',
		reason_code: 'procore-refused',
		message: 'Procore refused the direct cost: cost code 300-5110 is not active.',
		remedy: 'Activate the cost code in the project, or change its row in gpp_account_crosswalk.',
		procore_id: null,
		procore_amount: '0',
		procore_link: null,
		...given,
	});

export const parked = (given: Cells = {}) =>
	row('parked', {
		entity: 'payable',
		gp_company: 'TWO',
		gp_key: '1;00000000000000417',
		gp_label: 'Invoice INV-88 of ACME0001, voucher 00417',
		reason_code: 'procore-refused',
		message: 'Procore refused the direct cost: cost code 300-5110 is not active.',
		remedy: 'Activate the cost code in the project, or change its row in gpp_account_crosswalk.',
		tries: 3,
		first_parked_at: '2026-03-01T06:00:12.000Z',
		last_tried_at: '2026-03-02T09:00:08.000Z',
		gp_amount: '1250.5',
		run_id: 'run-1',
		payload: '{"kind":"payable"}',
		...given,
	});

export const run = (given: Cells = {}) =>
	row('runs', {
		run_id: 'run-1',
		status: 'success',
		started_at: '2026-03-02T09:00:00.000Z',
		finished_at: '2026-03-02T09:00:48.000Z',
		start_kind: 'schedule',
		dry_run: false,
		gp_company: 'TWO',
		read_from: 'watermark',
		...{
			created: 12,
			updated: 3,
			unchanged: 140,
			adopted: 0,
			voided: 1,
			parked: 4,
			skipped: 2,
			failed: 1,
		},
		gp_amount: '48210.55',
		procore_amount: '46960.05',
		vendors: '{"read":3,"created":1,"updated":1,"unchanged":1}',
		accounts: '{"read":0}',
		payables: '{"read":20,"created":11,"updated":2,"voided":1,"parked":4,"failed":1,"skipped":2}',
		execution_id: '17',
		...{ read: 163, calls: 41, waited_ms: 0, duration_s: 48, events: 163 },
		execution_link: 'http://localhost:5678/workflow/gpp-sync/executions/17',
		...given,
	});

export const request = (given: Cells = {}) =>
	row('requests', {
		entity: 'payable',
		gp_company: 'TWO',
		gp_key: '1;00000000000000417',
		gp_label: 'Invoice INV-88 of ACME0001, voucher 00417',
		reason: 'replay',
		requested_at: '2026-03-02T09:29:30.000Z',
		requested_by: 'page: accounting',
		tries: 0,
		...given,
	});

export const watermark = (given: Cells = {}) =>
	row('watermark', {
		entity: 'payable',
		gp_company: 'TWO',
		modified_since: '2026-03-01',
		seen: '{}',
		run_id: 'run-1',
		updated_at: '2026-03-02T09:00:40.000Z',
		...given,
	});

export const alert = (given: Cells = {}) =>
	row('alerts', {
		condition: 'failed-records',
		gp_company: 'TWO',
		severity: 'problem',
		subject: '12 records failed in the last run',
		message: 'Procore refused 12 direct costs.',
		remedy: 'Open the waiting records and follow what each says.',
		first_at: '2026-03-02T07:00:48.000Z',
		last_at: '2026-03-02T09:00:48.000Z',
		run_id: 'run-1',
		times: 3,
		...given,
	});

export const reconciled = (given: Cells = {}) =>
	row('reconciliation', {
		at: '2026-03-02T05:00:00.000Z',
		gp_company: 'TWO',
		row_kind: 'total',
		gp_amount: '1048210.55',
		procore_amount: '1046960.05',
		difference: '1250.50',
		explained: 'parked 1250.50',
		unexplained: '0.00',
		...given,
	});

/** The page at an address such as `page=story&key=…`, drawn from the rows given. */
export function draw(
	query: string,
	tables: Record<string, object[]> = {},
	more: { now?: string; token?: string | null; language?: string } = {},
): string {
	const now = more.now ?? NOW;
	return renderPage({
		question: readQuestion(
			Object.fromEntries(new URLSearchParams(query)),
			now,
			more.language ?? 'en',
		),
		tables,
		now,
		token: more.token === undefined ? 'a-token' : more.token,
		linkHosts: 'procore.com, localhost:5678',
	});
}
