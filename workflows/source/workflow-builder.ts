import { createHash } from 'node:crypto';
import { TABLES } from '../../lib/tables/tables';

/** A node of an n8n workflow file, as n8n exports it. */
export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	[setting: string]: unknown;
}

/**
 * Settings of a workflow whose executions stay in n8n's list, there to be looked at and retried. A first load takes
 * hours, and a form waits for a person: a time limit the server has for all (`EXECUTIONS_TIMEOUT`) would cancel
 * either, without a word to the errors workflow. -1 is n8n's word for none.
 */
export const KEPT = {
	saveDataErrorExecution: 'all',
	saveDataSuccessExecution: 'all',
	saveManualExecutions: true,
	callerPolicy: 'workflowsFromSameOwner',
	executionTimeout: -1,
} as const;

/** How far the first node of a group stands from the corner of its box (n8n 2.41's editor). */
const GROUP_FRAME = { left: 56, top: 136 };

/** Tables with a column `error`: n8n takes a row with one, blank or not, for a node that failed. */
const ROWS_LOOK_FAILED = new Set(
	Object.values(TABLES)
		.filter(({ columns }) => columns.some(({ name }) => name === 'error'))
		.map(({ name }) => name),
);

interface Link {
	node: string;
	type: 'main';
	index: number;
}

/** Nodes that the editor draws as one box until somebody opens it (n8n 2.41: `nodeGroups`). */
export interface NodeGroup {
	id: string;
	name: string;
	description: string;
	nodeIds: string[];
}

export interface WorkflowFile {
	id: string;
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, { main: Link[][] }>;
	nodeGroups: NodeGroup[];
	settings: Record<string, unknown>;
	tags: Array<{ id: string; name: string }>;
	active: boolean;
	pinData: Record<string, unknown>;
	meta: Record<string, unknown>;
}

/**
 * Writes workflow files by hand without the noise: nodes by name, links by name,
 * and ids derived from names so that a rebuilt file differs only where it was changed.
 */
export class WorkflowBuilder {
	private readonly nodes: WorkflowNode[] = [];
	private readonly connections: WorkflowFile['connections'] = {};
	private readonly groups: Array<{ name: string; description: string; nodes: string[] }> = [];

	constructor(
		private readonly id: string,
		private readonly name: string,
	) {}

	node(
		name: string,
		type: string,
		typeVersion: number,
		position: [number, number],
		parameters: Record<string, unknown>,
		settings: Record<string, unknown> = {},
	): this {
		if (this.nodes.some((node) => node.name === name)) throw new Error(`Two nodes named ${name}`);
		const id = stableId(`${this.id}/${name}`);
		this.nodes.push({ id, name, type, typeVersion, position, parameters, ...settings });
		return this;
	}

	/**
	 * A Data Table node; for its parameters see data-table-nodes.ts. What does the same when done twice is tried
	 * again after a second, up to three times: n8n's tables fail in passing, when another write holds them. Rows
	 * are inserted once. Where nothing may stop the chain, nothing waits either; nor at the table of runs, whose
	 * rows n8n would take for failures, and do each three times.
	 */
	table(
		name: string,
		position: [number, number],
		parameters: Record<string, unknown>,
		settings: Record<string, unknown> = {},
	): this {
		const { value: table } = (parameters.dataTableId ?? {}) as { value?: string };
		const twice = parameters.operation !== 'insert' && !ROWS_LOOK_FAILED.has(table ?? '');
		const again = twice && settings.onError === undefined;
		return this.node(name, 'n8n-nodes-base.dataTable', 1.1, position, parameters, {
			...(again ? { retryOnFail: true } : {}),
			...settings,
		});
	}

	note(
		content: string,
		position: [number, number],
		width: number,
		height: number,
		color: number,
	): this {
		const name = `Note ${this.nodes.filter((node) => node.type.endsWith('stickyNote')).length + 1}`;
		return this.node(name, 'n8n-nodes-base.stickyNote', 1, position, {
			content,
			width,
			height,
			color,
		});
	}

	/** Links output `output` of `from` to input `input` of `to`. */
	link(from: string, to: string, output = 0, input = 0): this {
		const outputs = (this.connections[from] ??= { main: [] }).main;
		while (outputs.length <= output) outputs.push([]);
		outputs[output]!.push({ node: to, type: 'main', index: input });
		return this;
	}

	chain(...names: string[]): this {
		names.slice(1).forEach((name, index) => this.link(names[index]!, name));
		return this;
	}

	/** Names of the nodes added so far. */
	nodeNames(): string[] {
		return this.nodes.map((node) => node.name);
	}

	/**
	 * Draws the named nodes as one box. n8n's rules: no trigger among them, all connected, one node
	 * that is entered from outside, one that leads outside; test/workflows/groups.test.ts holds to them.
	 *
	 * @param description what the box does, at most 145 characters
	 */
	group(name: string, description: string, nodes: string[]): this {
		this.groups.push({ name, description, nodes });
		return this;
	}

	/**
	 * Puts boxes where they stand on the canvas as it opens, by the upper left corner of each: nodes,
	 * and groups, whose nodes move with them and keep their places among each other. n8n pushes the
	 * neighbours of a group aside while it is open, so boxes may stand close.
	 *
	 * Mind the order from top to bottom of nodes that one node leads to: n8n runs them in it.
	 */
	place(boxes: Record<string, [x: number, y: number]>): this {
		for (const [name, [x, y]] of Object.entries(boxes)) {
			const group = this.groups.find((one) => one.name === name);
			const members = this.nodes.filter((node) =>
				group ? group.nodes.includes(node.name) : node.name === name,
			);
			if (members.length === 0) throw new Error(`No box named ${name}`);
			const left = Math.min(...members.map((node) => node.position[0]));
			const top = Math.min(...members.map((node) => node.position[1]));
			const [dx, dy] = group
				? [x + GROUP_FRAME.left - left, y + GROUP_FRAME.top - top]
				: [x - left, y - top];
			for (const node of members) node.position = [node.position[0] + dx, node.position[1] + dy];
		}
		return this;
	}

	build(settings: Record<string, unknown>, tags: string[]): WorkflowFile {
		const names = new Set(this.nodes.map((node) => node.name));
		for (const [from, { main }] of Object.entries(this.connections)) {
			for (const name of [from, ...main.flat().map((link) => link.node)]) {
				if (!names.has(name)) throw new Error(`No node named ${name}`);
			}
		}
		return {
			id: this.id,
			name: this.name,
			nodes: [...this.nodes].sort((left, right) => placeOf(left) - placeOf(right)),
			connections: this.connections,
			nodeGroups: this.groups.map((group) => this.groupFile(group)),
			settings: { executionOrder: 'v1', ...settings },
			// With ids, because n8n's command line else makes a tag anew for each workflow of one import.
			tags: tags.map((name) => ({ id: stableId(`tag/${name}`).slice(-12), name })),
			active: false,
			pinData: {},
			meta: { templateId: this.id, templateCredsSetupCompleted: false },
		};
	}

	private groupFile({ name, description, nodes }: (typeof this.groups)[number]): NodeGroup {
		const nodeIds = nodes.map((member) => {
			const node = this.nodes.find((one) => one.name === member);
			if (!node) throw new Error(`Group ${name}: no node named ${member}`);
			return node.id;
		});
		return { id: stableId(`${this.id}/group/${name}`), name, description, nodeIds };
	}
}

/**
 * n8n's set-up dialogue calls a credential after the first node that wants it: those of Dynamics GP
 * and of Procore come before the ones of ours that borrow theirs.
 */
function placeOf({ type }: WorkflowNode): number {
	return /\.(dynamicsGp|procore)$/.test(type) ? 0 : 1;
}

/** The same name always gives the same UUID-shaped id. */
function stableId(text: string): string {
	const hex = createHash('sha256').update(text).digest('hex');
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`4${hex.slice(13, 16)}`,
		`8${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	].join('-');
}
