import { count } from '../install/wording';
import type { Facts } from './facts';
import { attention, broken, ok, type Finding } from './findings';

const INSTALL =
	'Run "npx n8n-nodes-dynamics-gp-procore install": it adds what is missing and keeps all rows.';

/** Data tables and their columns. */
export function checkTables({ tables }: Facts): Finding[] {
	const findings: Finding[] = [];
	for (const { definition, present, elsewhere, missing, wrong, confusable } of tables) {
		const area = `Table ${definition.name}`;
		if (elsewhere)
			findings.push(
				broken(
					area,
					'stands in another project than the workflows, which do not see it there',
					'Move the workflows to the project of their tables. Install makes an empty table beside them.',
				),
			);
		else if (!present) findings.push(broken(area, 'not there', INSTALL));
		if (missing.length > 0) {
			const names = missing.map(({ name }) => name).join(', ');
			findings.push(broken(area, `lacks ${names}`, INSTALL));
		}
		for (const { name, is, wanted } of wrong)
			findings.push(
				broken(
					area,
					`column ${name} holds ${is}, ${wanted} is needed`,
					'Rename that column in n8n, then run install.',
				),
			);
		for (const name of confusable)
			findings.push(
				attention(
					area,
					`"${name}" has its name in it, and n8n may take one for the other`,
					`Rename "${name}".`,
				),
			);
	}
	if (findings.length === 0)
		findings.push(ok('Tables', `all ${count(tables.length, 'table')} with their columns`));
	return findings;
}
