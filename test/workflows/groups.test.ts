import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	summarizeTopLevelItems,
	validateWorkflowGroups,
	type INode,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { TEMPLATES } from '../../workflows/source/build';

/** Boxes somebody sees who opens the workflow; sticky notes are none. */
const MOST_BOXES = (name: string) => (name === 'gp-to-procore-sync.json' ? 24 : 12);

describe.each(Object.keys(TEMPLATES) as Array<keyof typeof TEMPLATES>)('canvas of %s', (name) => {
	const workflow = TEMPLATES[name]();
	const nodes = workflow.nodes as unknown as INode[];

	test('has groups that n8n accepts', () => {
		const verdict = validateWorkflowGroups({
			nodes,
			connectionsBySourceNode: workflow.connections as never,
			nodeGroups: workflow.nodeGroups,
			getNodeType: (node) =>
				({
					group: /trigger|\.webhook$/i.test(node.type) ? ['trigger'] : [],
				}) as unknown as INodeTypeDescription,
		});
		expect(verdict).toEqual({ valid: true });
	});

	test('opens with few boxes', () => {
		const { total, ungroupedNodeNames } = summarizeTopLevelItems({
			nodes: workflow.nodes,
			connectionsBySourceNode: workflow.connections as never,
			nodeGroups: workflow.nodeGroups,
		});
		expect({ total, ungroupedNodeNames, few: total <= MOST_BOXES(name) }).toMatchObject({
			few: true,
		});
	});

	test('says of every group what it does, in the length n8n keeps', () => {
		for (const { description } of workflow.nodeGroups) {
			expect(description.length).toBeGreaterThan(20);
			expect(description.length).toBeLessThanOrEqual(145);
		}
	});

	test('keeps what people set outside of groups', () => {
		const grouped = new Set(workflow.nodeGroups.flatMap((group) => group.nodeIds));
		const hidden = workflow.nodes.filter(
			(node) =>
				grouped.has(node.id) &&
				(/\.(dynamicsGp|procore)$/.test(node.type) || node.name === 'Mapping'),
		);
		expect(hidden.map((node) => node.name)).toEqual([]);
	});

	test('carries its groups in the file', () => {
		const file = readFileSync(join(__dirname, '..', '..', 'workflows', name), 'utf8');
		expect((JSON.parse(file) as typeof workflow).nodeGroups).toEqual(workflow.nodeGroups);
	});
});

test('setup opens with its forms and the steps that want credentials', () => {
	const { nodes, connections, nodeGroups } = TEMPLATES['gp-to-procore-setup.json']();
	const { ungroupedNodeNames } = summarizeTopLevelItems({
		nodes,
		connectionsBySourceNode: connections as never,
		nodeGroups,
	});
	expect(ungroupedNodeNames.sort()).toEqual([
		'Check both connections',
		'Check connections',
		'Preview documents',
		'Preview lines',
		'Set up now',
		'Set up with options',
		'Show what was seen',
		'Suggest rows',
	]);
});
