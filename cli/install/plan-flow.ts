import { fillCredentials, type CredentialEntry } from '../flow/credentials';
import { distance, fingerprint, hash, idsByName, type Fingerprint } from '../flow/fingerprint';
import { canonical, type Flow, type InstalledFlow, isOptional, type Template } from '../flow/flow';
import { sameGroups } from '../flow/groups';
import { linkKey, linksOf } from '../flow/links';
import { mergeFlow } from '../flow/merge-flow';
import { isLeftOut, rewire } from '../flow/references';
import { withOwnIds } from '../flow/own-ids';
import { writable } from '../api/writable';

/** What is known of the n8n a template goes into. */
export interface Surroundings {
	/** Template id → id of its workflow in this n8n. */
	ids: ReadonlyMap<string, string>;
	/** Ids of all workflows of this n8n; absent = not known, and what they refer to is taken to be there. */
	present?: ReadonlySet<string>;
	/** Credential type → the one to fill in. */
	chosen: ReadonlyMap<string, CredentialEntry>;
	/** Ids of the credentials there are. */
	existing: ReadonlySet<string>;
	/** The template in earlier releases. */
	releases: readonly Fingerprint[];
	/** The workflow is a copy beside the one that belongs to the template, and stays one. */
	isCopy?: boolean;
	/** The server has a time limit of its own: a workflow without one is under it. */
	isLimited?: boolean;
}

export interface FlowPlan {
	flow: Flow;
	/** False when it stands there just so. */
	differs: boolean;
	/** Nodes that change, by name. */
	changed: string[];
	kept: string[];
	contested: string[];
	putBack: string[];
	filled: Array<{ node: string; credential: CredentialEntry }>;
}

/** How the workflow of a template should look in this n8n, given how it looks now (null = not at all). */
export function planFlow(
	template: Template,
	current: InstalledFlow | null,
	around: Surroundings,
): FlowPlan {
	if (current === null) {
		const { flow, filled } = fillCredentials(
			rewire(template, around.ids),
			around.chosen,
			around.existing,
		);
		const changed = template.nodes.map((node) => node.name);
		return { flow, differs: true, changed, kept: [], contested: [], putBack: [], filled };
	}
	const stable = new Map([...around.ids].map(([template, id]) => [id, template]));
	const merged = mergeFlow(template, rewire(current, stable), baseOf(template, current, around), {
		// The others need each of their nodes.
		replaceable: isOptional(template),
		isLost: (id) => !!around.present && !around.present.has(id) && !around.ids.has(id),
	});
	const wired = rewire(merged.flow, around.ids);
	const { flow, filled } = fillCredentials(
		around.isCopy ? withOwnIds(wired, current) : wired,
		around.chosen,
		around.existing,
	);
	const changed = changedNodes(flow, current);
	return {
		...merged,
		flow,
		filled,
		changed,
		differs:
			changed.length > 0 ||
			flow.nodes.length !== current.nodes.length ||
			!sameLinks(flow, current) ||
			!sameGroups(flow, current) ||
			!sameSettings(flow, current, around),
	};
}

/** The release the workflow most probably came from: the one it differs least from. */
function baseOf(template: Template, current: InstalledFlow, around: Surroundings): Fingerprint {
	const known = new Set(template.nodes.map((node) => node.id));
	// Import in the editor gave all nodes new ids; they are known by their names then.
	const isImported = !current.nodes.some(({ id }) => known.has(id));
	const stable = new Map([...around.ids].map(([template, id]) => [id, template]));
	const wired = rewire(current, stable);
	const distanceTo = (print: Fingerprint): number => {
		const ids = isImported ? idsByName(print) : new Map<string, string>();
		const nodes = wired.nodes.map((node) => ({ ...node, id: ids.get(hash(node.name)) ?? node.id }));
		return distance({ ...wired, nodes }, print);
	};
	let best = fingerprint(template);
	let least = distanceTo(best);
	for (const release of around.releases) {
		const other = distanceTo(release);
		if (other < least) [best, least] = [release, other];
	}
	return best;
}

function changedNodes(flow: Flow, current: Flow): string[] {
	const before = new Map(
		writable(current).nodes.map((node): [string, string] => [node.id, canonical(node)]),
	);
	return writable(flow)
		.nodes.filter((node) => before.get(node.id) !== canonical(node))
		.map((node) => node.name);
}

function sameLinks(left: Flow, right: Flow): boolean {
	const keys = (flow: Flow) => canonical(linksOf(flow).map(linkKey).sort());
	return keys(left) === keys(right);
}

function sameSettings(
	planned: Flow,
	current: Flow,
	{ isLimited = false }: Pick<Surroundings, 'isLimited'>,
): boolean {
	const [wanted, there] = [planned, current].map((flow) => writable(flow).settings);
	const said = Object.entries(wanted).filter(
		([name, value]) => isLimited || !isLeftOut(name, value, there[name]),
	);
	return canonical(Object.fromEntries(said)) === canonical(there);
}
