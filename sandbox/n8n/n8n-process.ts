import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startProcess, type RunningProcess } from './child-process';
import { freePort } from './free-port';
import { runNode } from './project-files';

/** What the n8n cache script prints: a Node that n8n accepts, and n8n's start script. */
export interface N8nBinaries {
	node: string;
	n8n: string;
}

export interface N8nProcess extends RunningProcess {
	url: string;
}

/** Fetches n8n into the cache when it is not there yet. */
export async function findN8n(): Promise<N8nBinaries> {
	const output = await runNode('scripts/n8n-cache.mjs');
	return JSON.parse(output.trim().split('\n').at(-1)!) as N8nBinaries;
}

interface ProcessSettings {
	binaries: N8nBinaries;
	userFolder: string;
	environment?: Record<string, string>;
	onOutput?: (text: string) => void;
}

/** A worker of n8n's queue mode; `environment` names the database, Redis and the encryption key of its main process. */
export async function startN8nWorker(
	options: ProcessSettings & { concurrency: number },
): Promise<RunningProcess> {
	const { node, n8n } = options.binaries;
	mkdirSync(options.userFolder, { recursive: true });
	return await startProcess({
		name: 'n8n worker',
		program: node,
		args: [n8n, 'worker', `--concurrency=${options.concurrency}`],
		cwd: options.userFolder,
		env: {
			PATH: [path.dirname(node), process.env.PATH].join(path.delimiter),
			HOME: process.env.HOME,
			...QUIET,
			N8N_USER_FOLDER: options.userFolder,
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			GENERIC_TIMEZONE: 'UTC',
			...options.environment,
		},
		readyWhen: /n8n worker is now ready/i,
		startTimeout: 120_000,
		onOutput: options.onOutput,
	});
}

/** Starts n8n on SQLite, loopback only, talking to nobody outside. */
export async function startN8nProcess(
	options: ProcessSettings & {
		/** Preferred port; another free one is taken when it is in use. */
		port?: number;
	},
): Promise<N8nProcess> {
	const port = await freePort(options.port);
	mkdirSync(options.userFolder, { recursive: true });
	const { node, n8n } = options.binaries;
	const started = await startProcess({
		name: 'n8n',
		program: node,
		args: [n8n, 'start'],
		cwd: options.userFolder,
		env: {
			PATH: [path.dirname(node), process.env.PATH].join(path.delimiter),
			HOME: process.env.HOME,
			...QUIET,
			N8N_USER_FOLDER: options.userFolder,
			N8N_HOST: 'localhost',
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_PORT: String(port),
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			DB_TYPE: 'sqlite',
			GENERIC_TIMEZONE: 'UTC',
			// Sandbox only: lets a person open the editor over plain http on localhost.
			N8N_SECURE_COOKIE: 'false',
			...options.environment,
		},
		readyWhen: /Editor is now accessible/,
		startTimeout: 120_000,
		onOutput: options.onOutput,
	});
	return { ...started, url: `http://localhost:${port}` };
}

/** Runs a command of n8n's beside a running one, e.g. `import:workflow`; returns what it printed. */
export async function runN8nCommand(
	binaries: N8nBinaries,
	userFolder: string,
	args: string[],
): Promise<string> {
	return await new Promise((resolve, reject) => {
		execFile(
			binaries.node,
			[binaries.n8n, ...args],
			{
				cwd: userFolder,
				env: {
					PATH: [path.dirname(binaries.node), process.env.PATH].join(path.delimiter),
					HOME: process.env.HOME,
					...QUIET,
					N8N_USER_FOLDER: userFolder,
					DB_TYPE: 'sqlite',
				},
			},
			// What went wrong stands in its output, not in the error.
			(error, stdout, stderr) =>
				error ? reject(new Error(`n8n ${args[0]}: ${stdout}${stderr}`)) : resolve(stdout),
		);
	});
}

/** No telemetry, no update checks, no modules that call out: a sandbox has no business outside. */
const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_ONBOARDING_FLOW_DISABLED: 'true',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	EXTERNAL_FRONTEND_HOOKS_URLS: '',
	N8N_DISABLED_MODULES:
		'mcp-registry,instance-ai,agents,chat-hub,insights,breaking-changes,mcp,promotions,instance-version-history',
};
