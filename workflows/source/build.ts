import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asShippedInFile } from './editor-form';
import { gpToProcoreErrors } from './gp-to-procore-errors';
import { gpToProcoreDashboard } from './gp-to-procore-dashboard';
import { gpToProcoreHousekeeping } from './gp-to-procore-housekeeping';
import { gpToProcoreReconcile } from './gp-to-procore-reconcile';
import { gpToProcoreReplay } from './gp-to-procore-replay';
import { gpToProcoreSetup } from './gp-to-procore-setup';
import { gpToProcoreSqlSource } from './gp-to-procore-sql-source';
import { gpToProcoreSync } from './gp-to-procore-sync';

/** Every shipped template: file name → workflow. */
export const TEMPLATES = {
	'gp-to-procore-errors.json': gpToProcoreErrors,
	'gp-to-procore-dashboard.json': gpToProcoreDashboard,
	'gp-to-procore-housekeeping.json': gpToProcoreHousekeeping,
	'gp-to-procore-reconcile.json': gpToProcoreReconcile,
	'gp-to-procore-replay.json': gpToProcoreReplay,
	'gp-to-procore-setup.json': gpToProcoreSetup,
	'gp-to-procore-sql-source.json': gpToProcoreSqlSource,
	'gp-to-procore-sync.json': gpToProcoreSync,
};

/** The exact text of a template file: as the editor would save it, so that saving it changes nothing. */
export function templateText(name: keyof typeof TEMPLATES): string {
	const template = TEMPLATES[name]();
	return `${JSON.stringify({ ...template, nodes: template.nodes.map(asShippedInFile) }, null, 2)}\n`;
}

if (require.main === module) {
	for (const name of Object.keys(TEMPLATES) as Array<keyof typeof TEMPLATES>) {
		writeFileSync(join(__dirname, '..', name), templateText(name));
	}
}
