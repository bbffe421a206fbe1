import path from 'node:path';
import { packPackage } from '../../sandbox/n8n/install-package';
import { projectRoot } from '../../sandbox/n8n/project-files';

/** Builds and packs the package once for all files of this suite. */
export default async function packOnce(): Promise<void> {
	process.env.E2E_TARBALL = await packPackage(path.join(projectRoot, '.build', 'e2e-package'));
}
