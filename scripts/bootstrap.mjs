import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installOnce, platformTag } from './cache.mjs';
import { runNpm, say } from './progress.mjs';

export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const INSTALL_FLAGS = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Makes sure that node_modules holds what package-lock.json asks for. A bare clone gets a link to
 * a cached installation shared by all clones with the same lockfile; a folder that a developer
 * installed is used as it is when it matches and brought up to date in place when it does not.
 */
export async function ensureDependencies(root = projectRoot) {
	const modules = path.join(root, 'node_modules');
	const entry = fs.lstatSync(modules, { throwIfNoEntry: false });
	if (entry?.isDirectory()) {
		if (matchesLockfile(root)) return;
		say('node_modules does not match package-lock.json.');
		await runNpm('Bringing it up to date', ['install', ...INSTALL_FLAGS], root);
		return;
	}
	const cached = path.join(
		await installOnce(`deps-${lockfileHash(root)}`, (draft) => installInto(draft, root)),
		'node_modules',
	);
	if (entry?.isSymbolicLink() && fs.readlinkSync(modules) === cached) return;
	const link = `${modules}.link-${process.pid}`;
	fs.rmSync(link, { force: true });
	fs.symlinkSync(cached, link, 'junction');
	fs.renameSync(link, modules);
}

/**
 * Changes with what the lockfile installs, and with the platform, for which some packages carry
 * binaries; not with our own version.
 */
function lockfileHash(root) {
	const { packages } = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
	const { version: _ours, ...own } = packages[''];
	return createHash('sha256')
		.update(JSON.stringify({ ...packages, '': own }))
		.update(platformTag)
		.digest('hex')
		.slice(0, 16);
}

async function installInto(draft, root) {
	for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
		fs.copyFileSync(path.join(root, file), path.join(draft, file));
	}
	await runNpm(
		'Installing the development tools (once, about 1 GB)',
		['ci', ...INSTALL_FLAGS],
		draft,
	);
}

/** Whether the installation npm recorded holds every required package at the locked version. */
function matchesLockfile(root) {
	const wanted = packagesOf(path.join(root, 'package-lock.json'));
	const installed = packagesOf(path.join(root, 'node_modules', '.package-lock.json'));
	return Object.entries(wanted).every(([place, { version, optional, devOptional, peer }]) => {
		if (place === '') return true;
		const found = installed[place];
		return found ? found.version === version : Boolean(optional || devOptional || peer);
	});
}

function packagesOf(lockfile) {
	if (!fs.existsSync(lockfile)) return {};
	return JSON.parse(fs.readFileSync(lockfile, 'utf8')).packages ?? {};
}
