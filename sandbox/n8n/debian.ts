import { spawnSync } from 'node:child_process';

/**
 * Installs packages of Debian where that is possible: as root, on a system that has them. Says aloud what
 * it does and what failed.
 */
export function installFromDebian(packages: readonly string[]): boolean {
	if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false;
	console.warn(`\nInstalling from Debian: ${packages.join(' ')}`);
	const install = () => aptGet('install', '-y', '--no-install-recommends', ...packages);
	// Fresh machines and containers have no package lists.
	return install() || (aptGet('update') && install());
}

function aptGet(...args: string[]): boolean {
	const result = spawnSync('apt-get', args, {
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		encoding: 'utf8',
		timeout: 240_000,
	});
	if (result.status !== 0) {
		console.warn(`apt-get ${args[0]} failed: ${(result.stderr ?? '').trim().split('\n').pop()}`);
	}
	return result.status === 0;
}
