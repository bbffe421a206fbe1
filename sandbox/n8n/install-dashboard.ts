import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TABLES } from '../../lib/tables/tables';
import { projectRoot } from './project-files';
import type { N8nInstance } from './start-n8n';

export const DASHBOARD_LOGIN = { user: 'accounting', password: 'a long password' };

/**
 * Empty tables and the dashboard alone in a fresh n8n, published; without the sync that its replay
 * button starts. Returns the page's address.
 */
export async function installDashboard(n8n: N8nInstance): Promise<string> {
	for (const { name, columns } of Object.values(TABLES)) {
		await n8n.client.api('POST', '/data-tables', { name, columns });
	}
	const file = path.join(projectRoot, 'workflows', 'gp-to-procore-dashboard.json');
	const { id } = await n8n.workflows.import(JSON.parse(readFileSync(file, 'utf8')) as object);
	const login = await n8n.workflows.createCredential('Page', 'httpBasicAuth', DASHBOARD_LOGIN);
	await n8n.workflows.setCredentials(id, ({ type }) =>
		type === 'n8n-nodes-base.webhook' ? [login] : [],
	);
	// n8n publishes no workflow that calls one which is not published.
	const workflow = await n8n.workflows.get(id);
	for (const node of workflow.nodes) if (/^Start /.test(node.name)) node.disabled = true;
	await n8n.workflows.save(workflow);
	await n8n.workflows.activate(id);
	const address = `${n8n.url}/webhook/gpp-dashboard`;
	while ((await fetch(address)).status === 404) {
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	return address;
}
