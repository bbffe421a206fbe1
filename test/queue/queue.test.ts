import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { AuditEventRow, RunRow } from '../../lib/audit/event-row';
import type { RunningProcess } from '../../sandbox/n8n/child-process';
import type { Execution } from '../../sandbox/n8n/executions';
import { installFromDebian } from '../../sandbox/n8n/debian';
import { installPackage } from '../../sandbox/n8n/install-package';
import { findN8n, startN8nWorker } from '../../sandbox/n8n/n8n-process';
import { startPostgres, type Postgres } from '../../sandbox/n8n/postgres';
import { startRedis, type Redis } from '../../sandbox/n8n/redis';
import type { Credential } from '../../sandbox/n8n/workflows';
import { SANDBOX_ACCOUNT } from '../../sandbox/gp/ntlm/directory';
import { GP_CREDENTIAL } from '../../cli/flow/credentials';
import { adminCall } from '../../sandbox/start/admin-call';
import { checkAudit } from '../../sandbox/start/audit-check';
import { compareBooks, type EventNote, type ParkedNote } from '../../sandbox/start/books';
import { RUN_NOW, type Session } from '../../sandbox/start/session';
import { startGpProcess, type StandInProcess } from '../../sandbox/start/stand-ins';
import { openSession, routeCounts, waitUntil } from '../e2e/support';

/** The eighth is the session's own. */
const COMPANIES = Array.from({ length: 7 }, (_, index) => ({
	databaseId: `CO${index + 1}`,
	displayName: `Company ${index + 1}, Inc.`,
	// The same books, so that every voucher number exists eight times.
	seed: 'fabrikam',
}));
const SIZE = { vendors: 20, documents: 30 };
const WORKERS = 2;

interface OneCompany {
	databaseId: string;
	gp: StandInProcess;
	workflowId: string;
}

interface Worker {
	process: RunningProcess;
	userFolder: string;
}

/** Who asks for this test wants to know: where a server is missing and cannot be installed it fails. */
async function afterInstall<Server>(
	name: string,
	start: () => Promise<Server | null>,
): Promise<Server> {
	const server = installFromDebian([name]) ? await start() : null;
	if (!server)
		throw new Error(`Queue mode needs ${name}: apt-get install ${name}. Nothing was shown.`);
	return server;
}

/**
 * n8n's queue mode: main and two workers on PostgreSQL and Redis, eight GP companies into one Procore company
 * at once, and a worker killed in the middle.
 */
describe('eight companies over two workers', () => {
	let postgres: Postgres | null = null;
	let redis: Redis | null = null;
	let session: Session;
	let environment: Record<string, string>;
	const workers: Worker[] = [];
	const companies: OneCompany[] = [];
	let end: () => Promise<void> = async () => {};

	beforeAll(async () => {
		postgres = (await startPostgres()) ?? (await afterInstall('postgresql', startPostgres));
		redis = (await startRedis()) ?? (await afterInstall('redis-server', startRedis));
		environment = {
			...postgres.environment,
			...redis.environment,
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			N8N_ENCRYPTION_KEY: 'queue-mode-test',
		};
		({ session, end } = await openSession({
			...SIZE,
			procoreSwitches: { latencyMs: 40 },
			n8nEnvironment: environment,
		}));
		await leaveNothingToAdopt();
		for (let number = 1; number <= WORKERS; number++) workers.push(await startWorker(number));
		const { databaseId } = session.company;
		companies.push({ databaseId, gp: session.gp, workflowId: session.workflowId });
		for (const company of COMPANIES) companies.push(await addCompany(company));
	});

	afterAll(async () => {
		for (const { process } of workers) await process.stop(5_000);
		for (const { gp } of companies.slice(1)) await gp.stop();
		await end();
		await redis?.stop();
		postgres?.stop();
	});

	async function startWorker(number: number): Promise<Worker> {
		const userFolder = path.join(session.folder, `worker-${number}`);
		await installPackage(process.env.E2E_TARBALL!, userFolder);
		return { userFolder, process: await runWorker(userFolder) };
	}

	const runWorker = async (userFolder: string) =>
		await startN8nWorker({
			binaries: await findN8n(),
			userFolder,
			concurrency: 5,
			environment: { ...environment, N8N_LOG_LEVEL: 'info' },
		});

	/** What docs/several-companies.md tells: a GP credential of its own, and a copy of the sync that has it everywhere. */
	async function addCompany(company: (typeof COMPANIES)[number]): Promise<OneCompany> {
		const gp = await startGpProcess({ ...SIZE, identity: company });
		const { workflows } = session.n8n;
		const own = session.credentials.gp;
		const credential = await workflows.createCredential(company.displayName, GP_CREDENTIAL, {
			...own.data,
			...SANDBOX_ACCOUNT,
			serviceAddress: gp.url,
			company: company.displayName,
			companyId: company.databaseId,
		});
		const { id: _id, ...shipped } = await workflows.get(session.workflowId);
		const copy = await workflows.import({
			...shipped,
			name: `${shipped.name} ${company.databaseId}`,
		});
		await workflows.setCredentials(copy.id, ({ credentials = {} }) =>
			Object.entries(credentials).map(
				([type, { id, name }]): Credential =>
					type === GP_CREDENTIAL ? credential : { id, name, type, data: {} },
			),
		);
		return { databaseId: company.databaseId, gp, workflowId: copy.id };
	}

	/**
	 * Of companies whose first runs begin in one minute the last that adopts a vendor has it (docs/several-companies.md),
	 * and the next runs of the others write once more.
	 */
	async function leaveNothingToAdopt(): Promise<void> {
		const { adminUrl } = session.procore;
		const vendors = await adminCall<Array<{ id: number; origin_id: string | null }>>(
			adminUrl,
			'GET',
			'/admin/vendors',
		);
		for (const { id } of vendors.filter(({ origin_id }) => !origin_id))
			await adminCall(adminUrl, 'PATCH', `/admin/vendors/${id}`, { name: `Somebody else ${id}` });
	}

	const start = async ({ workflowId }: OneCompany) =>
		await session.n8n.workflows.run(workflowId, RUN_NOW);
	const ended = async (ids: string[]): Promise<Execution[]> =>
		await Promise.all(ids.map(async (id) => await session.n8n.executions.wait(id, 900_000)));
	const runs = async () => await session.n8n.tables.rows<RunRow>('gpp_run');

	async function booksOf({ databaseId, gp }: OneCompany) {
		const { tables } = session.n8n;
		const state = await adminCall<{ projects: Array<{ directCosts: [] }> }>(
			session.procore.adminUrl,
			'GET',
			'/admin/state',
		);
		return compareBooks({
			company: databaseId,
			documents: await adminCall(gp.adminUrl, 'GET', '/documents'),
			directCosts: state.projects.flatMap(({ directCosts }) => directCosts),
			parked: await tables.rows<ParkedNote>('gpp_parked', { gp_company: databaseId }),
			events: await tables.rows<EventNote>('gpp_event', { gp_company: databaseId }),
		});
	}

	/** Every company's documents are in Procore once, and each write has its one event. */
	async function expectAllThere(): Promise<void> {
		for (const company of companies) {
			const { unexplained, suspects } = await booksOf(company);
			expect({ company: company.databaseId, unexplained, suspects }).toEqual({
				company: company.databaseId,
				unexplained: '0.00',
				suspects: [],
			});
		}
		const audit = checkAudit({
			journal: readFileSync(path.join(session.folder, 'procore.jsonl'), 'utf8'),
			events: await session.n8n.tables.rows<AuditEventRow>('gpp_event'),
			runs: await runs(),
		});
		const faults = [audit.missing, audit.doubled, audit.invented, audit.broken].flat();
		if (faults.length > 0) await keepTables();
		expect(audit).toMatchObject({ missing: [], doubled: [], invented: [], broken: [] });
		const costs = await originIds();
		expect(costs.filter((id, index) => costs.indexOf(id) !== index)).toEqual([]);
	}

	/** What a failure is looked into with: the folder of the session goes away. */
	async function keepTables(): Promise<void> {
		const { tables } = session.n8n;
		const kept: Record<string, unknown> = {};
		for (const name of ['run', 'event', 'journal', 'lease', 'watermark', 'parked'].map(
			(one) => `gpp_${one}`,
		)) {
			kept[name] = await tables.rows(name);
		}
		mkdirSync('.build', { recursive: true });
		writeFileSync('.build/queue-failure.json', JSON.stringify(kept));
		copyFileSync(path.join(session.folder, 'procore.jsonl'), '.build/queue-failure.jsonl');
		console.error('Kept .build/queue-failure.json and .jsonl.');
	}

	async function originIds(): Promise<string[]> {
		const state = await adminCall<{
			projects: Array<{ directCosts: Array<{ origin_id: string }> }>;
		}>(session.procore.adminUrl, 'GET', '/admin/state');
		return state.projects.flatMap(({ directCosts }) =>
			directCosts.map(({ origin_id }) => origin_id),
		);
	}

	test('run side by side, one worker is killed, and all arrive once', async () => {
		const first = await Promise.all(companies.map(start));
		await waitUntil('something written for several companies', async () => {
			const written = await originIds();
			return new Set(written.map((id) => id?.split(':')[1])).size >= 2;
		});
		const [victim, survivor] = workers;
		await victim.process.kill();
		const cutOff = await ended(first);
		console.log(`after the kill: ${cutOff.map(({ status }) => status).join(' ')}`);

		// What the dead worker left behind is taken up once its lease has run out.
		victim.process = await runWorker(victim.userFolder);
		const began = Date.now();
		for (let open = [...companies]; open.length > 0; ) {
			if (Date.now() - began > 600_000)
				throw new Error(`still open: ${open.map((one) => one.databaseId)}`);
			await ended(await Promise.all(open.map(start)));
			const finished = new Set(
				(await runs()).filter(({ status }) => status === 'success').map((run) => run.gp_company),
			);
			open = open.filter(({ databaseId }) => !finished.has(databaseId));
			if (open.length > 0) await new Promise((resume) => setTimeout(resume, 10_000));
		}
		await expectAllThere();

		const before = await routeCounts(session);
		await ended(await Promise.all(companies.map(start)));
		await expectAllThere();
		const writes = (counts: Record<string, number>) =>
			Object.fromEntries(Object.entries(counts).filter(([route]) => !route.startsWith('GET')));
		const after = writes(await routeCounts(session));
		if (!isDeepStrictEqual(after, writes(before))) await keepTables();
		expect(after).toEqual(writes(before));

		const worked = [victim, survivor].map(
			({ process }) => process.output().match(/Worker started execution/g)?.length ?? 0,
		);
		const counters = await adminCall<{ byStatus: Record<string, number>; requests: number }>(
			session.procore.adminUrl,
			'GET',
			'/admin/counters',
		);
		console.log(
			`executions by worker ${worked.join(' and ')}; Procore ${counters.requests} requests, ${counters.byStatus['429'] ?? 0} of them refused for the rate`,
		);
		expect(Math.min(...worked)).toBeGreaterThan(0);
	});
});
