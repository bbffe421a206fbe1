import { type ReplayPlan, tellReplay } from '../../../lib/run/requests/requests';
import { NOW } from '../../audit/samples';
import { event, request } from './samples';

const later = '2026-03-02T06:01:00.000Z';
const planned = (...keys: string[]): ReplayPlan => ({
	rows: keys.map((key) => request(key)),
	readFrom: '',
	start: true,
	lines: ['asked'],
});
const tell = (given: Partial<Parameters<typeof tellReplay>[0]>) =>
	tellReplay({
		plan: planned('1;1', '1;2', '1;3', '1;4'),
		problem: '',
		requests: [],
		events: [],
		since: NOW,
		...given,
	}).join('\n');

describe('what became of a replay', () => {
	test('counts what went, what stood already and what waits, and names what failed with its remedy', () => {
		const text = tell({
			events: [event('1;1', 'updated', later), event('1;2', 'failed', later)],
			requests: [request('1;3')],
		});
		expect(text).toContain('1 went to Procore.');
		expect(text).toContain('1 stood in Procore as it should already.');
		expect(text).toContain('1 waits for the next run');
		expect(text).toMatch(/1;2: failed\. No vendor Add the vendor/);
	});

	test('says no more than that, and of what failed or was left out the first fifteen', () => {
		const went = tell({ plan: planned('1;1'), events: [event('1;1', 'created', later)] });
		expect(went).toBe('asked\n1 went to Procore.');
		const keys = Array.from({ length: 16 }, (_, index) => `1;${index}`);
		const each = (outcome: 'failed' | 'skipped', count: number) =>
			tell({
				plan: planned(...keys.slice(0, count)),
				events: keys.map((key) => event(key, outcome, later)),
			}).split('\n');
		expect(each('failed', 15)).toHaveLength(1 + 1 + 15);
		expect(each('failed', 15)[1]).toBe('15 did not go and stand in gpp_parked:');
		expect(each('failed', 16).slice(-1)).toEqual(['… and 1 more.']);
		expect(each('skipped', 16)).toHaveLength(1 + 1 + 15 + 1);
	});

	test('counts a record as gone where any event of it is one, and waits only where it still is asked for', () => {
		const events = [event('1;1', 'skipped', later), event('1;1', 'voided', later)];
		const requests = [request('1;1'), request('1;2')];
		const text = tell({ plan: planned('1;1', '1;2'), events, requests });
		expect(text).toContain('1 went to Procore.');
		expect(text).toContain('1 waits for the next run');
		expect(text).not.toMatch(/stood|left out|did not go/);
	});

	test('does not call it gone what is left out on purpose', () => {
		const text = tell({ plan: planned('1;1'), events: [event('1;1', 'skipped', later)] });
		expect(text).toContain('1 left out on purpose');
		expect(text).not.toContain('went to Procore');
	});

	test('does not take an earlier event for the answer', () => {
		expect(tell({ events: [event('1;1', 'created', '2026-03-01T00:00:00.000Z')] })).toContain(
			'4 stood in Procore',
		);
		expect(tell({ events: [event('1;1', 'created', NOW)] })).toContain('1 went to Procore');
		const dry = { ...event('1;1', 'created', later), dry_run: true };
		expect(tell({ events: [dry] })).toContain('4 stood in Procore');
	});

	test('says that rows wait when the sync could not be started', () => {
		const requests = ['1;1', '1;2', '1;3', '1;4'].map((key) => request(key));
		const text = tell({ problem: 'Workflow not found', requests });
		expect(text).toContain('Workflow not found');
		expect(text).toContain('taken by the next run');
		expect(text).not.toContain('stood in Procore');
	});

	test('repeats only the plan when nothing was asked for', () => {
		expect(tell({ plan: { ...planned(), start: false } })).toBe('asked');
	});

	test('of a backfill says where its numbers are, or how to start it by hand', () => {
		const plan = { ...planned(), readFrom: '2026-01-01' };
		expect(tell({ plan })).toContain('gpp_run');
		expect(tell({ plan, problem: 'no' })).toContain('Run with options');
	});
});
