import { planRequests, MOST_REQUESTS } from '../../../lib/run/requests/plan-requests';
import type { KnownRecords, ReplayAsk } from '../../../lib/run/requests/requests';
import { NOW, parkedRow } from '../../audit/samples';
import { ask, event, request } from './samples';

const V417 = '1;00000000000000417';
const V4170 = '1;00000000000004170';
const vendor = (key: string, at?: string) =>
	event(key, 'created', at, { entity: 'vendor', label: `${key} CONCRETE` });

const plan = (asked: Partial<ReplayAsk>, known: Partial<KnownRecords> = {}) =>
	planRequests(ask(asked), { events: [], parked: [], requests: [], ...known }, NOW);
const keys = (asked: Partial<ReplayAsk>, known: Partial<KnownRecords> = {}) =>
	plan(asked, known).rows.map((row) => row.gp_key);

describe('a replay of named records', () => {
	const events = [event(V417), event(V4170), vendor('ACME0001'), event('1;00000000000000999')];

	test.each([
		['a whole key', V417],
		['a voucher', '00000000000000417'],
		['a voucher without its zeros', '417'],
		['a document number', 'INV-417'],
	])('finds a document by %s', (_what, search) => {
		expect(keys({ search }, { events })).toEqual([V417]);
	});

	test('takes many, one per line or with commas, and each only once', () => {
		const search = '417, 4170\n\n999\n00000000000000417';
		expect(keys({ search }, { events })).toHaveLength(3);
	});

	test('finds a vendor by its id although documents of that vendor name it too', () => {
		expect(keys({ search: 'acme0001' }, { events })).toEqual(['ACME0001']);
	});

	test('does not guess when a piece matches several: it names them', () => {
		const { rows, start, lines } = plan({ search: '0041' }, { events });
		expect(rows).toEqual([]);
		expect(start).toBe(false);
		expect(lines.join(' ')).toContain('2 records match');
		expect(lines.join(' ')).toContain(V4170);
	});

	test('asks for the clear ones and names the others', () => {
		const { rows, lines } = plan({ search: '417\n0041\nnothing-like-it' }, { events });
		expect(rows.map((row) => row.gp_key)).toEqual([V417]);
		expect(lines).toHaveLength(3);
		expect(lines[1]).toContain('"0041" is unclear');
		expect(lines[2]).toContain('"nothing-like-it" is in no event');
	});

	test('wants more than two letters of a piece', () => {
		expect(plan({ search: 'CO' }, { events: [vendor('ACME0001')] }).lines[0]).toContain(
			'too short',
		);
	});

	test('tells kinds and companies apart when asked to', () => {
		const twin = event(V417, 'created', undefined, { company: 'THREE' });
		expect(keys({ search: V417 }, { events: [...events, twin] })).toEqual([]);
		expect(keys({ search: V417, company: 'three' }, { events: [...events, twin] })).toEqual([V417]);
		expect(keys({ search: 'ACME0001', entity: 'payable' }, { events: [events[2]!] })).toEqual([]);
	});

	test('reads a record nobody has seen when kind, company and whole key are given', () => {
		const given = { search: '1;00000000000000777', entity: 'payable', company: 'TWO' } as const;
		expect(keys(given)).toEqual(['1;00000000000000777']);
		expect(keys({ ...given, search: '777' })).toEqual([]);
	});

	test('reads several that nobody has seen, in the order of their keys', () => {
		const given = { entity: 'payable', company: 'TWO' } as const;
		expect(keys({ ...given, search: '1;778\n1;777' })).toEqual(['1;777', '1;778']);
	});

	test('says so when nothing was named', () => {
		expect(plan({ search: ' \n' }).lines).toEqual(['Nothing was named, so nothing was asked for.']);
	});

	test('knows nothing of dry runs', () => {
		expect(keys({ search: '417' }, { events: [{ ...event(V417), dry_run: true }] })).toEqual([]);
	});
});

describe('a replay', () => {
	test('of all that wait takes the parked records, once each', () => {
		const parked = [parkedRow(V417), parkedRow(V417, { id: 2 }), parkedRow(V4170)];
		const { rows } = plan({ choice: 'waiting' }, { parked });
		expect(rows.map((row) => [row.gp_key, row.reason, row.tries, row.payload])).toEqual([
			[V417, 'replay', 0, ''],
			[V4170, 'replay', 0, ''],
		]);
	});

	test('asks in the order of a run: by kind, then by time, then by key', () => {
		const events = [
			event('1;3', 'created', '2026-03-01T09:00:00.000Z'),
			event('1;9', 'created', '2026-03-01T08:00:00.000Z'),
			event('1;2', 'created', '2026-03-01T09:00:00.000Z'),
			vendor('ACME0001', '2026-03-01T10:00:00.000Z'),
			event('300', 'created', '2026-03-01T11:00:00.000Z', { entity: 'account' }),
		];
		const asked = { choice: 'handled', from: '2026-03-01', to: '2026-03-01' } as const;
		const wanted = ['ACME0001', '300', '1;9', '1;2', '1;3'];
		expect(keys(asked, { events })).toEqual(wanted);
		expect(keys(asked, { events: [...events].reverse() })).toEqual(wanted);
	});

	test('of a time takes what was handled on these days, both included', () => {
		const events = [
			event('1;1', 'created', '2026-02-28T23:59:59.000Z'),
			event('1;2', 'created', '2026-03-01T00:00:00.000Z'),
			event('1;3', 'failed', '2026-03-02T23:59:59.000Z'),
			event('1;4', 'created', '2026-03-03T00:00:00.000Z'),
		];
		const days = { choice: 'handled', from: '2026-03-01', to: '2026-03-02' } as const;
		expect(keys(days, { events })).toEqual(['1;2', '1;3']);
		expect(keys({ ...days, to: '' }, { events })).toEqual(['1;2', '1;3', '1;4']);
	});

	test.each([
		[{ from: '' }, 'first day is missing'],
		[{ from: '31.01.2026' }, 'is no day'],
		[{ from: '2026-02-31x' }, 'is no day'],
		[{ from: '2026-03-02', to: '2026-03-01' }, 'before the first'],
	])('of a time refuses %p', (days, problem) => {
		const { rows, start, lines } = plan({ choice: 'handled', ...days }, { events: [event('1;1')] });
		expect({ rows, start }).toEqual({ rows: [], start: false });
		expect(lines[0]).toContain(problem);
	});

	test('of all GP changed is a backfill from a day, without a list', () => {
		const asked = plan({ choice: 'changed', from: '2026-01-31', entity: 'vendor' });
		expect(asked).toMatchObject({ rows: [], readFrom: '2026-01-31', start: true });
		expect(asked.lines[0]).toContain('all vendors');
	});

	test('of all GP changed needs the day, as one of a time does', () => {
		expect(plan({ choice: 'changed', from: '' })).toMatchObject({
			start: false,
			lines: [expect.stringContaining('first day is missing')],
		});
		// Days left over from another choice are not looked at.
		expect(plan({ choice: 'waiting', from: 'nonsense' }, { parked: [parkedRow(V417)] }).start).toBe(
			true,
		);
	});

	test('names ten of them, and how many more there are', () => {
		const parked = Array.from({ length: 12 }, (_, index) =>
			parkedRow(`1;${index}`, { gp_label: `Invoice ${index}` }),
		);
		const told = (count: number) => plan({ choice: 'waiting' }, { parked: parked.slice(0, count) });
		expect(told(12).lines[0]).toMatch(/^12 records asked for.*; and 2 more\.$/);
		expect(told(10).lines[0]).not.toContain('more');
	});

	test('does not ask twice for a record that waits for a run already, but starts the run', () => {
		const parked = [parkedRow(V417), parkedRow(V4170)];
		const asked = plan({ choice: 'waiting' }, { parked, requests: [request(V417)] });
		expect(asked.rows.map((row) => row.gp_key)).toEqual([V4170]);
		expect(asked.lines[1]).toBe('1 record asked for before and still waiting for a run.');
		const all = plan({ choice: 'waiting' }, { parked, requests: [request(V417), request(V4170)] });
		expect(all).toMatchObject({ rows: [], start: true });
	});

	test('takes vendors before accounts before documents, each in the order it was handled', () => {
		const events = [
			event('1;9', 'failed', '2026-03-01T07:00:00.000Z'),
			event('1;1', 'failed', '2026-03-01T08:00:00.000Z'),
			event('300-5110-02', 'failed', '2026-03-01T09:00:00.000Z', { entity: 'account' }),
			vendor('ACME0001', '2026-03-01T10:00:00.000Z'),
		];
		const days = { choice: 'handled', from: '2026-03-01' } as const;
		expect(keys(days, { events })).toEqual(['ACME0001', '300-5110-02', '1;9', '1;1']);
	});

	test('of more records than a list is good for is refused', () => {
		const parked = Array.from({ length: MOST_REQUESTS + 1 }, (_, index) => parkedRow(`1;${index}`));
		expect(plan({ choice: 'waiting' }, { parked })).toMatchObject({ rows: [], start: false });
	});

	test('finds nothing, and says so', () => {
		const { start, lines } = plan({ choice: 'waiting' });
		expect(start).toBe(false);
		expect(lines).toEqual(['Nothing was found, so nothing was asked for.']);
	});
});

describe('a replay from the stored record', () => {
	const parked = [parkedRow(V417, { last_tried_at: '2026-03-01T08:00:00.000Z' })];
	const stored = { choice: 'waiting', use: 'stored' } as const;

	test('hands the payload on', () => {
		expect(plan(stored, { parked }).rows[0]!.payload).toBe(parked[0]!.payload);
	});

	test('is refused when newer data of the record went to Procore', () => {
		const events = [event(V417, 'updated', '2026-03-01T09:00:00.000Z')];
		const { rows, lines } = plan(stored, { parked, events });
		expect(rows).toEqual([]);
		expect(lines[0]).toContain('Newer data');
	});

	test('is not refused for another failure since, nor for what went before it was parked', () => {
		const events = [
			event(V417, 'created', '2026-02-01T09:00:00.000Z'),
			event(V417, 'failed', '2026-03-01T09:00:00.000Z'),
		];
		expect(plan(stored, { parked, events }).rows).toHaveLength(1);
	});

	test('is refused when nothing was stored', () => {
		expect(
			plan({ ...stored, choice: 'records', search: V417 }, { events: [event(V417)] }).lines[0],
		).toContain('No stored record');
	});
});

test('secrets in a label or a note do not get into the requests table', () => {
	const parked = [parkedRow(V417, { gp_label: 'password=hunter2', message: 'tax_id: 12-3456789' })];
	expect(JSON.stringify({ ...plan({ choice: 'waiting' }, { parked }) })).not.toMatch(
		/hunter2|12-3456789/,
	);
});

describe('what a person is told', () => {
	test('a record that was never handled is asked for by its whole key, its kind and its company', () => {
		const named = (more: Partial<ReplayAsk>) => keys({ search: '1;0099', ...more });
		expect(named({ entity: 'payable', company: 'TWO' })).toEqual(['1;0099']);
		expect([named({ entity: 'payable' }), named({ company: 'TWO' }), named({})]).toEqual([
			[],
			[],
			[],
		]);
		const vendors = { entity: 'vendor', company: 'TWO' } as const;
		expect(keys({ search: 'NEW', ...vendors })).toEqual(['NEW']);
		expect(keys({ search: '0099', entity: 'payable', company: 'TWO' })).toEqual([]);
	});

	test('that a last day does not count where all is read up to now', () => {
		const told = (to: string) => plan({ choice: 'changed', from: '2026-01-01', to }).lines.join();
		expect(told('2026-01-31')).toContain('the last day was not used');
		expect(told('')).toBe('Asked for everything that GP changed since 2026-01-01.');
	});

	test('by which name a record goes that is not clear, or not asked for', () => {
		const events = [event(V417), event(V4170)];
		const label = (voucher: string) => `of ACME0001, voucher ${voucher.slice(2)}`;
		const told = (search: string, more = events) => plan({ search }, { events: more }).lines.join();
		expect(told('0041')).toContain(`${label(V417)} (${V417}); `);
		expect(told('CO', [vendor('ACME0001')])).toContain('Type more of ACME0001 CONCRETE.');
		const stored = plan({ search: '417', use: 'stored' }, { events }).lines.join();
		expect(stored).toMatch(/voucher 00000000000000417: not asked for\. No stored record/);
	});

	test('of as many as are read one by one nothing is said, of one more it is refused', () => {
		const parked = (count: number) =>
			Array.from({ length: count }, (_, index) => parkedRow(`1;${index}`));
		const all = (count: number) => plan({ choice: 'waiting' }, { parked: parked(count) });
		expect(all(MOST_REQUESTS).rows).toHaveLength(MOST_REQUESTS);
		expect(all(MOST_REQUESTS + 1)).toMatchObject({ rows: [], start: false });
	});
});
