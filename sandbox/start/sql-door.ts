import type { N8nInstance } from '../n8n/start-n8n';
import type { Credential } from '../n8n/workflows';
import { SQL_NODE } from '../../workflows/source/sql-source/reading';

const POSTGRES = { type: 'n8n-nodes-base.postgres', typeVersion: 2.6 };

/**
 * The shipped workflow over the sandbox's PostgreSQL: n8n's Postgres node stands in place of the
 * Microsoft SQL node, with the same parameters, and so the same statements. Published, as it has to be.
 */
export async function readFromPostgres(
	n8n: N8nInstance,
	workflowId: string,
	credential: Credential,
): Promise<void> {
	const workflow = await n8n.workflows.get(workflowId);
	const node = workflow.nodes.find(({ name }) => name === SQL_NODE)!;
	Object.assign(node, POSTGRES, {
		parameters: { resource: 'database', ...node.parameters },
		credentials: { [credential.type]: { id: credential.id, name: credential.name } },
	});
	await n8n.workflows.save(workflow);
	await n8n.workflows.activate(workflowId);
}
