import type { DesiredVendor } from '../../lib/model/desired';
import type { ProcoreStandIn } from '../../sandbox/procore/server';
import { runNode, searchList, type NodeRun } from './support/engine';
import { procoreCredential, startProcoreServer } from './support/stand-ins';

let procore: ProcoreStandIn;
// A fresh one each time: the rate limiter of an app lives as long as the process.
beforeEach(async () => {
	procore = await startProcoreServer();
});
afterEach(async () => await procore.close());

const run = async (parameters: NodeRun['parameters'], more: Partial<NodeRun> = {}) =>
	await runNode({
		node: 'procore',
		parameters,
		credentials: { procoreOAuth2Api: procoreCredential(procore) },
		...more,
	});

const vendor = (code: string, name: string): DesiredVendor => ({
	kind: 'vendor',
	originId: `GP:TWO:V:${code}`,
	source: { company: 'TWO', entity: 'vendor', key: code, label: name, hash: `hash of ${name}` },
	vendor: { name, is_active: true, origin_code: code },
});
const checkpoint = { kind: 'checkpoint', entity: 'vendor', company: 'TWO', more: false };
const parkedBefore = { kind: 'outcome', outcome: 'failed', source: { key: 'BROKEN' } };
const tokens = () => procore.log().filter(({ path }) => path.startsWith('/oauth/token'));
const writes = () =>
	procore.log().filter(({ method, path }) => method !== 'GET' && !path.startsWith('/oauth'));

test.each(['company', 'costType', 'project', 'vendor'])(
	'Get Many lists every %s',
	async (resource) => {
		const { json, error } = await run({ resource, operation: 'getAll', returnAll: true });
		expect(error).toBeUndefined();
		expect(json().length).toBeGreaterThan(0);
		expect(json()[0]).toHaveProperty('id');
	},
);

test('Get Many of projects carries the project number the mapping looks for', async () => {
	const { json } = await run({ resource: 'project', operation: 'getAll', returnAll: true });
	expect(json().map(({ project_number }) => project_number)).toContain('100');
});

test.each(['costCode', 'directCost'])(
	'Get Many of %s asks for the project it is told',
	async (resource) => {
		const [project] = (await run({ resource: 'project', operation: 'getAll', limit: 1 })).json();
		const { json, error } = await run({
			resource,
			operation: 'getAll',
			project: { __rl: true, mode: 'id', value: String(project.id) },
			limit: 2,
		});
		expect(error).toBeUndefined();
		expect(json().length).toBeLessThanOrEqual(2);
		await expect(run({ resource, operation: 'getAll' })).rejects.toThrow(/issues/);
	},
);

test('Sync gives one outcome per record, in order and paired, with the checkpoint behind', async () => {
	const items = [
		{},
		vendor('ACME0001', 'Acme Concrete'),
		vendor('BOLT0002', 'Bolt Supply'),
		parkedBefore,
		checkpoint,
	];
	const { outputs, json, error } = await run(
		{ resource: 'vendor', operation: 'sync' },
		{ inputs: [items] },
	);
	expect(error).toBeUndefined();
	expect(json().map(({ kind, outcome }) => outcome ?? kind)).toEqual([
		'created',
		'created',
		'failed',
		'checkpoint',
	]);
	expect(json().map(({ source }) => (source as { key?: string } | undefined)?.key)).toEqual([
		'ACME0001',
		'BOLT0002',
		'BROKEN',
		undefined,
	]);
	expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(
		[1, 2, 3, 4].map((item) => ({ item })),
	);
	expect(json().at(-1)).toEqual({
		...checkpoint,
		procore: { calls: expect.any(Number), writes: 1, waitedMs: expect.any(Number) },
	});
});

test('what a sync cost is added to what stands on the checkpoint already', async () => {
	const before = { ...checkpoint, procore: { calls: 100, writes: 10, waitedMs: 1000 } };
	const { json } = await run(
		{ resource: 'vendor', operation: 'sync' },
		{ inputs: [[vendor('ACME0001', 'Acme Concrete'), before]] },
	);
	const { calls, waitedMs, ...rest } = json()[1].procore as Record<string, number>;
	expect(rest).toEqual({ writes: 11 });
	const sent = procore.log().filter(({ path }) => path.startsWith('/rest')).length;
	expect(calls).toBe(100 + sent);
	expect(waitedMs).toBeGreaterThanOrEqual(1000);
});

test.each([[['B0', 'B1']], ['B0, B1']])(
	'an unrecorded batch, named as %j, gets its outcome now',
	async (unrecordedBatches) => {
		const inputs = [[vendor('ACME0001', 'Acme Concrete'), checkpoint]];
		const sync = async (options: Record<string, string | string[]>) =>
			(await run({ resource: 'vendor', operation: 'sync', options }, { inputs })).json()[0];
		await sync({ batchId: 'B1' });
		expect(await sync({ batchId: 'B2', unrecordedBatches })).toMatchObject({
			outcome: 'created',
			recovered: { batchId: 'B1' },
		});
		expect(await sync({ batchId: 'B3' })).toMatchObject({ outcome: 'unchanged' });
	},
);

test('what a batch that was cut off wrote is found though its records do not come again', async () => {
	const options = { batchId: 'B1' };
	const inputs = [[vendor('ACME0001', 'Acme Concrete'), checkpoint]];
	await run({ resource: 'vendor', operation: 'sync', options }, { inputs });
	const later = { batchId: 'B2', unrecordedBatches: 'B1' };
	const { json } = await run(
		{ resource: 'vendor', operation: 'sync', options: later },
		{ inputs: [[checkpoint]] },
	);
	expect(json()).toMatchObject([
		{
			kind: 'checkpoint',
			unrecorded: {
				batches: ['B1'],
				writes: [
					{
						outcome: 'created',
						source: { key: 'ACME0001' },
						procore: { type: 'vendor' },
						recovered: { batchId: 'B1' },
					},
				],
			},
		},
	]);
});

test('a second sync of the same records writes nothing', async () => {
	const inputs = [[vendor('ACME0001', 'Acme Concrete'), checkpoint]];
	await run({ resource: 'vendor', operation: 'sync' }, { inputs });
	procore.clearTraffic();
	const { json } = await run({ resource: 'vendor', operation: 'sync' }, { inputs });
	expect(json()[0].outcome).toBe('unchanged');
	expect(writes()).toHaveLength(0);
});

test('a dry run says what would happen and writes nothing', async () => {
	const { json } = await run(
		{ resource: 'vendor', operation: 'sync', dryRun: true },
		{ inputs: [[vendor('ACME0001', 'Acme Concrete'), checkpoint]] },
	);
	expect(json()[0]).toMatchObject({ outcome: 'created', dryRun: true });
	expect(writes()).toHaveLength(0);
});

test('a batch without records calls nobody', async () => {
	const { json } = await run({ resource: 'vendor', operation: 'sync' }, { inputs: [[checkpoint]] });
	expect(json()).toEqual([checkpoint]);
	expect(procore.log()).toHaveLength(0);
});

test('a wrongly wired item stops the node before anything is written', async () => {
	const { error } = await run(
		{ resource: 'costCode', operation: 'sync' },
		{ inputs: [[vendor('ACME0001', 'Acme Concrete')]] },
	);
	expect(error?.message).toContain('vendors');
	expect(procore.log()).toHaveLength(0);
});

test('a token is fetched once, used again, and renewed once after it was revoked', async () => {
	const credential = procoreCredential(procore);
	const more = { credentials: { procoreOAuth2Api: credential } };
	await run({ resource: 'project', operation: 'getAll' }, more);
	await run({ resource: 'vendor', operation: 'getAll' }, more);
	expect(tokens()).toHaveLength(1);
	credential.oauthTokenData = {
		...(credential.oauthTokenData as object),
		access_token: 'revoked',
	} as never;
	const { error } = await run({ resource: 'vendor', operation: 'getAll' }, more);
	expect(error).toBeUndefined();
	expect(tokens()).toHaveLength(2);
});

test('a wrong client secret is tried once and the error names the credential, not the secret', async () => {
	const { error, run: whole } = await run(
		{ resource: 'project', operation: 'getAll' },
		{
			credentials: {
				procoreOAuth2Api: procoreCredential(procore, { clientSecret: 'not-the-secret' }),
			},
		},
	);
	expect(error?.httpCode).toBe('401');
	expect(error?.description).toContain('Procore OAuth2 API');
	expect(tokens()).toHaveLength(1);
	expect(JSON.stringify(whole)).not.toContain('not-the-secret');
});

test('a wrong company id says so', async () => {
	const { error } = await run(
		{ resource: 'vendor', operation: 'getAll' },
		{ credentials: { procoreOAuth2Api: procoreCredential(procore, { companyId: '7' }) } },
	);
	expect(error?.description).toContain('company id');
});

test('no access token reaches an item, an error or the log of the run', async () => {
	const credential = procoreCredential(procore);
	const { run: whole } = await run(
		{ resource: 'costCode', operation: 'getAll', project: { __rl: true, mode: 'id', value: '7' } },
		{ credentials: { procoreOAuth2Api: credential } },
	);
	const { access_token: token } = credential.oauthTokenData as unknown as { access_token: string };
	expect(token.length).toBeGreaterThan(10);
	expect(JSON.stringify(whole)).not.toContain(token);
});

test('the project list is sorted, shows numbers and narrows down by number or name', async () => {
	const credentials = { procoreOAuth2Api: procoreCredential(procore) };
	const search = async (filter?: string) =>
		(await searchList('procore', 'searchProjects', { filter, credentials })).results;
	const all = await search();
	expect(all.length).toBeGreaterThan(1);
	expect(all.map(({ name }) => name)).toEqual(all.map(({ name }) => name).toSorted());
	expect(await search('200')).toEqual([
		expect.objectContaining({ name: '200 · Lakeside Elementary School' }),
	]);
	expect(await search('lakeside')).toHaveLength(1);
	expect(await search('nothing like it')).toEqual([]);
});
