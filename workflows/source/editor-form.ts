import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypeDescription,
	type IVersionedNodeType,
} from 'n8n-workflow';
import manifest from '../../package.json';

/** Nodes snap to this when a workflow is saved (n8n 2.41's editor). */
const GRID = 16;

/** What the editor looks at in a node. */
interface EditorNode {
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
}

/**
 * A node as n8n's editor writes it when somebody opens its workflow and saves it: defaults left out at
 * every depth, and what the node does not show; empty collections and locators written; on the grid.
 * The templates are shipped in this form, so that saving one changes nothing (seen in n8n 2.41.1;
 * test/e2e/upgrade.test.ts holds the two against each other).
 */
export function asEditorSaves<Node extends EditorNode>(node: Node): Node {
	const description = descriptionOf(node);
	const fill = (parameters: INodeParameters, defaults: boolean) =>
		NodeHelpers.getNodeParameters(
			description.properties,
			parameters,
			defaults,
			false,
			node as unknown as INode,
			description,
		) ?? {};
	const shown = fill(node.parameters as INodeParameters, true);
	return {
		...node,
		position: [onGrid(node.position[0]), onGrid(node.position[1])],
		parameters: fill(shown, false),
	};
}

/**
 * The same as it stands in the shipped files: what a node of ours does is named even where it is the
 * default. An import by hand chooses a node's credential by these two, and knows no defaults.
 */
export function asShippedInFile<Node extends EditorNode>(node: Node): Node {
	const saved = asEditorSaves(node);
	if (!node.type.startsWith(`${manifest.name}.`)) return saved;
	const { resource, operation } = node.parameters;
	const named = {
		...(resource !== undefined && { resource }),
		...(operation !== undefined && { operation }),
	};
	return { ...saved, parameters: { ...named, ...saved.parameters } };
}

/** Up above zero; below it to the nearest line, the lower of two (n8n's `closestNumberDivisibleBy`). */
function onGrid(length: number): number {
	const lines = length / GRID;
	return GRID * (lines > 0 ? Math.ceil(lines) : Math.ceil(lines - 0.5)) || 0;
}

function descriptionOf({ type, typeVersion }: EditorNode): INodeTypeDescription {
	const [packageName, name] = type.split('.') as [string, string];
	const found =
		packageName === manifest.name
			? ownDescription(name, typeVersion)
			: builtIn().find((one) => one.name === name && [one.version].flat().includes(typeVersion));
	if (!found) throw new Error(`Unknown version ${typeVersion} of ${type}`);
	return found;
}

function ownDescription(name: string, version: number): INodeTypeDescription | undefined {
	const own = ownNodes().find(({ description }) => description.name === name);
	return own && NodeHelpers.getVersionedNodeType(own, version).description;
}

const ownNodes = once(() =>
	manifest.n8n.nodes.map((file) => {
		const source = file.replace(/^dist\//, '').replace(/\.js$/, '.ts');
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- named in the manifest
		const exported = require(path.join('../..', source)) as Record<
			string,
			new () => INodeType | IVersionedNodeType
		>;
		return new exported[path.basename(source).split('.')[0]!]!();
	}),
);

/** n8n's own nodes, as the editor is told of them. */
const builtIn = once(() => {
	const catalogue = path.join(
		path.dirname(require.resolve('n8n-nodes-base/package.json')),
		'dist/types/nodes.json',
	);
	return JSON.parse(readFileSync(catalogue, 'utf8')) as INodeTypeDescription[];
});

function once<Value>(make: () => Value): () => Value {
	let made: { value: Value } | undefined;
	return () => (made ??= { value: make() }).value;
}
