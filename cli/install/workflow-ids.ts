import type { N8n } from '../api/n8n';
import type { InstalledFlow } from '../flow/flow';
import { referencesOf } from '../flow/references';

/**
 * Ids of the workflows there are: those listed, and those that `flows` name which stand where this key
 * does not look. Archived ones cannot be called.
 */
export async function workflowIds(
	n8n: N8n,
	listed: readonly InstalledFlow[],
	flows: readonly InstalledFlow[],
): Promise<Set<string>> {
	const ids = new Set(listed.filter((flow) => !flow.isArchived).map(({ id }) => id));
	const archived = new Set(listed.filter((flow) => flow.isArchived).map(({ id }) => id));
	for (const id of new Set(flows.flatMap(referencesOf)))
		if (!ids.has(id) && !archived.has(id) && (await n8n.hasWorkflow(id))) ids.add(id);
	return ids;
}
