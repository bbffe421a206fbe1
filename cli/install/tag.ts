import { ConnectorError } from '../../lib/model/connector-error';
import type { N8n } from '../api/n8n';
import type { InstalledFlow, Template } from '../flow/flow';
import type { Ledger } from './ledger';

/** Puts the template's tags on its workflow; an n8n may have tags switched off. */
export async function tag(
	n8n: N8n,
	ledger: Ledger,
	template: Template,
	flow: InstalledFlow,
): Promise<void> {
	const has = new Set((flow.tags ?? []).map(({ name }) => name));
	const lacking = template.tags.map(({ name }) => name).filter((name) => !has.has(name));
	if (lacking.length === 0) return;
	const line = `Workflow "${flow.name}": tagged ${lacking.join(', ')}`;
	try {
		await ledger.change(line, async () => await n8n.tag(flow, lacking));
	} catch (error) {
		if (!(error instanceof ConnectorError)) throw error;
		ledger.tell(`Tags of "${template.name}" left out: ${error.message}`);
	}
}
