import { canonical, type Flow, type FlowNode, type NodeGroup } from './flow';
import { groupText, hash, type Fingerprint } from './fingerprint';

/**
 * The boxes of an upgraded workflow: the template's, under the names people gave them, and the
 * boxes people drew around nodes of their own. n8n refuses a workflow in which a node is in two.
 */
export function mergeGroups(
	shipped: Flow,
	theirs: Flow,
	base: Fingerprint,
	nodes: readonly FlowNode[],
): NodeGroup[] {
	const current = new Map((theirs.nodeGroups ?? []).map((group) => [group.id, group]));
	const ours = (shipped.nodeGroups ?? []).map((group) => {
		const match = current.get(group.id);
		const shippedText = base.groups?.[group.id];
		if (!match || shippedText === undefined || hash(groupText(match)) === shippedText) return group;
		return { ...group, name: match.name, description: match.description };
	});
	const taken = new Set(ours.flatMap((group) => group.nodeIds));
	const known = new Set(nodes.map((node) => node.id));
	const names = new Set(ours.map((group) => group.name));
	const added = [...current.values()].filter(
		(group) =>
			!ours.some((one) => one.id === group.id) &&
			!names.has(group.name) &&
			group.nodeIds.every((id) => known.has(id) && !taken.has(id)),
	);
	return [...ours, ...added];
}

/** Whether two workflows are drawn in the same boxes; true where n8n is too old to know any. */
export function sameGroups(wanted: Flow, current: Flow): boolean {
	if (current.nodeGroups === undefined) return true;
	const boxes = (flow: Flow) =>
		canonical(
			(flow.nodeGroups ?? [])
				.map(({ id, name, description, nodeIds }) => ({
					id,
					name,
					description,
					nodeIds: [...nodeIds].sort(),
				}))
				.sort((left, right) => (left.id < right.id ? -1 : 1)),
		);
	return boxes(wanted) === boxes(current);
}
