import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, type Fingerprint } from '../../cli/flow/fingerprint';
import type { Template } from '../../cli/flow/flow';
import { readShipped, type Shipped } from '../../cli/shipped/shipped';

/**
 * What the templates of a version look like, in hashes. Later versions carry it, so that their
 * installer can tell a setting somebody changed from one that this version shipped.
 */
function releaseText(templates: readonly Template[]): string {
	const prints: Record<string, Fingerprint> = Object.fromEntries(
		templates.map((template) => [template.id, fingerprint(template)]),
	);
	return `${JSON.stringify(prints)}\n`;
}

/** `npm run record-release`, once a version is published. */
function recordRelease({ version, templates }: Shipped): string {
	const folder = path.join(__dirname, '..', 'releases');
	mkdirSync(folder, { recursive: true });
	const file = path.join(folder, `${version}.json`);
	writeFileSync(file, releaseText(templates));
	return file;
}

if (require.main === module) {
	process.stdout.write(`${path.relative(process.cwd(), recordRelease(readShipped()))}\n`);
}
