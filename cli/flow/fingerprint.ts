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
	links: string[];
	/** Workflow setting → hash of its value. */
	settings: Record<string, string>;
	/** Group id → hash of its name and description; absent before 0.3.0. */
	groups?: Record<string, string>;
}

/** Whose credential a node uses is never shipped, and an id is no setting. */
const NOT_A_SETTING = new Set(['id', 'credentials']);

export function fingerprint(flow: Flow): Fingerprint {
	return {
		name: flow.name,
		nodes: Object.fromEntries(
			flow.nodes.map((node) => [node.id, hashes(new Map(settingsOf(node)))]),
		),
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

/** What people can change in a group: how it is called and described. */
export const groupText = ({ name, description }: NodeGroup): string =>
	canonical({ name, description });

export function hash(value: unknown): string {
	return createHash('sha256')
		.update(canonical(value) ?? '')
		.digest('hex')
		.slice(0, 12);
}

/** How many settings of `flow` are just as `print` says. */
export function likeness(flow: Flow, print: Fingerprint): number {
	let same = 0;
	for (const node of flow.nodes) {
		const known = print.nodes[node.id];
		if (!known) continue;
		for (const [name, value] of settingsOf(node)) if (known[name] === hash(value)) same++;
	}
	return same;
}

function hashes(values: Map<string, unknown>): Record<string, string> {
	return Object.fromEntries([...values].map(([name, value]) => [name, hash(value)]));
}
