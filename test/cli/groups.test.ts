import { fingerprint } from '../../cli/flow/fingerprint';
import type { InstalledFlow, Template } from '../../cli/flow/flow';
import { planFlow } from '../../cli/install/plan-flow';
import { ApiClient } from '../../cli/api/api-client';
import { N8n } from '../../cli/api/n8n';
import { IDS, asInstalled, change, template } from './samples';

const BOX = { id: 'g-1', name: 'Work', description: 'Reads and maps.', nodeIds: ['n-gp', 'n-map'] };

function grouped(): Template {
	return { ...template(), nodeGroups: [BOX] };
}

function upgrade(edit: (flow: InstalledFlow) => void, from = grouped()) {
	const flow = change(asInstalled(from, 'A1'), edit);
	return planFlow(grouped(), flow, {
		ids: IDS,
		chosen: new Map(),
		existing: new Set<string>(),
		releases: [fingerprint(from)],
	});
}

test('a workflow of before gets the groups, and nothing is left to do then', () => {
	const { flow, differs } = upgrade((flow) => (flow.nodeGroups = []), template());
	expect(flow.nodeGroups).toEqual([BOX]);
	expect(differs).toBe(true);
	expect(upgrade(() => {}).differs).toBe(false);
});

test('an n8n too old for groups is not asked to change again and again', () => {
	expect(upgrade((flow) => delete flow.nodeGroups).differs).toBe(false);
});

test('a group somebody renamed keeps its name; a group of their own stays', () => {
	const own = { id: 'theirs', name: 'Mine', nodeIds: ['n-slack'] };
	const { flow } = upgrade((flow) => {
		flow.nodeGroups = [{ ...BOX, name: 'Our mapping' }, own];
	});
	expect(flow.nodeGroups).toEqual([{ ...BOX, name: 'Our mapping' }, own]);
});

test('a group of their own that holds a node of ours gives way, since a node is in one group', () => {
	const own = { id: 'theirs', name: 'Mine', nodeIds: ['n-map', 'n-slack'] };
	const { flow } = upgrade((flow) => (flow.nodeGroups = [own]), template());
	expect(flow.nodeGroups).toEqual([BOX]);
});

test.each([
	['an n8n that does not know groups', 400, [true, false]],
	['any other refusal', 500, [true]],
])('%s', async (_what, status, tries) => {
	const sent: boolean[] = [];
	const client = new ApiClient({
		address: 'http://localhost:5678',
		apiKey: 'canary-key',
		fetch: async (_address, init) => {
			const body = JSON.parse(String(init?.body)) as { nodeGroups?: unknown };
			sent.push(body.nodeGroups !== undefined);
			return body.nodeGroups
				? new Response('{"message":"request/body must NOT have additional properties"}', { status })
				: new Response(JSON.stringify({ ...body, id: 'W1' }));
		},
	});
	const saved = new N8n(client).createWorkflow(grouped());
	await (status === 400 ? saved : saved.catch(() => null));
	expect(sent).toEqual(tries);
});
