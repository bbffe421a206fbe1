/** A node of a workflow as n8n's public API takes and gives it. */
export interface FlowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	disabled?: boolean;
	[setting: string]: unknown;
}

/** Output type → outputs → the inputs each leads to. n8n writes null for an output that leads nowhere. */
export type Connections = Record<string, Record<string, Array<FlowTarget[] | null>>>;

export interface FlowTarget {
	node: string;
	type: string;
	index: number;
}

/** Nodes that n8n's editor draws as one box (since 2.41). */
export interface NodeGroup {
	id: string;
	name: string;
	description?: string;
	nodeIds: string[];
}

export interface Flow {
	name: string;
	nodes: FlowNode[];
	connections: Connections;
	nodeGroups?: NodeGroup[];
	settings: Record<string, unknown>;
}

/** A workflow of this package, as it travels in it: `id` is the stable one, e.g. `gpp-sync`. */
export interface Template extends Flow {
	id: string;
	tags: Array<{ name: string }>;
}

/** A workflow that stands in an n8n. */
export interface InstalledFlow extends Flow {
	id: string;
	active: boolean;
	isArchived: boolean;
	/** The draft. */
	versionId: string;
	/** What n8n runs; differs from the draft when something was changed and not published. */
	activeVersionId: string | null;
	/** What n8n runs, where it says so. */
	activeVersion?: { nodes?: FlowNode[] } | null;
	tags?: Array<{ id: string; name: string }>;
	shared?: Array<{ projectId: string; role?: string }>;
}

/** Whether it holds changes that somebody has not published: n8n runs an older version of it. */
export const hasDraft = ({ active, activeVersionId, versionId }: InstalledFlow): boolean =>
	active && activeVersionId !== versionId;

const OWNER = 'workflow:owner';

/** The project in which a set stands, as its sync tells it, or else another workflow; it may be shared with others. */
export function projectOf(
	set: ReadonlyArray<{ template: Template; flow: InstalledFlow }>,
): string | undefined {
	const isSync = ({ template }: { template: Template }) => template.id === 'gpp-sync';
	const isOwner = ({ role = OWNER }: { role?: string }) => role === OWNER;
	return [...set.filter(isSync), ...set].flatMap(({ flow }) =>
		(flow.shared ?? []).filter(isOwner),
	)[0]?.projectId;
}

/** Workflows not every firm wants: put in only when asked for, and brought up to date where they are. */
const OPTIONAL_TEMPLATES: readonly string[] = ['gpp-sql-source'];

export const isOptional = ({ id }: Template): boolean => OPTIONAL_TEMPLATES.includes(id);

export const isNote = (node: { type: string }): boolean => node.type.endsWith('.stickyNote');

/** Text that is the same for equal values, whatever the order of their keys; absent and undefined alike. */
export function canonical(value: unknown): string {
	return JSON.stringify(value, (_key, part: unknown) =>
		part !== null && typeof part === 'object' && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
			: part,
	);
}
