import { fc, test as property } from '@fast-check/jest';
import { verifyChain } from '../../lib/audit/chain';
import { closeRun } from '../../lib/run/run';
import type { AuditEventRow, RunState } from '../../lib/audit/event-row';
import { outcome, record, run } from './samples';

/** Three batches of a chained run; events as a table would give them back. */
function writtenRun(): { rows: AuditEventRow[]; state: RunState } {
	let state: RunState = {
		...run({ chained: true }),
		step: { part: 'payables', phase: 'changes', batch: 1 },
	};
	const rows: AuditEventRow[] = [];
	for (const keys of [['1;1', '1;2'], ['1;3'], ['1;4', '1;5', '1;6']]) {
		const recorded = record({ state, outcomes: keys.map((key) => outcome('created', key)) });
		rows.push(...recorded.events);
		state = { ...recorded.state, step: { part: 'payables', phase: 'changes', batch: 1 } };
	}
	return { rows, state };
}

const { rows, state } = writtenRun();
const verify = (changed: AuditEventRow[]) => verifyChain('run-2', changed, state.chain);

describe('the hash chain of a run', () => {
	test('runs on over batches and ends in the runs table', () => {
		expect(rows.map((row) => row.sequence)).toEqual([1, 2, 3, 4, 5, 6]);
		expect(verify(rows)).toEqual({ intact: true, head: state.chain });
		const row = closeRun(state, { executionId: '17', status: 'success', now: 'x' });
		expect([row.events, row.chain]).toEqual([6, rows[5].chain]);
	});

	test('holds for rows in any order, with columns of the table and blank cells as null', () => {
		const fromTable = [...rows]
			.reverse()
			.map((row) => ({ ...row, id: 9, createdAt: 'x', reason_code: null }));
		expect(verify(fromTable as never).intact).toBe(true);
	});

	test('holds for events of a release that had no lines, and covers those that have them', () => {
		const old = rows.map(({ lines: _lines, vendor_name: _name, ...row }) => row);
		expect(verify(old as AuditEventRow[]).intact).toBe(true);
		const [first, ...others] = rows;
		expect(verify([{ ...first!, lines: '[["01-500","M","1",""]]' }, ...others]).intact).toBe(false);
		expect(verify([{ ...first!, vendor_name: 'Another' }, ...others]).intact).toBe(false);
	});

	test('takes a batch inserted twice by a retry for no tampering', () => {
		expect(verify([...rows, ...rows.slice(3)]).intact).toBe(true);
	});

	test.each<[string, (rows: AuditEventRow[]) => AuditEventRow[], RegExp]>([
		[
			'a changed cell',
			([first, ...rest]) => [{ ...first, procore_amount: '9999.00' }, ...rest],
			/event 1 or one before it was changed/,
		],
		['a removed row', (all) => all.filter((row) => row.sequence !== 3), /event 3 is missing/],
		['a row put in', (all) => [...all, { ...all[2], gp_key: '1;99' }], /stands twice/],
		['rows cut off at the end', (all) => all.slice(0, 4), /wrote 6 events, 4 are left/],
		[
			'swapped numbers',
			(all) =>
				all.map((row) => ({
					...row,
					sequence: row.sequence === 2 ? 3 : row.sequence === 3 ? 2 : row.sequence,
				})),
			/event 2/,
		],
		['no rows left', () => [], /0 are left/],
	])('shows %s', (_, change, problem) => {
		expect(verify(change(rows))).toMatchObject({
			intact: false,
			problem: expect.stringMatching(problem),
		});
	});

	test('of one run does not fit another', () => {
		expect(verifyChain('run-3', rows).intact).toBe(false);
	});

	test('is left out where none is kept', () => {
		const plain = record({ outcomes: [outcome('created', '1;1')] });
		expect(plain.events[0]).not.toHaveProperty('chain');
		expect(plain.state).not.toHaveProperty('chain');
	});

	const columns = Object.keys(rows[0]).filter((column) => column !== 'dry_run') as Array<
		keyof AuditEventRow
	>;
	property.prop([fc.nat(5), fc.constantFrom(...columns), fc.string()], { numRuns: 500 })(
		'shows any change to any cell of any row',
		(at, column, value) => {
			fc.pre(String(rows[at][column]) !== value && Number(value) !== rows[at][column]);
			const changed = rows.map((row, index) => (index === at ? { ...row, [column]: value } : row));
			expect(verify(changed).intact).toBe(false);
		},
	);
});
