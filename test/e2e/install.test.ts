import { isOptional } from '../../cli/flow/flow';
import { copyFileSync, createReadStream, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ApiClient } from '../../cli/api/api-client';
import { N8n } from '../../cli/api/n8n';
import { examine } from '../../cli/doctor/doctor';
import type { Finding } from '../../cli/doctor/findings';
import { writable } from '../../cli/api/writable';
import { credentialTypesOf } from '../../cli/flow/credentials';
import type { Flow, FlowNode } from '../../cli/flow/flow';
import { errorText } from '../../sandbox/n8n/executions';
import { findN8n, runN8nCommand } from '../../sandbox/n8n/n8n-process';
import { projectRoot } from '../../sandbox/n8n/project-files';
import { fingerprint } from '../../cli/flow/fingerprint';
import { referencesOf } from '../../cli/flow/references';
import { install } from '../../cli/install/install';
import type { InstallOptions } from '../../cli/install/ledger';
import { readShipped, type Shipped } from '../../cli/shipped/shipped';
import { RUN_NOW, type Session } from '../../sandbox/start/session';
import { formOpens, groupsOf, openSession, submitForm, waitUntil } from './support';

let session: Session;
let n8n: N8n;
let end: () => Promise<void> = async () => {};
const shipped = readShipped();
const WORKFLOWS = path.join(projectRoot, 'workflows');

beforeAll(async () => {
	({ session, end } = await openSession({ vendors: 5, documents: 10, install: false }));
	n8n = new N8n(
		new ApiClient({ address: session.n8n.url, apiKey: session.n8n.client.apiKey, fetch }),
	);
});

afterAll(() => end());

async function run(what: Shipped, options: Partial<InstallOptions> = {}) {
	const lines: string[] = [];
	const credentials = { httpBasicAuth: session.credentials.page.name };
	const result = await install(n8n, what, {
		dryRun: false,
		publish: false,
		credentials,
		tell: (line) => lines.push(line),
		...options,
	});
	return { ...result, lines: lines.join('\n') };
}

/** This version as an earlier one might have been: fewer tables and columns, another rule, no alerts column. */
function earlier(): Shipped {
	const copy = structuredClone(shipped);
	copy.tables = copy.tables
		.filter(({ name }) => name !== 'gpp_alert')
		.map((table) =>
			table.name === 'gpp_run' ? { ...table, columns: table.columns.slice(0, 6) } : table,
		);
	const sync = copy.templates.find(({ id }) => id === 'gpp-sync')!;
	sync.nodes.find(({ name }) => name === 'Run with options')!.parameters.formTitle =
		'An older title';
	return copy;
}

const nodesOf = async (template: string) =>
	(await n8n.workflows()).find(
		({ name }) => name === shipped.templates.find(({ id }) => id === template)!.name,
	)!;

const bad = (findings: Finding[]) =>
	findings.filter(({ level }) => level === 'broken').map(({ area, text }) => `${area}: ${text}`);

/** What n8n made of a template, without what it adds by itself. */
const essence = (flow: object) => {
	const { nodes, connections, settings } = writable(flow as Flow);
	// n8n gives each page of a form an address of its own.
	const named = nodes.map(({ webhookId: _address, ...node }) => node);
	return { nodes: named, connections, settings, groups: groupsOf(flow as Flow) };
};

describe('each template of the set', () => {
	afterAll(async () => {
		const { client, workflows } = session.n8n;
		for (const { id } of await workflows.list()) {
			await client.rest('POST', `/rest/workflows/${id}/archive`);
			await client.rest('DELETE', `/rest/workflows/${id}`);
		}
	});

	it.each(shipped.templates.map((template) => [template.id, template] as const))(
		'%s can be imported in the editor',
		async (id, template) => {
			const { id: _id, tags: _tags, ...file } = template;
			const { id: given } = await session.n8n.workflows.import(file);
			expect(given).not.toBe(id);
			expect(essence(await session.n8n.workflows.get(given))).toEqual(essence(template));
		},
	);

	it('can be fetched by its address, as "Import from URL" does', async () => {
		const server = createServer((request, response) => {
			response.setHeader('content-type', 'application/json');
			createReadStream(path.join(WORKFLOWS, path.basename(request.url ?? ''))).pipe(response);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const { client } = session.n8n;
		const { id: projectId } = await client.rest<{ id: string }>('GET', '/rest/projects/personal');
		try {
			for (const template of shipped.templates) {
				const name = `${template.id.replace('gpp-', 'gp-to-procore-')}.json`;
				const query = new URLSearchParams({ url: `http://127.0.0.1:${port}/${name}`, projectId });
				const fetched = await client.rest<Flow>('GET', `/rest/workflows/from-url?${query}`);
				expect(essence(fetched)).toEqual(essence(template));
			}
		} finally {
			server.close();
		}
	});

	it('can be imported from its file on the command line, under its own id', async () => {
		const folder = path.join(session.folder, 'templates');
		mkdirSync(folder);
		for (const name of readdirSync(WORKFLOWS).filter((name) => name.endsWith('.json')))
			copyFileSync(path.join(WORKFLOWS, name), path.join(folder, name));
		await runN8nCommand(await findN8n(), session.n8n.userFolder, [
			'import:workflow',
			'--separate',
			`--input=${folder}`,
		]);
		for (const template of shipped.templates)
			expect(essence(await session.n8n.workflows.get(template.id))).toEqual(essence(template));
	});
});

/** What somebody does who wants no more than the sync. */
describe('the sync imported alone', () => {
	const file = shipped.templates.find(({ id }) => id === 'gpp-sync')!;
	let id: string;
	const syncNow = async () => {
		const { executions, workflows } = session.n8n;
		return await executions.wait(await workflows.run(id, RUN_NOW));
	};
	const chooseCredentials = async () => {
		const ours = Object.values(session.credentials);
		await session.n8n.workflows.setCredentials(id, (node) =>
			credentialTypesOf(node as unknown as FlowNode).map(
				(type) => ours.find((credential) => credential.type === type)!,
			),
		);
	};
	const remove = async () => {
		const { client } = session.n8n;
		await client.rest('POST', `/rest/workflows/${id}/archive`);
		await client.rest('DELETE', `/rest/workflows/${id}`);
	};

	afterAll(async () => {
		await remove();
		for (const table of await n8n.tables())
			await session.n8n.client.api('DELETE', `/data-tables/${table.id}`);
	});

	it('needs nothing but its two credentials and the login of its form', async () => {
		const { id: _id, tags: _tags, ...imported } = file;
		({ id } = await session.n8n.workflows.import(imported));
		await chooseCredentials();
		expect(errorText(await syncNow())).toBe('');
		const [run] = await session.n8n.tables.rows('gpp_run');
		expect(run).toMatchObject({ status: expect.stringMatching(/^success/) });
		expect(Number(run.created)).toBeGreaterThan(0);
	});

	it('says in its execution and its row why it failed, though the error workflow it names is not there', async () => {
		const { workflows, executions, tables } = session.n8n;
		const { gp } = session.credentials;
		await workflows.activate(id);
		await workflows.changeCredential(gp, { password: 'not the password' });
		await waitUntil('the form', async () => await formOpens(session, 'gpp-sync-form'));
		await submitForm(session, 'gpp-sync-form', ['No, write to Procore']);
		const failed = async () => await executions.list({ workflowId: id, status: 'error' });
		// The batch, and the run it failed with: the one to press Retry on.
		await waitUntil('the failure', async () => (await failed()).length === 2);
		await workflows.changeCredential(gp, { password: gp.data.password });

		const outermost = (await failed()).find(({ mode }) => mode !== 'integrated')!;
		expect(errorText(await executions.get(outermost.id))).toMatch(/gpsvc.*credential/is);
		expect((await tables.rows('gpp_run')).at(-1)).toMatchObject({
			status: 'failed',
			execution_id: outermost.id,
			error: expect.stringMatching(/gpsvc/),
		});
		expect(await tables.rows('gpp_lease')).toEqual([]);
		expect(errorText(await executions.retry(outermost.id))).toBe('');
		expect((await tables.rows('gpp_run')).map(({ status }) => status)).toEqual([
			expect.stringMatching(/^success/),
			expect.stringMatching(/^success/),
		]);
		await workflows.deactivate(id);
		expect(session.n8n.output()).toContain('Workflow "gpp-errors" is not active');
	});

	it('comes by command line too, and then knows its first load again', async () => {
		await remove();
		await runN8nCommand(await findN8n(), session.n8n.userFolder, [
			'import:workflow',
			`--input=${path.join(WORKFLOWS, 'gp-to-procore-sync.json')}`,
		]);
		({ id } = file);
		await chooseCredentials();
		expect(errorText(await syncNow())).toBe('');
		expect((await session.n8n.tables.rows('gpp_run')).at(-1)).toMatchObject({
			status: expect.stringMatching(/^success/),
			created: 0,
			updated: 0,
		});
	});
});

/** Those that an installation puts in without being asked. */
const usual = shipped.templates.filter((template) => !isOptional(template));

/** In the order of a story: each step starts from what the one before left. */
describe('the installer and the doctor on a real n8n', () => {
	it('says what it would do and does nothing in a dry run', async () => {
		const { changes, lines } = await run(earlier(), { dryRun: true });
		expect(changes).toBe(earlier().tables.length + usual.length);
		expect(lines).toContain('would do: Table gpp_event: created');
		expect(await n8n.tables()).toEqual([]);
		expect(await n8n.workflows()).toEqual([]);
	});

	it('puts every table and workflow into an empty n8n, wired and with credentials', async () => {
		const { problems, workflows, lines } = await run(earlier());
		expect(problems).toEqual([]);
		expect(Object.keys(workflows).sort()).toEqual(usual.map(({ id }) => id).sort());
		expect(lines).toContain(session.credentials.gp.name);
		expect((await n8n.tables()).map(({ name }) => name).sort()).toEqual(
			earlier()
				.tables.map(({ name }) => name)
				.sort(),
		);
		const ids = Object.values(workflows);
		for (const flow of await n8n.workflows()) {
			const lost = referencesOf(flow).filter((id) => !ids.includes(id));
			expect(lost).toEqual([]);
			const template = usual.find(({ name }) => name === flow.name)!;
			expect(groupsOf(flow)).toEqual(groupsOf(template));
		}
	});

	it('does nothing when run again', async () => {
		const before = await n8n.workflows();
		const { changes, lines } = await run(earlier());
		expect(changes).toBe(0);
		expect(lines).toContain('Nothing to do');
		expect(await n8n.workflows()).toEqual(before);
	});

	it('brings an older set up to date: new tables and columns, new settings, and what people changed stays', async () => {
		const sync = await nodesOf('gpp-sync');
		const schedule = sync.nodes.find(({ name }) => name === 'Every hour')!;
		schedule.parameters = { rule: { interval: [{ field: 'hours', hoursInterval: 6 }] } };
		await n8n.updateWorkflow(sync.id, sync);
		const print = Object.fromEntries(
			earlier().templates.map((one) => [one.id, [fingerprint(one)]]),
		);

		const { problems, lines } = await run({ ...shipped, releases: print }, { publish: true });
		expect(problems).toEqual([]);
		expect(lines).toMatch(/Table gpp_alert: created/);
		expect(lines).toMatch(/Table gpp_run: column .*execution_link.* added/);
		expect(lines).toMatch(/kept as you have it: Every hour: rule/);
		const { nodes, active } = await nodesOf('gpp-sync');
		expect(active).toBe(true);
		expect(nodes.find(({ name }) => name === 'Every hour')!.parameters).toEqual(
			schedule.parameters,
		);
		expect(nodes.find(({ name }) => name === 'Run with options')!.parameters.formTitle).toBe(
			shipped.templates
				.find(({ id }) => id === 'gpp-sync')!
				.nodes.find(({ name }) => name === 'Run with options')!.parameters.formTitle,
		);
		expect((await run({ ...shipped, releases: print }, { publish: true })).changes).toBe(0);
	});

	it('published all workflows, those that are called first', async () => {
		expect((await n8n.workflows()).filter(({ active }) => !active).map(({ name }) => name)).toEqual(
			[],
		);
	});

	it('the doctor finds nothing broken after a first run', async () => {
		const { executions, workflows } = session.n8n;
		const sync = (await nodesOf('gpp-sync')).id;
		expect((await executions.wait(await workflows.run(sync, RUN_NOW))).status).toBe('success');
		const { findings } = await examine(n8n, shipped, new Date());
		expect(bad(findings)).toEqual([]);
		expect(findings).toContainEqual(expect.objectContaining({ level: 'ok', area: 'n8n' }));
		expect(
			findings.filter(({ area }) => area.startsWith('Credential')).map(({ level }) => level),
		).not.toContain('attention');
	});

	it('the doctor names a wrong password, a missing table and a reference that leads nowhere', async () => {
		await session.n8n.workflows.changeCredential(session.credentials.gp, {
			password: 'not the password',
		});
		const alerts = (await n8n.tables()).find(({ name }) => name === 'gpp_alert')!;
		await session.n8n.client.api('DELETE', `/data-tables/${alerts.id}`);
		const sync = await nodesOf('gpp-sync');
		await n8n.updateWorkflow(sync.id, {
			...sync,
			settings: { ...sync.settings, errorWorkflow: 'nowhere' },
		});

		const findings = bad((await examine(n8n, shipped, new Date())).findings);
		expect(findings).toContainEqual(expect.stringContaining(session.credentials.gp.name));
		expect(findings).toContainEqual('Table gpp_alert: not there');
		expect(findings).toContainEqual(expect.stringContaining('nowhere'));
		await session.n8n.workflows.changeCredential(session.credentials.gp, {
			password: session.credentials.gp.data.password,
		});
	});

	it('says which scopes a key lacks, before anything is changed', async () => {
		const { rawApiKey } = await session.n8n.client.rest<{ rawApiKey: string }>(
			'POST',
			'/rest/api-keys',
			{
				label: 'weak',
				expiresAt: null,
				scopes: ['workflow:list', 'credential:list', 'dataTable:list'],
			},
		);
		const weak = new N8n(new ApiClient({ address: session.n8n.url, apiKey: rawApiKey, fetch }));
		const attempt = install(weak, shipped, {
			dryRun: false,
			publish: true,
			credentials: {},
			tell: () => {},
		});
		await expect(attempt).rejects.toMatchObject({
			code: 'scope-missing',
			remedy: expect.stringMatching(/workflow:create.*workflow:activate/),
		});
	});
});
