import {
	type CreateDataTableOptions,
	type DataTable,
	type DataTableColumn,
	type DataTableColumnType,
	type DataTableFilter,
	type DataTableProxyProvider,
	type DataTableRow,
	type IDataTableProjectAggregateService,
	type IDataTableProjectService,
	type ListDataTableOptions,
	validateFieldType,
} from 'n8n-workflow';

type StoredRow = DataTableRow & { id: number; createdAt: Date; updatedAt: Date };

interface StoredTable {
	id: string;
	name: string;
	columns: DataTableColumn[];
	rows: StoredRow[];
	/** Counts up with every change of the table itself: n8n orders by its last update. */
	touched: number;
}

const FIELD_TYPES = {
	string: 'string',
	number: 'number',
	boolean: 'boolean',
	date: 'dateTime',
} as const;

/**
 * n8n's Data Tables in memory, with the behaviour of n8n 2.41 that matters: a table is looked up by
 * a part of its name, unknown columns and values of another type are refused, nothing is unique.
 */
export class MemoryDataTables {
	private readonly tables: StoredTable[] = [];
	private ticks = 0;
	/** n8n's limit to the size of all tables is reached: it takes rows out and nothing in. */
	full = false;
	/** Tables at which the database fails when they are read. */
	unreadable: string[] = [];
	/** Calls per table and operation, e.g. "gpp_event insert" → 3. */
	readonly calls: Record<string, number> = {};

	/** All tables as they are now, for `restore`: n8n's database in a backup. */
	backup(): unknown {
		return structuredClone(this.tables);
	}

	restore(backup: unknown): void {
		this.tables.splice(0, Infinity, ...structuredClone(backup as StoredTable[]));
	}

	/** Makes a table as a person would; `columns` maps names to types. */
	create(name: string, columns: Record<string, DataTableColumnType>): void {
		this.createTable({
			name,
			columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
		});
	}

	names(): string[] {
		return this.tables.map((table) => table.name);
	}

	/** Copies of the rows of the table with exactly this name; none when there is no such table. */
	rows<Row = Record<string, unknown>>(name: string): Row[] {
		const table = this.tables.find((one) => one.name === name);
		return (table?.rows ?? []).map((row) => ({ ...row })) as Row[];
	}

	/** Adds rows as a person does in the grid. */
	insert(name: string, rows: DataTableRow[]): void {
		this.insertRows(this.exactly(name), rows);
	}

	/** Changes cells of every row that `match` accepts; returns how many. */
	update(
		name: string,
		match: (row: Record<string, unknown>) => boolean,
		data: DataTableRow,
	): number {
		const rows = this.exactly(name).rows.filter(match);
		for (const row of rows) Object.assign(row, data, { updatedAt: new Date() });
		return rows.length;
	}

	/** Deletes every row that `match` accepts. */
	delete(name: string, match: (row: Record<string, unknown>) => boolean): void {
		const table = this.exactly(name);
		table.rows = table.rows.filter((row) => !match(row));
	}

	/** What n8n-core asks for under `additionalData['data-table']`. */
	readonly provider: DataTableProxyProvider = {
		getDataTableAggregateProxy: async () => this.aggregateProxy(),
		getDataTableProxy: async (_workflow, _node, id) => this.tableProxy(id),
	};

	private aggregateProxy(): IDataTableProjectAggregateService {
		return {
			getProjectId: () => 'project',
			createDataTable: async (options) => this.createTable(options),
			getManyAndCount: async (options) => {
				const found = this.find(options);
				return {
					count: found.length,
					data: found.slice(0, options.take ?? found.length).map(shown),
				};
			},
			deleteDataTableAll: async () => {
				this.tables.length = 0;
				return true;
			},
		};
	}

	/** LOWER(name) LIKE '%part%', last updated first: the trap of n8n's look-up by name. */
	private find({ filter }: ListDataTableOptions): StoredTable[] {
		const parts = [filter?.name ?? []].flat().map((part) => part.toLowerCase());
		return this.tables
			.filter((table) => parts.every((part) => table.name.toLowerCase().includes(part)))
			.sort((left, right) => right.touched - left.touched);
	}

	private createTable({ name, columns }: CreateDataTableOptions): DataTable {
		if (this.tables.some((table) => table.name === name)) {
			throw new Error(`Data table with name '${name}' already exists in this project`);
		}
		for (const column of columns) {
			if (!/^[a-zA-Z][a-zA-Z0-9_]{0,62}$/.test(column.name))
				throw new Error(`Invalid column name ${column.name}`);
			if (['id', 'createdat', 'updatedat'].includes(column.name.toLowerCase())) {
				throw new Error(`Column name "${column.name}" is reserved as a system column name.`);
			}
		}
		const id = `table-${this.tables.length + 1}`;
		const table: StoredTable = {
			id,
			name,
			columns: columns.map((column, index) => ({
				...column,
				index,
				id: `${id}-${index}`,
				dataTableId: id,
			})),
			rows: [],
			touched: ++this.ticks,
		};
		this.tables.push(table);
		return shown(table);
	}

	private tableProxy(id: string): IDataTableProjectService {
		const table = this.tables.find((one) => one.id === id);
		if (!table) throw new Error(`Data table with ID '${id}' could not be found in this project`);
		const count = (operation: string) => {
			const key = `${table.name} ${operation}`;
			this.calls[key] = (this.calls[key] ?? 0) + 1;
			if (operation === 'get' && this.unreadable.includes(table.name))
				throw new Error('SQLITE_BUSY: database is locked');
			if (this.full && /insert|update|upsert/.test(operation))
				throw new Error('Data table size limit exceeded: 200MB used, limit is 200MB');
		};
		const operations: Partial<IDataTableProjectService> = {
			getColumns: async () => table.columns,
			getManyRowsAndCount: async ({ filter, skip = 0, take, sortBy }) => {
				count('get');
				const rows = matching(table, filter);
				// What is not put in order has none: before n8n 2.29 each page came in another.
				if (sortBy === undefined)
					rows.unshift(
						...rows.splice(
							rows.length - ((this.calls[`${table.name} get`] * 7) % rows.length || 0),
						),
					);
				else
					rows.sort(
						(left, right) =>
							compare(left[sortBy[0]], right[sortBy[0]]) * (sortBy[1] === 'DESC' ? -1 : 1),
					);
				return {
					count: rows.length,
					data: rows.slice(skip, take === undefined ? undefined : skip + take).map(copy),
				};
			},
			insertRows: async (rows, returnType) => {
				count('insert');
				const inserted = this.insertRows(table, rows);
				if (returnType === 'count')
					return { success: true, insertedRows: inserted.length } as never;
				return inserted.map((row) => (returnType === 'id' ? { id: row.id } : copy(row))) as never;
			},
			updateRows: async ({ filter, data, dryRun }) => {
				count('update');
				const values = checked(table, data);
				const rows = matching(table, filter);
				if (!dryRun) for (const row of rows) Object.assign(row, values, { updatedAt: new Date() });
				return rows.map(copy);
			},
			upsertRow: async ({ filter, data, dryRun }) => {
				count('upsert');
				const values = checked(table, data);
				const rows = matching(table, filter);
				if (dryRun) return rows.map(copy);
				if (rows.length === 0) return this.insertRows(table, [data]).map(copy);
				for (const row of rows) Object.assign(row, values, { updatedAt: new Date() });
				return rows.map(copy);
			},
			deleteRows: async ({ filter, dryRun }) => {
				count('delete');
				if (!filter || filter.filters.length === 0)
					throw new Error('Filter is required for delete operations');
				const rows = matching(table, filter);
				if (!dryRun) table.rows = table.rows.filter((row) => !rows.includes(row));
				return rows.map(copy);
			},
			clearRows: async () => ({ deletedCount: table.rows.splice(0).length }),
		};
		return operations as IDataTableProjectService;
	}

	private insertRows(table: StoredTable, rows: DataTableRow[]): StoredRow[] {
		// As SQLite, which gives the number of the last row again once that is gone.
		const lastId = table.rows.reduce((last, { id }) => Math.max(last, id), 0);
		const inserted = rows.map((row, index) => {
			const empty = Object.fromEntries(table.columns.map((column) => [column.name, null]));
			const now = new Date();
			return {
				...empty,
				...checked(table, row),
				id: lastId + 1 + index,
				createdAt: now,
				updatedAt: now,
			} as StoredRow;
		});
		table.rows.push(...inserted);
		return inserted;
	}

	private exactly(name: string): StoredTable {
		const table = this.tables.find((one) => one.name === name);
		if (!table) throw new Error(`There is no data table named ${name}`);
		return table;
	}
}

function shown({ id, name, columns }: StoredTable): DataTable {
	const now = new Date();
	return { id, name, columns, projectId: 'project', createdAt: now, updatedAt: now };
}

function copy(row: StoredRow): StoredRow {
	return { ...row };
}

/** The row with its values converted, or the error n8n gives. */
function checked(table: StoredTable, row: DataTableRow): DataTableRow {
	return Object.fromEntries(
		Object.entries(row).map(([name, value]) => {
			const column = table.columns.find((one) => one.name === name);
			if (!column) throw new Error(`unknown column name '${name}'`);
			if (value === null || value === undefined) return [name, null];
			return [name, converted(name, value, column.type) as DataTableRow[string]];
		}),
	);
}

function matching(table: StoredTable, filter?: DataTableFilter): StoredRow[] {
	if (!filter || filter.filters.length === 0) return [...table.rows];
	const filters = filter.filters.map((one) => ({ ...one, value: comparable(table, one) }));
	return table.rows.filter((row) => {
		const holds = (one: Condition) => meets(row[one.columnName], one);
		return filter.type === 'or' ? filters.some(holds) : filters.every(holds);
	});
}

type Condition = DataTableFilter['filters'][number];

const SYSTEM_COLUMNS = { id: 'number', createdAt: 'date', updatedAt: 'date' } as const;

/** What n8n compares a cell with: the value as its column has it. What is of no use there is refused, as n8n does. */
function comparable(table: StoredTable, one: Condition): Condition['value'] {
	const { columnName, condition, value } = one;
	const known = table.columns.find(({ name }) => name === columnName)?.type;
	const type = known ?? SYSTEM_COLUMNS[columnName as keyof typeof SYSTEM_COLUMNS];
	if (type === undefined) throw new Error(`unknown column name '${columnName}'`);
	const isNothing = value === null || value === undefined;
	if (isNothing && /^(i?like|[gl]te?)$/.test(condition))
		throw new Error(`${condition.toUpperCase()} filter value cannot be null or undefined`);
	if (/^i?like$/.test(condition) && typeof value !== 'string')
		throw new Error(`${condition.toUpperCase()} filter value must be a string`);
	if (isNothing || value instanceof Date) return value;
	return converted(columnName, value, type) as Condition['value'];
}

function converted(name: string, value: unknown, type: keyof typeof FIELD_TYPES): unknown {
	const result = validateFieldType(name, value, FIELD_TYPES[type]);
	if (result.valid) return type === 'string' ? String(result.newValue) : result.newValue;
	throw new Error(
		`value '${String(value)}' does not match column type '${type}': ${result.errorMessage}`,
	);
}

/** As in SQL a cell without a value is like nothing, and nothing is equal to a value that is not there. */
function meets(cell: unknown, { condition, value }: Condition): boolean {
	const isThere = cell !== null && cell !== undefined;
	switch (condition) {
		case 'eq':
			return value !== undefined && compare(cell, value) === 0;
		case 'neq':
			return value === undefined ? !isThere : compare(cell, value) !== 0;
		case 'gt':
			return isThere && compare(cell, value) > 0;
		case 'gte':
			return isThere && compare(cell, value) >= 0;
		case 'lt':
			return isThere && compare(cell, value) < 0;
		case 'lte':
			return isThere && compare(cell, value) <= 0;
		case 'like':
			return isThere && like(String(value)).test(String(cell));
		case 'ilike':
			return isThere && like(upper(value)).test(upper(cell));
		case 'isEmpty':
			return !isThere || cell === '';
		case 'isNotEmpty':
			return isThere && cell !== '';
		default:
			throw new Error(`Condition ${condition} is not part of this harness.`);
	}
}

/**
 * `%` stands for anything, as in SQL; `_` is itself, since n8n escapes it. A pattern without any `%` is looked
 * for anywhere in the cell, the blank one in every cell that has a text.
 */
function like(given: string): RegExp {
	const pattern = given.includes('%') ? given : `%${given}%`;
	const parts = pattern.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`, 's');
}

/** As SQLite, which knows the capitals of plain letters alone. */
function upper(text: unknown): string {
	return String(text ?? '').replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

function compare(left: unknown, right: unknown): number {
	const [a, b] = [left ?? null, right ?? null].map((value) =>
		value instanceof Date ? value.getTime() : value,
	);
	if (a === b) return 0;
	if (a === null) return -1;
	if (b === null) return 1;
	if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
	return String(a) < String(b) ? -1 : 1;
}
