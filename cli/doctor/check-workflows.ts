import { GP_CREDENTIAL } from '../flow/credentials';
import { isOptional, type InstalledFlow } from '../flow/flow';
import { unguardedNodes } from '../flow/guards';
import { calledFirst } from '../flow/publish-order';
import { referencesOf } from '../flow/references';
import { count } from '../install/wording';
import type { Facts, FlowFacts } from './facts';
import { attention, broken, ok, type Finding } from './findings';

const INSTALL = 'Run "npx n8n-nodes-dynamics-gp-procore install"';

/** Whether each workflow is there, as shipped, wired to the others and published. */
export function checkWorkflows(facts: Facts): Finding[] {
	const order = calledFirst(facts.flows.map(({ template }) => template));
	return [...new Set(order)].flatMap((template) =>
		facts.flows
			.filter((flow) => flow.template === template)
			.flatMap((flow) => checkOne(flow, facts)),
	);
}

/**
 * Forms and webhooks, shipped or added, that ask for no login: in the draft, and in the version that
 * n8n runs, which stays open when a guarded draft could not be published.
 */
function openDoors(flow: InstalledFlow): string[] {
	const published = flow.active ? (flow.activeVersion?.nodes ?? []) : [];
	return [...new Set([...unguardedNodes(published), ...unguardedNodes(flow.nodes)])];
}

/** Nodes that log in to a database and have no credential chosen. */
function withoutLogin({ nodes }: InstalledFlow): string[] {
	return nodes
		.filter(({ type, disabled }) => !disabled && /\.(microsoftSql|postgres|mySql)$/.test(type))
		.filter(({ credentials }) => Object.keys(credentials ?? {}).length === 0)
		.map(({ name }) => name);
}

/** GP credentials that fewer nodes use than another one: a copy in which a node was forgotten, most often. */
function mixedCredentials({ nodes }: InstalledFlow): Array<{ name: string; nodes: string[] }> {
	const used = new Map<string, { name: string; nodes: string[] }>();
	for (const { name, disabled, credentials } of nodes) {
		const chosen = credentials?.[GP_CREDENTIAL];
		if (!chosen || disabled) continue;
		const one = used.get(chosen.id) ?? { name: chosen.name, nodes: [] };
		one.nodes.push(name);
		used.set(chosen.id, one);
	}
	return [...used.values()].sort((left, right) => right.nodes.length - left.nodes.length).slice(1);
}

function checkOne(
	{ template, found, plan, isCopy }: FlowFacts,
	{ flows, workflowIds }: Facts,
): Finding[] {
	const area = `Workflow "${isCopy && found.kind === 'one' ? found.flow.name : template.name}"`;
	// Without the sync nothing works; the others are there to help.
	const bad = template.id === 'gpp-sync' ? broken : attention;
	if (found.kind === 'none') return [bad(area, 'not there', `${INSTALL}.`)];
	if (found.kind === 'several') {
		const ids = found.flows.map(({ id }) => id).join(', ');
		return [attention(area, `there are several (${ids})`, 'Archive those you do not use.')];
	}
	const { flow } = found;
	const findings: Finding[] = [];
	const lost = referencesOf(flow).filter((id) => !workflowIds.has(id));
	// Where a node of people's own was to lead only they know.
	const wired = new Set(flows.map(({ template }) => template.id));
	const stays = plan ? referencesOf(plan.flow).filter((id) => !wired.has(id)) : [];
	if (lost.length > 0)
		findings.push(
			broken(
				area,
				`refers to ${lost.join(', ')}, which is no workflow of this n8n`,
				lost.some((id) => stays.includes(id))
					? 'Open your node that calls it and choose another workflow, or take the node out.'
					: `${INSTALL}: it wires the workflows to each other.`,
			),
		);
	else if (plan?.differs)
		findings.push(
			attention(
				area,
				`differs from this version in ${count(plan.changed.length, 'node')}${plan.changed.length > 0 ? ` (${plan.changed.slice(0, 3).join(', ')}${plan.changed.length > 3 ? ' …' : ''})` : ''}`,
				`${INSTALL}: what you changed yourself stays.`,
			),
		);
	for (const door of openDoors(flow))
		findings.push(
			broken(
				area,
				`"${door}" is open to anybody who knows its address`,
				`Open the node, set Authentication to Basic Auth and choose the page's credential. ${INSTALL} does it too.`,
			),
		);
	for (const { name, nodes } of mixedCredentials(flow))
		findings.push(
			attention(
				area,
				`reads GP with more than one credential (${nodes.length > 1 ? `${nodes[0]} and ${nodes.length - 1} more` : nodes[0]} with "${name}")`,
				'One workflow reads one company: choose the credential of that company in each node.',
			),
		);
	const isSource = isOptional(template);
	for (const node of isSource ? withoutLogin(flow) : [])
		findings.push(
			attention(
				area,
				`"${node}" has no credential`,
				'Open the node and choose a credential for the database of this company.',
			),
		);
	if (!flow.active)
		findings.push(
			attention(
				area,
				isSource
					? 'not published: the Dynamics GP node cannot call it'
					: 'not published: it does not start by itself',
				isCopy ? 'Publish it in n8n.' : 'Publish it in n8n, or run install with --publish.',
			),
		);
	else if (flow.activeVersionId !== flow.versionId)
		findings.push(
			attention(
				area,
				'was changed after it was published; the older version runs',
				'Open it and press Publish.',
			),
		);
	if (findings.length > 0) return findings;
	const changed =
		plan && plan.kept.length > 0 ? `, with ${count(plan.kept.length, 'change')} of yours` : '';
	return [ok(area, `published and up to date${changed}`)];
}
