import { spawn, type ChildProcess } from 'node:child_process';

export interface RunningProcess {
	pid: number;
	/** Everything it printed so far, both streams. */
	output(): string;
	/** Resolves with the exit code, or null after a signal. */
	exited: Promise<number | null>;
	/** How it ended, with its last lines; null while it runs. */
	lastWords(): string | null;
	/** Asks it to end, and makes it after `graceMilliseconds`. */
	stop(graceMilliseconds?: number): Promise<void>;
	/** Ends it at once, as a crash would. */
	kill(): Promise<void>;
}

export interface ProcessOptions {
	/** What it is, for error messages. */
	name: string;
	program: string;
	args: string[];
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** It counts as started once this matches its output. */
	readyWhen: RegExp;
	/** Milliseconds to wait for that. */
	startTimeout?: number;
	onOutput?: (text: string) => void;
}

/** Whatever is still running when we end, for whatever reason, ends with us. */
const living = new Set<ChildProcess>();
process.on('exit', () => {
	for (const child of living) signalGroup(child, 'SIGKILL');
});

/**
 * Starts a program that stays up and waits until it says that it is ready.
 *
 * @throws Error with its last lines when it ends or stays silent instead
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
	const child = spawn(options.program, options.args, {
		cwd: options.cwd,
		env: options.env ?? process.env,
		stdio: ['ignore', 'pipe', 'pipe'],
		// A group of its own: a Ctrl-C in the terminal reaches only us, and we end our children in order.
		detached: process.platform !== 'win32',
	});
	living.add(child);
	let output = '';
	const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
	void exited.then(() => living.delete(child));
	await new Promise<void>((resolve, reject) => {
		const fail = (why: string) =>
			reject(new Error(`${options.name} ${why}.\n${lastLines(output)}`));
		const seconds = (options.startTimeout ?? 60_000) / 1_000;
		const timer = setTimeout(() => {
			signalGroup(child, 'SIGKILL');
			fail(`was not ready after ${seconds} s`);
		}, seconds * 1_000);
		const onText = (chunk: Buffer) => {
			const text = chunk.toString();
			output = (output + text).slice(-200_000);
			options.onOutput?.(text);
			if (options.readyWhen.test(output)) {
				clearTimeout(timer);
				resolve();
			}
		};
		child.stdout.on('data', onText);
		child.stderr.on('data', onText);
		child.once('error', (error) => {
			clearTimeout(timer);
			fail(`could not be started: ${error.message}`);
		});
		child.once('close', (code) => {
			clearTimeout(timer);
			fail(`ended with code ${code} instead of starting`);
		});
	});
	return {
		pid: child.pid!,
		output: () => output,
		exited,
		lastWords: () => {
			const { exitCode, signalCode } = child;
			if (exitCode === null && signalCode === null) return null;
			const how = signalCode === null ? `with code ${exitCode}` : `by signal ${signalCode}`;
			return `${options.name} ended ${how}. Its last lines:\n${lastLines(output)}`;
		},
		stop: async (graceMilliseconds = 10_000) => {
			signalGroup(child, 'SIGTERM');
			const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMilliseconds);
			await exited;
			clearTimeout(timer);
			signalGroup(child, 'SIGKILL');
		},
		kill: async () => {
			signalGroup(child, 'SIGKILL');
			await exited;
		},
	};
}

function lastLines(output: string): string {
	return output.trim().split('\n').slice(-15).join('\n');
}

/** n8n starts a task runner of its own: the signal goes to the whole group that we started. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		if (process.platform === 'win32') child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
