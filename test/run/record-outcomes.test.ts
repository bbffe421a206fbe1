import { fc, test as property } from '@fast-check/jest';
import type { RecordOutcomesInput } from '../../lib/run/record-outcomes';
import { WAITING_OUTCOMES, type OutcomeKind } from '../../lib/model/outcome';
import { checkpoint, NOW, outcome, parkedRow, payablesRun, record, source } from '../audit/samples';

type Checkpoint = NonNullable<RecordOutcomesInput['checkpoint']>;

describe('events', () => {
	test('tell what became of each record', () => {
		const { events } = record({
			outcomes: [
				outcome('updated', '1;7', {
					originId: 'GP:TWO:PM:1:7:P:9001',
					procore: { type: 'directCost', id: '44', projectId: '9001' },
					changes: [{ field: 'status', before: 'draft', after: 'approved' }],
					source: source('1;7', { rule: 'projects crosswalk row 12' }),
				}),
			],
			notSent: [outcome('parked', '1;8')],
		});
		expect(events).toHaveLength(2);
		expect(events[1]).toEqual({
			run_id: 'run-2',
			execution_id: '17',
			at: NOW,
			entity: 'payable',
			gp_company: 'TWO',
			gp_key: '1;7',
			gp_label: 'Invoice of ACME0001, voucher 1;7',
			gp_state: 'open',
			source_hash: 'abc',
			rule: 'projects crosswalk row 12',
			outcome: 'updated',
			reason_code: '',
			message: '',
			remedy: '',
			procore_type: 'directCost',
			procore_id: '44',
			procore_project_id: '9001',
			origin_id: 'GP:TWO:PM:1:7:P:9001',
			gp_amount: '10.00',
			procore_amount: '10.00',
			changes: '[{"field":"status","before":"draft","after":"approved"}]',
			request_id: '',
			dry_run: false,
			batch_id: '',
			attempt: 1,
			replay_of: '',
			lines: '',
			vendor_name: '',
			mapping_version: '',
			procore_link: '',
			touches: '|P:9001|',
		});
		expect(events[0]).toMatchObject({ outcome: 'parked', reason_code: 'missing-vendor' });
	});

	test('are written for everything but unchanged records, which are counted', () => {
		const kinds: OutcomeKind[] = [
			'created',
			'updated',
			'adopted',
			'reactivated',
			'voided',
			'locked',
			'conflict',
			'failed',
			'parked',
			'skipped',
		];
		const { events, state } = record({
			outcomes: [...kinds, 'unchanged' as const].map((kind, index) => outcome(kind, `1;${index}`)),
		});
		expect(events.map((event) => event.outcome)).toEqual(kinds);
		expect(state.counts.payable).toEqual({
			read: 0,
			created: 1,
			updated: 1,
			unchanged: 1,
			adopted: 1,
			reactivated: 1,
			voided: 1,
			parked: 1,
			skipped: 1,
			failed: 3,
		});
	});

	test('count rows GP returned again as read and unchanged', () => {
		const { state } = record({
			checkpoint: checkpoint({ counts: { read: 9, unchanged: 4, requests: 2 } }),
		});
		expect(state.counts.payable).toMatchObject({ read: 9, unchanged: 4 });
	});

	test('keep whole changes only, and text no longer than a person reads', () => {
		const changes = Array.from({ length: 100 }, (_, index) => ({
			field: `f${index}`,
			before: 'x'.repeat(90),
			after: null,
		}));
		const [event] = record({
			outcomes: [
				outcome('failed', '1;7', {
					changes,
					reason: { code: 'x', message: 'm'.repeat(5000), remedy: '' },
				}),
			],
		}).events;
		const kept = JSON.parse(event.changes) as Array<{ more?: number }>;
		expect(event.changes.length).toBeLessThan(4200);
		expect(kept.at(-1)!.more).toBe(100 - (kept.length - 1));
		expect(event.message).toHaveLength(1000);
	});

	test('tell of what stood blank before the new value alone', () => {
		const changes = [
			{ field: 'code', before: null, after: '01-030' },
			{ field: 'name', before: '', after: 'Concrete' },
			{ field: 'payment_date', before: '2026-05-31', after: null },
		];
		const [event] = record({ outcomes: [outcome('created', '1;7', { changes })] }).events;
		expect(JSON.parse(event.changes)).toEqual([
			{ field: 'code', after: '01-030' },
			changes[1],
			changes[2],
		]);
	});

	test('keep text that looks like a formula as it is: it is data', () => {
		const [event] = record({
			outcomes: [
				outcome('created', '1;7', { source: source('1;7', { label: '=HYPERLINK("x")' }) }),
			],
		}).events;
		expect(event.gp_label).toBe('=HYPERLINK("x")');
	});

	test('add up the amounts of the run exactly', () => {
		const { state } = record({
			state: payablesRun({ gpAmount: '0.1', procoreAmount: '0.1' }),
			outcomes: [
				outcome('created', '1;7', { source: source('1;7', { amount: '0.20' }), amount: '0.20' }),
			],
			notSent: [outcome('parked', '1;8', { source: source('1;8', { amount: '-5.00' }) })],
		});
		expect([state.gpAmount, state.procoreAmount]).toEqual(['-4.7', '0.3']);
	});
});

describe('parked records', () => {
	test('get a row that can be tried again without a call', () => {
		const { parked, resolvedRowIds } = record({ notSent: [outcome('parked', '1;7')] });
		expect(parked).toEqual([
			{
				run_id: 'run-2',
				entity: 'payable',
				gp_company: 'TWO',
				gp_key: '1;7',
				gp_label: 'Invoice of ACME0001, voucher 1;7',
				reason_code: 'missing-vendor',
				message: 'No vendor',
				remedy: 'Add the vendor',
				tries: 1,
				first_parked_at: NOW,
				last_tried_at: NOW,
				gp_amount: '10.00',
				payload: '{"kind":"payable","key":"1;7"}',
				cause_key: '',
				waits_for: '',
			},
		]);
		expect(resolvedRowIds).toEqual([]);
	});

	test('that still wait get one fresh row for all their old ones', () => {
		const { parked, resolvedRowIds } = record({
			outcomes: [outcome('failed', '1;7')],
			parkedRows: [
				parkedRow('1;7', { id: 4, tries: 2 }),
				parkedRow('1;7', { id: 5, tries: 3, first_parked_at: '2026-02-21T00:00:00.000Z' }),
				parkedRow('1;9', { id: 6 }),
			],
		});
		expect(parked).toMatchObject([
			{
				tries: 4,
				first_parked_at: '2026-02-20T00:00:00.000Z',
				payload: '{"kind":"payable","key":"1;7"}',
			},
		]);
		expect(resolvedRowIds).toEqual([4, 5]);
	});

	test.each(['created', 'updated', 'unchanged', 'adopted', 'voided', 'skipped'] as const)(
		'are resolved once they are %s',
		(kind) => {
			const { parked, resolvedRowIds } = record({
				outcomes: [outcome(kind, '1;7')],
				parkedRows: [parkedRow('1;7', { id: 4 }), parkedRow('1;8', { id: 5 })],
			});
			expect([parked, resolvedRowIds]).toEqual([[], [4]]);
		},
	);

	test('wait as long as any project of the document does', () => {
		const { parked } = record({ outcomes: [outcome('created', '1;7'), outcome('failed', '1;7')] });
		expect(parked).toHaveLength(1);
	});

	test('keep their old payload when the outcome brought none', () => {
		const { parked } = record({
			outcomes: [outcome('failed', '1;7', { record: undefined })],
			parkedRows: [parkedRow('1;7')],
		});
		expect(JSON.parse(parked[0].payload)).toEqual({ kind: 'payable', key: '1;7', old: true });
	});

	const kinds = fc.constantFrom<OutcomeKind>(
		'created',
		'unchanged',
		'skipped',
		'failed',
		'parked',
		'locked',
		'conflict',
		'voided',
	);
	property.prop([
		fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), kinds)),
		fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 5 })), {
			selector: ([id]) => id,
		}),
	])('afterwards stand exactly once for each key that waits', (given, rows) => {
		const parkedRows = rows.map(([id, key]) => parkedRow(String(key), { id }));
		const { parked, resolvedRowIds } = record({
			outcomes: given.map(([key, kind]) => outcome(kind, String(key))),
			parkedRows,
		});
		const standing = [
			...parkedRows.filter((row) => !resolvedRowIds.includes(row.id!)),
			...parked,
		].map((row) => row.gp_key);
		for (const key of ['1', '2', '3', '4', '5']) {
			const ofKey = given.filter(([one]) => String(one) === key);
			const before = parkedRows.filter((row) => row.gp_key === key).length;
			const waits = ofKey.some(([, kind]) => WAITING_OUTCOMES.includes(kind));
			const expected = ofKey.length === 0 ? before : waits ? 1 : 0;
			expect(standing.filter((one) => one === key)).toHaveLength(expected);
		}
	});
});

describe('the watermark', () => {
	test('moves with the checkpoint', () => {
		expect(record().watermarkRow).toEqual({
			entity: 'payable',
			gp_company: 'TWO',
			modified_since: '2026-03-01',
			seen: '{"1;7":"hash"}',
			run_id: 'run-2',
			updated_at: NOW,
		});
	});

	test('is the text that the checkpoint carries, where it was given as a row', () => {
		const { watermark, ...rest } = checkpoint();
		const seen = JSON.stringify(watermark.seen);
		const carried = { ...rest, watermark: { since: watermark.since, seen } };
		expect(record({ checkpoint: carried }).watermarkRow).toEqual(record().watermarkRow);
	});

	test.each([
		['a dry run', { state: payablesRun({ dryRun: true }) }],
		['a backfill', { state: payablesRun({ from: '2026-01-01' }) }],
		[
			'a step that tries parked records again',
			{
				state: payablesRun({
					step: { part: 'payables' as const, phase: 'parked' as const, batch: 1 },
				}),
				checkpoint: null,
			},
		],
	])('stays in %s', (_, given) => {
		expect(record(given).watermarkRow).toBeNull();
	});

	test('is not written where it did not move', () => {
		const moved = checkpoint();
		expect(record({ checkpoint: { ...moved, unmoved: true } }).watermarkRow).toBeNull();
		expect(record({ checkpoint: moved }).watermarkRow).not.toBeNull();
	});

	test('cannot move without a checkpoint, and says so', () => {
		expect(() => record({ checkpoint: null })).toThrow(
			/payables batch came without its checkpoint/,
		);
	});
});

describe('a dry run', () => {
	test('writes marked events and nothing else', () => {
		const result = record({
			state: payablesRun({ dryRun: true }),
			outcomes: [outcome('created', '1;7')],
			notSent: [outcome('parked', '1;8')],
			parkedRows: [parkedRow('1;7', { id: 4 })],
			newJobs: [{ gp_company: 'TWO', gp_job: '300' }],
			newAccounts: [{ gp_company: 'TWO', gp_account: '300-5110-02' }],
		});
		expect(result.events.map((event) => event.dry_run)).toEqual([true, true]);
		expect({ ...result, events: 0, state: 0 }).toEqual({
			events: 0,
			state: 0,
			parked: [],
			resolvedRowIds: [],
			newJobs: [],
			newAccounts: [],
			answeredRowIds: [],
			repeatRequests: [],
			settledRowIds: [],
			stillWaiting: null,
			watermarkRow: null,
		});
	});
});

test('crosswalk rows are proposed once, and only where none stands', () => {
	const result = record({
		newJobs: [
			{ gp_company: 'TWO', gp_job: '300' },
			{ gp_company: 'TWO', gp_job: '301' },
			{ gp_company: 'TWO', gp_job: '301' },
		],
		knownJobs: [{ gp_company: 'two', gp_job: '300 ' }],
		newAccounts: [{ gp_company: 'TWO', gp_account: '300-5110-02' }],
		knownAccounts: [{ gp_company: 'THREE', gp_account: '300-5110-02' }],
	});
	expect(result.newJobs.map((row) => row.gp_job)).toEqual(['301']);
	expect(result.newAccounts).toHaveLength(1);
});

test('moving on leaves the state handed in as it was', () => {
	const state = payablesRun();
	const before = JSON.stringify(state);
	record({ state, outcomes: [outcome('created', '1;7')] });
	expect(JSON.stringify(state)).toBe(before);
});

test('a batch behind the end of a run leaves the run as it is', () => {
	const state = payablesRun({ step: null });
	const { state: after, events } = record({ state, checkpoint: null });
	expect([after, events]).toEqual([state, []]);
});

test('calls and waiting of each batch add up over the run', () => {
	const procore = { calls: 7, waitedMs: 250 } as Checkpoint['procore'];
	const counts = { read: 0, unchanged: 0, requests: 3 };
	const first = record({ checkpoint: { ...checkpoint({ counts }), procore } }).state;
	expect(first.traffic).toEqual({ gp: 3, procore: 7, waitedMs: 250 });
	const traffic = { gp: 10, procore: 20, waitedMs: 30 };
	const later = (given: Partial<Checkpoint>) =>
		record({
			state: payablesRun({ traffic }),
			checkpoint: { ...checkpoint({ counts }), ...given },
		}).state;
	expect(later({ procore }).traffic).toEqual({ gp: 13, procore: 27, waitedMs: 280 });
	expect(later({}).traffic).toEqual({ gp: 13, procore: 20, waitedMs: 30 });
});

test('how far a run reached is moved by reading changes alone', () => {
	const reach = { from: {}, to: { vendor: 'before' } };
	const reached = (phase: 'changes' | 'requested', given: Partial<Checkpoint> | null = {}) =>
		record({
			state: payablesRun({ reach, step: { part: 'payables', phase, batch: 1 } }),
			checkpoint: given && { ...checkpoint(), ...given },
		}).state.reach;
	expect(reached('changes')).toEqual({ ...reach, to: { vendor: 'before', payable: '2026-03-01' } });
	expect(reached('requested')).toEqual(reach);
	expect(reached('requested', null)).toEqual(reach);
	expect(record().state).not.toHaveProperty('reach');
});

test('a part that is done needs its watermark no more', () => {
	const of = (since: string) => ({ since, seen: {} });
	const step = { part: 'vendors', phase: 'changes', batch: 1 } as const;
	const watermarks = { vendor: of('a'), account: of('b'), payable: of('c') };
	const { state } = record({
		state: { ...payablesRun({ step, watermark: of('a') }), watermarks },
		checkpoint: checkpoint({ entity: 'vendor' }),
	});
	expect(state.watermark).toEqual(of('b'));
	expect(state.watermarks).toStrictEqual({ account: of('b'), payable: of('c') });
});
