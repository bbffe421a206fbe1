import { beginBatch, settledBySearch } from '../../lib/run/batch';
import type { Outcome } from '../../lib/model/outcome';
import { owedRecords } from '../../lib/run/parked-rows';
import { MOST_TRIES, type RequestRow, resultsOfRequests } from '../../lib/run/requests/requests';
import type { AuditEventRow, JournalRow, LeaseRow } from '../../lib/audit/event-row';
import { verifyChain } from '../../lib/audit/chain';
import {
	checkpoint,
	NOW,
	outcome,
	parkedRow,
	payablesRun,
	record,
	run,
	source,
} from '../audit/samples';

const LEASE: LeaseRow = {
	gp_company: 'TWO',
	run_id: 'run-2',
	execution_id: '17',
	taken_at: NOW,
	until: '2026-03-02T07:00:00.000Z',
};

const journal = (id: number, batch_id: string, entity = 'payable'): JournalRow => ({
	id,
	batch_id,
	run_id: batch_id.split('/')[0],
	gp_company: 'TWO',
	entity,
	started_at: NOW,
});

const request = (id: number, gp_key: string, given: Partial<RequestRow> = {}): RequestRow => ({
	id,
	entity: 'payable',
	gp_company: 'TWO',
	gp_key,
	gp_label: '',
	reason: 'replay',
	requested_at: NOW,
	requested_by: '',
	tries: 0,
	payload: '',
	note: '',
	...given,
});

const begin = (given: Partial<Parameters<typeof beginBatch>[0]> = {}) =>
	beginBatch({
		state: payablesRun({ batches: 4 }),
		executionId: '17',
		journal: [],
		leases: [LEASE],
		requests: [],
		now: NOW,
		...given,
	});

describe('a batch', () => {
	test('is named by its run and number, and each further attempt at it otherwise', () => {
		expect(begin().batchId).toBe('run-2/5');
		const again = begin({ journal: [journal(1, 'run-2/5'), journal(2, 'run-2/5.2')] });
		expect(again.batchId).toBe('run-2/5.3');
		expect(again.unrecorded).toEqual(['run-2/5', 'run-2/5.2']);
	});

	test('looks for what dead runs wrote to its entity, and settles what its run has got past', () => {
		const batch = begin({
			journal: [
				journal(1, 'dead/9'),
				journal(2, 'dead/2', 'vendor'),
				journal(3, 'run-2/4', 'account'),
			],
		});
		expect(batch.unrecorded).toEqual(['dead/9']);
		expect(batch.settledRowIds).toEqual([3]);
	});

	test('looks in a retried run for events of its first attempt, which need not stand in the journal', () => {
		expect(begin({ state: payablesRun({ batches: 4, resumed: true }) })).toMatchObject({
			batchId: 'run-2/5',
			unrecorded: ['run-2/5'],
		});
	});

	test('tells the sync of all cut off batches but itself, and settles none that is still to come', () => {
		const resumed = payablesRun({ batches: 4, resumed: true });
		const dead = [journal(1, 'dead/9'), journal(2, 'dead/10')];
		const { unrecorded, sync } = begin({ state: resumed, journal: dead });
		expect(unrecorded).toEqual(['dead/9', 'dead/10', 'run-2/5']);
		expect(sync.unrecordedBatches).toBe('dead/9,dead/10');
		expect(begin({ journal: [journal(3, 'run-2/6', 'account')] }).settledRowIds).toEqual([]);
	});

	test('keeps looking for a failed attempt until Procore was searched for it', () => {
		const failed = journal(3, 'run-2/4');
		const again = begin({
			state: payablesRun({ batches: 3, resumed: true }),
			journal: [failed],
		});
		expect(again.state.cutOff).toEqual(['run-2/4']);
		// GP was listed anew for the retry: what the failed attempt wrote may come in a later batch.
		const later = begin({
			state: { ...again.state, batches: 5 },
			journal: [failed, journal(4, 'run-2/5')],
		});
		expect(later.unrecorded).toContain('run-2/4');
		expect(later.settledRowIds).toEqual([4]);
	});

	test('of a dry run writes nothing and so looks for nothing', () => {
		const state = payablesRun({ dryRun: true });
		const leases = [{ ...LEASE, gp_company: 'TWO (dry run)' }];
		expect(begin({ state, leases, journal: [journal(1, 'dead/9')] }).unrecorded).toEqual([]);
	});

	test('settles the batches whose writes were all found: those of its company with a row to settle', () => {
		const { id: _, ...unnumbered } = journal(9, 'dead/1');
		const rows = [
			...[journal(1, 'dead/1'), journal(2, 'dead/2'), unnumbered],
			{ ...journal(3, 'dead/1'), gp_company: 'THREE' },
		];
		expect(settledBySearch(payablesRun(), ['dead/1'], rows)).toStrictEqual([1]);
		expect(settledBySearch(payablesRun(), [], rows)).toEqual([]);
		// Nor does a batch that its run has got past.
		const { id: _unused, ...past } = journal(3, 'run-2/4', 'account');
		expect(begin({ journal: [past] }).settledRowIds).toStrictEqual([]);
	});

	test('does not begin when another run took over, and says which', () => {
		const other = { ...LEASE, run_id: 'other', execution_id: '99' };
		expect(() => begin({ leases: [other] })).toThrow(/run other \(execution 99\) took over/);
		expect(() => begin({ leases: [] })).toThrow(/no longer holds the lease/);
	});

	test('goes by the lease of its company, also where another company has a run of that name', () => {
		const other = { ...LEASE, gp_company: 'THREE' };
		expect(() => begin({ leases: [other] })).toThrow(/no longer holds the lease/);
		const theirs = { ...other, run_id: 'theirs', execution_id: '99' };
		expect(() => begin({ leases: [theirs] })).toThrow(/no longer holds the lease/);
		expect(begin({ leases: [theirs, LEASE] }).batchId).toBe('run-2/5');
	});

	test('gives a sign of life a minute after the last one, or earlier where the lease is short', () => {
		const due = (until: string, leaseMinutes?: number) =>
			begin({
				state: payablesRun(leaseMinutes ? { leaseMinutes } : {}),
				leases: [{ ...LEASE, until }],
			}).signOfLifeDue;
		expect(due('2026-03-02T06:04:01.000Z')).toBe(false);
		const over = { ...LEASE, run_id: 'other', until: '2026-03-02T05:00:00.000Z' };
		const own = { ...LEASE, until: '2026-03-02T06:04:01.000Z' };
		expect(begin({ leases: [over, own] }).signOfLifeDue).toBe(false);
		expect(due('2026-03-02T06:04:00.000Z')).toBe(true);
		expect(due('2026-03-02T05:00:00.000Z')).toBe(true);
		expect(due('2026-03-02T06:00:50.000Z', 1)).toBe(false);
		expect(due('2026-03-02T06:00:40.000Z', 1)).toBe(true);
	});

	test('writes no longer than its lease lasts, unless that is shorter than a write may take', () => {
		const unbounded = (leaseMinutes?: number) =>
			begin({ state: payablesRun(leaseMinutes === undefined ? {} : { leaseMinutes }) }).unbounded;
		expect([undefined, 5, 1, 0.9, 0.01].map(unbounded)).toEqual([null, null, null, '', '']);
	});

	test('leaves out what its run parked itself, unless records of it may come again', () => {
		const of = (given: Partial<Parameters<typeof beginBatch>[0]>) => begin(given).parkedByRun;
		expect(of({})).toBe('run-2');
		expect(of({ journal: [journal(1, 'run-2/4')] })).toBe('run-2');
		expect(of({ journal: [journal(1, 'run-2/5')] })).toBe('-');
		expect(of({ state: payablesRun({ batches: 4, resumed: true }) })).toBe('-');
		expect(of({ state: payablesRun({ batches: 4, cutOff: ['run-2/3'] }) })).toBe('-');
		const step = { part: 'payables', phase: 'requested', batch: 1 } as const;
		const asked = payablesRun({ batches: 4, step });
		expect(of({ state: asked, requests: [request(1, '1;5')] })).toBe('-');
		const after = record({ state: asked, requests: [request(1, '1;5')] }).state;
		expect(of({ state: after })).toBe('-');
	});

	test('begins a part with what was asked for, and goes straight to the changes if nothing was', () => {
		const state = payablesRun({ step: { part: 'payables', phase: 'requested', batch: 1 } });
		const asked = begin({ state, requests: [request(1, '1;7')] });
		expect(asked.state.step?.phase).toBe('requested');
		expect(asked.requests).toHaveLength(1);
		const triedByThisRun = request(2, '1;8', { note: 'run-2' });
		expect(begin({ state, requests: [triedByThisRun] }).state.step?.phase).toBe('changes');
	});
});

describe('the lane of a batch', () => {
	const step = (
		part: 'vendors' | 'accounts' | 'payables',
		phase: 'requested' | 'changes' | 'parked',
	) => payablesRun({ step: { part, phase, batch: 1 } });
	const account = request(1, '300-5110-02', { entity: 'account' });

	test.each([
		['of changes is its part', step('vendors', 'changes'), [], 'vendors'],
		['of waiting records is one of its own', step('vendors', 'parked'), [], 'parked'],
		[
			'of documents asked for is one of its own',
			step('payables', 'requested'),
			[request(1, '1;7')],
			'requested',
		],
		[
			'of accounts asked for is that of accounts',
			step('accounts', 'requested'),
			[account],
			'accounts',
		],
		[
			'with nothing asked for passes by',
			{ ...step('payables', 'requested'), onlyRequested: true },
			[],
			'parked',
		],
		['behind the end passes by', payablesRun({ step: null }), [], 'parked'],
	])('%s', (_what, state, requests, lane) => {
		expect(begin({ state, requests }).lane).toBe(lane);
	});

	test('is given what was asked for of its company and part, and not tried by this run', () => {
		const requests = [
			request(1, '1;7'),
			request(2, '1;8', { gp_company: 'THREE' }),
			request(3, 'ACME', { entity: 'vendor' }),
			request(4, '1;9', { note: 'run-2' }),
			request(5, '1;10', { note: 'run-1' }),
			request(6, '1;7'),
		];
		const batch = begin({ state: step('payables', 'requested'), requests });
		expect(batch.requests.map(({ id }) => id)).toEqual([1, 5, 6]);
		expect(batch.requestedKeys).toEqual(['1;7', '1;10']);
		expect(batch.sync.rewrite).toBe(false);
		const asked = [request(1, '1;7', { reason: 'reconcile' })];
		const mends = begin({ state: step('payables', 'requested'), requests: asked });
		expect(mends.sync.rewrite).toBe(true);
		expect(begin({ requests }).requests).toEqual([]);
	});

	test('what this run parked itself is looked at only where it may come again', () => {
		const by = (given: object = {}, journalRows: JournalRow[] = []) =>
			begin({ state: payablesRun({ batches: 4, ...given }), journal: journalRows }).parkedByRun;
		expect(by()).toBe('run-2');
		expect([by({ asked: true }), by({ resumed: true }), by({ cutOff: ['run-2/3'] })]).toEqual([
			...['-', '-', '-'],
		]);
		expect(by({}, [journal(1, 'run-2/5')])).toBe('-');
		const requested = {
			step: { part: 'payables', phase: 'requested', batch: 1 },
			onlyRequested: true,
		};
		expect(by(requested)).toBe('-');
	});

	test('the row of its run says that it is at work, and since when it was last heard of', () => {
		expect(begin({ executionLink: 'http://n8n/17' }).runRow).toMatchObject({
			...{ run_id: 'run-2', execution_id: '17', status: 'running', finished_at: '' },
			...{ alive_at: NOW, execution_link: 'http://n8n/17' },
		});
	});
});

describe('the journal of batches that were cut off', () => {
	const rows = [
		journal(1, 'dead/2', 'account'),
		journal(2, 'dead/9'),
		journal(3, 'run-2/5'),
		journal(4, 'run-2/4.2'),
	];
	const after = (batches: string[], state = payablesRun({ batches: 4 })) =>
		record({
			state,
			batchId: 'run-2/5',
			journal: rows,
			checkpoint: { ...checkpoint(), unrecorded: { batches, writes: [] } },
		});

	test('is settled by what Procore was searched for, whatever GP gave', () => {
		expect(after(['dead/9', 'run-2/4.2']).settledRowIds).toEqual([2, 4]);
		expect(after([]).settledRowIds).toEqual([]);
		const requested = payablesRun({ batches: 4, onlyRequested: true, from: '2026-01-01' });
		expect(after(['dead/9'], requested).settledRowIds).toEqual([2]);
	});

	test('is kept by a dry run', () => {
		expect(after(['dead/9'], payablesRun({ dryRun: true })).settledRowIds).toEqual([]);
	});

	test('of an attempt not searched for outlives its run, the last batch recorded does not', () => {
		const { state } = after(['run-2/4'], payablesRun({ cutOff: ['run-2/4', 'run-2/4.2'] }));
		expect(state).toMatchObject({ cutOff: ['run-2/4.2'], lastBatch: 'run-2/5' });
	});

	test('says where they wrote, or that nobody knows', () => {
		const at = (id: number, places?: string) => ({ ...journal(id, `dead/${id}`), places });
		const begun = (...given: JournalRow[]) => begin({ journal: given }).unrecordedPlaces;
		expect(begun(at(1, '7,8'), at(2, '8,list 5'))).toEqual(['7', '8', 'list 5']);
		expect(begun(at(1, '7'), at(2))).toEqual([]);
		expect(begun(at(1, ''))).toEqual([]);
	});
});

const created = (given: object = {}) =>
	outcome('created', '1;7', { originId: 'GP:TWO:PM:1:7:P:1', ...given });
const base = { batchId: 'run-2/5.2', state: payablesRun({ chain: { events: 3, hash: 'h' } }) };

describe('events after a batch was cut off', () => {
	test('what it wrote gets its event now, under its own batch', () => {
		const { events } = record({
			...base,
			outcomes: [created({ recovered: { batchId: 'run-2/5' } })],
		});
		expect(events).toMatchObject([
			{ outcome: 'created', batch_id: 'run-2/5', reason_code: 'recorded-later', sequence: 4 },
		]);
	});

	test('what it had recorded is not recorded again, and the chain goes on behind it', () => {
		const first = record({ ...base, batchId: 'run-2/5', outcomes: [created()] });
		const second = record({
			...base,
			recordedEvents: first.events,
			outcomes: [
				created({ recovered: { batchId: 'run-2/5' } }),
				outcome('created', '1;8', { originId: 'GP:TWO:PM:1:8:P:1' }),
			],
			notSent: [],
		});
		expect(second.events).toMatchObject([{ gp_key: '1;8', sequence: 5 }]);
		expect(second.state.chain?.events).toBe(5);
	});

	test('a chain that went on over an attempt cut off is whole', () => {
		const state = { ...run({ chained: true }), step: payablesRun().step };
		const first = record({ state, batchId: 'run-2/1', outcomes: [created()] });
		const second = record({
			state,
			batchId: 'run-2/1.2',
			recordedEvents: first.events,
			outcomes: [created({ recovered: { batchId: 'run-2/1' } }), outcome('parked', '1;9')],
		});
		const rows: AuditEventRow[] = [...first.events, ...second.events];
		expect(verifyChain('run-2', rows, second.state.chain).intact).toBe(true);
	});

	test('that it failed at first does not stand for what it wrote after all', () => {
		const failed = outcome('failed', '1;7', {
			originId: 'GP:TWO:PM:1:7:P:1',
			procore: { type: 'directCost', id: '5' },
		});
		const first = record({ ...base, batchId: 'run-2/5', outcomes: [failed] });
		const { events } = record({
			...base,
			recordedEvents: first.events,
			outcomes: [
				created({ procore: { type: 'directCost', id: '5' }, recovered: { batchId: 'run-2/5' } }),
			],
		});
		expect(events).toMatchObject([{ outcome: 'created', batch_id: 'run-2/5' }]);
	});

	test('a record written twice has both writes, the cut off one first', () => {
		const { events } = record({
			...base,
			outcomes: [
				outcome('updated', '1;7', {
					originId: 'GP:TWO:PM:1:7:P:1',
					unrecorded: { batchId: 'dead/9', outcome: 'created' },
				}),
			],
		});
		expect(events.map((event) => [event.outcome, event.batch_id])).toEqual([
			['created', 'dead/9'],
			['updated', 'run-2/5.2'],
		]);
	});

	test('what waits is said once however often the batch is tried, and counts as one try', () => {
		const first = record({ ...base, batchId: 'run-2/5', notSent: [outcome('parked', '1;9')] });
		const again = record({
			...base,
			recordedEvents: first.events,
			parkedRows: first.parked.map((row) => ({ ...row, id: 6 })),
			notSent: [outcome('parked', '1;9')],
		});
		expect(again.events).toEqual([]);
		expect(again.parked).toMatchObject([{ tries: 1 }]);
		expect(again.resolvedRowIds).toEqual([6]);
	});
});

describe('writes found in Procore whose records did not come again', () => {
	const found = (batchId: string, given: Parameters<typeof created>[0] = {}) =>
		created({ ...given, source: source('1;7', { hash: '' }), recovered: { batchId } });
	const after = (writes: Outcome[], given: Parameters<typeof record>[0] = {}) =>
		record({
			...base,
			checkpoint: { ...checkpoint(), unrecorded: { batches: ['dead/9'], writes } },
			...given,
		});

	test('get their event, leave the row of the record and the counts alone, and have it read again', () => {
		const { events, resolvedRowIds, state, parked } = after([found('dead/9')], {
			parkedRows: [parkedRow('1;7', { id: 6 })],
		});
		expect(events).toMatchObject([{ outcome: 'created', batch_id: 'dead/9', gp_key: '1;7' }]);
		expect([resolvedRowIds, state.counts.payable.created]).toEqual([[], 0]);
		expect(parked).toMatchObject([
			{ gp_key: '1;7', reason_code: 'recorded-later', payload: '', waits_for: 'gp' },
		]);
		const rows = [parkedRow('1;7', { id: 6 }), ...parked];
		expect(owedRecords(rows, 'TWO', 0)).toEqual([{ key: '1;7', verify: true }]);
	});

	test.each<[string, Outcome[], Outcome[], number]>([
		['settled by this batch where it stands', [], [{ ...created(), source: source('1;7') }], 0],
		['left out by the mapping', [outcome('skipped', '1;7')], [], 1],
		['refused there', [], [{ ...outcome('failed', '1;7'), originId: created().originId }], 1],
	])('one %s', (_, notSent, outcomes, rows) => {
		const { parked } = after([found('dead/9')], { notSent, outcomes });
		expect(parked.filter(({ reason_code }) => reason_code === 'recorded-later')).toHaveLength(rows);
	});

	test('are not read again for a write that took the document out, nor in a dry run', () => {
		const voided = { ...found('dead/9'), outcome: 'voided' as const };
		expect(after([voided]).parked).toEqual([]);
		expect(after([found('dead/9')], { state: { ...base.state, dryRun: true } }).parked).toEqual([]);
	});

	test('are told once: not where they stand in the table, nor where the batch tells them itself', () => {
		const recordedEvents = after([found('dead/9')]).events;
		expect(after([found('dead/9')], { recordedEvents }).events).toEqual([]);
		const told = created({ recovered: { batchId: 'dead/9' }, amount: '10.00' });
		expect(after([found('dead/9', { amount: '1.00' })], { outcomes: [told] }).events).toMatchObject(
			[{ outcome: 'created', batch_id: 'dead/9', procore_amount: '10.00' }],
		);
	});
});

describe('records asked for', () => {
	const state = payablesRun({ step: { part: 'payables', phase: 'requested', batch: 1 } });
	const unread = outcome('failed', '1;7', { record: undefined });

	test('are answered by whatever GP gave, and all requests for one key together', () => {
		const requests = [request(1, '1;7'), request(2, '1;7')];
		const refused = outcome('failed', '1;7', { originId: 'GP:TWO:PM:1:7:P:1' });
		expect(record({ state, requests, outcomes: [refused] }).answeredRowIds).toEqual([1, 2]);
		expect(record({ state, requests, outcomes: [outcome('unchanged', '1;7')] })).toMatchObject({
			answeredRowIds: [1, 2],
			events: [],
		});
	});

	test('are asked for again when GP could not give them, and wait in the end, to be read on every run', () => {
		expect(record({ state, requests: [request(1, '1;7')], notSent: [unread] })).toMatchObject({
			answeredRowIds: [],
			repeatRequests: [{ row_id: 1, tries: 1, note: 'run-2' }],
		});
		const last = request(1, '1;7', { tries: MOST_TRIES - 1 });
		const given = record({ state, requests: [last], notSent: [unread] });
		expect(given.answeredRowIds).toEqual([1]);
		expect(given.events).toMatchObject([{ reason_code: 'gave-up', replay_of: '1' }]);
		expect(given.parked[0]!.message).toMatch(
			/in 5 runs, and GP gave it in none: .*read again on every run/,
		);
		expect(owedRecords(given.parked, 'TWO', Date.parse(NOW))).toEqual([
			{ key: '1;7', verify: true },
		]);
		expect(resultsOfRequests([last], [], state).outcomes).toMatchObject([
			{ outcome: 'failed', reason: { code: 'gave-up' } },
		]);
	});

	test('leave the watermark alone, and stay in the table in a dry run', () => {
		const requests = [request(1, '1;7')];
		expect(record({ state, requests, outcomes: [outcome('created', '1;7')] })).toMatchObject({
			watermarkRow: null,
			state: { step: { part: 'payables', phase: 'requested', batch: 2 } },
		});
		const dry = { ...state, dryRun: true };
		expect(record({ state: dry, requests, outcomes: [outcome('created', '1;7')] })).toMatchObject({
			answeredRowIds: [],
			state: { step: { phase: 'changes' } },
		});
	});
});
