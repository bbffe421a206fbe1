import type { TableDefinition } from '../../lib/tables/tables';
import type { TableEntry } from '../api/n8n';

type Column = TableDefinition['columns'][number];

export interface TablePlan {
	definition: TableDefinition;
	/** Absent = it must be made. */
	present?: TableEntry;
	/** It is absent, but stands in a project that the workflows do not see. */
	elsewhere?: boolean;
	missing: Column[];
	/** Columns that hold another kind of value than ours: nothing repairs them without losing what they hold. */
	wrong: Array<{ name: string; is: string; wanted: string }>;
	/** Names of foreign tables that contain this one's: n8n finds tables by part of the name. */
	confusable: string[];
}

/**
 * What the tables of an n8n lack. Workflows see the tables of their own project alone: where that is
 * known, one of another project is none of theirs.
 */
export function planTables(
	definitions: readonly TableDefinition[],
	tables: readonly TableEntry[],
	projectId?: string,
): TablePlan[] {
	return definitions.map((definition) => {
		const named = tables.filter(({ name }) => name === definition.name);
		const seen = (table: TableEntry) =>
			!projectId || !table.projectId || table.projectId === projectId;
		const present = named.find(seen);
		const elsewhere = !present && named.length > 0;
		const confusable = tables
			.filter(seen)
			.map(({ name }) => name)
			.filter(
				(name) =>
					name !== definition.name && name.toLowerCase().includes(definition.name.toLowerCase()),
			);
		if (!present) return { definition, missing: [], wrong: [], confusable, elsewhere };
		const types = new Map(present.columns.map((column) => [column.name, column.type]));
		return {
			definition,
			present,
			missing: definition.columns.filter((column) => !types.has(column.name)),
			wrong: definition.columns.flatMap(({ name, type }) => {
				const is = types.get(name);
				return is === undefined || is === type ? [] : [{ name, is, wanted: type }];
			}),
			confusable,
		};
	});
}
