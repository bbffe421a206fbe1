import { createHash } from 'node:crypto';
import { canonical, type Flow, type FlowNode, type NodeGroup } from './flow';
import { linkKey, linksOf } from './links';

/**
 * What a template looked like in a release, in hashes: enough to tell, years later, which settings
 * of an installed workflow are still as shipped and which somebody changed.
 */
export interface Fingerprint {
	name: string;
	/** Node id → setting → hash of its value. */
	nodes: Record<string, Record<string, string>>;
	/**
	 * The same as n8n's editor writes it when somebody saves the workflow, where that differs; `ABSENT`
	 * for what it leaves out because it is the default.
	 */
	saved: Record<string, Record<string, string>>;
	links: string[];
	/** Workflow setting → hash of its value. */
	settings: Record<string, string>;
	/** Group id → hash of its name and description; absent before 0.3.0. */
	groups?: Record<string, string>;
}

/** Whose credential a node uses is never shipped, and an id is no setting. */
const NOT_A_SETTING = new Set(['id', 'credentials']);

/** @param saved the flow as n8n's editor saves it; templates of after 0.4.0 are shipped in that form */
export function fingerprint(flow: Flow, saved: Flow = flow): Fingerprint {
	const nodes = hashesOfNodes(flow);
	return {
		name: flow.name,
		nodes,
		saved: differences(nodes, hashesOfNodes(saved)),
		links: linksOf(flow).map((link) => hash(linkKey(link))),
		settings: hashes(new Map(Object.entries(flow.settings))),
		...(flow.nodeGroups && {
			groups: hashes(new Map(flow.nodeGroups.map((group) => [group.id, groupText(group)]))),
		}),
	};
}

/** The settings of a node one by one; each parameter is one of its own, named `parameters.<name>`. */
export function settingsOf(node: FlowNode): Array<[string, unknown]> {
	const { parameters, ...rest } = node;
	return [
		...Object.entries(rest).filter(([name]) => !NOT_A_SETTING.has(name)),
		...Object.entries(parameters).map(([name, value]): [string, unknown] => [
			`parameters.${name}`,
			value,
		]),
	];
}

/** Of what was shipped: hash of a node's name → its id, for workflows whose nodes n8n gave new ids. */
export const idsByName = ({ nodes }: Fingerprint): Map<string, string> =>
	new Map(Object.entries(nodes).map(([id, { name }]): [string, string] => [name!, id]));

/** What people can change in a group: how it is called and described. */
export const groupText = ({ name, description }: NodeGroup): string =>
	canonical({ name, description });

/** Whether `value` is what was shipped for a setting of a node, or what the editor makes of that. */
export function asShipped(
	{ nodes, saved }: Fingerprint,
	id: string,
	setting: string,
	value: unknown,
): boolean {
	if (value === undefined && LEFT_OUT_AS_DEFAULT.has(setting)) return true;
	const is = hash(value);
	const known = [nodes[id]?.[setting] ?? ABSENT, saved[id]?.[setting] ?? null];
	return known.includes(is) || (EMPTY.has(is) && known.some((one) => one && EMPTY.has(one)));
}

/**
 * What no person can take away: where it is missing, n8n's editor left it out as the default. The files
 * name it all the same, because an import looks there for which credential a node needs.
 */
export const LEFT_OUT_AS_DEFAULT: ReadonlySet<string> = new Set([
	'parameters.resource',
	'parameters.operation',
]);

export function hash(value: unknown): string {
	return createHash('sha256')
		.update(canonical(value) ?? '')
		.digest('hex')
		.slice(0, 12);
}

/**
 * How many settings stand in `flow` otherwise than `print` says, either way. Those that agree are no
 * measure: a release that wrote defaults out has more of them.
 */
export function distance(flow: Flow, print: Fingerprint): number {
	let other = 0;
	const standing = new Set<string>();
	for (const node of flow.nodes) {
		standing.add(node.id);
		const settings = new Map(settingsOf(node));
		const known = print.nodes[node.id] ?? {};
		for (const name of new Set([...settings.keys(), ...Object.keys(known)]))
			if (!asShipped(print, node.id, name, settings.get(name))) other++;
	}
	for (const [id, settings] of Object.entries(print.nodes))
		if (!standing.has(id)) other += Object.keys(settings).length;
	return other;
}

/** What a setting that is not there hashes to. */
const ABSENT = hash(undefined);
/** An empty collection, or a list nothing was picked from, is as good as none. */
const EMPTY = new Set([ABSENT, ...[{}, [], { __rl: true, mode: 'list', value: '' }].map(hash)]);

const hashesOfNodes = ({ nodes }: Flow): Fingerprint['nodes'] =>
	Object.fromEntries(nodes.map((node) => [node.id, hashes(new Map(settingsOf(node)))]));

/** Of each node the settings that hash otherwise in `saved`. */
function differences(nodes: Fingerprint['nodes'], saved: Fingerprint['nodes']) {
	const found: Fingerprint['saved'] = {};
	for (const [id, settings] of Object.entries(nodes)) {
		const form = saved[id] ?? {};
		const names = new Set([...Object.keys(settings), ...Object.keys(form)]);
		const other = [...names].filter((name) => settings[name] !== form[name]);
		if (other.length > 0)
			found[id] = Object.fromEntries(other.map((name) => [name, form[name] ?? ABSENT]));
	}
	return found;
}

function hashes(values: Map<string, unknown>): Record<string, string> {
	return Object.fromEntries([...values].map(([name, value]) => [name, hash(value)]));
}
