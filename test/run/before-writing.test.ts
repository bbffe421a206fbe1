import type { JournalRow, LeaseRow } from '../../lib/audit/event-row';
import { beforeWriting } from '../../lib/run/batch';
import { openRun } from '../../lib/run/run';

const journal: JournalRow = {
	batch_id: 'r/1',
	run_id: 'r',
	gp_company: 'TWO',
	entity: 'payable',
	started_at: '',
	places: '',
};
const batch = (dryRun = false, leaseMinutes = 5) => ({
	journal,
	state: openRun({
		runId: 'r',
		startKind: 'manual',
		company: 'TWO',
		dryRun,
		from: null,
		parts: [],
		now: '2026-03-01T00:00:00.000Z',
		leaseMinutes,
	}),
});
const NOW = '2026-03-01T01:00:00.000Z';

test('a batch notes each place it writes to once, and the end of its lease from now on', () => {
	const desired = [
		{ kind: 'directCost', projectId: '7' },
		{ kind: 'directCost', projectId: '7' },
		{ kind: 'costCode', standardListId: '5', projectId: null },
		{ kind: 'checkpoint' },
	];
	expect(beforeWriting(batch(), desired, [], NOW)).toEqual({
		journal: { ...journal, places: '7,list 5' },
		until: '2026-03-01T01:05:00.000Z',
		renew: true,
	});
});

test('vendors stand in no place', () => {
	expect(beforeWriting(batch(), [{ kind: 'vendor' }], [], NOW)?.journal.places).toBe('');
});

test('nothing is noted where nothing is to be written', () => {
	expect(beforeWriting(batch(), [{ kind: 'checkpoint' }], [], NOW)).toBeNull();
	expect(beforeWriting(batch(), [], [], NOW)).toBeNull();
	expect(beforeWriting(batch(true), [{ kind: 'vendor' }], [], NOW)).toBeNull();
});

describe('the lease', () => {
	const lease = (until: string, run_id = 'r'): LeaseRow => ({
		gp_company: 'TWO',
		run_id,
		execution_id: '1',
		taken_at: '2026-03-01T00:00:00.000Z',
		until,
		gp_server: '',
	});
	const before = (rows: LeaseRow[]) => beforeWriting(batch(), [{ kind: 'vendor' }], rows, NOW);

	test('stays as it is for five seconds: writing ends with it, and nobody takes it over before', () => {
		const until = '2026-03-01T01:04:56.000Z';
		expect(before([lease(until)])).toMatchObject({ until, renew: false });
		const theirs = lease('2026-03-01T01:04:59.000Z', 'other');
		expect(before([theirs, lease(until)])).toMatchObject({ until, renew: false });
	});

	test.each([
		['five seconds after it was renewed', [lease('2026-03-01T01:04:55.000Z')]],
		['where its row was not read', []],
		['where another run has one', [lease('2026-03-01T01:04:59.000Z', 'other')]],
		['where its end is no time', [lease('')]],
	])('is renewed %s', (_when, rows) => {
		expect(before(rows)).toMatchObject({ until: '2026-03-01T01:05:00.000Z', renew: true });
	});
});
