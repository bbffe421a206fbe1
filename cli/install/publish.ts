import type { N8n } from '../api/n8n';
import { hasDraft, type InstalledFlow } from '../flow/flow';
import { unguardedNodes } from '../flow/guards';
import type { Ledger } from './ledger';
import * as say from './wording';

/**
 * Publishes a workflow as it stands now, unless n8n runs just that, or a form or page of it would answer
 * anybody.
 *
 * @param flow null: a dry run did not make it
 * @returns the workflow as it is published; null when nothing was done
 */
export async function publish(
	n8n: N8n,
	ledger: Ledger,
	name: string,
	flow: InstalledFlow | null,
): Promise<InstalledFlow | null> {
	if (flow?.active && !hasDraft(flow)) return null;
	const open = unguardedNodes(flow?.nodes ?? []);
	if (open.length > 0) {
		ledger.problem(say.wouldBeOpen(name, open));
		return null;
	}
	let published: InstalledFlow | null = null;
	try {
		await ledger.change(`Workflow "${name}": published`, async () => {
			published = await n8n.publish(flow!.id);
		});
	} catch (error) {
		ledger.problem(say.failed(`"${name}" is not published`, error));
	}
	return published;
}

/** How a workflow would stand after `saved` was saved, in a dry run. */
export function asSaved(
	current: InstalledFlow,
	saved: Pick<InstalledFlow, 'nodes' | 'connections' | 'settings'>,
	onlyDraft: boolean,
): InstalledFlow {
	const versionId = `${current.versionId} with this`;
	const runs = current.active && !onlyDraft ? versionId : current.activeVersionId;
	return { ...current, ...saved, versionId, activeVersionId: runs };
}
