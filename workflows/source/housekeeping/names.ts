import { DATA_TABLE } from '../data-table-nodes';
import type { WorkflowBuilder } from '../workflow-builder';

/** What the parts of the housekeeping template share. */
export const GP_TO_PROCORE = 'n8n-nodes-dynamics-gp-procore.gpToProcore';
export const ONCE = { executeOnce: true };
/** A step that finds nothing still hands on one empty item, so that the chain goes on. */
export const EVEN_IF_EMPTY = { alwaysOutputData: true };
export const ONCE_EVEN_IF_EMPTY = { executeOnce: true, alwaysOutputData: true };
export const SETTINGS = "$('Settings').first().json";
export const ASKED = "$('What to export').first().json";
export const rows = (node: string) => `$('${node}').all().map(row => row.json)`;
export const list = (node: string) => `={{ ${rows(node)} }}`;

/** Adds a Data Table node; gives its name. */
export function table(
	flow: WorkflowBuilder,
	name: string,
	position: [number, number],
	parameters: Record<string, unknown>,
	settings: object = {},
): string {
	flow.node(name, DATA_TABLE.type, DATA_TABLE.version, position, parameters, { ...settings });
	return name;
}
