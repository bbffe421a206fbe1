import { readStart, SYNC_FORM } from '../../lib/run/forms';

const NOW = '2026-03-01T10:00:00.000Z';
const ALL = ['vendors', 'accounts', 'payables'];

test.each([
	['the manual trigger', {}, { start_kind: 'manual', dry_run: false, parts: ALL }],
	['the schedule', { timestamp: '2026-03-01T00:00:00Z' }, { start_kind: 'schedule', parts: ALL }],
	[
		'the form, as a dry run',
		{
			formMode: 'production',
			'Dry run': SYNC_FORM.dryRunYes,
			'Read again from this date': '2026-01-31',
			Parts: [],
		},
		{
			...{ start_kind: 'form', dry_run: true, read_from: '2026-01-31', parts: ALL },
			promise:
				'a dry run, which writes nothing to Procore; it reads again what GP changed since 2026-01-31.',
		},
	],
	[
		'the form, for parts in any order',
		{
			formMode: 'production',
			'Dry run': SYNC_FORM.dryRunNo,
			Parts: ['Payables invoices', 'Vendors'],
		},
		{
			...{ start_kind: 'form', dry_run: false, read_from: '', parts: ['vendors', 'payables'] },
			promise: 'a run that writes to Procore what GP has.',
		},
	],
	[
		'another workflow',
		{ start_kind: 'replay', dry_run: false, parts: ['accounts'], only_requested: true },
		{ start_kind: 'replay', parts: ['accounts'], only_requested: true },
	],
	[
		'another workflow that names no part there is',
		{ start_kind: 'replay', parts: ['everything'] },
		{ start_kind: 'replay', parts: ALL, only_requested: false },
	],
])('a run started by %s', (_by, given, options) => {
	expect(readStart(given, NOW)).toMatchObject(options);
});

test('a day in the future is told before the run that will refuse it', () => {
	const of = (day: string) =>
		readStart({ formMode: 'production', [SYNC_FORM.readFrom]: day }, NOW).promise;
	expect(of('2026-03-03')).toMatch(
		/\. But 2026-03-03 lies in the future and will be refused: .*day\.$/,
	);
	expect(of('2026-03-02')).toContain('it reads again what GP changed since 2026-03-02');
});
