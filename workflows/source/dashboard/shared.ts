import type { WorkflowBuilder } from '../workflow-builder';

export const newest = { newestBy: 'id' };

/**
 * Reads of tables side by side, each behind `output` of `from`, meeting in the node `all`. Where the
 * database fails n8n hands on the item that came in. Behind another read that would be a row of another
 * table, or as nothing as an empty table is: so each read gets an item that is no row of any.
 */
export function readTogether(
	flow: WorkflowBuilder,
	[from, output]: [node: string, output: number],
	names: readonly string[],
	[all, position]: [name: string, position: [number, number]],
): void {
	flow.node(all, 'n8n-nodes-base.merge', 3.2, position, {
		mode: 'append',
		numberInputs: names.length,
	});
	names.forEach((name, input) => flow.link(from, name, output).link(name, all, 0, input));
}
