import type { Connections, FlowNode } from './flow';

/** One arrow on the canvas, between nodes by id, so that a renamed node keeps its arrows. */
export interface Link {
	from: string;
	type: string;
	output: number;
	to: string;
	toType: string;
	input: number;
}

/** The arrows of a workflow, in the order in which n8n follows them; those that lead nowhere are left out. */
export function linksOf(flow: { nodes: FlowNode[]; connections: Connections }): Link[] {
	const ids = new Map(flow.nodes.map((node) => [node.name, node.id]));
	const links: Link[] = [];
	for (const [name, types] of Object.entries(flow.connections)) {
		for (const [type, outputs] of Object.entries(types)) {
			outputs.forEach((targets, output) => {
				for (const target of targets ?? []) {
					const from = ids.get(name);
					const to = ids.get(target.node);
					if (from === undefined || to === undefined) continue;
					links.push({ from, type, output, to, toType: target.type, input: target.index });
				}
			});
		}
	}
	return links;
}

/** The arrows as n8n writes them: by node name. */
export function connectionsOf(links: readonly Link[], nodes: readonly FlowNode[]): Connections {
	const names = new Map(nodes.map((node) => [node.id, node.name]));
	const connections: Connections = {};
	for (const link of links) {
		const from = names.get(link.from);
		const to = names.get(link.to);
		if (from === undefined || to === undefined) continue;
		const outputs = ((connections[from] ??= {})[link.type] ??= []);
		while (outputs.length <= link.output) outputs.push([]);
		(outputs[link.output] ??= []).push({ node: to, type: link.toType, index: link.input });
	}
	return connections;
}

export const linkKey = (link: Link): string =>
	[link.from, link.type, link.output, link.to, link.toType, link.input].join(' ');
