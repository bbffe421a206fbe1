import { checkTables, TableLacksColumnError } from '../../lib/run/failed-run';
import { TABLES } from '../../lib/tables/tables';

const made = () => structuredClone(Object.values(TABLES)).map((table, id) => ({ id, ...table }));

test('tables with all columns, and further ones of people, let a run begin', () => {
	const tables = made();
	tables[0]!.columns.push({ name: 'our_note', type: 'string' });
	expect(() => checkTables(tables)).not.toThrow();
});

test('each table and column that an older release did not have is named, and what to do', () => {
	const tables = made();
	for (const name of ['gpp_journal', 'gpp_run'])
		tables.find((one) => one.name === name)!.columns.pop();
	let error: unknown;
	try {
		checkTables(tables);
	} catch (thrown) {
		error = thrown;
	}
	expect(error).toBeInstanceOf(TableLacksColumnError);
	const { message, remedy, lacking } = error as TableLacksColumnError;
	expect(lacking.map(({ table }) => table).sort()).toEqual(['gpp_journal', 'gpp_run']);
	for (const { table, columns } of lacking)
		expect(message).toContain(`${table} lacks ${columns[0]}`);
	expect(remedy).toMatch(/n8n-nodes-dynamics-gp-procore install.*keeps all rows/);
});

test('a column of another type, as an import of a CSV file makes it, is named with both types', () => {
	const tables = made();
	const events = tables.find(({ name }) => name === 'gpp_event')!;
	events.columns.find(({ name }) => name === 'gp_amount')!.type = 'number';
	expect(() => checkTables(tables)).toThrow('gpp_event lacks gp_amount (string, not number)');
	Object.assign(events.columns.find(({ name }) => name === 'gp_amount')!, { type: undefined });
	expect(() => checkTables(tables)).not.toThrow();
});

test('where n8n says nothing of columns, nothing is refused', () => {
	const silent = [{ name: 'gpp_run' }, null, 'gpp_run', { columns: [] }];
	expect(() => checkTables(silent)).not.toThrow();
	expect(() => checkTables([{ name: 'gpp_run', columns: [] }])).not.toThrow();
	expect(() => checkTables([{ name: 'gpp_run', columns: [null, 5] }])).toThrow(
		TableLacksColumnError,
	);
	expect(() => checkTables([{ name: 'gpp_run', columns: [{ name: 'run_id' }] }])).toThrow();
});
