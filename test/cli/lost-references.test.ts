import { examine } from '../../cli/doctor/doctor';
import type { InstalledFlow } from '../../cli/flow/flow';
import { node } from './samples';
import { only, Refusal, SmallN8n } from './small-n8n';

const called = (n8n: SmallN8n) =>
	(
		node(n8n.named('GP to Procore: replay'), 'Start sync').parameters.workflowId as {
			value: string;
		}
	).value;
const findingsOf = async (n8n: SmallN8n, name: string) =>
	(await examine(n8n.client(), n8n.shipped, new Date())).findings.filter(
		({ area }) => area === `Workflow "${name}"`,
	);

async function installed() {
	const n8n = new SmallN8n(only('gpp-sync', 'gpp-replay', 'gpp-errors'));
	await n8n.install();
	expect((await n8n.install()).changes).toBe(0);
	return n8n;
}

const GONE: Record<string, (n8n: SmallN8n, name: string) => void> = {
	deleted: (n8n, name) => void (n8n.workflows = n8n.workflows.filter((flow) => flow.name !== name)),
	archived: (n8n, name) => (n8n.named(name).isArchived = true),
};

describe.each(Object.entries(GONE))(
	'a workflow of ours that was %s and is put in anew',
	(_how, remove) => {
		test('is called by those that called it before', async () => {
			const n8n = await installed();
			remove(n8n, 'GP to Procore: sync');
			expect(await findingsOf(n8n, 'GP to Procore: replay')).toMatchObject([
				{ level: 'broken', remedy: expect.stringContaining('install') },
				{},
			]);
			const { said } = await n8n.install();
			expect(called(n8n)).toBe(n8n.named('GP to Procore: sync').id);
			expect(said.join()).toMatch(/put back: Start sync \(led to W\d+, which is not there\)/);
			expect((await n8n.install()).changes).toBe(0);
			expect(await findingsOf(n8n, 'GP to Procore: replay')).toMatchObject([
				{ text: expect.stringContaining('not published') },
			]);
		});

		test('is their error workflow again', async () => {
			const n8n = await installed();
			remove(n8n, 'GP to Procore: errors and alerts');
			await n8n.install();
			expect(n8n.named('GP to Procore: sync').settings.errorWorkflow).toBe(
				n8n.named('GP to Procore: errors and alerts').id,
			);
		});
	},
);

test('another error workflow that this key does not see stays, and nobody calls it lost', async () => {
	const n8n = await installed();
	n8n.named('GP to Procore: sync').settings.errorWorkflow = 'hidden';
	n8n.before = (call) => (call === 'GET /workflows/hidden' ? new Refusal(403) : undefined);
	expect((await n8n.install()).changes).toBe(0);
	expect((await findingsOf(n8n, 'GP to Procore: sync')).map(({ level }) => level)).not.toContain(
		'broken',
	);
});

test('a node of their own that leads nowhere is left to them, and the doctor says so', async () => {
	const n8n = await installed();
	const replay = n8n.named('GP to Procore: replay');
	const own = { ...node(replay, 'Start sync'), id: 'own', name: 'Call mine' };
	replay.nodes.push({
		...own,
		parameters: { workflowId: { __rl: true, mode: 'id', value: 'X9' } },
	});
	expect((await n8n.install()).changes).toBe(0);
	expect((await findingsOf(n8n, replay.name))[0]).toMatchObject({
		level: 'broken',
		remedy: expect.stringContaining('Open your node'),
	});
});

describe('a workflow setting that somebody took away', () => {
	const without = (flow: InstalledFlow, how: unknown) => {
		flow.settings.errorWorkflow = how;
		if (how === undefined) delete flow.settings.errorWorkflow;
	};

	test.each([undefined, '', 'DEFAULT'])('(%s) stays away, and is named', async (how) => {
		const n8n = await installed();
		without(n8n.named('GP to Procore: sync'), how);
		const { changes, said } = await n8n.install();
		expect(changes).toBe(0);
		expect(said.join()).toContain('kept as you have it: without workflow setting errorWorkflow');
		const levels = (await findingsOf(n8n, 'GP to Procore: sync')).map(({ level }) => level);
		expect(levels).not.toContain('broken');
	});

	test('is put in where an import in the editor left it out', async () => {
		const n8n = await installed();
		const sync = n8n.named('GP to Procore: sync');
		for (const one of sync.nodes) one.id = `new-${one.id}`;
		without(sync, undefined);
		await n8n.install();
		expect(sync.settings.errorWorkflow).toBe(n8n.named('GP to Procore: errors and alerts').id);
	});
});
