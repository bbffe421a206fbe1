import type { WorkflowBuilder } from './workflow-builder';

/** The steps that make absent tables as one box, together with the named nodes before or after them. */
export function groupTables(
	flow: WorkflowBuilder,
	{
		name = 'Make tables',
		description = 'Makes the data tables that are not there yet. Tables that exist keep their rows.',
		others = [],
	}: { name?: string; description?: string; others?: string[] } = {},
): void {
	const tables = flow.nodeNames().filter((node) => node.startsWith('Table: '));
	flow.group(name, description, [...tables, ...others]);
}
