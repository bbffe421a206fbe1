import type { AuditEventRow } from '../../lib/audit/event-row';
import type { AlsoWritten, Outcome } from '../../lib/model/outcome';
import { sentBefore } from '../../lib/run/batch';
import { type EventsInput, eventsOfBatch } from '../../lib/run/events-of-batch';
import { NOW, outcome, parkedRow } from '../audit/samples';
import { request } from './requests/samples';

const CONTEXT = { runId: 'run-2', executionId: '17', at: NOW, dryRun: false, batchId: 'B2' };
const eventsOf = (given: Partial<EventsInput>): AuditEventRow[] =>
	eventsOfBatch({
		...{ outcomes: [], context: CONTEXT, recorded: [], parkedRows: [], requests: [] },
		...given,
	}).events;
const told = (given: Partial<EventsInput>) =>
	eventsOf(given).map((row) => `${row.gp_key} ${row.outcome} by ${row.batch_id}`);
const at = (id: string, originId = 'GP:TWO:PM:1:7:P:1'): Partial<Outcome> => ({
	...{ originId, procore: { type: 'directCost', id, projectId: '1' } },
});

test('each write, and each record that waits or is left out, has its event; what stands has none', () => {
	const outcomes = [
		...[outcome('created', '1;1'), outcome('unchanged', '1;2'), outcome('failed', '1;3')],
		outcome('skipped', '1;4'),
	];
	expect(told({ outcomes })).toEqual([
		...['1;1 created by B2', '1;3 failed by B2', '1;4 skipped by B2'],
	]);
});

describe('the write of a batch that was cut off', () => {
	const unrecorded = { batchId: 'B1', outcome: 'created' } as const;

	test('comes before what this one did, without its changes, and says that it is told late', () => {
		const changes = [{ field: 'total', before: '1', after: '2' }];
		const one = outcome('updated', '1;7', { ...at('5'), unrecorded, changes });
		expect(told({ outcomes: [one] })).toEqual(['1;7 created by B1', '1;7 updated by B2']);
		const [late, own] = eventsOf({ outcomes: [one] });
		expect([late.reason_code, own.reason_code]).toEqual(['recorded-later', '']);
		expect([late.changes, own.changes === late.changes]).toEqual(['', false]);
		expect(late.procore_id).toBe('5');
	});

	test('is of the record it was of', () => {
		const other = { ...unrecorded, procore: { type: 'requisition', id: '9' } as const };
		const one = outcome('created', '1;7', { ...at('5'), unrecorded: other });
		expect(eventsOf({ outcomes: [one] }).map((row) => [row.procore_type, row.procore_id])).toEqual([
			...[
				['requisition', '9'],
				['directCost', '5'],
			],
		]);
	});

	test('is told beside a record that needed nothing more, and once', () => {
		const one = outcome('unchanged', '1;7', { ...at('5'), unrecorded });
		expect(told({ outcomes: [one] })).toEqual(['1;7 created by B1']);
		const recorded = eventsOf({ outcomes: [one] });
		expect(told({ outcomes: [one], recorded })).toEqual([]);
		// Also where the search through Procore has found it.
		const found = [outcome('created', '1;7', { ...at('5'), recovered: { batchId: 'B1' } })];
		expect(told({ outcomes: [one], found })).toEqual(['1;7 created by B1']);
		expect(told({ outcomes: [], found })).toEqual(['1;7 created by B1']);
		expect(told({ outcomes: [], found, recorded })).toEqual([]);
		const more = [outcome('created', '1;8', { ...at('6', 'X'), recovered: { batchId: 'B1' } })];
		expect(told({ outcomes: [one], found: more })).toHaveLength(2);
	});

	test('that was only completed is that batch’s, and told once', () => {
		const one = outcome('created', '1;7', { ...at('5'), recovered: { batchId: 'B1' } });
		expect(told({ outcomes: [one] })).toEqual(['1;7 created by B1']);
		expect(eventsOf({ outcomes: [one] })[0].reason_code).toBe('recorded-later');
		expect(told({ outcomes: [one], recorded: eventsOf({ outcomes: [one] }) })).toEqual([]);
		expect(told({ outcomes: [one], found: [one] })).toEqual(['1;7 created by B1']);
	});

	test('is known by its record in any spelling; without an origin id by key and id', () => {
		const spelled = (originId: string) =>
			outcome('unchanged', '1;7', { ...at('5', originId), unrecorded });
		const recorded = eventsOf({ outcomes: [spelled('GP:TWO:V:ACME')] });
		expect(told({ outcomes: [spelled('GP:TWO:V:Acme')], recorded })).toEqual([]);
		expect(told({ outcomes: [spelled('GP:TWO:V:BOLT')], recorded })).toHaveLength(1);
		const bare = (id: string) => outcome('unchanged', '1;7', { ...at(id, ''), unrecorded });
		const noted = eventsOf({ outcomes: [bare('5')] });
		expect(told({ outcomes: [bare('5')], recorded: noted })).toEqual([]);
		expect(told({ outcomes: [bare('6')], recorded: noted })).toHaveLength(1);
	});
});

describe('writes of several batches that were cut off', () => {
	const project = (id: string, more: Partial<Outcome> = {}): Partial<Outcome> => ({
		...{ ...at(id), procore: { type: 'requisition', id, projectId: '1' } },
		...more,
	});
	const write = (kind: 'created' | 'voided', batchId: string) =>
		outcome(kind, '1;7', project('5', { recovered: { batchId } }));

	test.each([
		['written again since', outcome('updated', '1;7', project('5')), 'B2'],
		['refused since', outcome('failed', '1;7', project('5')), 'B1'],
	])('a document %s stands as its last event says', (_, one, batchId) => {
		const unrecorded = { batchId: 'B0', outcome: 'voided' } as const;
		const found = [write('voided', 'B0'), write('created', 'B1')];
		const events = eventsOf({ outcomes: [{ ...one, unrecorded }], found });
		expect(events.map(({ batch_id }) => batch_id)).toEqual(['B0', 'B1', 'B2']);
		expect(events.filter(({ outcome: kind }) => kind !== 'failed').at(-1)!.batch_id).toBe(batchId);
		expect(sentBefore(events)).toMatchObject({ '1;7': { 1: { type: 'requisition', id: '5' } } });
	});

	test('one that none of them touched last is taken for gone only where that was so', () => {
		const found = [write('created', 'B0'), write('voided', 'B1')];
		expect(sentBefore(eventsOf({ found }))).toEqual({ '1;7': {} });
		const one = outcome('updated', '1;7', project('5'));
		expect(sentBefore(eventsOf({ outcomes: [one], found }))['1;7']).toHaveProperty('1');
	});
});

describe('what was written along the way', () => {
	const write: AlsoWritten = {
		outcome: 'voided',
		originId: 'X',
		procore: { type: 'requisition', id: '9' },
		amount: '3.00',
		reason: { code: 'along-the-way', message: 'Moved', remedy: '' },
	};

	test('comes before the document, with an amount of its own, once in a batch', () => {
		const one = outcome('created', '1;7', { ...at('5'), also: [write] });
		expect(told({ outcomes: [one] })).toEqual(['1;7 voided by B2', '1;7 created by B2']);
		const [along] = eventsOf({ outcomes: [one] });
		expect(along).toMatchObject({
			...{ procore_amount: '3.00', procore_id: '9', reason_code: 'along-the-way' },
		});
		const twice = [one, outcome('created', '1;8', { ...at('6', 'Y'), also: [write] })];
		expect(told({ outcomes: twice })).toEqual([
			...['1;7 voided by B2', '1;7 created by B2', '1;8 created by B2'],
		]);
		expect(told({ outcomes: [one], recorded: [along] })).toEqual(['1;7 created by B2']);
		const context = { ...CONTEXT, batchId: undefined };
		expect(eventsOf({ outcomes: [one], context })).toHaveLength(2);
	});
});

describe('what an earlier attempt at the batch has said', () => {
	const failed = outcome('failed', '1;7', at('5'));

	test('is not said again in the same run, unless it is another thing', () => {
		const recorded = eventsOf({ outcomes: [failed] });
		expect(told({ outcomes: [failed], recorded })).toEqual([]);
		const reason = { code: 'other', message: 'Other', remedy: '' };
		expect(told({ outcomes: [{ ...failed, reason }], recorded })).toHaveLength(1);
		expect(told({ outcomes: [outcome('locked', '1;7', at('5'))], recorded })).toHaveLength(1);
		const otherRun = { ...CONTEXT, runId: 'run-3' };
		expect(told({ outcomes: [failed], recorded, context: otherRun })).toHaveLength(1);
	});

	test('of what waits no write is known', () => {
		const recorded = eventsOf({ outcomes: [failed] }).map((row) => ({ ...row, batch_id: 'B1' }));
		const unrecorded = { batchId: 'B1', outcome: 'created' } as const;
		const one = outcome('unchanged', '1;7', { ...at('5'), unrecorded });
		expect(told({ outcomes: [one], recorded })).toEqual(['1;7 created by B1']);
	});
});

test('an event says how often the record was tried, and who asked for it', () => {
	const parkedRows = [parkedRow('1;7', { tries: 4 })];
	const requests = [request('1;7', { id: 12 })];
	const rows = eventsOf({
		...{ parkedRows, requests },
		outcomes: [outcome('failed', '1;7'), outcome('failed', '1;8')],
	});
	expect(rows.map(({ attempt, replay_of }) => [Number(attempt), replay_of])).toEqual([
		[5, '12'],
		[1, ''],
	]);
});

test('what the table cannot keep is not in the event', () => {
	const outcomes = [outcome('failed', '1;7')];
	const [whole] = eventsOf({ outcomes });
	const [cut] = eventsOf({ outcomes, lacking: ['remedy', 'none such'] });
	expect(cut).not.toHaveProperty('remedy');
	expect({ ...cut, remedy: whole.remedy }).toEqual(whole);
});

test('the chain goes on from the last event of the run that stands there', () => {
	const chain = { events: 0, hash: '' };
	const input = (given: Partial<EventsInput>): EventsInput => ({
		...{ outcomes: [], context: CONTEXT, recorded: [], parkedRows: [], requests: [], chain },
		...given,
	});
	const first = eventsOfBatch(
		input({ outcomes: [outcome('failed', '1;1'), outcome('failed', '1;2')] }),
	);
	expect(first.chain).toMatchObject({ events: 2 });
	const recorded = [...first.events].reverse();
	const next = eventsOfBatch(input({ outcomes: [outcome('failed', '1;3')], recorded }));
	expect(next.chain!.events).toBe(3);
	const known = eventsOfBatch(input({ outcomes: [outcome('failed', '1;3')], chain: first.chain }));
	expect(next.chain).toEqual(known.chain);
	const others = recorded.map((row) => ({ ...row, run_id: 'run-9' }));
	expect(eventsOfBatch(input({ recorded: others })).chain).toEqual(chain);
	expect(eventsOfBatch({ ...input({}), chain: undefined })).toStrictEqual({ events: [] });
});
