import { CHAINED, CHAINED_WHERE_FILLED, EVENT } from '../../lib/tables/columns';
import { readRows } from '../../lib/report/read/rows';
import { COLUMNS, isRowOf, TABLES, type TableRow } from '../../lib/tables/tables';

test('no table name contains another, for n8n finds tables by a part of their names', () => {
	const names = Object.values(TABLES).map(({ name }) => name);
	expect(Object.keys(TABLES)).toEqual(Object.keys(COLUMNS));
	for (const name of names) {
		expect(name).toMatch(/^gpp_/);
		expect(names.filter((other) => other.includes(name))).toEqual([name]);
	}
});

test('a table has the columns it was given, in that order', () => {
	expect(TABLES.journal).toEqual({
		name: 'gpp_journal',
		columns: ['batch_id', 'run_id', 'gp_company', 'entity', 'started_at', 'places'].map((name) => ({
			name,
			type: 'string',
		})),
	});
	expect(TABLES.events.columns.at(-1)).toEqual({ name: 'dry_run', type: 'boolean' });
	expect(TABLES.runs.columns.find(({ name }) => name === 'waited_ms')!.type).toBe('number');
});

test('a hash covers each column of an event except its own two; the newer ones only where filled', () => {
	const covered = [...CHAINED, ...CHAINED_WHERE_FILLED];
	expect(new Set(covered).size).toBe(covered.length);
	expect(Object.keys(EVENT).filter((name) => !covered.includes(name as never))).toEqual([
		'sequence',
		'chain',
	]);
	// What chains of 0.3.0 were made of: never more, or every one of them would read as broken.
	expect(CHAINED).toHaveLength(29);
});

test('row types follow from the columns (held by the type checker)', () => {
	const row: TableRow<'journal'> = {
		...{ batch_id: 'r/1', run_id: 'r', gp_company: 'TWO', entity: 'vendor', started_at: '' },
	};
	// @ts-expect-error a column every version has
	const bare: TableRow<'journal'> = { batch_id: 'r/1' };
	// @ts-expect-error no such column
	const more: TableRow<'journal'> = { ...row, place: '9001' };
	// @ts-expect-error a number, not text
	const tries: TableRow<'requests'>['tries'] = '1';
	// @ts-expect-error one of a few words
	const reason: TableRow<'requests'>['reason'] = 'because';
	const open: TableRow<'projects'>['procore_project_id'] = null;
	expect([row.places, bare.run_id, more, tries, reason, open]).toHaveLength(6);
});

describe('what the Data Table node hands on for a row', () => {
	const rowOf = (key: keyof typeof COLUMNS) =>
		Object.fromEntries(TABLES[key].columns.map(({ name }) => [name, null]));

	test.each(Object.keys(COLUMNS) as Array<keyof typeof COLUMNS>)(
		'is one of %s only with the columns that table has, blank or not',
		(key) => {
			expect(isRowOf(key, { ...rowOf(key), id: 4, our_note: 'x' })).toBe(true);
			for (const other of [{}, { error: 'locked' }, { no_row: true }])
				expect(isRowOf(key, other)).toBe(false);
			const others = (Object.keys(COLUMNS) as Array<keyof typeof COLUMNS>).filter(
				(other) => other !== key && isRowOf(key, rowOf(other)),
			);
			expect(others).toEqual([]);
		},
	);

	test('may lack what later releases added', () => {
		const { not_proven: _not, ...earlier } = rowOf('reconciliation');
		expect(isRowOf('reconciliation', earlier)).toBe(true);
	});

	test('is a problem of a page when it is of another table: the database failed', () => {
		const given = { parked: [{ ...rowOf('runs'), id: 3 }], runs: [{ ...rowOf('runs'), id: 3 }] };
		const { parked, runs, problems } = readRows(given);
		expect([parked.length, runs.length]).toEqual([0, 1]);
		expect(problems).toEqual(["n8n's database failed while gpp_parked was read"]);
	});
});
