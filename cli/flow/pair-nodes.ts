import { asShipped, hash, idsByName, settingsOf, type Fingerprint } from './fingerprint';
import type { Flow, FlowNode } from './flow';
import { mayBecome } from './moved-nodes';

/** Which nodes of an installed workflow are which of those that were shipped. */
export interface Pairs {
	/** Template node id → the installed node it is. */
	paired: Map<string, FlowNode>;
	/** Installed nodes that were shipped once; this release does without them, or has others in their place. */
	dropped: Set<FlowNode>;
}

/**
 * By id, or, of those it was shipped with, by name where n8n gave new ids on import or copying. One that
 * was renamed besides is known by its place, or by settings that nobody touched.
 */
export function pairNodes(shipped: Flow, current: Flow, base: Fingerprint): Pairs {
	const byId = new Map(current.nodes.map((node) => [node.id, node]));
	const ids = new Set(shipped.nodes.map(({ id }) => id));
	// A node renamed to what another of ours is called is still the one it was.
	const strangers = current.nodes.filter(({ id }) => !ids.has(id) && !base.nodes[id]);
	const byName = new Map(strangers.map((node) => [hash(node.name), node]));
	const paired = new Map<string, FlowNode>();
	for (const node of shipped.nodes) {
		const name = base.nodes[node.id]?.name;
		const match = byId.get(node.id) ?? (name === undefined ? undefined : byName.get(name));
		if (match && mayBecome(match.type, node.type)) paired.set(node.id, match);
	}
	const names = idsByName(base);
	const known = new Set(paired.values());
	const dropped = new Set(
		current.nodes.filter((node) => {
			const id = base.nodes[node.id] ? node.id : names.get(hash(node.name));
			if (id === undefined || known.has(node)) return false;
			return base.nodes[id]!.type === hash(node.type) || (node.id === id && !ids.has(id));
		}),
	);
	if (!current.nodes.some(({ id }) => ids.has(id)))
		pairRenamed(shipped, base, paired, strangers, dropped);
	return { paired, dropped };
}

function pairRenamed(
	shipped: Flow,
	base: Fingerprint,
	paired: Map<string, FlowNode>,
	strangers: readonly FlowNode[],
	dropped: ReadonlySet<FlowNode>,
): void {
	const left = new Set(strangers.filter((node) => !dropped.has(node)));
	for (const node of paired.values()) left.delete(node);
	const open = shipped.nodes.filter(({ id }) => base.nodes[id] && !paired.has(id));
	for (const isAsShipped of [inPlace, untouched]) {
		for (const { id, type } of open.filter((node) => !paired.has(node.id))) {
			const alike = [...left].filter(
				(node) => mayBecome(node.type, type) && isAsShipped(node, id, base),
			);
			if (alike.length !== 1) continue;
			paired.set(id, alike[0]!);
			left.delete(alike[0]!);
		}
	}
}

const inPlace = ({ position }: FlowNode, id: string, base: Fingerprint): boolean =>
	asShipped(base, id, 'position', position);

/** Whether it has every setting as shipped, but for those that are its own on every canvas. */
function untouched(node: FlowNode, id: string, base: Fingerprint): boolean {
	const settings = new Map(settingsOf(node));
	return [...new Set([...settings.keys(), ...Object.keys(base.nodes[id]!)])]
		.filter((name) => !['name', 'type', 'typeVersion', 'position', 'webhookId'].includes(name))
		.every((name) => asShipped(base, id, name, settings.get(name)));
}
