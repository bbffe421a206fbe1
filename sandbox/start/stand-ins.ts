import path from 'node:path';
import { startProcess, type RunningProcess } from '../n8n/child-process';
import { freePort } from '../n8n/free-port';
import { projectRoot } from '../n8n/project-files';
import type { GpDatabase } from '../gp/sql/start-gp-database';

/** A stand-in in a process of its own, so that it can be killed and started again like a server. */
export interface StandInProcess {
	url: string;
	/** Admin API and page, without a slash at the end. */
	adminUrl: string;
	process: RunningProcess;
	stop(): Promise<void>;
}

export interface GpProcess extends StandInProcess {
	/** PostgreSQL with the company's tables, and its reader; null unless asked for. */
	database: GpDatabase['reader'] | null;
}

export interface ProcoreProcess extends StandInProcess {
	companyId: string;
	clientId: string;
	clientSecret: string;
}

/** Two companies that lay their accounts out differently. */
export type SandboxCompany = 'one' | 'two';

export interface PortChoice {
	/** 0 picks a free one. */
	port?: number;
	adminPort?: number;
	/** Switches of the stand-in that differ from its defaults. */
	switches?: object;
}

/** Dynamics GP: the company is made anew from its seed. */
export async function startGpProcess(
	options: PortChoice & {
		vendors?: number;
		documents?: number;
		company?: SandboxCompany;
		sql?: boolean;
		/** What it is called, where it is not the stand-in's own; its books come from `seed`. */
		identity?: { databaseId: string; displayName: string; seed: string };
	} = {},
): Promise<GpProcess> {
	const running = await startStandIn(
		'Dynamics GP stand-in',
		'sandbox/gp/run.ts',
		/Change the company at \S+/,
		[
			...ports(options),
			...(options.company === 'two' ? ['--layout', 'second'] : []),
			...(options.vendors ? ['--vendors', String(options.vendors)] : []),
			...(options.documents ? ['--documents', String(options.documents)] : []),
			...(options.sql ? ['--sql'] : []),
			...(options.identity
				? [
						...['--database', options.identity.databaseId],
						...['--company-name', options.identity.displayName],
						...['--seed', options.identity.seed],
					]
				: []),
		],
	);
	const url = match(running.output(), /(http:\/\/\S+)\/GPService/);
	const adminUrl = match(running.output(), /Change the company at (\S+?)\/?\s/);
	const database = options.sql
		? (JSON.parse(match(running.output(), /SQL database\s+(\{.*\})/)) as GpDatabase['reader'])
		: null;
	return { url, adminUrl, database, process: running, stop: () => running.stop(5_000) };
}

/** Procore: what was written stays in `stateFile`, also after a kill. */
export async function startProcoreProcess(
	options: PortChoice & { stateFile?: string; company?: SandboxCompany } = {},
): Promise<ProcoreProcess> {
	const running = await startStandIn('Procore stand-in', 'sandbox/procore/run.ts', /^\{.*\}$/m, [
		...ports(options),
		...(options.stateFile ? ['--state', options.stateFile] : []),
		'--company',
		options.company ?? 'one',
	]);
	const about = JSON.parse(match(running.output(), /^(\{.*\})$/m)) as Record<string, string>;
	return {
		url: about.url,
		adminUrl: about.adminUrl,
		companyId: String(about.companyId),
		clientId: about.clientId,
		clientSecret: about.clientSecret,
		process: running,
		stop: () => running.stop(2_000),
	};
}

/** Those two, or free ones in place of what is in use: another clone may be up, or somebody else has the port. */
export async function freePorts(
	port: number,
	adminPort: number,
): Promise<Required<Pick<PortChoice, 'port' | 'adminPort'>>> {
	return { port: await freePort(port), adminPort: await freePort(adminPort) };
}

function startStandIn(name: string, script: string, readyWhen: RegExp, args: string[]) {
	return startProcess({
		name,
		program: process.execPath,
		args: ['--import', 'tsx', path.join(projectRoot, script), ...args],
		cwd: projectRoot,
		readyWhen,
	});
}

function ports({ port = 0, adminPort = 0, switches = {} }: PortChoice): string[] {
	return [
		'--port',
		String(port),
		'--admin-port',
		String(adminPort),
		'--switches',
		JSON.stringify(switches),
	];
}

function match(text: string, pattern: RegExp): string {
	const found = pattern.exec(text);
	if (!found) throw new Error(`A stand-in did not say where it is:\n${text}`);
	return found[1];
}
