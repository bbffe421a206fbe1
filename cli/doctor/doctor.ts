import type { N8n } from '../api/n8n';
import type { Shipped } from '../shipped/shipped';
import { checkCredentials } from './check-credentials';
import { checkPlace } from './check-place';
import { checkState } from './check-state';
import { checkTables } from './check-tables';
import { addressesOf, type Address } from './addresses';
import { checkWorkflows } from './check-workflows';
import { gatherFacts, type Facts } from './facts';
import { attention, type Finding } from './findings';

export interface Examination {
	findings: Finding[];
	/** Where the page and the forms answer, by the names of their nodes. */
	addresses: Address[];
}

/** Looks at everything and changes nothing. */
export async function examine(n8n: N8n, shipped: Shipped, now: Date): Promise<Examination> {
	const facts = await gatherFacts(n8n, shipped);
	return { findings: judge(facts, now), addresses: addressesOf(facts) };
}

const NOTHING_THERE = attention(
	'Workflows and tables',
	'none of this package are in this n8n yet',
	'Run "npx n8n-nodes-dynamics-gp-procore install": it puts them all in.',
);

/** Whether there is nothing to look at: forty lines would all say that. */
const isEmpty = ({ flows, tables, tests }: Facts): boolean =>
	tests.length === 0 &&
	flows.every(({ found }) => found.kind === 'none') &&
	tables.every(({ present }) => !present);

/** What the facts mean, in the order in which things must be put right. */
export function judge(facts: Facts, now: Date): Finding[] {
	if (isEmpty(facts)) return [...checkPlace(facts), NOTHING_THERE];
	return [
		...checkPlace(facts),
		...checkTables(facts),
		...checkCredentials(facts),
		...checkWorkflows(facts),
		...checkState(facts, now),
	];
}
