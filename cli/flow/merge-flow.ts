import { asShipped, hash, LEFT_OUT_AS_DEFAULT, settingsOf, type Fingerprint } from './fingerprint';
import { canonical, type Flow, type FlowNode } from './flow';
import { mergeGroups } from './groups';
import { connectionsOf, linkKey, linksOf } from './links';
import { isNoGuard, opensToNetwork, startsByItself } from './guards';
import { editsOf } from './edits';
import { renameNodes } from './renames';
import { pairNodes } from './pair-nodes';
import { isDefault, isLeftOut, workflowCalled } from './references';

export interface MergeResult {
	flow: Flow;
	/** Settings that stay as somebody made them, e.g. `Every hour: rule`. */
	kept: string[];
	/** Of those, the ones that this release changed too: worth a look. */
	contested: string[];
	/** Nodes that had been deleted and are there again, and references that led nowhere. */
	putBack: string[];
}

export interface MergeOptions {
	/** People may put nodes of their own in place of ours: what they took out stays out. */
	replaceable?: boolean;
	/** Whether there is no workflow of this id any more. */
	isLost?: (workflowId: string) => boolean;
}

/**
 * Brings an installed workflow up to a template and keeps what people changed in it.
 *
 * Three-way: `base` tells what was shipped, so a setting that differs from it is somebody's own and
 * stays; everything else follows the template. Credentials always stay, and so do nodes and arrows
 * that people added. `current` names other workflows by the template's ids (see `rewire`).
 */
export function mergeFlow(
	shipped: Flow,
	current: Flow,
	base: Fingerprint,
	{ replaceable = false, isLost = () => false }: MergeOptions = {},
): MergeResult {
	const pairs = pairNodes(shipped, current, base);
	const { dropped } = pairs;
	const isReplaced = ({ id }: FlowNode): boolean =>
		replaceable && base.nodes[id] !== undefined && !pairs.paired.has(id);
	const stays = shipped.nodes.filter((node) => !isReplaced(node));
	const given = current.nodes;
	current = { ...current, nodes: given.filter((node) => !dropped.has(node)) };
	current = outOfTheWay(stays, current, pairs.paired, usersNames(shipped, pairs.paired, base));
	const byId = new Map(current.nodes.map((node) => [node.id, node]));
	const paired = new Map([...pairs.paired].map(([ours, { id }]) => [ours, byId.get(id)!]));
	const renames = usersNames(shipped, paired, base);
	// Everything is compared under the template's names; the user's come back at the end.
	const theirs = renameNodes(
		current,
		new Map([...paired].map(([id, node]) => [node.name, nameOf(shipped, id)])),
	);
	const theirNode = new Map(theirs.nodes.map((node) => [node.id, node]));
	const result: MergeResult = { flow: shipped, kept: [], contested: [], putBack: [] };

	const replaced = shipped.nodes.filter(isReplaced);
	const nodes = stays.map((node) => {
		const match = paired.get(node.id);
		if (!match) {
			// One that has become another type of node was not deleted.
			const standing = given.some(
				(one) => one.id === node.id || (one.name === node.name && dropped.has(one)),
			);
			if (!base.nodes[node.id] || standing) return node;
			// Whoever deleted a schedule or a form may have meant it.
			const off = startsByItself(node);
			result.putBack.push(off ? `${node.name} (switched off: it starts by itself)` : node.name);
			return off ? { ...node, disabled: true } : node;
		}
		return mergeNode(node, theirNode.get(match.id)!, base, { result, isLost });
	});
	const ours = new Set([...paired.values()].map((node) => node.id));
	const inPlace = (node: FlowNode) => replaced.some((one) => one.id === node.id);
	const added = theirs.nodes.filter(
		(node) => !ours.has(node.id) && (!base.nodes[node.id] || inPlace(node)),
	);
	const all = [...nodes, ...added];
	const flow: Flow = {
		name: current.name,
		nodes: all,
		connections: mergeLinks(shipped, theirs, base, paired, all),
		settings: mergeSettings(shipped, current, base, { result, isLost }),
		...(shipped.nodeGroups && { nodeGroups: mergeGroups(shipped, theirs, base, all) }),
	};
	result.kept.push(...added.map((node) => `${node.name} (your node)`));
	const without = replaced.filter(({ id, name }) =>
		added.every((node) => node.id !== id && node.name !== name),
	);
	result.kept.push(...without.map((node) => `without ${node.name}`));
	return { ...result, flow: renameNodes(flow, renames) };
}

/** n8n knows nodes by their names: those of people that are called as one of ours will be get another. */
function outOfTheWay(
	shipped: readonly FlowNode[],
	current: Flow,
	paired: ReadonlyMap<string, FlowNode>,
	renamed: ReadonlyMap<string, string>,
): Flow {
	const ours = new Map(shipped.map(({ name, id }) => [name, paired.get(id)]));
	const ofOurs = new Set(paired.values());
	const taken = new Set([...ours.keys(), ...current.nodes.map(({ name }) => name)]);
	const names = new Map<string, string>();
	for (const node of current.nodes) {
		if (!ours.has(node.name) || ours.get(node.name) === node) continue;
		// Two of ours may have changed their names with each other.
		if (ofOurs.has(node) && renamed.has(node.name)) continue;
		let count = 1;
		while (taken.has(`${node.name} ${count}`)) count += 1;
		taken.add(`${node.name} ${count}`);
		names.set(node.name, `${node.name} ${count}`);
	}
	return renameNodes(current, names);
}

function usersNames(
	shipped: Flow,
	paired: ReadonlyMap<string, FlowNode>,
	base: Fingerprint,
): Map<string, string> {
	const renames = new Map<string, string>();
	for (const [id, node] of paired) {
		const byUser = base.nodes[id] !== undefined && base.nodes[id].name !== hash(node.name);
		if (byUser && nameOf(shipped, id) !== node.name) renames.set(nameOf(shipped, id), node.name);
	}
	return renames;
}

function mergeNode(
	shipped: FlowNode,
	theirs: FlowNode,
	base: Fingerprint,
	{ result, isLost }: { result: MergeResult; isLost: (workflowId: string) => boolean },
): FlowNode {
	const ours = new Map(settingsOf(shipped));
	const present = new Map(settingsOf(theirs));
	const merged: FlowNode = {
		id: shipped.id,
		name: shipped.name,
		type: shipped.type,
		typeVersion: shipped.typeVersion,
		position: shipped.position,
		parameters: {},
		...(theirs.credentials && { credentials: theirs.credentials }),
	};
	for (const name of new Set([...ours.keys(), ...present.keys()])) {
		if (SHIPPED_ALWAYS.has(name)) continue;
		const [our, their] = [ours.get(name), present.get(name)];
		if (their === undefined && staysLeftOut(shipped.id, name, our, base)) continue;
		let value = our;
		const called = name === 'parameters.workflowId' ? workflowCalled(shipped, their) : null;
		if (called !== null && isLost(called)) result.putBack.push(lost(shipped.name, called));
		else if (theirsCounts(shipped, name, their, base) && canonical(our) !== canonical(their)) {
			value = their;
			if (!SAYS_NOTHING.has(name) && !(our === undefined && isBlank(their))) {
				const label = `${shipped.name}: ${name.replace('parameters.', '')}`;
				const labels = isOurs(shipped) ? editsOf(label, our, their) : [label];
				result.kept.push(...labels);
				const known = base.nodes[shipped.id]?.[name] !== undefined;
				if (known && !asShipped(base, shipped.id, name, our)) result.contested.push(...labels);
			}
		}
		if (value === undefined) continue;
		if (name.startsWith('parameters.')) merged.parameters[name.slice('parameters.'.length)] = value;
		else merged[name] = value;
	}
	return merged;
}

/** Left out by the editor, and the same in this release: to write it back would be a change of nothing. */
function staysLeftOut(id: string, name: string, our: unknown, base: Fingerprint): boolean {
	return LEFT_OUT_AS_DEFAULT.has(name) && base.nodes[id]?.[name] === hash(our);
}

const isOurs = ({ type }: FlowNode): boolean => type.startsWith('n8n-nodes-dynamics-gp-procore.');

/** A node is what its type makes it, and names are dealt with as a whole. */
const SHIPPED_ALWAYS = new Set(['name', 'type', 'typeVersion']);

/** Moving a node about is nobody's business to report. */
const SAYS_NOTHING = new Set(['position', 'webhookId']);

/** The editor writes such empty values by itself. */
const isBlank = (value: unknown): boolean => ['{}', '[]', '""', 'false'].includes(canonical(value));

/** Whether somebody set what stands there; that may also be to leave a setting at n8n's default. */
function theirsCounts(shipped: FlowNode, name: string, value: unknown, base: Fingerprint): boolean {
	// Nobody means this: a form or page that stands open to everybody.
	if (name === 'parameters.authentication' && opensToNetwork(shipped) && isNoGuard(value))
		return false;
	if (value === undefined && base.nodes[shipped.id]?.[name] === undefined) return false;
	return !asShipped(base, shipped.id, name, value);
}

/** A reference to a workflow that was deleted or archived, which is wired anew. */
const lost = (what: string, id: string): string => `${what} (led to ${id}, which is not there)`;

function mergeSettings(
	{ settings: shipped, nodes }: Flow,
	{ settings: current, nodes: theirs }: Flow,
	{ settings: base }: Fingerprint,
	{ result, isLost }: { result: MergeResult; isLost: (workflowId: string) => boolean },
): Record<string, unknown> {
	const merged: Record<string, unknown> = { ...shipped };
	const ids = new Set(nodes.map(({ id }) => id));
	// An import in the editor leaves settings out; where we put them in, somebody took them away.
	const isWhole = theirs.some(({ id }) => ids.has(id)) && Object.keys(current).length > 0;
	for (const name of isWhole ? Object.keys(shipped) : []) {
		if (base[name] === undefined || !isDefault(current[name])) continue;
		if (isLeftOut(name, shipped[name], current[name])) continue;
		merged[name] = current[name];
		result.kept.push(`without workflow setting ${name}`);
	}
	for (const [name, value] of Object.entries(current)) {
		if (hash(value) === base[name] || canonical(value) === canonical(shipped[name])) continue;
		if (isDefault(value)) continue;
		if (name === 'errorWorkflow' && name in shipped && isLost(String(value))) {
			result.putBack.push(lost('error workflow', String(value)));
			continue;
		}
		merged[name] = value;
		// n8n writes settings of its own into a workflow; only those we ship are worth a word.
		if (name in shipped) result.kept.push(`workflow setting ${name}`);
	}
	return merged;
}

function mergeLinks(
	shipped: Flow,
	theirs: Flow,
	base: Fingerprint,
	paired: ReadonlyMap<string, FlowNode>,
	nodes: FlowNode[],
): Flow['connections'] {
	const templateId = new Map([...paired].map(([id, node]) => [node.id, id]));
	const current = linksOf(theirs).map((link) => ({
		...link,
		from: templateId.get(link.from) ?? link.from,
		to: templateId.get(link.to) ?? link.to,
	}));
	const before = new Set(base.links);
	const ours = linksOf(shipped);
	const ourKeys = new Set(ours.map(linkKey));
	const theirKeys = new Set(current.map(linkKey));
	const removed = (key: string) => before.has(hash(key)) && !theirKeys.has(key);
	const stands = (id: string) => paired.has(id);
	return connectionsOf(
		[
			...ours.filter((link) => !(removed(linkKey(link)) && stands(link.from) && stands(link.to))),
			...current.filter((link) => !ourKeys.has(linkKey(link)) && !before.has(hash(linkKey(link)))),
		],
		nodes,
	);
}

const nameOf = (flow: Flow, id: string): string => flow.nodes.find((node) => node.id === id)!.name;
