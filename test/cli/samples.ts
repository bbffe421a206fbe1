import type { Flow, FlowNode, InstalledFlow, Template } from '../../cli/flow/flow';
import { rewire } from '../../cli/flow/references';

const PACKAGE = 'n8n-nodes-dynamics-gp-procore';

/** A small template with one node of each kind that people change. */
export function template(): Template {
	const make = (
		id: string,
		name: string,
		type: string,
		parameters: FlowNode['parameters'],
		more = {},
	): FlowNode => ({
		id,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		...more,
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		id: 'gpp-a',
		name: 'GP to Procore: a',
		nodes: [
			make('n-hour', 'Every hour', 'n8n-nodes-base.scheduleTrigger', { rule: { hours: 1 } }),
			make('n-gp', 'GP', `${PACKAGE}.dynamicsGp`, { resource: 'vendor' }),
			make('n-map', 'Map', `${PACKAGE}.gpToProcore`, { resource: 'payable', freight: 'spread' }),
			make('n-close', 'Close', 'n8n-nodes-base.set', {
				text: "={{ $('Map').first() }}",
				keep: 'some',
			}),
			make('n-slack', 'Slack', 'n8n-nodes-base.slack', { channel: '' }, { disabled: true }),
			make('n-call', 'Call', 'n8n-nodes-base.executeWorkflow', {
				workflowId: { __rl: true, mode: 'id', value: 'gpp-sync' },
			}),
		],
		connections: { 'Every hour': to('GP'), GP: to('Map'), Map: to('Close'), Close: to('Slack') },
		settings: { executionOrder: 'v1', errorWorkflow: 'gpp-errors' },
		tags: [{ name: 'Procore' }],
	};
}

/** Template id → id of its workflow in the n8n of these tests. */
export const IDS: ReadonlyMap<string, string> = new Map([
	['gpp-a', 'A1'],
	['gpp-errors', 'E1'],
	['gpp-sync', 'S1'],
]);

/** The template as n8n holds it once the installer put it there. */
export function asInstalled(template: Template, id: string): InstalledFlow {
	const {
		tags: _tags,
		id: _id,
		...flow
	} = rewire(
		template,
		new Map([
			['gpp-errors', 'E1'],
			['gpp-sync', 'S1'],
		]),
	);
	return { ...flow, id, active: false, isArchived: false, versionId: 'v1', activeVersionId: null };
}

export function change<T>(value: T, edit: (copy: T) => void): T {
	const copy = structuredClone(value);
	edit(copy);
	return copy;
}

export function node(flow: Flow, name: string): FlowNode {
	const found = flow.nodes.find((one) => one.name === name);
	if (!found) throw new Error(`No node ${name}`);
	return found;
}
