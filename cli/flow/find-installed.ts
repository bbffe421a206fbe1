import { fingerprint, hash, type Fingerprint } from './fingerprint';
import { isNote, type FlowNode, type InstalledFlow, type Template } from './flow';

export type Found =
	| { kind: 'none' }
	| { kind: 'one'; flow: InstalledFlow }
	/** Several could be it; nobody guesses which one the firm relies on. */
	| { kind: 'several'; flows: InstalledFlow[] };

/**
 * The workflow of an n8n that came from `template`: by its id (command line import), by the ids of
 * its nodes (this installer), or by its name (import in the editor gives everything new ids).
 */
export function findInstalled(
	template: Template,
	flows: readonly InstalledFlow[],
	releases: readonly Fingerprint[],
): Found {
	const present = flows.filter((flow) => !flow.isArchived);
	const byId = present.filter((flow) => flow.id === template.id);
	if (byId.length > 0) return oneOf(byId);
	const known = new Set([
		...template.nodes.map((node) => node.id),
		...releases.flatMap((release) => Object.keys(release.nodes)),
	]);
	const byNodes = present.filter((flow) => {
		const nodes = flow.nodes.filter((node) => !isNote(node));
		return nodes.length > 0 && nodes.filter((node) => known.has(node.id)).length * 2 > nodes.length;
	});
	const byName = present.filter((flow) => flow.name === template.name);
	return oneOf(byNodes.length > 0 ? byNodes : byName, template.name);
}

/** A copy somebody made for a trial yields to the one with the right name, and to the published one. */
function oneOf(flows: InstalledFlow[], name?: string): Found {
	if (flows.length === 0) return { kind: 'none' };
	for (const narrow of [
		flows,
		flows.filter((flow) => flow.name === name),
		flows.filter((flow) => flow.active),
	]) {
		if (narrow.length === 1) return { kind: 'one', flow: narrow[0] };
	}
	return { kind: 'several', flows };
}

/**
 * Copies of a template's workflow, made for a second company or a trial: at least half of their nodes,
 * and at least half of those of one release, have its names and types. n8n gives copied nodes new ids.
 *
 * @param taken ids of the workflows that are something else already
 */
export function findCopies(
	template: Template,
	flows: readonly InstalledFlow[],
	releases: readonly Fingerprint[],
	taken: ReadonlySet<string>,
): InstalledFlow[] {
	const releasesNodes = [fingerprint(template), ...releases].map(
		({ nodes }) =>
			new Set(
				Object.values(nodes)
					.filter(({ type }) => type !== NOTE)
					.map(({ name, type }) => `${name} ${type}`),
			),
	);
	return flows.filter((flow) => {
		if (flow.isArchived || taken.has(flow.id)) return false;
		const nodes = flow.nodes.filter((node) => !isNote(node)).map(nodeKey);
		return releasesNodes.some((known) => {
			const alike = nodes.filter((key) => known.has(key)).length;
			return alike > 0 && alike * 2 >= nodes.length && alike * 2 >= known.size;
		});
	});
}

const NOTE = hash('n8n-nodes-base.stickyNote');
const nodeKey = ({ name, type }: FlowNode): string => `${hash(name)} ${hash(type)}`;
