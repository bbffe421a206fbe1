import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ApiClient } from '../../cli/api/api-client';
import { N8n } from '../../cli/api/n8n';
import { install } from '../../cli/install/install';
import { readShipped } from '../../cli/shipped/shipped';
import { GP_CREDENTIAL, PAGE_CREDENTIAL, PROCORE_CREDENTIAL } from '../../cli/flow/credentials';
import { SANDBOX_ACCOUNT } from '../gp/ntlm/directory';
import { packPackage } from '../n8n/install-package';
import { findN8n } from '../n8n/n8n-process';
import { startN8n, type N8nInstance } from '../n8n/start-n8n';
import type { Credential } from '../n8n/workflows';
import type { GpDatabase } from '../gp/sql/start-gp-database';
import { SANDBOX_PLACES } from '../places';
import { adminCall } from './admin-call';
import { readFromPostgres } from './sql-door';
import {
	freePorts,
	startGpProcess,
	startProcoreProcess,
	type GpProcess,
	type ProcoreProcess,
	type SandboxCompany,
} from './stand-ins';

/** Trigger of the template that a person presses. */
export const RUN_NOW = 'Run now';

/** Who may look at the dashboard of a sandbox. */
export const SANDBOX_PAGE = { user: 'sandbox', password: 'sandbox' };

/** Ways into GP the stand-in serves over the same company. */
export const DOORS = ['sba', 'odata', 'soap', 'sql'] as const;

/** Template that gives rows by SQL. */
const SQL_SOURCE = 'gpp-sql-source';

export interface SessionOptions {
	/** Everything the session keeps: n8n's home, the packed package, Procore's records. */
	folder: string;
	/** Preferred ports, each replaced by a free one when it is in use; absent = any free ones. */
	ports?: { n8n: number; gp: number; gpAdmin: number; procore: number; procoreAdmin: number };
	/** Size of the GP company; absent = the stand-in's own. */
	vendors?: number;
	documents?: number;
	/** Which of the two; default one. */
	company?: SandboxCompany;
	/** The credential's door; default SBA. */
	door?: (typeof DOORS)[number];
	gpSwitches?: object;
	procoreSwitches?: object;
	/** Further environment of n8n. */
	n8nEnvironment?: Record<string, string>;
	/** A packed package; absent = build and pack it. */
	tarball?: string;
	/** Publish the workflows: their schedules run, forms and page listen, and failed runs can be retried. */
	publish?: boolean;
	/**
	 * How the sync learns where the company writes job, code and type: filled in on its Mapping node, as
	 * somebody does who knows (default), or by what setup finds, accepted (sandbox/start/accept-findings.ts).
	 */
	places?: 'filled in' | 'found by setup';
	/** False leaves n8n without workflows and tables. */
	install?: boolean;
	/** Told what is being done. */
	tell?: (text: string) => void;
	/** Told of everything that was started, at once, so that an interruption leaves nothing behind. */
	onStarted?: (stop: () => Promise<void>) => void;
}

/** Both stand-ins and a real n8n with the package, credentials and template in place. */
export interface Session {
	folder: string;
	gp: GpProcess;
	procore: ProcoreProcess;
	n8n: N8nInstance;
	credentials: { gp: Credential; procore: Credential; page: Credential };
	/** Ids of the workflows in this n8n by the ids of their templates, e.g. `gpp-sync`. */
	workflows: Record<string, string>;
	/** Of those, the sync. */
	workflowId: string;
	/** GP's database id of the company that is synced, and its name. */
	company: { databaseId: string; displayName: string };
	/** Ends the Procore stand-in as a crash would. */
	killProcore(): Promise<void>;
	/** Starts it again at the same addresses with the records it had. */
	restartProcore(): Promise<void>;
	/** The same for n8n; its database stays, and so does its address. */
	killN8n(): Promise<void>;
	restartN8n(): Promise<void>;
	stop(): Promise<void>;
}

export async function startSession(options: SessionOptions): Promise<Session> {
	const tell = options.tell ?? (() => {});
	const stops: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const end of stops.splice(0).reverse()) await end();
	};
	options.onStarted?.(stop);
	const { ports } = options;
	mkdirSync(options.folder, { recursive: true });
	try {
		const binaries = await findN8n();
		if (!options.tarball) tell('Building and packing the package …');
		const tarball = options.tarball ?? (await packPackage(path.join(options.folder, 'package')));

		tell('Starting the Dynamics GP and Procore stand-ins …');
		const gp = await startGpProcess({
			...(ports && (await freePorts(ports.gp, ports.gpAdmin))),
			vendors: options.vendors,
			documents: options.documents,
			company: options.company,
			sql: options.door === 'sql',
			switches: options.gpSwitches,
		});
		stops.push(gp.stop);
		const company = await adminCall<Session['company']>(gp.adminUrl, 'GET', '/company');
		const stateFile = path.join(options.folder, 'procore.jsonl');
		const procoreOptions = {
			stateFile,
			company: options.company,
			switches: options.procoreSwitches,
		};
		let procore = await startProcoreProcess({
			...procoreOptions,
			...(ports && (await freePorts(ports.procore, ports.procoreAdmin))),
		});
		stops.push(() => procore.stop());

		tell('Starting n8n …');
		const n8nOptions = {
			userFolder: path.join(options.folder, 'n8n'),
			environment: options.n8nEnvironment,
			binaries,
		};
		let n8n = await startN8n({ ...n8nOptions, port: ports?.n8n, tarball });
		stops.push(() => n8n.stop());

		tell('Setting up credentials and workflows …');
		const credentials = {
			gp: await saveCredential(n8n, 'Dynamics GP (sandbox)', GP_CREDENTIAL, {
				door: options.door === 'sql' ? 'rows' : (options.door ?? 'sba'),
				// Its ID in this n8n is known once it is installed.
				...(options.door === 'sql' ? { rowsWorkflow: SQL_SOURCE } : {}),
				serviceAddress: gp.url,
				tenant: 'DefaultTenant',
				company: company.displayName,
				companyId: company.databaseId,
				authentication: 'windows',
				...SANDBOX_ACCOUNT,
			}),
			procore: await saveCredential(n8n, 'Procore (sandbox)', PROCORE_CREDENTIAL, {
				grantType: 'clientCredentials',
				environment: 'custom',
				loginAddress: procore.url,
				apiAddress: procore.url,
				companyId: procore.companyId,
				clientId: procore.clientId,
				clientSecret: procore.clientSecret,
			}),
			page: await saveCredential(n8n, 'GP to Procore page', PAGE_CREDENTIAL, SANDBOX_PAGE),
		};
		const workflows =
			options.install === false
				? {}
				: gp.database
					? await installWithSql(n8n, credentials, gp.database, options)
					: await installAll(n8n, credentials, options);
		return {
			folder: options.folder,
			gp,
			get procore() {
				return procore;
			},
			get n8n() {
				return n8n;
			},
			credentials,
			workflows,
			workflowId: workflows['gpp-sync'],
			company,
			killProcore: () => procore.process.kill(),
			restartProcore: async () => {
				const port = (url: string) => Number(new URL(url).port);
				procore = await startProcoreProcess({
					...procoreOptions,
					port: port(procore.url),
					adminPort: port(procore.adminUrl),
				});
			},
			killN8n: () => n8n.kill(),
			restartN8n: async () => {
				n8n = await startN8n({ ...n8nOptions, port: Number(new URL(n8n.url).port) });
			},
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** A kept session is started again on other ports: its credentials are brought up to date. */
async function saveCredential(
	n8n: N8nInstance,
	name: string,
	type: string,
	data: Record<string, unknown>,
): Promise<Credential> {
	const existing = (await n8n.workflows.credentials()).find(
		(one) => one.name === name && one.type === type,
	);
	if (!existing) return await n8n.workflows.createCredential(name, type, data);
	return await n8n.workflows.changeCredential({ ...existing, data: {} }, data);
}

/** The same, and what the note of the optional workflow tells people to do with it. */
async function installWithSql(
	n8n: N8nInstance,
	credentials: Session['credentials'],
	database: GpDatabase['reader'],
	options: SessionOptions,
): Promise<Session['workflows']> {
	const workflows = await installAll(n8n, credentials, { ...options, publish: false }, [
		SQL_SOURCE,
	]);
	const login = { ...database, ssl: 'disable', allowUnauthorizedCerts: false };
	const reader = await saveCredential(n8n, 'GP database (sandbox)', 'postgres', login);
	await readFromPostgres(n8n, workflows[SQL_SOURCE]!, reader);
	await n8n.workflows.changeCredential(credentials.gp, { rowsWorkflow: workflows[SQL_SOURCE] });
	return options.publish ? await installAll(n8n, credentials, options) : workflows;
}

/** What a person does with `npx n8n-nodes-dynamics-gp-procore install`. */
async function installAll(
	n8n: N8nInstance,
	credentials: Session['credentials'],
	{ publish = false, places = 'filled in' }: Pick<SessionOptions, 'publish' | 'places'>,
	wanted: readonly string[] = [],
): Promise<Session['workflows']> {
	const api = new N8n(new ApiClient({ address: n8n.url, apiKey: n8n.client.apiKey, fetch }));
	const installed = async (published: boolean) => {
		const { workflows, problems } = await install(api, readShipped(), {
			dryRun: false,
			publish: published,
			wanted,
			credentials: Object.fromEntries(Object.values(credentials).map(({ type, id }) => [type, id])),
			tell: () => {},
		});
		if (problems.length > 0) throw new Error(problems.join('\n'));
		return workflows;
	};
	if (places === 'found by setup') return await installed(publish);
	const workflows = await installed(false);
	const sync = await n8n.workflows.get(workflows['gpp-sync']);
	Object.assign(sync.nodes.find(({ name }) => name === 'Mapping')!.parameters, SANDBOX_PLACES);
	await n8n.workflows.save(sync);
	return publish ? await installed(true) : workflows;
}
