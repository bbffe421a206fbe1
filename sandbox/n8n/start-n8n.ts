import { DataTables } from './data-tables';
import { Executions } from './executions';
import { installPackage } from './install-package';
import { N8nClient } from './n8n-client';
import { findN8n, startN8nProcess, type N8nBinaries } from './n8n-process';
import { Workflows } from './workflows';

/** Who signs in to a sandbox n8n. It listens on the loopback interface only. */
export const SANDBOX_OWNER = { email: 'owner@example.com', password: 'Sandbox-Owner-1' };

export interface N8nInstance {
	url: string;
	pid: number;
	userFolder: string;
	client: N8nClient;
	workflows: Workflows;
	executions: Executions;
	tables: DataTables;
	/** Everything n8n printed. */
	output(): string;
	/** How it ended, with its last lines; null while it runs. */
	lastWords(): string | null;
	stop(): Promise<void>;
	/** Ends it and its children at once, as a power cut would. */
	kill(): Promise<void>;
}

export interface StartOptions {
	/** n8n's home: database, settings and installed packages stay there. */
	userFolder: string;
	/** Preferred port; another free one is taken when it is in use. */
	port?: number;
	/** Tarball of the package to install; absent = what is already installed. */
	tarball?: string;
	binaries?: N8nBinaries;
	environment?: Record<string, string>;
	onOutput?: (text: string) => void;
}

/** A real n8n with the package installed as from a registry, its owner made and signed in. */
export async function startN8n(options: StartOptions): Promise<N8nInstance> {
	const binaries = options.binaries ?? (await findN8n());
	if (options.tarball) await installPackage(options.tarball, options.userFolder);
	const running = await startN8nProcess({ ...options, binaries });
	try {
		const client = new N8nClient(running.url);
		await client.signIn(SANDBOX_OWNER);
		return {
			url: running.url,
			pid: running.pid,
			userFolder: options.userFolder,
			client,
			workflows: new Workflows(client),
			executions: new Executions(client),
			tables: new DataTables(client),
			output: running.output,
			lastWords: running.lastWords,
			stop: () => running.stop(),
			kill: running.kill,
		};
	} catch (error) {
		await running.stop();
		throw error;
	}
}
