import { exportRows as exportInSteps } from '../../lib/audit/export';
import { runSteps } from '../../lib/http/read-body';

const exportRows = (input: Parameters<typeof exportInSteps>[0]) => runSteps(exportInSteps(input));
import { event } from '../run/requests/samples';
import { parkedRow } from './samples';

const days = { from: '', to: '' };

describe('an export', () => {
	test('takes the rows of the days asked for, both included, oldest first', () => {
		const at = (time: string) => ({ ...event('1;1'), at: time });
		const rows = [
			at('2026-03-03T00:00:00Z'),
			at('2026-03-01T00:00:00Z'),
			at('2026-03-02T23:59:59Z'),
		];
		const times = (from: string, to: string) =>
			exportRows({ table: 'events', rows, from, to }).map((row) => row.at);
		expect(times('2026-03-01', '2026-03-02')).toEqual([
			'2026-03-01T00:00:00Z',
			'2026-03-02T23:59:59Z',
		]);
		expect(times('2026-03-03', '')).toEqual(['2026-03-03T00:00:00Z']);
		expect(times('', '')).toHaveLength(3);
	});

	test.each(['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', ' =1'])(
		'never runs text as a formula, in whatever column it stands: %p',
		(poison) => {
			const poisoned = Object.fromEntries(
				Object.keys(event('1;1')).map((name) => [name, name === 'dry_run' ? false : poison]),
			);
			const [row] = exportRows({ table: 'events', rows: [poisoned], ...days });
			for (const [name, value] of Object.entries(row!)) {
				if (name !== 'dry_run') expect(value).toBe(`'${poison}`);
			}
		},
	);

	test('holds no secret, and no GP record that is kept for machines', () => {
		const row = parkedRow('1;1', {
			message: 'password=hunter2',
			remedy: 'tax_id: 12-3456789',
			payload: '{"secret":"x"}',
		});
		const rows = exportRows({ table: 'parked', rows: [{ ...row, createdAt: 'now' }], ...days });
		expect(JSON.stringify(rows)).not.toMatch(/hunter2|12-3456789|payload|createdAt/);
	});

	test('makes amounts numbers, so that a spreadsheet can add them', () => {
		const [row] = exportRows({
			table: 'parked',
			rows: [parkedRow('1;1', { gp_amount: '-10.10' })],
			...days,
		});
		expect(row!.gp_amount).toBe(-10.1);
	});

	test('of nothing says so', () => {
		expect(exportRows({ table: 'runs', rows: [], ...days })).toEqual([
			{ note: 'There is nothing in this period.' },
		]);
	});
});
