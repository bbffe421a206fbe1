import type { N8n } from '../api/n8n';
import type { Shipped } from '../shipped/shipped';
import { checkCredentials } from './check-credentials';
import { checkPlace } from './check-place';
import { checkState } from './check-state';
import { checkTables } from './check-tables';
import { checkWorkflows } from './check-workflows';
import { gatherFacts, type Facts } from './facts';
import type { Finding } from './findings';

/** Looks at everything and changes nothing. */
export async function examine(n8n: N8n, shipped: Shipped, now: Date): Promise<Finding[]> {
	return judge(await gatherFacts(n8n, shipped), now);
}

/** What the facts mean, in the order in which things must be put right. */
export function judge(facts: Facts, now: Date): Finding[] {
	return [
		...checkPlace(facts),
		...checkTables(facts),
		...checkCredentials(facts),
		...checkWorkflows(facts),
		...checkState(facts, now),
	];
}
