import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
	displayParameter,
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeType,
	type IVersionedNodeType,
} from 'n8n-workflow';
import { credentialTypesOf } from '../../cli/flow/credentials';
import type { FlowNode } from '../../cli/flow/flow';
import { readShipped } from '../../cli/shipped/shipped';
import { DynamicsGp } from '../../nodes/DynamicsGp/DynamicsGp.node';
import { DynamicsGpTrigger } from '../../nodes/DynamicsGp/DynamicsGpTrigger.node';
import { GpToProcore } from '../../nodes/GpToProcore/GpToProcore.node';
import { GpToProcoreEngine } from '../../nodes/GpToProcoreEngine/GpToProcoreEngine.node';
import { Procore } from '../../nodes/Procore/Procore.node';

const NODES: Record<string, INodeType | IVersionedNodeType> = {
	dynamicsGp: new DynamicsGp(),
	dynamicsGpTrigger: new DynamicsGpTrigger(),
	gpToProcore: new GpToProcore(),
	gpToProcoreEngine: new GpToProcoreEngine(),
	procore: new Procore(),
};

const ours = readShipped().templates.flatMap((template) =>
	template.nodes.flatMap((node) => {
		const type = NODES[node.type.split('.')[1]];
		return node.type.startsWith('n8n-nodes-dynamics-gp-procore.')
			? [
					{
						template: template.id,
						node,
						type: NodeHelpers.getVersionedNodeType(type, node.typeVersion),
					},
				]
			: [];
	}),
);

/** What n8n takes for the settings that its editor left out. */
function withDefaults(node: FlowNode, { description }: INodeType) {
	return NodeHelpers.getNodeParameters(
		description.properties,
		node.parameters as INodeParameters,
		true,
		false,
		node as unknown as INode,
		description,
	);
}

test.each(ours.map((one) => [`${one.template}: ${one.node.name}`, one] as const))(
	'the installer gives "%s" the credentials the node asks for',
	(_name, { node, type }) => {
		const asked = (type.description.credentials ?? [])
			.filter((credential) =>
				displayParameter(
					withDefaults(node, type) as never,
					credential as never,
					node as unknown as INode,
					type.description,
				),
			)
			.map((credential) => credential.name);
		expect(credentialTypesOf(node)).toEqual(asked);
	},
);

test('what is told to whoever copies workflows for a second company names every such node', () => {
	const text = readFileSync(path.join(__dirname, '../../docs/several-companies.md'), 'utf8');
	for (const id of ['setup', 'sync', 'reconcile']) {
		const { nodes } = readShipped().templates.find((template) => template.id === `gpp-${id}`)!;
		const using = (type: string) =>
			nodes.filter((node) => credentialTypesOf(node).includes(type)).map(({ name }) => name);
		const cells = new RegExp(`^ *\\| ${id} \\|(.*)\\|(.*)\\|$`, 'm').exec(text)!;
		const named = (cell: string) => [...cell.matchAll(/\*(.*?)\*/g)].map(([, name]) => name);
		const gp = named(cells[1]!);
		expect(gp.sort()).toEqual(using('dynamicsGpApi').sort());
		const procore = cells[2]!.includes('the same') ? gp : named(cells[2]!);
		expect(procore.sort()).toEqual(using('procoreOAuth2Api').sort());
	}
});
