import { spawn } from 'node:child_process';

/** Progress goes to stderr, so that stdout stays free for results that other programs read. */
export function say(text) {
	process.stderr.write(`${text}\n`);
}

/**
 * Runs a program whose own output is of no interest unless it fails, and shows a line every few
 * seconds so that nobody takes a long installation for a hang.
 *
 * @param {string} what shown to the person waiting, e.g. "Installing the development tools"
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<string>} everything it printed
 * @throws Error with the last lines of its output when it fails
 */
export function runQuietly(what, program, args, options = {}) {
	return new Promise((resolve, reject) => {
		const started = Date.now();
		const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
		say(`${what} …`);
		const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
		let output = '';
		const keep = (chunk) => {
			output += chunk;
		};
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		const ticker = setInterval(() => say(`  … still at it (${elapsed()})`), 5_000);
		const finish = (problem) => {
			clearInterval(ticker);
			if (!problem) {
				say(`  done in ${elapsed()}`);
				resolve(output);
			} else {
				const tail = output.trim().split('\n').slice(-15).join('\n');
				reject(new Error(`${what} failed: ${problem}\n${tail}`));
			}
		};
		child.once('error', (error) => finish(error.message));
		child.once('close', (code, signal) =>
			finish(code === 0 ? null : signal ? `stopped by ${signal}` : `exit code ${code}`),
		);
	});
}

/** How to call npm: through the node that runs us when npm told us where it is, else by name. */
export function npm(args) {
	const cli = process.env.npm_execpath;
	return cli?.endsWith('.js')
		? { program: process.execPath, args: [cli, ...args], options: {} }
		: { program: 'npm', args, options: { shell: process.platform === 'win32' } };
}

/** Runs npm in `folder`; see {@link runQuietly}. */
export function runNpm(what, args, folder, environment = {}) {
	const call = npm(args);
	return runQuietly(what, call.program, call.args, {
		...call.options,
		cwd: folder,
		env: { ...withoutNpmSettings(process.env), ...environment },
	});
}

/**
 * An npm started by an npm script inherits that script's settings as variables (npm_config_…,
 * npm_package_…), which would make it work on our package instead of the folder it stands in.
 */
function withoutNpmSettings(environment) {
	const inherited =
		/^npm_(package|lifecycle|config_(local_prefix|prefix|global_prefix|omit|include))/i;
	return Object.fromEntries(Object.entries(environment).filter(([name]) => !inherited.test(name)));
}
