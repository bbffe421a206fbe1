import { SANDBOX_PLACES } from '../../sandbox/places';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TableDefinition } from '../../lib/tables/tables';
import type { MemoryDataTables } from './memory-data-tables';
import type { WorkflowFile } from './run-workflow';

/** A template as it is shipped, e.g. `sync`. */
export function shippedTemplate(name: string): WorkflowFile {
	const file = path.join(__dirname, `../../workflows/gp-to-procore-${name}.json`);
	return JSON.parse(readFileSync(file, 'utf8')) as WorkflowFile;
}

/** Makes a table of the templates and fills it; an `id` in a row is left to the table. */
export function fillTable(
	tables: MemoryDataTables,
	{ name, columns }: TableDefinition,
	rows: object[] = [],
): void {
	tables.create(name, Object.fromEntries(columns.map((column) => [column.name, column.type])));
	tables.insert(
		name,
		rows.map((row) => {
			const { id: _id, ...cells } = row as { id?: number };
			return cells;
		}),
	);
}

/** The shipped sync with the places of the sandbox company filled in, as somebody would who knows its books. */
export function withPlaces(shipped: WorkflowFile): WorkflowFile {
	const workflow = structuredClone(shipped);
	Object.assign(
		workflow.nodes.find((node) => node.name === 'Mapping')!.parameters,
		structuredClone(SANDBOX_PLACES),
	);
	return workflow;
}
