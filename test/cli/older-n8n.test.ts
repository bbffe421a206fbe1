import { ApiClient } from '../../cli/api/api-client';
import { N8n } from '../../cli/api/n8n';
import type { Flow } from '../../cli/flow/flow';
import { template } from './samples';
import { SmallN8n } from './small-n8n';

/*
 * n8n keeps more settings in a workflow, and shows them, than its public API of the same version takes: a
 * workflow read and saved again was refused. What is left out of a saved workflow n8n keeps as it is.
 */
const TAKEN = ['executionOrder', 'errorWorkflow', 'executionTimeout', 'callerPolicy'];

function n8nThatTakes(groups: boolean) {
	const sent: Array<Record<string, unknown>> = [];
	const fetch = async (_address: unknown, init: RequestInit = {}) => {
		const body = JSON.parse(String(init.body)) as Flow;
		sent.push(body as never);
		const refuse = (what: string) =>
			new Response(
				JSON.stringify({ message: `request/body${what} must NOT have additional properties` }),
				{ status: 400 },
			);
		if (body.nodeGroups && !groups) return refuse('');
		if (Object.keys(body.settings).some((name) => !TAKEN.includes(name)))
			return refuse('/settings');
		return new Response(JSON.stringify({ ...body, id: 'W1', active: false }));
	};
	const n8n = new N8n(
		new ApiClient({
			address: 'http://n8n',
			apiKey: 'canary-key',
			fetch: fetch as typeof globalThis.fetch,
		}),
	);
	return { n8n, sent };
}

const OURS = { executionOrder: 'v1', executionTimeout: -1, callerPolicy: 'workflowsFromSameOwner' };

test.each([
	['of before 2.36', true],
	['that knows no groups either', false],
])('an n8n %s takes a workflow with a setting it wrote itself', async (_name, groups) => {
	const { n8n, sent } = n8nThatTakes(groups);
	const flow: Flow = {
		...template(),
		settings: { ...OURS, binaryMode: 'separate', redactionPolicy: 'none' },
		nodeGroups: [{ id: 'g', name: 'Group', nodeIds: [] }] as never,
	};
	await expect(n8n.updateWorkflow('W1', flow)).resolves.toMatchObject({ id: 'W1' });
	expect(sent[sent.length - 1]!.settings).toEqual(OURS);
	expect(sent[sent.length - 1]!.nodeGroups !== undefined).toBe(groups);
});

test('one that takes them all is asked once', async () => {
	const { n8n, sent } = n8nThatTakes(true);
	await n8n.updateWorkflow('W1', { ...template(), settings: OURS });
	expect(sent).toHaveLength(1);
});

test('one that leaves out the time limit it has anyway is not installed into again and again', async () => {
	const n8n = new SmallN8n();
	await n8n.install();
	const [flow] = n8n.workflows.filter(({ settings }) => settings.executionTimeout === -1);
	expect(flow).toBeDefined();
	// As a release without the setting left it, and as n8n keeps what is saved now.
	delete flow!.settings.executionTimeout;
	const again = await n8n.install();
	expect(again.said.join(' ')).not.toContain('executionTimeout');
	expect(n8n.writes.filter((call) => call.startsWith('PUT'))).toEqual([]);
});

test('a limit somebody set stays', async () => {
	const n8n = new SmallN8n();
	await n8n.install();
	const flow = n8n.named('GP to Procore: sync');
	flow.settings.executionTimeout = 7200;
	await n8n.install();
	expect(flow.settings.executionTimeout).toBe(7200);
});

test('a server with a time limit gets "none" into workflows that nothing else is new of', async () => {
	const n8n = new SmallN8n();
	await n8n.install();
	const ours = n8n.workflows.filter(({ settings }) => settings.executionTimeout !== 60);
	for (const { settings } of ours) delete settings.executionTimeout;
	n8n.isLimited = true;
	// One of them changed with the release, and its answer shows what n8n keeps.
	n8n.named('GP to Procore: housekeeping').nodes.pop();
	await n8n.install();
	expect(ours.map(({ settings }) => settings.executionTimeout)).toEqual(ours.map(() => -1));
	await n8n.install();
	expect(n8n.writes.filter((call) => call.startsWith('PUT'))).toEqual([]);
});

test('a server without one is not asked twice for it', async () => {
	const n8n = new SmallN8n();
	await n8n.install();
	n8n.named('GP to Procore: housekeeping').nodes.pop();
	await n8n.install();
	expect(n8n.writes.filter((call) => /^PUT .workflows.\w+$/.test(call))).toHaveLength(1);
});
