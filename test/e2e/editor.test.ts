import { createReadStream, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Flow } from '../../cli/flow/flow';
import { findChromium } from '../../sandbox/n8n/chromium';
import { Editor } from '../../sandbox/n8n/editor';
import { NewUser } from '../../sandbox/n8n/new-user';
import { projectRoot } from '../../sandbox/n8n/project-files';
import type { Session } from '../../sandbox/start/session';
import { groupsOf, openSession, waitUntil } from './support';

const chromium = findChromium();
if (chromium === null)
	console.warn(
		'SKIPPED: no Chromium is installed and none could be, so the editor is not looked at.',
	);

const OWN_NODES = [
	'GP vendors',
	'GP accounts',
	'GP payables',
	'Open run',
	'Map payables',
	'Record outcomes',
	'Procore projects',
	'Sync vendors',
	'Sync direct costs',
];

(chromium === null ? describe.skip : describe)('in the editor', () => {
	let session: Session;
	let editor: Editor;
	let end: () => Promise<void> = async () => {};
	const problems: string[] = [];

	beforeAll(async () => {
		({ session, end } = await openSession({ vendors: 20, documents: 20 }));
		editor = await Editor.open(session.n8n.url, chromium!);
		editor.page.on('pageerror', (error) => problems.push(error.message));
	});

	afterAll(async () => {
		await editor?.close();
		await end();
	});

	it('the template as it is shipped asks for its two credentials in the set-up dialogue', async () => {
		const file = path.join(projectRoot, 'workflows/gp-to-procore-sync.json');
		const template = JSON.parse(readFileSync(file, 'utf8')) as object;
		await session.n8n.workflows.import({ ...template, id: 'as-shipped', name: 'As shipped' });
		await editor.showWorkflow('as-shipped');
		// The red marks this suite looks for do appear while credentials are missing.
		expect((await editor.redMarks()).length).toBeGreaterThan(0);
		await editor.page.click('[data-test-id="setup-credentials-button"]');
		await editor.settle();
		const dialogue = await editor.page
			.locator('.el-dialog:visible, [role="dialog"]:visible')
			.first()
			.innerText();
		// n8n calls a credential after the leftmost node that wants it, and lists all of them.
		expect(dialogue).toMatch(/Open run, GP vendors/);
		expect(dialogue).toMatch(/Procore projects/);
	});

	it('the template with its credentials opens without a red mark', async () => {
		await editor.showWorkflow(session.workflowId);
		const { nodes } = await session.n8n.workflows.get(session.workflowId);
		await editor.openGroups();
		const drawn = await editor.page.locator('[data-test-id="canvas-node"]').count();
		expect(drawn).toBe(nodes.filter((node) => !node.type.endsWith('.stickyNote')).length);
		expect(await editor.redMarks()).toEqual([]);
	});

	// Still on the canvas of the test before.
	it.each(OWN_NODES)('the node "%s" opens without a complaint', async (name) => {
		await editor.openNode(name);
		const parameters = editor.page.locator('[data-test-id="node-parameters"]');
		expect(await parameters.innerText()).toMatch(/Resource/);
		expect(
			await editor.page.locator('.has-issues, [data-test-id="parameter-issues"]').count(),
		).toBe(0);
		await editor.closeNode();
	});

	it.each(['gp', 'procore'] as const)(
		'the %s credential opens with its icon and fields',
		async (which) => {
			const { id, name } = session.credentials[which];
			await editor.show(`/home/credentials/${id}`);
			const dialogue = editor.page.locator('[role="dialog"]', { hasText: name });
			expect(await dialogue.innerText()).toContain(name);
			expect(await dialogue.innerText()).toMatch(/Company/);
			const icons = await dialogue
				.locator('img')
				.evaluateAll((images) =>
					images.map((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
				);
			expect(icons.length).toBeGreaterThan(0);
			expect(icons.every((width) => width > 0)).toBe(true);
		},
	);

	it('a template fetched by Import from URL opens with its boxes', async () => {
		const file = path.join(projectRoot, 'workflows/gp-to-procore-sync.json');
		const template = JSON.parse(readFileSync(file, 'utf8')) as Flow;
		const server = createServer((_request, response) => {
			response.setHeader('content-type', 'application/json');
			createReadStream(file).pipe(response);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		try {
			const { port } = server.address() as AddressInfo;
			const id = await new NewUser(editor).importUrl('sync', `http://127.0.0.1:${port}/sync.json`);
			const names = template.nodeGroups!.map(({ name }) => name).sort();
			expect((await editor.closedGroups()).sort()).toEqual(names);
			// n8n saves by itself, a moment later.
			const { workflows } = session.n8n;
			await waitUntil('saving', async () => (await workflows.list()).some((one) => one.id === id));
			const saved = (await workflows.get(id)) as unknown as Flow;
			expect(groupsOf(saved)).toEqual(groupsOf(template));
		} finally {
			server.close();
		}
	});

	it('people are offered the node they use, and not the one with the steps of the templates', async () => {
		const offered = await editor.nodesOffered('GP to Procore');
		if (process.env.EDITOR_PICTURES)
			await editor.picture(path.join(process.env.EDITOR_PICTURES, 'node-creator.png'));
		expect(offered).toContain('GP to Procore');
		expect(offered).not.toContain('GP to Procore Engine');
	});

	it('nothing of ours breaks the page', () => {
		expect(problems).toEqual([]);
	});
});
