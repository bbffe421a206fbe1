import type { ParkedRow } from '../../lib/audit/event-row';
import { owedRecords, recordsToRetry } from '../../lib/run/parked-rows';
import type { RecordOutcomesInput } from '../../lib/run/record-outcomes';
import {
	COST_ON_RECEIPT,
	type Knowledge,
	readByKey,
	WAITS_FOR_GP,
	WAITS_FOR_PROCORE,
	whatToTryAgain,
} from '../../lib/run/look-up';
import { NOW, outcome, parkedRow, payablesRun, record } from '../audit/samples';

const inPortions = payablesRun({ step: { part: 'payables', phase: 'parked', batch: 1 } });
const knowledge: Knowledge = {
	mapping: { version: 'a' },
	projects: [{ id: 1 }],
	projectCrosswalk: [],
	accountCrosswalk: [],
	vendorCrosswalk: [],
	now: '2026-03-02T06:00:00.000Z',
};
const known = (given: Partial<Knowledge>) =>
	whatToTryAgain(payablesRun(), { ...knowledge, ...given }).known;
const row = { gp_company: 'TWO', gp_job: '300', procore_project_id: '7', action: '', note: '' };

describe('what the mapping knows', () => {
	test.each<[string, Partial<Knowledge>]>([
		['its settings change', { mapping: { version: 'b' } }],
		['Procore has another project', { projects: [{ id: 1 }, { id: 2 }] }],
		['a crosswalk row comes', { projectCrosswalk: [row] }],
		['a day goes by', { now: '2026-03-03T00:00:00.000Z' }],
	])('is something else when %s', (_what, change) => {
		expect(known(change)).not.toBe(known({}));
	});

	test('is the same an hour later, and when n8n only touched a row', () => {
		expect(known({ now: '2026-03-02T07:00:00.000Z' })).toBe(known({}));
		const touched = (at: string) =>
			known({ projectCrosswalk: [{ ...row, updatedAt: at } as never] });
		expect(touched('2026-03-02')).toBe(touched('2026-03-03'));
	});

	test('waiting records are read in portions, and after changes one tells that there are any', () => {
		expect(whatToTryAgain(payablesRun(), knowledge)).toMatchObject({ after: 0, most: 1 });
		expect(whatToTryAgain({ ...inPortions, cursor: '812' }, knowledge)).toMatchObject({
			after: 812,
			most: 500,
		});
	});
});

const again = { known: 'k2', after: 0, most: 500 };
const waitsFor = (rows: ParkedRow[]) => rows.map(({ waits_for }) => waits_for);

test('rows read by their key are looked for no oftener than can find any', () => {
	const at = (part: 'vendors' | 'payables', phase: 'changes' | 'parked' | 'requested') =>
		readByKey(payablesRun({ step: { part, phase, batch: 1 } })).map(({ waitsFor }) => waitsFor);
	expect(at('payables', 'changes')).toEqual(['eq', 'isEmpty', 'isNotEmpty']);
	expect(at('payables', 'requested')).toEqual(['eq', 'isEmpty', 'isNotEmpty']);
	expect(at('vendors', 'changes')).toEqual(['eq', 'isEmpty']);
	expect(at('payables', 'parked')).toEqual(['eq']);
	expect(readByKey({ step: null })).toHaveLength(2);
});

describe('a row says when it is tried again', () => {
	test('what the mapping kept back: once it knows more; what was sent: on each run', () => {
		const { parked } = record({
			tried: { again, rows: [] },
			notSent: [outcome('parked', '1;7')],
			outcomes: [outcome('failed', '1;8')],
		});
		expect(waitsFor(parked).sort()).toEqual(['k2', WAITS_FOR_PROCORE]);
	});

	test('what could not be read: from GP, by its key', () => {
		const unread = outcome('failed', '1;7');
		const { parked } = record({
			tried: { again, rows: [] },
			notSent: [{ ...unread, record: undefined, reason: { ...unread.reason!, code: 'GP_BUSY' } }],
		});
		expect(waitsFor(parked)).toEqual([WAITS_FOR_GP]);
	});

	test('one that waited for the mapping and now waits for Procore is written anew, though its reason is the same', () => {
		const tried = {
			again,
			rows: [parkedRow('1;7', { id: 4, waits_for: 'k1', last_tried_at: NOW })],
		};
		const waits = { state: inPortions, checkpoint: null, tried, parkedRows: tried.rows };
		const still = record({ ...waits, notSent: [outcome('parked', '1;7')] });
		expect([still.parked, still.resolvedRowIds]).toEqual([[], []]);
		const sent = record({ ...waits, outcomes: [outcome('parked', '1;7')] });
		expect(waitsFor(sent.parked)).toEqual([WAITS_FOR_PROCORE]);
		expect(sent.resolvedRowIds).toEqual([4]);
	});
});

describe('a portion of what waits', () => {
	const rows = [parkedRow('1;7', { id: 4, waits_for: 'k1' }), parkedRow('1;8', { id: 9 })];

	test('is told to the table at once, up to its last row', () => {
		const waits = { state: inPortions, checkpoint: null, parkedRows: rows };
		expect(record({ ...waits, tried: { again, rows } }).stillWaiting).toEqual({
			gp_company: 'TWO',
			entity: 'payable',
			after: 0,
			upTo: 9,
			known: 'k2',
		});
		expect(record({ ...waits, tried: { again, rows: [] } }).stillWaiting).toBeNull();
		const dry = { ...inPortions, dryRun: true };
		expect(record({ ...waits, state: dry, tried: { again, rows } }).stillWaiting).toBeNull();
	});

	test('is not told to the table where Procore said no to all of it, which stays marked as it is', () => {
		const refused = rows.map((row) => ({ ...row, waits_for: WAITS_FOR_PROCORE }));
		const told = (rows: ParkedRow[]) =>
			record({ state: inPortions, checkpoint: null, parkedRows: rows, tried: { again, rows } })
				.stillWaiting;
		expect(told(refused)).toBeNull();
		expect(told([...refused, ...rows])).toMatchObject({ upTo: 9 });
	});

	test.each(['', '{"kind":"payable","ke', '{}', 'null'])(
		'has a row that holds %j of a record read from GP from then on',
		(payload) => {
			const odd = { ...rows[0], payload, reason_code: '' };
			const { parked, resolvedRowIds } = record({
				state: inPortions,
				checkpoint: null,
				tried: { again, rows: [odd, ...rows.slice(1)] },
				parkedRows: [],
			});
			expect(resolvedRowIds).toEqual([odd.id]);
			expect(parked).toMatchObject([{ gp_key: odd.gp_key, payload: '', waits_for: 'gp' }]);
			expect(parked[0]).not.toHaveProperty('id');
			expect(owedRecords(parked, 'TWO', 0)).toMatchObject([{ key: odd.gp_key }]);
			const dry = { ...inPortions, dryRun: true };
			const given = { state: dry, checkpoint: null, tried: { again, rows: [odd] } };
			expect(record(given).resolvedRowIds).toEqual([]);
		},
	);

	test('comes also where the row looked for to learn of it holds no record, or just went', () => {
		const changes = payablesRun({ step: { part: 'payables', phase: 'changes', batch: 1 } });
		const probe = { ...again, most: 1 };
		const after = (row: ParkedRow, more: Partial<RecordOutcomesInput> = {}) =>
			record({ state: changes, tried: { again: probe, rows: [row] }, ...more }).state.step;
		const parkedStep = { part: 'payables', phase: 'parked', batch: 1 };
		expect(after({ ...rows[0], payload: '' })).toEqual(parkedStep);
		const went = outcome('created', rows[0].gp_key);
		expect(after(rows[0], { outcomes: [went], parkedRows: [rows[0]] })).toEqual(parkedStep);
		expect(after({ ...rows[0], run_id: changes.runId })).not.toEqual(parkedStep);
	});

	test('is followed by the next one, whatever stands in between', () => {
		const checkpoint = {
			kind: 'checkpoint',
			entity: 'payable',
			company: 'TWO',
			more: true,
		} as const;
		const { state } = record({
			state: inPortions,
			checkpoint: {
				...checkpoint,
				cursor: '9',
				watermark: { since: null, seen: [] } as never,
				counts: { read: 0, unchanged: 0, requests: 0 },
			},
			tried: { again, rows },
			parkedRows: rows,
		});
		expect(state.step).toEqual({ part: 'payables', phase: 'parked', batch: 2 });
		expect(state.cursor).toBe('9');
	});

	test('has its own records only, and of each the latest reading, in whatever row', () => {
		const latest = parkedRow('1;7', {
			id: 20,
			last_tried_at: '2026-03-01T01:00:00.000Z',
			payload: JSON.stringify({ kind: 'payable', key: '1;7', latest: true }),
		});
		const found = recordsToRetry([...rows, latest], inPortions, [rows[0]]);
		expect(found).toEqual([{ kind: 'payable', key: '1;7', latest: true, stored: true }]);
	});
});

test('a receipt may bring the cost: the mapping keeps it back, and some doors read it again by its key', () => {
	const waiting = outcome('parked', '1;7');
	const { parked } = record({
		tried: { again, rows: [] },
		notSent: [{ ...waiting, reason: { ...waiting.reason!, code: COST_ON_RECEIPT } }],
	});
	expect(waitsFor(parked)).toEqual(['k2']);
});
