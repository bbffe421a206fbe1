import type { ParkedRow } from '../../lib/audit/event-row';
import type { Outcome } from '../../lib/model/outcome';
import {
	keptByMapping,
	parkedChanges,
	recordsToRetry,
	triesOf,
	waitsFor,
	withoutStillWaiting,
} from '../../lib/run/parked-rows';
import { NOW, outcome, parkedRow, payablesRun } from '../audit/samples';

const changes = (outcomes: Outcome[], rows: ParkedRow[] = [], waits = 'known') =>
	parkedChanges({ outcomes, rows, runId: 'run-2', now: NOW, waitsFor: () => waits });
const only = (outcomes: Outcome[], rows: ParkedRow[] = [], waits?: string) => {
	const { parked } = changes(outcomes, rows, waits);
	expect(parked).toHaveLength(1);
	return parked[0];
};

describe('rows after a batch', () => {
	test('a record that waits has one fresh row; its tries and first date go on', () => {
		const rows = [
			parkedRow('1;7', { id: 1, first_parked_at: '2026-02-20', tries: 2 }),
			parkedRow('1;7', { id: 2, first_parked_at: '2026-02-10', tries: 5 }),
			parkedRow('1;8', { id: 3 }),
		];
		const { parked, resolvedRowIds } = changes([outcome('failed', '1;7')], rows);
		expect(resolvedRowIds).toEqual([1, 2]);
		expect(parked).toEqual([
			{
				...{ run_id: 'run-2', entity: 'payable', gp_company: 'TWO', gp_key: '1;7' },
				...{ gp_label: 'Invoice of ACME0001, voucher 1;7', reason_code: 'missing-vendor' },
				...{ cause_key: '', message: 'No vendor', remedy: 'Add the vendor', tries: 6 },
				...{ first_parked_at: '2026-02-10', last_tried_at: NOW, gp_amount: '10.00' },
				payload: JSON.stringify({ kind: 'payable', key: '1;7' }),
				waits_for: 'known',
			},
		]);
	});

	test('any other outcome resolves the rows of its key; rows without an id cannot be', () => {
		const { id: _, ...unnumbered } = parkedRow('1;7');
		const rows = [unnumbered, parkedRow('1;7', { id: 4 })];
		expect(changes([outcome('created', '1;7')], rows)).toStrictEqual({
			...{ parked: [], resolvedRowIds: [4] },
		});
		expect(changes([outcome('failed', '1;9')], rows).resolvedRowIds).toEqual([]);
	});

	test('a document with several outcomes waits where any does, with the record of whichever has it', () => {
		const { record: _, ...bare } = outcome('failed', '1;7');
		const whole = outcome('created', '1;7', { record: { whole: true } });
		expect(only([whole, bare])).toMatchObject({ payload: '{"whole":true}' });
		expect(changes([whole, bare], [parkedRow('1;7', { id: 4 })]).resolvedRowIds).toEqual([4]);
	});

	test('one that says no reason is told by its outcome', () => {
		const { reason: _, ...silent } = outcome('conflict', '1;7');
		expect(only([silent])).toMatchObject({ reason_code: 'conflict', message: '', remedy: '' });
		const { amount: __, ...source } = silent.source;
		expect(only([{ ...silent, source }]).gp_amount).toBe('');
	});

	test('without a record the one that was stored stays, unless reading it failed', () => {
		const { record: _, ...bare } = outcome('failed', '1;7');
		const rows = [parkedRow('1;7', { payload: 'older' }), parkedRow('1;7', { payload: 'stored' })];
		expect(only([bare], rows).payload).toBe('stored');
		expect(only([bare]).payload).toBe('');
		const reason = { code: 'GP_RECORD_MALFORMED', message: '', remedy: '' };
		expect(only([{ ...bare, reason }], rows).payload).toBe('');
	});

	test('what is read from GP by its key says so, unless the table is not read by that', () => {
		const { record: _, ...bare } = outcome('failed', '1;7');
		expect(only([bare]).waits_for).toBe('gp');
		expect(only([outcome('failed', '1;7')]).waits_for).toBe('known');
		expect(only([bare], [], '').waits_for).toBe('');
	});
});

test('a try is counted once in a run', () => {
	const row = (tries: unknown, run_id = 'run-1') => parkedRow('1;7', { tries, run_id } as object);
	expect([triesOf([], 'run-2'), triesOf([row(3)], 'run-2')]).toEqual([1, 4]);
	expect(triesOf([row(3, 'run-2')], 'run-2')).toBe(3);
	expect(triesOf([row(1), row(4, 'run-2'), row('x')], 'run-2')).toBe(4);
	expect(triesOf([row(0, 'run-2')], 'run-2')).toBe(1);
});

test('what a sync had waits for Procore, what the mapping kept back for it to know more', () => {
	const sent = outcome('failed', '1;7');
	const [byMapping, unread] = [waitsFor([sent], 'known'), waitsFor([sent], null)];
	expect([byMapping(sent), byMapping(outcome('failed', '1;8')), unread(sent)]).toEqual([
		...['procore', 'known', ''],
	]);
	const kept = (waits_for: string | null | undefined) => keptByMapping({ waits_for } as never);
	expect(['known', '', 'gp', 'procore', null, undefined].map(kept)).toEqual([
		...[true, false, false, false, false, false],
	]);
});

describe('records to try again', () => {
	const stored = (key: string, given: Partial<ParkedRow> = {}) => {
		const record = { kind: given.entity ?? 'payable', key, of: given.last_tried_at };
		return parkedRow(key, { payload: JSON.stringify(record), ...given });
	};
	const retried = (rows: ParkedRow[], state = payablesRun(), portion?: ParkedRow[]) =>
		recordsToRetry(rows, state, portion) as unknown as Array<{ key: string; of?: string }>;

	test('are those of the step and company that this run did not park itself', () => {
		const rows = [
			...[stored('1;1'), stored('1;2', { run_id: 'run-2' })],
			...[stored('1;3', { gp_company: 'THREE' }), stored('1;4', { entity: 'vendor' })],
		];
		expect(retried(rows)).toEqual([{ kind: 'payable', key: '1;1', stored: true }]);
		const everything = payablesRun({ step: null });
		expect(retried(rows, everything).map(({ key }) => key)).toEqual(['1;1', '1;4']);
	});

	test('one of a key, by its latest row, of the portion in hand', () => {
		const rows = [
			stored('1;1', { last_tried_at: '2026-03-01' }),
			stored('1;1', { last_tried_at: '2026-02-01' }),
			stored('1;2', { last_tried_at: '2026-03-01' }),
		];
		expect(retried(rows).map(({ key, of }) => [key, of])).toEqual([
			['1;1', '2026-03-01'],
			['1;2', '2026-03-01'],
		]);
		expect(retried(rows, undefined, [rows[1]])).toMatchObject([{ of: '2026-03-01' }]);
	});

	test('not what is read from GP instead, nor what cannot be read as a record', () => {
		const payloads = ['', ' ', '{', 'null', '5', '"text"', '{}', '[]', '{"kind":"vendor"}'];
		expect(retried(payloads.map((payload, key) => stored(String(key), { payload })))).toEqual([]);
		expect(retried([stored('1;1', { reason_code: 'gave-up' })])).toEqual([]);
	});
});

describe('records that still wait for the same', () => {
	const state = payablesRun({ step: { part: 'payables', phase: 'parked', batch: 1 } });
	const row = (given: Partial<ParkedRow> = {}) =>
		parkedRow('1;7', { waits_for: 'old', last_tried_at: '2026-03-02T05:00:00.000Z', ...given });
	const kept = (one: Partial<Outcome> = {}, rows = [row()], more: Partial<typeof state> = {}) =>
		withoutStillWaiting([outcome('failed', '1;7', one)], {
			...{ state: { ...state, ...more }, rows, now: NOW, waitsFor: () => 'new' },
		}).length;

	test('are left out, their row as it is', () => {
		expect(kept()).toBe(0);
		const { reason: _, ...silent } = outcome('failed', '1;7');
		const rows = [row({ reason_code: 'failed', message: '' })];
		expect(withoutStillWaiting([silent], { state, rows, now: NOW, waitsFor: () => 'new' })).toEqual(
			[],
		);
	});

	const write = { outcome: 'created', reason: { code: '', message: '', remedy: '' } } as const;
	test.each<[string, Partial<Outcome>, Partial<ParkedRow>]>([
		['another reason', { reason: { code: 'x', message: 'No vendor', remedy: '' } }, {}],
		['another message', {}, { message: 'Another' }],
		['they went', { outcome: 'created' }, {}],
		['a write nobody recorded', { unrecorded: { batchId: 'B', outcome: 'created' } }, {}],
		['a write that is told late', { recovered: { batchId: 'B' } }, {}],
		['a write along the way', { also: [write] } as object, {}],
		['it waits for something else', {}, { waits_for: 'procore' }],
		['a day has passed', {}, { last_tried_at: '2026-03-01T06:00:00.000Z' }],
		['nobody knows when it was tried', {}, { last_tried_at: '' }],
	])('are told where %s', (_, one, given) => expect(kept(one, [row(given)])).toBe(1));

	test('are told where there is no row, or one too many', () => {
		expect([kept({}, []), kept({}, [row(), row()])]).toEqual([1, 1]);
	});

	test('are left out for a write that no mark tells, and a second short of a day', () => {
		expect(kept({ also: [{ ...write, unmarked: true }] } as object)).toBe(0);
		expect(kept({}, [row({ last_tried_at: '2026-03-01T06:00:00.001Z' })])).toBe(0);
	});

	test('are all told in another phase, and in a dry run', () => {
		const changesStep = { step: { part: 'payables', phase: 'changes', batch: 1 } } as const;
		expect([kept({}, undefined, changesStep), kept({}, undefined, { dryRun: true })]).toEqual([
			1, 1,
		]);
	});

	test('of a document with several outcomes all are told or none', () => {
		const outcomes = [outcome('failed', '1;7'), outcome('created', '1;7')];
		const given = { state, rows: [row()], now: NOW, waitsFor: () => 'new' };
		expect(withoutStillWaiting(outcomes, given)).toHaveLength(2);
	});
});
