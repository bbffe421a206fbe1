import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

export const projectRoot = path.resolve(__dirname, '../..');
export const packageName = 'n8n-nodes-dynamics-gp-procore';

/** Runs a program of this project to its end; its progress is shown on stderr. */
export async function runNode(script: string, ...args: string[]): Promise<string> {
	const running = promisify(execFile)(process.execPath, [script, ...args], {
		cwd: projectRoot,
		maxBuffer: 64 * 1024 * 1024,
	});
	running.child.stderr?.pipe(process.stderr, { end: false });
	return (await running).stdout;
}

/** Runs npm with `args`, quietly; rejects with what it printed. */
export async function runNpm(args: string[], cwd = projectRoot): Promise<string> {
	const { stdout } = await promisify(execFile)('npm', args, {
		cwd,
		shell: process.platform === 'win32',
		maxBuffer: 64 * 1024 * 1024,
	});
	return stdout;
}
