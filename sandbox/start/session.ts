import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SANDBOX_ACCOUNT } from '../gp/ntlm/directory';
import { packPackage } from '../n8n/install-package';
import { findN8n } from '../n8n/n8n-process';
import { packageName, projectRoot } from '../n8n/project-files';
import { startN8n, type N8nInstance } from '../n8n/start-n8n';
import type { Credential } from '../n8n/workflows';
import { adminCall } from './admin-call';
import {
	startGpProcess,
	startProcoreProcess,
	type ProcoreProcess,
	type StandInProcess,
} from './stand-ins';

/** Trigger of the template that a person presses. */
export const RUN_NOW = 'Run now';

export interface SessionOptions {
	/** Everything the session keeps: n8n's home, the packed package, Procore's records. */
	folder: string;
	/** Preferred ports; absent = any free ones. */
	ports?: { n8n: number; gp: number; gpAdmin: number; procore: number; procoreAdmin: number };
	/** Size of the GP company; absent = the stand-in's own. */
	vendors?: number;
	documents?: number;
	gpSwitches?: object;
	procoreSwitches?: object;
	/** A packed package; absent = build and pack it. */
	tarball?: string;
	/** Publish the workflow: its schedule runs, and failed runs can be retried. */
	publish?: boolean;
	/** Told what is being done. */
	tell?: (text: string) => void;
	/** Told of everything that was started, at once, so that an interruption leaves nothing behind. */
	onStarted?: (stop: () => Promise<void>) => void;
}

/** Both stand-ins and a real n8n with the package, credentials and template in place. */
export interface Session {
	folder: string;
	gp: StandInProcess;
	procore: ProcoreProcess;
	n8n: N8nInstance;
	credentials: { gp: Credential; procore: Credential };
	workflowId: string;
	/** GP's database id of the company that is synced, and its name. */
	company: { databaseId: string; displayName: string };
	/** Ends the Procore stand-in as a crash would. */
	killProcore(): Promise<void>;
	/** Starts it again at the same addresses with the records it had. */
	restartProcore(): Promise<void>;
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
			port: ports?.gp,
			adminPort: ports?.gpAdmin,
			vendors: options.vendors,
			documents: options.documents,
			switches: options.gpSwitches,
		});
		stops.push(gp.stop);
		const company = await adminCall<Session['company']>(gp.adminUrl, 'GET', '/company');
		const stateFile = path.join(options.folder, 'procore.jsonl');
		const procoreOptions = { stateFile, switches: options.procoreSwitches };
		let procore = await startProcoreProcess({
			...procoreOptions,
			port: ports?.procore,
			adminPort: ports?.procoreAdmin,
		});
		stops.push(() => procore.stop());

		tell('Starting n8n …');
		const n8n = await startN8n({
			userFolder: path.join(options.folder, 'n8n'),
			port: ports?.n8n,
			tarball,
			binaries,
		});
		stops.push(n8n.stop);

		tell('Setting up credentials and workflow …');
		const credentials = {
			gp: await saveCredential(n8n, 'Dynamics GP (sandbox)', 'dynamicsGpApi', {
				serviceAddress: gp.url,
				tenant: 'DefaultTenant',
				company: company.displayName,
				companyId: company.databaseId,
				authentication: 'windows',
				...SANDBOX_ACCOUNT,
			}),
			procore: await saveCredential(n8n, 'Procore (sandbox)', 'procoreOAuth2Api', {
				grantType: 'clientCredentials',
				environment: 'custom',
				loginAddress: procore.url,
				apiAddress: procore.url,
				companyId: procore.companyId,
				clientId: procore.clientId,
				clientSecret: procore.clientSecret,
			}),
		};
		const workflowId = await installTemplate(n8n, credentials);
		if (options.publish) await n8n.workflows.activate(workflowId);
		return {
			folder: options.folder,
			gp,
			get procore() {
				return procore;
			},
			n8n,
			credentials,
			workflowId,
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

async function installTemplate(
	n8n: N8nInstance,
	credentials: Session['credentials'],
): Promise<string> {
	const file = path.join(projectRoot, 'workflows', 'gp-to-procore-sync.json');
	const template = JSON.parse(readFileSync(file, 'utf8')) as { id: string };
	const present = (await n8n.workflows.list()).some(({ id }) => id === template.id);
	if (!present) await n8n.workflows.import(template);
	await n8n.workflows.setCredentials(template.id, ({ type, parameters }) => {
		if (type === `${packageName}.dynamicsGp`) return [credentials.gp];
		if (type === `${packageName}.procore`) return [credentials.procore];
		// Opening a run asks GP's credential which company it is.
		const opensRun = type === `${packageName}.gpToProcore` && parameters.operation === 'open';
		return opensRun ? [credentials.gp] : [];
	});
	return template.id;
}
