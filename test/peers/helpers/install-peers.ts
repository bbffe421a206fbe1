import { spawnSync } from 'node:child_process';
import { ALL_PARTS, missingParts, packagesOf } from './peer-programs';

/** Installs the Debian packages the peers come from, where that is possible; says aloud what is missing. */
export default function installPeers(): void {
	let missing = missingParts(ALL_PARTS);
	if (missing.length === 0) return;
	const packages = packagesOf(missing);
	if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
		console.warn(`\nInstalling NTLM peers: ${packages.join(' ')}`);
		if (!aptGet('install', '-y', '--no-install-recommends', ...packages)) {
			// Fresh machines and containers have no package lists.
			if (aptGet('update')) aptGet('install', '-y', '--no-install-recommends', ...packages);
		}
		missing = missingParts(missing);
	}
	if (missing.length > 0) {
		console.warn(
			`\nNTLM peers not available: ${missing.join(', ')}. Their tests are skipped.\n` +
				`To run them: apt-get install -y --no-install-recommends ${packagesOf(missing).join(' ')}`,
		);
	}
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
