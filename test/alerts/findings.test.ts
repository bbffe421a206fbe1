import { DEFAULT_THRESHOLDS, type Thresholds } from '../../lib/alerts/alerts';
import { findAll, isOver, type AlertSources } from '../../lib/alerts/findings';
import { estimatedBytes } from '../../lib/alerts/table-findings';
import { readWorkflowFailure } from '../../lib/run/failed-run';
import { parkedRow } from '../audit/samples';
import { alert, ended, hoursAgo, NOW, sources } from './samples';

const found = (given: Partial<AlertSources>, thresholds: Partial<Thresholds> = {}) =>
	findAll(sources(given), { ...DEFAULT_THRESHOLDS, ...thresholds }, NOW);
const conditions = (given: Partial<AlertSources>, thresholds?: Partial<Thresholds>) =>
	found(given, thresholds).map((finding) => finding.condition);

const watermark = (hours: number, gp_company = 'TWO') => ({
	entity: 'payable',
	gp_company,
	modified_since: '2026-03-01',
	seen: '{}',
	run_id: 'run-1',
	updated_at: hoursAgo(hours),
});
const failure = (given: object = {}) =>
	readWorkflowFailure({
		execution: {
			id: '90',
			url: 'http://localhost/workflow/x/executions/90',
			mode: 'trigger',
			error: { message: 'No such table' },
			...given,
		},
		workflow: { id: 'gpp-housekeeping', name: 'GP to Procore: housekeeping' },
	});

describe('what is wrong', () => {
	test('is nothing when the last run went well and little waits', () => {
		expect(
			found({ runs: [ended('success')], parked: [parkedRow('1;1')], watermarks: [watermark(1)] }),
		).toEqual([]);
	});

	test('is not over because somebody replayed one record', () => {
		const replay = ended('success', { start_kind: 'replay', started_at: hoursAgo(0.5) });
		const whole = ended('success', {
			started_at: hoursAgo(1),
			failed: 40,
			not_proven: 'a cut list',
		});
		const both = ['records-failed', 'not-proven-complete'];
		expect(conditions({ runs: [replay, whole] })).toEqual(both);
		expect(conditions({ runs: [replay, ended('failed')] })).toEqual(['run-failed']);
		expect(conditions({ runs: [{ ...replay, status: 'failed' }, ended('success')] })).toEqual([
			'run-failed',
		]);
		// A backfill asked for by the replay form does read GP.
		const backfill = { ...replay, watermark_to: '{"payable":"2026-03-01"}' };
		expect(conditions({ runs: [backfill, whole] })).toEqual([]);
	});

	test('a run that failed is named with its reason, a link and what to do', () => {
		const link = 'http://localhost/workflow/gpp-sync/executions/40';
		const run = ended('failed', {
			error: 'GP payables: GP did not answer',
			execution_link: link,
			created: 3,
		});
		expect(found({ runs: [run] })).toEqual([
			expect.objectContaining({
				condition: 'run-failed',
				gp_company: 'TWO',
				link,
				level: 1,
				message: expect.stringMatching(/3 created.*GP did not answer/),
				remedy: expect.stringContaining('Retry'),
			}),
		]);
	});

	test('runs that fail one after the other count up, and a success ends it', () => {
		const runs = [
			ended('failed', { started_at: hoursAgo(1) }),
			ended('abandoned', { started_at: hoursAgo(2) }),
			ended('success', { started_at: hoursAgo(3) }),
			ended('failed', { started_at: hoursAgo(4) }),
		];
		expect(found({ runs })[0]).toMatchObject({ condition: 'run-failed', level: 2 });
		expect(found({ runs: [ended('success', { started_at: hoursAgo(0.5) }), ...runs] })).toEqual([]);
	});

	test('a run that yielded to another neither ends a failure nor begins one', () => {
		// A row of 0.2.0 says `yielded`.
		for (const word of ['skipped', 'yielded']) {
			const skipped = ended(word, { started_at: hoursAgo(0.5) });
			expect(conditions({ runs: [skipped, ended('failed')] })).toEqual(['run-failed']);
			expect(conditions({ runs: [skipped, ended('success')] })).toEqual([]);
		}
	});

	test('a run with failed records ends the failure before it; unproven reading is told', () => {
		const problems = ended('success with problems', { failed: 2 });
		expect(conditions({ runs: [problems, ended('failed', { started_at: hoursAgo(5) })] })).toEqual(
			[],
		);
		const unproven = ended('success with problems', { not_proven: 'exactly 100 rows came' });
		expect(conditions({ runs: [unproven] })).toEqual(['not-proven-complete']);
	});

	test('neither a dry run nor one still at work says anything', () => {
		const runs = [ended('running'), ended('failed', { dry_run: true }), ended('success')];
		expect(found({ runs })).toEqual([]);
	});

	test('a refused login is told as that, not as a failed run', () => {
		const error =
			'While reading vendors GP refused the Windows login (status 401). Check domain, user and password.';
		expect(conditions({ runs: [ended('failed', { error })] })).toEqual(['login-refused']);
	});

	test('one cause gives one alert: unread GP is not told beside the failed runs that leave it unread', () => {
		const given = { runs: [ended('failed')], watermarks: [watermark(48)] };
		expect(conditions(given)).toEqual(['run-failed']);
		expect(conditions({ ...given, runs: [ended('success')] })).toEqual(['watermark-stale']);
		expect(conditions({ watermarks: [watermark(48)] })).toEqual(['watermark-stale']);
	});

	test('a stream in which nothing was new is not stale: that it was read stands in the row of the run', () => {
		const read = (given: object) => {
			const run = ended('success', { watermark_to: '{"payable":"2026-03-01"}', ...given });
			return conditions({ runs: [run], watermarks: [watermark(48)] });
		};
		expect(read({})).toEqual([]);
		expect(read({ finished_at: hoursAgo(48) })).toEqual(['watermark-stale']);
		expect(read({ watermark_to: '{"vendor":"2026-03-01"}' })).toEqual(['watermark-stale']);
		expect(read({ gp_company: 'THREE' })).toEqual(['watermark-stale']);
		expect(read({ dry_run: true })).toEqual(['watermark-stale']);
		expect(read({ status: 'failed' })).toEqual(['run-failed']);
	});

	test('many refused records in the last run are told, fewer are not', () => {
		expect(conditions({ runs: [ended('success', { failed: 10 })] })).toEqual(['records-failed']);
		expect(conditions({ runs: [ended('success', { failed: 9 })] })).toEqual([]);
	});

	test('many parked records are told by company, with the commonest reasons first', () => {
		const parked = [
			...Array.from({ length: 3 }, (_, index) => parkedRow(`1;${index}`)),
			parkedRow('1;9', { reason_code: 'no-project', message: 'No project', remedy: 'Name it' }),
			parkedRow('1;5', { gp_company: 'THREE' }),
		];
		const [only, ...others] = found({ parked }, { parkedRecords: 4 });
		expect(others).toEqual([]);
		expect(only).toMatchObject({ gp_company: 'TWO', level: 4 });
		expect(only!.message.split('\n')).toEqual([
			'3 × missing-vendor, such as Invoice: No vendor',
			'1 × no-project, such as Invoice: No project',
		]);
		expect(only!.remedy).toContain('Add the vendor');
	});

	test('days without a record are told while runs succeed', () => {
		const quiet = (hours: number) => ended('success', { started_at: hoursAgo(hours), read: 0 });
		const week = [quiet(1), quiet(24), quiet(24 * 7)];
		expect(conditions({ runs: week })).toEqual(['nothing-read']);
		expect(conditions({ runs: [...week, ended('success', { started_at: hoursAgo(30) })] })).toEqual(
			[],
		);
		expect(conditions({ runs: [quiet(1), quiet(24)] })).toEqual([]);
		const counted = quiet(20);
		delete counted.read;
		counted.payables = '{"read":3,"created":1}';
		expect(conditions({ runs: [quiet(1), counted, quiet(24 * 7)] })).toEqual([]);
	});

	test('a requested record that could not be read is told, however few wait', () => {
		const unread = parkedRow('1;1', {
			reason_code: 'gave-up',
			message: 'Asked for in 5 runs, and GP gave it in none',
		});
		expect(found({ parked: [unread, parkedRow('1;2')] })).toEqual([
			expect.objectContaining({
				condition: 'request-given-up',
				level: 1,
				message: expect.stringContaining('Asked for in 5 runs'),
			}),
		]);
	});

	test('books that differ are told from the last reconciliation only', () => {
		const total = (unexplained: string, at: string) => ({
			at,
			gp_company: 'TWO',
			row_kind: 'total',
			gp_amount: '100.00',
			procore_amount: '90.00',
			unexplained,
		});
		const row = { ...total('5.00', NOW), row_kind: 'difference' };
		expect(
			conditions({
				reconciliation: [total('10.00', hoursAgo(30)), total('0.00', hoursAgo(2)), row],
			}),
		).toEqual([]);
		expect(found({ reconciliation: [total('10.00', hoursAgo(2))] })[0]).toMatchObject({
			condition: 'books-differ',
			subject: expect.stringContaining('10.00'),
		});
	});

	describe('books that differed', () => {
		const total = (month: string, unexplained = '0.00', at = hoursAgo(1)) => ({
			...{ at, gp_company: 'TWO', row_kind: 'total', gp_amount: '9.00', procore_amount: '9.00' },
			...{ unexplained, month },
		});
		const alertOf = (...given: Parameters<typeof total>) =>
			alert({ ...found({ reconciliation: [total(...given)] })[0]! });
		const over = (row: ReturnType<typeof alert>, ...months: string[]) =>
			months.map((month) =>
				isOver(row, DEFAULT_THRESHOLDS, sources({ reconciliation: [total(month)] }), NOW),
			);

		test('are over by a comparison of the same months or more, by no other', () => {
			const months = ['', '2026-05', '2026-05 to 2026-07', 'up to 2026-06', 'from 2026-06'];
			expect(over(alertOf('', '10.00'), ...months)).toEqual([true, false, false, false, false]);
			expect(over(alertOf('2026-06', '10.00'), ...months)).toEqual([true, false, true, true, true]);
			expect(over(alertOf('from 2026-06', '1.00'), ...months)).toEqual([
				...[true, false, false, false, true],
			]);
			const none = isOver(alertOf('', '10.00'), DEFAULT_THRESHOLDS, sources(), NOW);
			expect([none, ...over(alert({ condition: 'books-differ' }), '2026-05')]).toEqual([
				...[false, true],
			]);
		});

		test('in all months stay told of all where some of them differ again', () => {
			const reconciliation = [total('2026-05', '3.00')];
			const again = (month: string) =>
				alert({ ...found({ reconciliation, standing: [alertOf(month, '10.00')] })[0]! });
			expect(over(again(''), '2026-05', '')).toEqual([false, true]);
			expect(again('2026-02 to 2026-03').message).toContain(
				'comparison of 2026-02 to 2026-05 finds',
			);
		});
	});

	test('books that agree about what was read, but may lack documents, are told', () => {
		const total = {
			...{ at: hoursAgo(2), gp_company: 'TWO', row_kind: 'total', unexplained: '0.00' },
			...{ gp_amount: '1', procore_amount: '1', not_proven: '12 documents of GP are missing' },
		};
		expect(found({ reconciliation: [total] })).toMatchObject([
			{
				condition: 'books-not-proven',
				severity: 'warning',
				message: expect.stringContaining('12 documents'),
			},
		]);
		expect(conditions({ reconciliation: [{ ...total, not_proven: '' }] })).toEqual([]);
	});

	describe('two versions of the mapping that decide in turn', () => {
		/** An event a run: version, hours ago. */
		const events = (turns: ReadonlyArray<readonly [string, number]>, given: object = {}) =>
			turns.map(([mapping_version, hours], index) => ({
				...{ id: index + 1, gp_company: 'TWO', at: hoursAgo(hours), mapping_version },
				...given,
			}));
		const turns = (given: Parameters<typeof found>[0]) =>
			found(given).filter(({ condition }) => condition === 'mappings-in-turn');
		const inTurn = [
			['new', 5],
			['old', 4],
			['old', 4],
			['new', 3],
			['old', 2],
		] as const;

		test('are told: an older version of the sync may run beside the published one', () => {
			expect(turns({ events: events(inTurn) })).toMatchObject([
				{
					gp_company: 'TWO',
					severity: 'problem',
					message: expect.stringContaining('the mapping versions new and old in turn'),
					remedy: expect.stringContaining('restart n8n'),
				},
			]);
			// However n8n gave the rows.
			expect(turns({ events: events(inTurn).reverse() })).toHaveLength(1);
		});

		test('are none where somebody changed it, and changed it back', () => {
			expect(turns({ events: events(inTurn.slice(0, 4)) })).toEqual([]);
			expect(turns({ events: events([...inTurn.slice(0, 4), ['third', 1]]) })).toEqual([]);
			expect(turns({})).toEqual([]);
		});

		test('are over a day later, and neither tried by a dry run nor those of two companies', () => {
			expect(turns({ events: events(inTurn.map(([name, hours]) => [name, hours + 20])) })).toEqual(
				[],
			);
			expect(turns({ events: events(inTurn, { dry_run: true }) })).toEqual([]);
			expect(turns({ events: events(inTurn, { mapping_version: '' }) })).toEqual([]);
			const apart = events(inTurn).map((one) => ({ ...one, gp_company: one.mapping_version }));
			expect(turns({ events: apart })).toEqual([]);
		});
	});

	describe('tables that grow near what n8n allows', () => {
		/** Events of about a kilobyte, from the first to the last id. */
		const events = (first: number, last: number) =>
			[first, last - 1, last].map((id) => ({ id, message: 'é'.repeat(480), rule: 'x'.repeat(38) }));
		const size = (given: Parameters<typeof found>[0]) =>
			found(given).filter(({ condition }) => condition === 'tables-nearly-full');

		test('are told with what is in them', () => {
			expect(size({ events: events(1, 130_000) })).toEqual([]);
			expect(size({ events: events(1, 140_000) })).toMatchObject([
				{
					severity: 'warning',
					subject: expect.stringMatching(/about 8\d% full/),
					message: expect.stringMatching(/gpp_event: 16\d MB/),
					remedy: expect.stringContaining('VACUUM FULL'),
				},
			]);
			expect(size({ events: events(1, 170_000) })).toMatchObject([{ severity: 'problem' }]);
		});

		test.each([
			// Values of a row, columns of its table, bytes a row: measured on n8n 2.41 with SQLite.
			[1094, 33, 1370],
			[492, 37, 588],
			[3153, 15, 4108],
		])('are known by a row of %i letters in %i columns', (letters, columns, measured) => {
			const blank = Array.from({ length: columns - 1 }, (_, index) => [`column${index}`, '']);
			const row = { ...Object.fromEntries(blank), text: 'x'.repeat(letters) };
			const estimated = estimatedBytes({ name: '', rows: [1, 1000].map((id) => ({ ...row, id })) });
			expect(Math.abs(estimated / 1000 / measured - 1)).toBeLessThan(0.17);
		});

		test('are not told where the older rows were removed', () => {
			expect(size({ events: events(900_001, 1_030_000) })).toEqual([]);
		});

		test('count runs and waiting records, too', () => {
			const runs = [ended('success', { id: 20_000, error: 'x'.repeat(900) })];
			const oldestRun = [ended('success', { id: 1, error: 'x'.repeat(900) })];
			const given = { events: events(1, 120_000), runs, oldestRun };
			expect(size({ events: given.events, runs })).toEqual([]);
			expect(size(given)).toHaveLength(1);
			const parked = Array.from({ length: 3_000 }, (_, index) =>
				parkedRow(`1;${index}`, { payload: 'x'.repeat(8_000) }),
			);
			expect(size({ events: given.events, parked })).toHaveLength(1);
		});
	});
});

describe('a failed workflow', () => {
	test('is told by itself when it leaves no run', () => {
		expect(found({ failure: failure() })[0]).toMatchObject({
			condition: 'workflow-failed gpp-housekeeping',
			gp_company: '',
			link: 'http://localhost/workflow/x/executions/90',
		});
	});

	test('is told by itself when the row of its run could not be closed', () => {
		const runs = [ended('running', { execution_id: '90' })];
		expect(conditions({ failure: failure(), runs })).toEqual(['workflow-failed gpp-housekeeping']);
	});

	test('is told by its run when it has one, also when it was a retry', () => {
		const runs = [ended('failed', { execution_id: '90' })];
		expect(conditions({ failure: failure(), runs })).toEqual(['run-failed']);
		expect(conditions({ failure: failure({ id: '91', retryOf: '90' }), runs })).toEqual([
			'run-failed',
		]);
	});

	test('is not told for a batch inside a run: the run is', () => {
		expect(conditions({ failure: failure({ mode: 'integrated' }) })).toEqual([]);
	});

	test('is over when it did not fail again for a day, since its success leaves no trace', () => {
		const row = alert({ condition: 'workflow-failed x', gp_company: '' });
		const over = (hours: number) =>
			isOver({ ...row, last_at: hoursAgo(hours) }, DEFAULT_THRESHOLDS, sources(), NOW);
		expect([over(23), over(24)]).toEqual([false, true]);
		expect(isOver(alert(), DEFAULT_THRESHOLDS, sources(), NOW)).toBe(true);
		expect(isOver(alert({ condition: 'chain-broken' }), DEFAULT_THRESHOLDS, sources(), NOW)).toBe(
			false,
		);
	});

	test.each(['workflow-failed gpp-sync', 'login-refused'])(
		'of the sync before it had a run is over with its next good run: %s',
		(condition) => {
			const row = alert({ condition, gp_company: '', last_at: hoursAgo(2) });
			const run = (hours: number, workflow = 'gpp-sync') =>
				ended('success', {
					started_at: hoursAgo(hours),
					execution_link: `http://localhost:5678/workflow/${workflow}/executions/50`,
				});
			const over = (...runs: ReturnType<typeof run>[]) =>
				isOver(row, DEFAULT_THRESHOLDS, sources({ runs }), NOW);
			expect(over(run(1))).toBe(true);
			expect([over(), over(run(3)), over(run(1, 'another'))]).toEqual([false, false, false]);
		},
	);
});
