import { failedRun, readWorkflowFailure, saysLoginRefused } from '../../lib/run/failed-run';
import type { LeaseRow, RunRow } from '../../lib/audit/event-row';
import { runRow } from '../../lib/run/run';
import { NOW, run } from '../audit/samples';

const BASE = 'http://localhost:5678/workflow/gpp-sync/executions';

/** What n8n's Error Trigger gives, see n8n's execute-error-workflow. */
function errorItem(given: { id?: string; mode?: string; retryOf?: string; error?: object } = {}) {
	const id = given.id ?? '40';
	return {
		execution: {
			id,
			url: `${BASE}/${id}`,
			retryOf: given.retryOf,
			mode: given.mode ?? 'trigger',
			lastNodeExecuted: 'GP payables',
			error: given.error ?? {
				message: 'GP did not answer',
				description: 'Check that the GP server is up.',
				node: { name: 'GP payables' },
			},
		},
		workflow: { id: 'gpp-sync', name: 'GP to Procore: sync' },
	};
}

const open = (given: Partial<RunRow> = {}): RunRow => ({
	...runRow(run(), { executionId: '40', status: 'running' }),
	...given,
});
const lease = (given: Partial<LeaseRow> = {}): LeaseRow => ({
	gp_company: 'TWO',
	run_id: 'run-2',
	execution_id: '40',
	taken_at: NOW,
	until: NOW,
	...given,
});
const close = (item: object, runs: RunRow[], leases: LeaseRow[] = []) =>
	failedRun({ failure: readWorkflowFailure(item)!, runs, leases, now: NOW });

describe('the run of a failed execution', () => {
	test('is closed with the reason, a link and its duration, and its lease is given back', () => {
		const { row, release } = close(errorItem(), [open()], [lease()]);
		expect(row).toMatchObject({
			run_id: 'run-2',
			status: 'failed',
			finished_at: NOW,
			execution_link: `${BASE}/40`,
			error: 'GP payables: GP did not answer. Check that the GP server is up.',
			duration_s: 60,
		});
		expect(release).toEqual({ gp_company: 'TWO', run_id: 'run-2' });
	});

	test('keeps its counts, and loses the columns only n8n may write', () => {
		const standing = { ...open({ created: 7 }), id: 3, createdAt: 'x', updatedAt: 'y' };
		const { row } = close(errorItem(), [standing]);
		expect(row).toMatchObject({ created: 7 });
		expect(Object.keys(row!)).not.toEqual(expect.arrayContaining(['id']));
		expect(row).not.toHaveProperty('createdAt');
	});

	test('closes itself when a batch inside it failed, and may be at work again by now', () => {
		const batch = errorItem({ id: '41', mode: 'integrated' });
		expect(close(batch, [open()], [lease()])).toEqual({ row: null, release: null });
	});

	test('is left alone once a later Retry is at work on it', () => {
		const retry = errorItem({ id: '55', mode: 'retry', retryOf: '54' });
		const again = open({ execution_id: '56' });
		const untouched = { row: null, release: null };
		expect(close(retry, [again], [lease({ execution_id: '56' })])).toEqual(untouched);
		expect(close(retry, [again])).toEqual(untouched);
		// It has its lease again, and its row still tells of the failure.
		const failed = open({ execution_id: '55', status: 'failed' });
		expect(close(retry, [failed], [lease({ execution_id: '56' })])).toEqual(untouched);
	});

	test('is found when its retry fails, and is then the retry’s', () => {
		const retry = errorItem({ id: '55', mode: 'retry', retryOf: '40' });
		expect(close(retry, [open()]).row).toMatchObject({
			run_id: 'run-2',
			execution_id: '55',
			execution_link: `${BASE}/55`,
		});
	});

	test('is told once: a run closed already stays as it is, its lease goes all the same', () => {
		const closed = open({ status: 'failed' });
		expect(close(errorItem(), [closed], [lease()])).toEqual({
			row: null,
			release: { gp_company: 'TWO', run_id: 'run-2' },
		});
	});

	test('is nobody’s when another workflow failed', () => {
		expect(close(errorItem({ id: '77' }), [open()], [lease()])).toEqual({
			row: null,
			release: null,
		});
	});
});

describe('a retry whose execution no run knows', () => {
	const retry = errorItem({ id: '60', mode: 'retry', retryOf: '59' });
	const at = (execution_id: string, given: Partial<RunRow> = {}) =>
		open({ run_id: `run of ${execution_id}`, execution_id, ...given });
	const closed = (runs: RunRow[], leases: LeaseRow[] = []) =>
		close(retry, runs, leases).row?.run_id;

	test('is that of the one run at work, whatever ended before', () => {
		const ended = [at('40', { status: 'success' }), at('45', { status: 'failed' })];
		expect(closed([...ended, at('50')])).toBe('run of 50');
		expect(closed(ended)).toBeUndefined();
		expect(closed([ended[0]])).toBeUndefined();
	});

	test('is that of the one that holds a lease, where several are open', () => {
		const leases = [lease({ run_id: 'run of 50', execution_id: '50' })];
		expect(closed([at('40'), at('50')], leases)).toBe('run of 50');
		expect(closed([at('40'), at('50')])).toBeUndefined();
	});

	test('is of none begun after it', () => {
		expect(closed([at('61')])).toBeUndefined();
	});
});

describe('a failure as n8n reports it', () => {
	test('may have no execution: a trigger that failed', () => {
		const item = {
			trigger: { mode: 'trigger', error: { message: 'No form path' } },
			workflow: { id: 'x', name: 'Replay' },
		};
		expect(readWorkflowFailure(item)).toMatchObject({ executionId: '', message: 'No form path' });
		expect(close(item, [open({ execution_id: '' })]).row).toBeNull();
	});

	test('loses its secrets before it is stored', () => {
		const item = errorItem({
			error: { message: 'password=hunter2 Authorization: Bearer abcdefgh12345678901' },
		});
		const { row } = close(item, [open()]);
		expect(row!.error).not.toMatch(/hunter2|abcdefgh1234/);
	});

	test('says what to do once, where the message says it already', () => {
		const message = (error: object) => readWorkflowFailure(errorItem({ error }))!.message;
		const [happened, remedy] = ['GP did not answer.', 'Start it.'];
		expect(message({ message: happened, description: remedy })).toBe(`${happened} ${remedy}`);
		const both = `${happened} ${remedy}`;
		expect(message({ message: both, description: remedy })).toBe(both);
		expect(message({ message: happened })).toBe(happened);
		expect(message({ description: remedy })).toBe(`No reason was given. ${remedy}`);
	});

	test('is nothing when it is something else', () => {
		expect([null, {}, { json: 1 }, 'x'].map(readWorkflowFailure)).toEqual([null, null, null, null]);
	});

	test.each([
		['While reading vendors GP refused the Windows login (status 401).', true],
		['https://gp.example refused the login of CORP\\gpsvc', true],
		['Procore refused the request (status 401)', true],
		['GP answered with status 503', false],
		['GP answered with status 4010', false],
		['The token of yesterday is of no use: Procore now refuses it', true],
		['the login of the service was twice rejected', true],
		['login refused', true],
		[`login ${'x'.repeat(60)} refused`, false],
		['Unauthorised', true],
		['unauthorized', true],
		['unauthorited', false],
		['The vendor was refused: name is taken', false],
	])('says whether a login was refused: %s', (text, expected) => {
		expect(saysLoginRefused(text)).toBe(expected);
	});
});
