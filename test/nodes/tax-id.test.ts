import { LoggerProxy } from 'n8n-workflow';

import type { GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import type { ProcoreStandIn } from '../../sandbox/procore/server';
import { runNode, type NodeResult } from './support/engine';
import {
	gpCredential,
	procoreCredential,
	startProcoreServer,
	startSmallGp,
} from './support/stand-ins';

const KEY = 'correct horse battery staple';
let gp: GpStandIn;
let procore: ProcoreStandIn;
/** Tax ids of GP's vendors, as GP writes them. */
let taxIds: string[];

beforeAll(async () => {
	gp = await startSmallGp();
	const vendors = [...gp.company.vendors.values()];
	taxIds = vendors.flatMap(({ taxId }) => (taxId ? [taxId] : []));
	procore = await startProcoreServer({
		seed: {
			// The same firms under names of Procore's own.
			vendors: vendors
				.filter(({ taxId }) => taxId)
				.map(({ taxId }, index) => ({
					name: `Procore Company ${index}`,
					business_register: { type: 'ein', identifier: taxId },
				})),
		},
	});
});
afterAll(async () => {
	await gp.close();
	await procore.close();
});

const logged: string[] = [];
const realLoggers = { ...LoggerProxy };
beforeEach(() => {
	const note = (message: string, meta?: object) =>
		void logged.push(message, JSON.stringify(meta ?? ''));
	LoggerProxy.init({ error: note, warn: note, info: note, debug: note });
});
afterAll(() => LoggerProxy.init(realLoggers));

const credentials = (taxIdSecret: string) => ({
	dynamicsGpApi: gpCredential(gp.url, { taxIdSecret }),
	procoreOAuth2Api: procoreCredential(procore, { taxIdSecret }),
});

/** GP read, mapped and synced as a workflow would, all executions kept. */
async function flow(taxIdSecret: string): Promise<{ runs: NodeResult[]; outcomes: any[] }> {
	const { dynamicsGpApi, procoreOAuth2Api } = credentials(taxIdSecret);
	const read = await runNode({
		node: 'dynamicsGp',
		parameters: {
			resource: 'vendor',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			options: { includeRaw: true, pauseMs: 0 },
		},
		credentials: { dynamicsGpApi },
	});
	const mapped = await runNode({
		node: 'gpToProcore',
		parameters: {
			resource: 'vendor',
			operation: 'map',
			projects: '[]',
			projectCrosswalk: '[]',
			accountCrosswalk: '[]',
			vendorCrosswalk: '[]',
		},
		inputs: [read.json()],
	});
	const synced = await runNode({
		node: 'procore',
		parameters: { resource: 'vendor', operation: 'sync', dryRun: true },
		inputs: [mapped.json(0)],
		credentials: { procoreOAuth2Api },
	});
	for (const { error } of [read, mapped, synced]) if (error) throw error;
	return { runs: [read, mapped, synced], outcomes: synced.json() };
}

test('with the phrase in both credentials vendors are recognised by tax id, and no tax id appears anywhere', async () => {
	const { runs, outcomes } = await flow(KEY);
	const adopted = outcomes.filter(({ outcome }) => outcome === 'adopted').length;
	const unique = taxIds.filter((id) => taxIds.indexOf(id) === taxIds.lastIndexOf(id)).length;
	expect(unique).toBeGreaterThan(50);
	expect(adopted).toBe(unique);
	// Execution data as n8n stores it, the node's own log lines, and every item.
	const everything = JSON.stringify([runs.map(({ run }) => run), logged]);
	expect(everything).toContain('taxIdMatch');
	for (const taxId of taxIds) {
		expect(everything).not.toContain(taxId);
		expect(everything).not.toContain(taxId.replace(/\D/g, ''));
	}
	expect(everything).not.toContain(KEY);
});

test('without it nothing is adopted by tax id and no item carries a match', async () => {
	const { runs, outcomes } = await flow('');
	expect(outcomes.filter(({ outcome }) => outcome === 'adopted')).toEqual([]);
	expect(JSON.stringify(runs.map(({ run }) => run))).not.toContain('taxIdMatch');
});

test.each(['dynamicsGp', 'procore'] as const)(
	'a phrase too short to protect anything is refused by %s before anything is read',
	async (node) => {
		procore.clearTraffic();
		const { error } = await runNode({
			node,
			parameters: { resource: 'vendor', operation: 'getAll' },
			credentials: credentials('short'),
		});
		expect(`${error?.message} ${error?.description}`).toContain('Tax ID Matching Key');
		expect(error?.description).toContain('20 characters');
		expect(JSON.stringify(error)).not.toContain('"short"');
		expect(procore.log()).toEqual([]);
	},
);
