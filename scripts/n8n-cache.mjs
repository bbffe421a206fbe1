import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installOnce, platformTag } from './cache.mjs';
import { runNpm, say } from './progress.mjs';

/**
 * The n8n the product is tested on; `TEST_N8N=2.10.0` tries another. 2.41.1 is the newest that installs:
 * later ones name packages of their own that were never published.
 */
export const N8N_VERSION = process.env.TEST_N8N || '2.41.1';
/** The newest Node 24 it was tested with. */
export const NODE_VERSION = '24.21.0';

/**
 * A real n8n, ready to start, from the cache; the first time installs it (several minutes, 3 GB).
 *
 * @returns {Promise<{ node: string, n8n: string, folder: string }>} the Node binary, n8n's start
 * script and the folder whose node_modules n8n lives in
 */
export async function ensureN8n() {
	const { node, headers } = await ensureNode();
	const folder = await installOnce(`n8n-${N8N_VERSION}-${platformTag}`, (draft) =>
		installN8n(draft, node, headers),
	);
	return { node, n8n: path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'), folder };
}

/** n8n needs Node 24 or newer whatever runs us; its headers are needed to build SQLite's binding. */
async function ensureNode() {
	const prefix = path.resolve(path.dirname(process.execPath), '..');
	const ownMajor = Number(process.versions.node.split('.')[0]);
	if (ownMajor >= 24 && fs.existsSync(path.join(prefix, 'include', 'node', 'node_api.h'))) {
		return { node: process.execPath, headers: prefix };
	}
	const packageName = `node-${platformTag.replace('win32', 'win')}`;
	const folder = await installOnce(`node-${NODE_VERSION}-${platformTag}`, (draft) =>
		installNode(draft, packageName),
	);
	const home = [packageName, 'node']
		.map((name) => path.join(folder, 'node_modules', name))
		.find((candidate) => fs.existsSync(path.join(candidate, 'bin')));
	return {
		node: path.join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
		headers: home,
	};
}

async function installNode(draft, packageName) {
	writePackage(draft, 'node-for-n8n');
	try {
		await runNpm(
			`Fetching Node ${NODE_VERSION} for n8n (once, 190 MB)`,
			['install', '--ignore-scripts', '--no-audit', '--no-fund', `${packageName}@${NODE_VERSION}`],
			draft,
		);
	} catch {
		// Not every platform has a package of its own; this one fetches the right one by a script.
		say(`There is no ${packageName} ${NODE_VERSION}; trying the package "node".`);
		await runNpm('Fetching Node for n8n', ['install', `node@${NODE_VERSION}`], draft);
	}
}

async function installN8n(draft, node, headers) {
	// Older versions take xlsx from a server of its own, which not every machine reaches.
	writePackage(draft, 'n8n-host', process.env.TEST_N8N && { xlsx: '0.18.5' });
	const environment = { PATH: [path.dirname(node), process.env.PATH].join(path.delimiter) };
	await runNpm(
		`Fetching n8n ${N8N_VERSION} (once, about 3 GB, three to six minutes)`,
		[
			'install',
			'--omit=dev',
			'--ignore-scripts',
			'--no-audit',
			'--no-fund',
			'--loglevel=error',
			`n8n@${N8N_VERSION}`,
		],
		draft,
		environment,
	);
	try {
		await runNpm(
			"Building n8n's SQLite binding (once, about a minute)",
			['rebuild', 'sqlite3', '--ignore-scripts=false', `--nodedir=${headers}`],
			draft,
			environment,
		);
	} catch (error) {
		throw new Error(
			`${error.message}\nn8n keeps its data in SQLite, whose binding is compiled here. Install python3, make and a C++ compiler and start again.`,
		);
	}
}

function writePackage(folder, name, overrides) {
	fs.writeFileSync(
		path.join(folder, 'package.json'),
		`${JSON.stringify({ name, version: '1.0.0', private: true, overrides: overrides || undefined })}\n`,
	);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	process.stdout.write(`${JSON.stringify(await ensureN8n())}\n`);
}
