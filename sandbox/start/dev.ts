import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startProcess } from '../n8n/child-process';
import { packageName, projectRoot } from '../n8n/project-files';
import { describePlaces } from './report';
import { DOORS, startSession } from './session';

/** Libraries the package bundles (scripts/bundle-libraries.js); n8n provides the others. */
const BUNDLED = ['big.js', 're2js'];

const PORTS = { n8n: 5678, gp: 8480, gpAdmin: 8481, procore: 4100, procoreAdmin: 4101 };

/**
 * `npm run dev`: both stand-ins and an n8n that has the package as the compiler puts it out. Every saved file
 * is compiled into the place where n8n has the package, and n8n, told to watch it, loads nodes, credentials
 * and lib again; an open editor shows the change. What n8n keeps stays in `.build/dev` for the next start.
 */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			door: { type: 'string', default: 'sba' },
			port: { type: 'string', default: String(PORTS.n8n) },
			fresh: { type: 'boolean', default: false },
		},
	});
	const door = DOORS.find((one) => one === values.door);
	if (!door) throw new Error(`--door ${values.door}: choose one of ${DOORS.join(', ')}.`);
	const folder = path.join(projectRoot, '.build', 'dev');
	if (values.fresh) rmSync(folder, { recursive: true, force: true });

	let stopSession = async () => {};
	let stopCompiler = async () => {};
	const stop = async () => {
		await stopCompiler();
		await stopSession();
		process.exit(0);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.once(signal, () => void stop());

	const session = await startSession({
		folder,
		door,
		ports: { ...PORTS, n8n: Number(values.port) },
		publish: true,
		n8nEnvironment: { N8N_DEV_RELOAD: 'true' },
		tell,
		onStarted: (end) => (stopSession = end),
	});
	const installed = path.join(session.n8n.userFolder, '.n8n', 'nodes', 'node_modules', packageName);
	linkLibraries(installed);

	tell('Compiling; every file saved from now on is compiled and loaded …');
	const compiler = await startProcess({
		name: 'The compiler',
		program: process.execPath,
		args: [
			...[require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json', '--watch'],
			...['--preserveWatchOutput', '--outDir', path.join(installed, 'dist')],
		],
		cwd: projectRoot,
		readyWhen: /Found \d+ errors?\./,
		startTimeout: 300_000,
		onOutput: (text) => process.stdout.write(text),
	});
	stopCompiler = () => compiler.stop();
	process.stdout.write(`${await describePlaces(session)}\n`);
	tell('A changed workflow (workflows/source) comes with the next start.');
}

/** The compiler writes `require('big.js')` as it stands, without the bundling of the build. */
function linkLibraries(installed: string): void {
	const modules = path.join(installed, 'node_modules');
	mkdirSync(modules, { recursive: true });
	for (const name of BUNDLED) {
		const link = path.join(modules, name);
		rmSync(link, { force: true });
		symlinkSync(path.join(projectRoot, 'node_modules', name), link, 'junction');
	}
}

function tell(text: string): void {
	process.stderr.write(`${text}\n`);
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
});
