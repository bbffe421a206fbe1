import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { packageName, projectRoot, runNode, runNpm } from './project-files';

/**
 * Builds the package and packs it as the registry would hold it. Returns the path of the tarball.
 *
 * @param options.root folder of another checkout, built already
 */
export async function packPackage(
	destination: string,
	options: { build?: boolean; root?: string } = {},
): Promise<string> {
	if (options.build ?? true) await runNode('scripts/run.mjs', 'build');
	mkdirSync(destination, { recursive: true });
	const answer = await runNpm(
		['pack', '--json', '--ignore-scripts', '--pack-destination', destination],
		options.root,
	);
	const [{ filename }] = JSON.parse(answer) as Array<{ filename: string }>;
	return path.join(destination, filename);
}

/** Puts the tarball where n8n keeps community packages, with the flags n8n uses. */
export async function installPackage(tarball: string, userFolder: string): Promise<string> {
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	mkdirSync(nodes, { recursive: true });
	await runNpm(
		[
			'install',
			'--prefix',
			nodes,
			tarball,
			'--ignore-scripts',
			'--legacy-peer-deps',
			'--no-audit',
			'--no-fund',
		],
		projectRoot,
	);
	return path.join(nodes, 'node_modules', packageName);
}
