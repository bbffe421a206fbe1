import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { packPackage } from '../../sandbox/n8n/install-package';
import { projectRoot } from '../../sandbox/n8n/project-files';

/** The last commit of each release that can still be built, by its version. */
export const RELEASES = {
	'0.2.0': '1cf89b154431086ff98b0382caae24c4adad68ce',
} as const;

/** Whether this clone has the commit: a shallow one has not. */
export function hasRelease(commit: string): boolean {
	try {
		execFileSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: projectRoot });
		return true;
	} catch {
		return false;
	}
}

/** A release as built from its own commit, with the tools of today. */
export interface OldRelease {
	/** To install into n8n. */
	tarball: string;
	/** Its own installer; returns what it printed. */
	install(...options: string[]): string;
}

/** Takes half a minute. */
export async function buildRelease(commit: string, folder: string): Promise<OldRelease> {
	const root = path.join(folder, 'release');
	mkdirSync(root, { recursive: true });
	const files = execFileSync('git', ['archive', commit], {
		cwd: projectRoot,
		maxBuffer: 256 * 1024 * 1024,
	});
	execFileSync('tar', ['-x', '-C', root], { input: files });
	symlinkSync(path.join(projectRoot, 'node_modules'), path.join(root, 'node_modules'), 'junction');
	const node = (...args: string[]) =>
		execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
	node(path.join('node_modules', 'gulp', 'bin', 'gulp.js'), 'build');
	return {
		tarball: await packPackage(path.join(folder, 'package'), { build: false, root }),
		install: (...options) => node(path.join('dist', 'cli', 'main.js'), 'install', ...options),
	};
}
