import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

export const projectRoot = path.resolve(__dirname, '../..');
export const packageName = 'n8n-nodes-dynamics-gp-procore';

/** Runs a script of this project to its end; its progress is shown on stderr. Returns its stdout. */
export async function runNode(script: string, ...args: string[]): Promise<string> {
	return await run(process.execPath, [script, ...args], projectRoot, true);
}

/** Runs npm with `args`, quietly. Returns its stdout. */
export async function runNpm(args: string[], cwd = projectRoot): Promise<string> {
	return await run('npm', args, cwd, false);
}

async function run(
	program: string,
	args: string[],
	cwd: string,
	progress: boolean,
): Promise<string> {
	const running = promisify(execFile)(program, args, {
		cwd,
		shell: program === 'npm' && process.platform === 'win32',
		maxBuffer: 64 * 1024 * 1024,
	});
	if (progress) running.child.stderr?.pipe(process.stderr, { end: false });
	const endWithUs = () => running.child.kill();
	process.on('exit', endWithUs);
	try {
		return (await running).stdout;
	} catch (error) {
		const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
		const tail = `${stdout}${progress ? '' : stderr}`.trim().split('\n').slice(-20).join('\n');
		throw new Error(`"${[path.basename(program), ...args].join(' ')}" failed.\n${tail}`, {
			cause: error,
		});
	} finally {
		process.off('exit', endWithUs);
	}
}
