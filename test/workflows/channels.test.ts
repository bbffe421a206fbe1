import { NodeHelpers, type INode, type INodeParameters } from 'n8n-workflow';
import { NodePackages } from '../harness/node-packages';
import { shippedTemplate } from '../harness/shipped-template';

/** Channels nobody here can reach: that n8n's own nodes understand what the template gives them. */
const channels = (['errors', 'housekeeping'] as const).flatMap((name) =>
	shippedTemplate(name).nodes.filter(
		(node) => node.disabled && node.type !== 'n8n-nodes-base.scheduleTrigger',
	),
);

let packages: NodePackages;
beforeAll(async () => {
	packages = await NodePackages.load();
});

test('are the three of the note, and the mail to the accountant', () => {
	expect(channels.map(({ name }) => name).sort()).toEqual([
		'Mail to the accountant',
		'Post to Microsoft Teams',
		'Post to Slack',
		'Send an e-mail',
	]);
});

test.each(channels.map((node) => [node.name, node] as const))(
	'%s: n8n shows every parameter that is set, and misses none, for then it would run no node at all',
	(_name, node: INode) => {
		const { description } = packages.getByNameAndVersion(node.type, node.typeVersion);
		const shown = NodeHelpers.getNodeParameters(
			description.properties,
			node.parameters,
			true,
			false,
			node,
			description,
		) as INodeParameters;
		for (const [parameter, value] of Object.entries(node.parameters))
			expect({ [parameter]: shown[parameter] }).toEqual({ [parameter]: value });
		const issues = NodeHelpers.getNodeParametersIssues(
			description.properties,
			{ ...node, disabled: false },
			description,
		);
		expect(issues).toBeNull();
		// The settings that need no message of n8n's own in ours.
		expect(JSON.stringify(node.parameters)).toMatch(
			/"(appendAttribution|includeLinkToWorkflow)":false/,
		);
	},
);
