import { ApiClient } from '../../cli/api/api-client';
import { N8n } from '../../cli/api/n8n';
import { fingerprint } from '../../cli/flow/fingerprint';
import type { InstalledFlow } from '../../cli/flow/flow';
import { install } from '../../cli/install/install';
import type { InstallOptions } from '../../cli/install/ledger';
import { readShipped, type Shipped } from '../../cli/shipped/shipped';
import { findChromium } from '../../sandbox/n8n/chromium';
import { Editor } from '../../sandbox/n8n/editor';
import type { Session } from '../../sandbox/start/session';
import { openSession } from './support';

const chromium = findChromium();
if (chromium === null)
	console.warn(
		'SKIPPED: no Chromium is installed and none could be, so nothing is edited and kept.',
	);

const shipped = readShipped();
const RULE = 'Rebar goes to concrete';

/** The next release: a form of the sync has another title. */
function nextRelease(): Shipped {
	const next = structuredClone(shipped);
	const sync = next.templates.find(({ id }) => id === 'gpp-sync')!;
	sync.nodes.find(({ name }) => name === 'Run with options')!.parameters.formTitle =
		'A newer title';
	next.releases = Object.fromEntries(
		shipped.templates.map((template) => [
			template.id,
			[...(shipped.releases[template.id] ?? []), fingerprint(template)],
		]),
	);
	return next;
}

/** In the order of a story: each step starts from what the one before left. */
(chromium === null ? describe.skip : describe)('edited in the editor, then upgraded', () => {
	let session: Session;
	let editor: Editor;
	let n8n: N8n;
	let end: () => Promise<void> = async () => {};

	beforeAll(async () => {
		const options = { vendors: 5, documents: 10, publish: true, places: 'found by setup' } as const;
		({ session, end } = await openSession(options));
		const { url, client } = session.n8n;
		n8n = new N8n(new ApiClient({ address: url, apiKey: client.apiKey, fetch }));
		editor = await Editor.open(url, chromium!);
	});

	afterAll(async () => {
		await editor?.close();
		await end();
	});

	async function run(what: Shipped, options: Partial<InstallOptions> = {}) {
		const lines: string[] = [];
		const credentials = {
			httpBasicAuth: session.credentials.page.id,
			dynamicsGpApi: session.credentials.gp.id,
		};
		const result = await install(n8n, what, {
			dryRun: false,
			publish: false,
			credentials,
			tell: (line) => lines.push(line),
			...options,
		});
		const kept = lines.flatMap(
			(line) => /kept as you have it: (.*)/.exec(line)?.[1]?.split('; ') ?? [],
		);
		return { ...result, lines: lines.join('\n'), kept };
	}

	const flowOf = async (id: string): Promise<InstalledFlow> =>
		(await n8n.workflows()).find((flow) => flow.id === id)!;
	const titleIn = ({ nodes }: Pick<InstalledFlow, 'nodes'>) =>
		nodes.find(({ name }) => name === 'Run with options')!.parameters.formTitle;

	test('every template opened and saved: the installer finds nothing to do and names nothing', async () => {
		for (const id of Object.values(session.workflows)) {
			await editor.showWorkflow(id);
			await editor.save();
		}
		const { changes, kept, problems } = await run(shipped);
		expect({ changes, kept, problems }).toEqual({ changes: 0, kept: [], problems: [] });
	});

	test('one rule and one policy edited: exactly these two are named and kept', async () => {
		await editor.showWorkflow(session.workflowId);
		await editor.openNode('Mapping');
		const settings = editor.page.locator('[data-test-id="node-parameters"]');
		const rules = settings.locator('[data-test-id="fixed-collection-rules"]');
		await rules.locator('[data-test-id="fixed-collection-add"]').click();
		await rules.locator('[data-test-id="parameter-input-name"] input').first().fill(RULE);
		const policies = settings.locator('[data-test-id="parameter-item"]', { hasText: /^Policies/ });
		await policies.last().locator('[data-test-id="collection-parameter-add"]').click();
		await editor.page
			.locator('[data-test-id="collection-parameter-option"]', { hasText: 'Unposted Invoices' })
			.click();
		await settings.locator('[data-test-id="parameter-input-unposted"]').click();
		await editor.page.locator('[role="option"]:visible', { hasText: 'Send as Draft' }).click();
		await editor.closeNode();
		await editor.save();

		const before = await flowOf(session.workflowId);
		expect(before.activeVersionId).not.toBe(before.versionId);
		const same = await run(shipped);
		const edits = [`Mapping: policies, unposted`, `Mapping: rules, "${RULE}"`];
		expect(same).toMatchObject({ changes: 0, problems: [] });
		expect(same.kept.sort()).toEqual(edits);

		const { kept, problems, lines } = await run(nextRelease());
		expect(problems).toEqual([]);
		expect(kept.sort()).toEqual(edits);
		expect(lines).toContain('saved as a draft beside your own changes');
		const after = await flowOf(session.workflowId);
		expect(titleIn(after)).toBe('A newer title');
		const { parameters } = after.nodes.find(({ name }) => name === 'Mapping')!;
		expect(parameters.policies).toEqual({ unposted: 'sendAsDraft' });
		expect(parameters.rules).toMatchObject({ rule: [{ name: RULE }] });
	});

	test('what was not published yet is published only when the installer is asked to', async () => {
		const draft = await flowOf(session.workflowId);
		expect(draft).toMatchObject({ active: true });
		expect(draft.activeVersionId).not.toBe(draft.versionId);
		const { problems } = await run(nextRelease(), { publish: true });
		expect(problems).toEqual([]);
		const published = await flowOf(session.workflowId);
		expect(published.activeVersionId).toBe(published.versionId);
		expect((await run(nextRelease(), { publish: true })).changes).toBe(0);
	});

	test('a copy for a second company follows, under its own name and credential', async () => {
		const { workflows } = session.n8n;
		const second = await workflows.createCredential(
			'Second GP',
			session.credentials.gp.type,
			session.credentials.gp.data,
		);
		// As ⋯ → Duplicate makes one: nodes under new ids, the name of one's choice.
		const {
			id: _id,
			active: _active,
			versionId: _version,
			...sync
		} = await workflows.get(session.workflowId);
		const nodes = structuredClone(sync.nodes).map((node) => ({
			...node,
			id: crypto.randomUUID(),
			...(node.credentials?.dynamicsGpApi && {
				credentials: { ...node.credentials, dynamicsGpApi: { id: second.id, name: second.name } },
			}),
		}));
		nodes.find(({ name }) => name === 'Run with options')!.parameters.formTitle = 'A newer title';
		const copy = await workflows.import({
			...{
				name: 'Second company: sync',
				nodes,
				connections: sync.connections,
				settings: sync.settings,
			},
		});
		const later = nextRelease();
		const template = later.templates.find(({ id }) => id === 'gpp-sync')!;
		later.releases['gpp-sync']!.push(fingerprint(template));
		template.nodes.find(({ name }) => name === 'Run with options')!.parameters.formTitle =
			'The newest title';

		const { problems, kept } = await run(later);
		expect(problems).toEqual([]);
		expect(new Set(kept)).toEqual(
			new Set([`Mapping: policies, unposted`, `Mapping: rules, "${RULE}"`]),
		);
		const upgraded = await flowOf(copy.id);
		expect(upgraded).toMatchObject({ name: 'Second company: sync', active: false });
		expect(titleIn(upgraded)).toBe('The newest title');
		expect(titleIn(await flowOf(session.workflowId))).toBe('The newest title');
		const reads = upgraded.nodes.filter(({ credentials }) => credentials?.dynamicsGpApi);
		expect(reads.length).toBeGreaterThan(3);
		for (const { credentials } of reads) expect(credentials!.dynamicsGpApi!.id).toBe(second.id);
		expect((await run(later)).changes).toBe(0);
	});
});
