import { ONCE } from './node-parameters';
import type { TableDefinition } from '../../lib/tables/tables';
import type { WorkflowBuilder } from './workflow-builder';

/** Parameters of n8n's Data Table node (1.1), by what they do. Tables are found by name. */

const tableByName = (table: TableDefinition) => ({ __rl: true, mode: 'name', value: table.name });

export function createIfAbsent(table: TableDefinition): Record<string, unknown> {
	return {
		resource: 'table',
		operation: 'create',
		tableName: table.name,
		columns: { column: table.columns },
		options: { createIfNotExists: true },
	};
}

/**
 * Adds steps, named as the keys say, that make their table when absent; gives their names, to be
 * chained. They stand side by side, `apart` pixels from one to the next, `perRow` in a row.
 */
export function makeTables(
	flow: WorkflowBuilder,
	steps: Record<string, TableDefinition>,
	[x, y]: [number, number],
	{ apart = 200, perRow = Infinity } = {},
): string[] {
	Object.entries(steps).forEach(([name, table], index) => {
		const place: [number, number] = [
			x + (index % perRow) * apart,
			y + Math.floor(index / perRow) * 180,
		];
		flow.table(name, place, createIfAbsent(table), ONCE);
	});
	return Object.keys(steps);
}

/**
 * n8n reads a table in pages of 1,000. Before 2.29 it gave those pages no order of its own, and PostgreSQL
 * moves a row whenever it is changed: rows came twice and others not at all (n8n-io/n8n#33440).
 */
const byId = { orderBy: true, orderByColumn: 'id', orderByDirection: 'ASC' };

/** Every row whose columns equal the given values (expressions). */
export function readRows(
	table: TableDefinition,
	equals: Record<string, string>,
): Record<string, unknown> {
	return {
		resource: 'row',
		operation: 'get',
		dataTableId: tableByName(table),
		matchType: 'allConditions',
		filters: conditions(equals),
		returnAll: true,
		...byId,
	};
}

export type Where = Array<[column: string, condition: string, value: string]>;

export interface Selection {
	where?: Where;
	/** Any of the conditions is enough. */
	any?: boolean;
	newestBy?: string;
	oldestBy?: string;
	/** A number, or an expression that gives one. */
	limit?: number | string;
}

/** Rows by other conditions than equality (n8n's names: gte, ilike, isEmpty …), a few newest if wanted. */
export function selectRows(table: TableDefinition, selection: Selection): Record<string, unknown> {
	const { where = [], any = false, newestBy, oldestBy, limit } = selection;
	const orderByColumn = newestBy ?? oldestBy;
	return {
		resource: 'row',
		operation: 'get',
		dataTableId: tableByName(table),
		matchType: any ? 'anyCondition' : 'allConditions',
		filters: { conditions: conditionsOf(where) },
		...(limit === undefined ? { returnAll: true } : { returnAll: false, limit }),
		...byId,
		...(orderByColumn === undefined
			? {}
			: { orderByColumn, orderByDirection: newestBy ? 'DESC' : 'ASC' }),
	};
}

/** The first rows by id whose columns equal the given values. */
export function readOldest(
	table: TableDefinition,
	equals: Record<string, string>,
	limit: number,
): Record<string, unknown> {
	return {
		...readRows(table, equals),
		returnAll: false,
		limit,
	};
}

/** Every column of a table from the fields of one object (an expression without its braces). */
export function allColumns(table: TableDefinition, row: string): Record<string, string> {
	return Object.fromEntries(table.columns.map(({ name }) => [name, `={{ ${row}.${name} }}`]));
}

/** One bulk insert for all incoming items, whose fields are the columns. */
export function insertRows(table: TableDefinition): Record<string, unknown> {
	return {
		resource: 'row',
		operation: 'insert',
		dataTableId: tableByName(table),
		columns: { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] },
		options: { optimizeBulk: true },
	};
}

/** Adds one row with these values, whatever item comes in. */
export function insertRow(
	table: TableDefinition,
	values: Record<string, string>,
): Record<string, unknown> {
	return { ...insertRows(table), columns: defined(table, values), options: {} };
}

/** Changes the named columns of the rows that match, and adds none. */
export function updateRows(
	table: TableDefinition,
	equals: Record<string, string>,
	values: Record<string, string>,
): Record<string, unknown> {
	return {
		resource: 'row',
		operation: 'update',
		dataTableId: tableByName(table),
		matchType: 'allConditions',
		filters: conditions(equals),
		columns: defined(table, values),
		options: {},
	};
}

export function deleteRows(
	table: TableDefinition,
	equals: Record<string, string>,
): Record<string, unknown> {
	return {
		resource: 'row',
		operation: 'deleteRows',
		dataTableId: tableByName(table),
		matchType: 'allConditions',
		filters: conditions(equals),
		options: {},
	};
}

/** Changes rows by other conditions than equality; all must hold. */
export function updateWhere(
	table: TableDefinition,
	where: Where,
	values: Record<string, string>,
): Record<string, unknown> {
	return { ...updateRows(table, {}, values), filters: { conditions: conditionsOf(where) } };
}

/** Deletes by other conditions than equality; all must hold. */
export function deleteWhere(table: TableDefinition, where: Where): Record<string, unknown> {
	return { ...deleteRows(table, {}), filters: { conditions: conditionsOf(where) } };
}

/** Deletes what equals all of `equals` and none of `except`. */
export function deleteRowsExcept(
	table: TableDefinition,
	equals: Record<string, string>,
	except: Record<string, string>,
): Record<string, unknown> {
	const others = conditions(except).conditions.map((one) => ({ ...one, condition: 'neq' }));
	return {
		...deleteRows(table, equals),
		filters: { conditions: [...conditions(equals).conditions, ...others] },
	};
}

/** Changes the row that matches, or adds it. For a handful of rows only: each upsert scans the table. */
export function upsertRow(
	table: TableDefinition,
	equals: Record<string, string>,
	values: Record<string, string> | 'fromItem',
): Record<string, unknown> {
	return {
		resource: 'row',
		operation: 'upsert',
		dataTableId: tableByName(table),
		matchType: 'allConditions',
		filters: conditions(equals),
		columns:
			values === 'fromItem'
				? { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] }
				: defined(table, values),
		options: {},
	};
}

function defined(table: TableDefinition, values: Record<string, string>) {
	return {
		mappingMode: 'defineBelow',
		value: values,
		matchingColumns: [],
		schema: table.columns.map(({ name, type }) => ({
			id: name,
			displayName: name,
			type,
			required: false,
			defaultMatch: false,
			display: true,
			canBeUsedToMatch: true,
			removed: !(name in values),
		})),
	};
}

function conditionsOf(where: Where) {
	return where.map(([keyName, condition, keyValue]) => ({ keyName, condition, keyValue }));
}

function conditions(equals: Record<string, string>) {
	return {
		conditions: Object.entries(equals).map(([keyName, keyValue]) => ({
			keyName,
			condition: 'eq',
			keyValue,
		})),
	};
}
