import { closeRun, MOST_BATCHES, nextStep, runRow, withWatermarks } from '../../lib/run/run';
import { recordsToRetry } from '../../lib/run/parked-rows';
import type { RunState } from '../../lib/audit/event-row';
import { checkpoint, outcome, parkedRow, payablesRun, record, run } from '../audit/samples';

describe('a run', () => {
	test('begins with its first part in the order in which records must flow', () => {
		const state = run({ parts: ['payables', 'vendors'] });
		expect(state.parts).toEqual(['vendors', 'payables']);
		expect(state.step).toEqual({ part: 'vendors', phase: 'requested', batch: 1 });
	});

	test('does everything when no part is named, and takes a blank date for none', () => {
		expect(run({ parts: [], from: ' ' })).toMatchObject({
			parts: ['vendors', 'accounts', 'payables'],
			from: null,
		});
	});

	test('reads on while GP has more, tries parked records once, then goes to the next part', () => {
		const steps: string[] = [];
		let state: RunState = run();
		const cursors = ['a', 'b'];
		while (state.step) {
			const { part, phase, batch } = state.step;
			steps.push(`${part} ${phase} ${batch}`);
			const cursor = part === 'vendors' && phase === 'changes' ? (cursors.shift() ?? null) : null;
			const entity = part === 'vendors' ? 'vendor' : part === 'accounts' ? 'account' : 'payable';
			state = record({
				state,
				checkpoint:
					phase === 'changes' ? checkpoint({ entity, more: cursor !== null, cursor }) : null,
				parkedRows: part === 'payables' ? [parkedRow('1;5')] : [],
			}).state;
		}
		expect(steps).toEqual([
			'vendors requested 1',
			'vendors changes 1',
			'vendors changes 2',
			'vendors changes 3',
			'accounts requested 1',
			'accounts changes 1',
			'payables requested 1',
			'payables changes 1',
			'payables parked 1',
		]);
		expect(state.batches).toBe(9);
	});

	test('hands cursor and watermark on inside a part and drops them after it', () => {
		const inside = record({ checkpoint: checkpoint({ more: true, cursor: 'c1' }) }).state;
		expect([inside.cursor, inside.watermark]).toEqual(['c1', checkpoint().watermark]);
		const step = { part: 'vendors', phase: 'changes', batch: 2 } as const;
		const state = { ...run(), step, cursor: 'c1', watermark: checkpoint().watermark };
		const after = record({ state, checkpoint: checkpoint({ entity: 'vendor' }) }).state;
		expect([after.cursor, after.watermark]).toEqual([null, null]);
	});

	const of = (since: string) => ({ since, seen: {} });

	test('begins each part where its stream stood when the run took its lease', () => {
		const vendors = withWatermarks(
			run(),
			{ vendor: of('2026-01-01'), account: of('2026-02-02') },
			false,
		);
		expect(vendors.watermark).toEqual(of('2026-01-01'));
		const step = { part: 'vendors', phase: 'changes', batch: 1 } as const;
		const accounts = record({
			state: { ...vendors, step },
			checkpoint: checkpoint({ entity: 'vendor' }),
		}).state;
		expect(accounts.watermark).toEqual(of('2026-02-02'));
		expect(accounts.reach).toEqual({
			from: { vendor: '2026-01-01', account: '2026-02-02' },
			to: { vendor: '2026-03-01' },
		});
		expect(withWatermarks(accounts, { account: of('2026-03-03') }, false).watermark).toEqual(
			of('2026-02-02'),
		);
	});

	test('carries no watermark where each batch reads its own, and says all the same from where to where', () => {
		const begun = withWatermarks(run(), { vendor: of('2026-01-01') }, true);
		const step = { part: 'vendors', phase: 'changes', batch: 1 } as const;
		const behind = checkpoint({ entity: 'vendor', more: true, cursor: 'c1' });
		const after = record({ state: { ...begun, step }, checkpoint: behind }).state;
		expect([begun.watermark, begun.watermarks]).toEqual([null, undefined]);
		expect([after.cursor, after.watermark, after.watermarks]).toEqual(['c1', null, undefined]);
		expect(after.reach).toEqual({ from: { vendor: '2026-01-01' }, to: { vendor: '2026-03-01' } });
	});

	test('keeps where the later streams stood until their turn comes', () => {
		const of = (since: string) => ({ since, seen: {} });
		const stood = {
			...{ vendor: of('2026-01-01'), account: of('2026-02-02'), payable: of('2026-03-03') },
		};
		let state = withWatermarks(run(), stood, false);
		const began: Array<string | null | undefined> = [];
		for (const [part, entity] of [
			['vendors', 'vendor'],
			['accounts', 'account'],
		] as const) {
			state = { ...state, step: { part, phase: 'changes', batch: 1 } };
			state = record({ state, checkpoint: checkpoint({ entity }) }).state;
			began.push(state.watermark?.since);
		}
		expect(began).toEqual(['2026-02-02', '2026-03-03']);
	});

	test('with no attempt cut off remembers none', () => {
		expect(record().state).not.toHaveProperty('cutOff');
	});

	test('does not try again what it parked itself minutes ago', () => {
		const own = record({ parkedRows: [parkedRow('1;5', { run_id: 'run-2' })] });
		expect(own.state.step).toBeNull();
		const readAgain = record({
			outcomes: [outcome('failed', '1;5')],
			parkedRows: [parkedRow('1;5', { id: 4 })],
		});
		expect(readAgain.state.step).toBeNull();
	});

	test('stops when GP says there is more but gives no new place to go on from', () => {
		const state = payablesRun({ cursor: 'same' });
		expect(() => record({ state, checkpoint: checkpoint({ more: true, cursor: 'same' }) })).toThrow(
			/same place/,
		);
		expect(() => record({ checkpoint: checkpoint({ more: true, cursor: null }) })).toThrow(/run-2/);
	});

	test('stops after more batches than any company has', () => {
		const after = { more: true, cursor: 'x', parkedCount: 0, requestCount: 0 };
		expect(() => nextStep(payablesRun({ batches: MOST_BATCHES }), after)).toThrow(/20000 batches/);
	});

	test('that is done stays done', () => {
		expect(
			nextStep(payablesRun({ step: null }), {
				more: true,
				cursor: 'x',
				parkedCount: 3,
				requestCount: 0,
			}),
		).toBeNull();
	});

	test('closes with its sums', () => {
		const { state } = record({
			outcomes: [
				outcome('created', '1;7'),
				outcome('reactivated', '1;8'),
				outcome('locked', '1;9'),
			],
			checkpoint: checkpoint({ counts: { read: 4, unchanged: 1, requests: 1 } }),
		});
		const row = closeRun(state, {
			executionId: '17',
			status: 'success',
			now: '2026-03-02T06:01:00.000Z',
		});
		expect(row).toMatchObject({
			run_id: 'run-2',
			// One is locked.
			status: 'success with problems',
			started_at: '2026-03-02T05:59:00.000Z',
			finished_at: '2026-03-02T06:01:00.000Z',
			read_from: 'watermark',
			created: 1,
			updated: 1,
			unchanged: 1,
			failed: 1,
			gp_amount: '30',
			procore_amount: '20',
		});
		expect(JSON.parse(row.payables)).toMatchObject({
			read: 4,
			created: 1,
			reactivated: 1,
			failed: 1,
		});
		expect(runRow(state, { executionId: '17', status: 'running' }).finished_at).toBe('');
		const clean = record({ outcomes: [outcome('created', '1;7'), outcome('parked', '1;8')] });
		const end = { executionId: '17', status: 'success' as const, now: '2026-03-02T06:01:00.000Z' };
		expect(closeRun(clean.state, end).status).toBe('success');
	});
});

describe('parked records to try again', () => {
	const state = payablesRun({ step: { part: 'payables', phase: 'parked', batch: 1 } });
	const keys = (rows: Parameters<typeof recordsToRetry>[0]) =>
		recordsToRetry(rows, state).map((one) => one.key);

	test('are those of this part and company that earlier runs left', () => {
		expect(
			keys([
				parkedRow('1;1'),
				parkedRow('1;2', { run_id: 'run-2' }),
				parkedRow('V', { entity: 'vendor' }),
				parkedRow('1;3', { gp_company: 'THREE' }),
			]),
		).toEqual(['1;1']);
	});

	test('are those of every part where the run is in none', () => {
		const rows = [
			parkedRow('1;1'),
			parkedRow('V', { entity: 'vendor', payload: '{"kind":"vendor","key":"V"}' }),
			parkedRow('1;3', { gp_company: 'THREE' }),
		];
		const found = recordsToRetry(rows, payablesRun({ step: null })).map((one) => one.key);
		expect(found.sort()).toEqual(['1;1', 'V']);
	});

	test('come once per key, from the latest row', () => {
		const late = parkedRow('1;1', {
			last_tried_at: '2026-03-01T01:00:00.000Z',
			payload: '{"kind":"payable","key":"late"}',
		});
		expect(keys([late, parkedRow('1;1')])).toEqual(['late']);
	});

	test('leave out a payload somebody damaged', () => {
		expect(
			keys([parkedRow('1;1', { payload: '{"half' }), parkedRow('1;2', { payload: '7' })]),
		).toEqual([]);
	});
});

describe('the row of a run', () => {
	const ended = { executionId: '17', status: 'success' as const };

	test('tells how long it took, in tenths of a second, and when it was last heard of', () => {
		const at = (finishedAt: string) => runRow(run(), { ...ended, finishedAt });
		expect(at('2026-03-02T06:01:02.449Z')).toMatchObject({
			duration_s: 122.4,
			alive_at: '2026-03-02T06:01:02.449Z',
		});
		expect(at('2026-03-02T05:59:00.050Z').duration_s).toBe(0.1);
		const open = runRow(run(), { ...ended, aliveAt: '2026-03-02T06:00:00.000Z' });
		expect(open).toMatchObject({ finished_at: '', duration_s: 60 });
		expect(runRow(run(), ended)).toMatchObject({ duration_s: 0, alive_at: run().startedAt });
	});

	test('counts the calls to both sides, and what was waited for', () => {
		const traffic = { gp: 3, procore: 40, waitedMs: 1_500 };
		expect(runRow({ ...run(), traffic }, ended)).toMatchObject({ calls: 43, waited_ms: 1_500 });
		const { traffic: _, ...without } = run();
		expect(runRow(without as RunState, ended)).toMatchObject({ calls: 0, waited_ms: 0 });
	});

	test('tells from where to where each stream was read', () => {
		const reach = { from: { vendor: '2026-01-01' }, to: { vendor: '2026-03-01' } };
		const row = runRow({ ...run(), reach }, ended);
		expect(
			[row.watermark_from, row.watermark_to].map((cell) => JSON.parse(cell as string)),
		).toEqual([...[reach.from, reach.to]]);
		const { reach: _, ...without } = { ...run(), reach };
		expect(runRow(without, ended)).toMatchObject({ watermark_from: '{}', watermark_to: '{}' });
	});

	test('says what was read: requests alone, from a day, or on from the watermark', () => {
		expect(runRow(run(), ended).read_from).toBe('watermark');
		expect(runRow(run({ from: '2026-01-31' }), ended).read_from).toBe('2026-01-31');
		expect(runRow(run({ from: '2026-01-31', onlyRequested: true }), ended).read_from).toBe(
			'requests',
		);
	});

	test('adds a vendor made active again to those updated', () => {
		const counts = structuredClone(run().counts);
		Object.assign(counts.vendor, { read: 9, updated: 2, reactivated: 1, voided: 4, skipped: 5 });
		Object.assign(counts.payable, { read: 1, updated: 3, adopted: 6 });
		expect(runRow({ ...run(), counts }, ended)).toMatchObject({
			...{ read: 10, updated: 6, voided: 4, skipped: 5, adopted: 6, created: 0 },
		});
	});

	test('has the head of its chain where it keeps one, and no such cells where not', () => {
		const chain = { events: 7, hash: 'h7' };
		expect(runRow({ ...run(), chain }, ended)).toMatchObject({ events: 7, chain: 'h7' });
		expect(runRow(run(), ended)).not.toHaveProperty('chain');
	});
});
