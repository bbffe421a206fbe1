import { ConnectorError } from '../model/connector-error';
import { TABLES, type TableDefinition } from '../tables/tables';

/** Tables were made by an earlier release and lack what this one writes. */
export class TableLacksColumnError extends ConnectorError {
	readonly code = 'table-lacks-column';
	readonly scope = 'configuration' as const;

	constructor(readonly lacking: ReadonlyArray<{ table: string; columns: readonly string[] }>) {
		const each = lacking.map(({ table, columns }) => `${table} lacks ${columns.join(', ')}`);
		super(`The data tables are of an earlier release: ${each.join('; ')}`, {
			remedy:
				'Run "npx n8n-nodes-dynamics-gp-procore install": it adds the columns and keeps all rows. Or open each table in n8n (Overview → Data tables) and add the columns named, of the type in brackets. Nothing was read or written; then start the run again.',
			lacking,
		});
	}
}

/**
 * Refuses to begin a run over tables that lack columns: n8n would refuse the rows only once they are
 * to be written, after Procore was. It happens when a workflow is imported by file over older tables.
 *
 * @param found tables as n8n's Data Table node gives them when asked to make them; where it gives no
 *   columns, nothing is known and nothing refused
 * @throws TableLacksColumnError
 */
export function checkTables(
	found: readonly unknown[],
	definitions: readonly TableDefinition[] = Object.values(TABLES),
): void {
	const present = new Map(found.map(columnsOf).filter((one) => one !== null));
	const lacking = definitions.flatMap(({ name, columns }) => {
		const known = present.get(name);
		const missing = known ? columns.filter((column) => !known.has(column.name)) : [];
		return missing.length === 0
			? []
			: [{ table: name, columns: missing.map(({ name, type }) => `${name} (${type})`) }];
	});
	if (lacking.length > 0) throw new TableLacksColumnError(lacking);
}

function columnsOf(table: unknown): [string, Set<unknown>] | null {
	const { name, columns } = (table ?? {}) as { name?: unknown; columns?: unknown };
	if (typeof name !== 'string' || !Array.isArray(columns) || columns.length === 0) return null;
	return [name, new Set(columns.map((column) => (column as { name?: unknown } | null)?.name))];
}
