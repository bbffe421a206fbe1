import type { Flow, FlowNode, InstalledFlow } from './flow';
import { hash } from './fingerprint';
import { opensToNetwork } from './guards';

/**
 * A merged workflow under the node ids that `current` has, new nodes under ids of its own: a copy that
 * took the template's would be taken for the first set's workflow the next time. A form or webhook that
 * is new gets an address of its own too: n8n publishes no two workflows with one address.
 */
export function withOwnIds(flow: Flow, current: InstalledFlow): Flow {
	const own = new Map(current.nodes.map(({ name, id }) => [name, id]));
	const ids = new Map(
		flow.nodes.map(({ id, name }) => [id, own.get(name) ?? idOf(`${current.id} ${id}`)]),
	);
	const idNow = (id: string) => ids.get(id) ?? id;
	return {
		...flow,
		nodes: flow.nodes.map((node) => ({ ...withOwnAddress(node, current), id: idNow(node.id) })),
		...(flow.nodeGroups && {
			nodeGroups: flow.nodeGroups.map((group) => ({
				...group,
				nodeIds: group.nodeIds.map(idNow),
			})),
		}),
	};
}

function withOwnAddress(node: FlowNode, current: InstalledFlow): FlowNode {
	const { webhookId, parameters } = node;
	const stood = current.nodes.some(
		(one) => one.webhookId === webhookId && one.parameters.path === parameters.path,
	);
	if (!opensToNetwork(node) || stood) return node;
	const address = idOf(`${current.id} ${node.id} address`);
	const path = typeof parameters.path === 'string' && { path: address };
	return { ...node, webhookId: address, parameters: { ...parameters, ...path } };
}

/** The same text always gives the same UUID-shaped id. */
function idOf(text: string): string {
	const hex = hash(text) + hash(`${text} `) + hash(` ${text}`);
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`4${hex.slice(13, 16)}`,
		`8${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	].join('-');
}
