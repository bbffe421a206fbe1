import type { Execution, N8n, Row } from '../api/n8n';
import {
	credentialTypesOf,
	GP_CREDENTIAL,
	PROCORE_CREDENTIAL,
	type CredentialEntry,
} from '../flow/credentials';
import { N8nRefusedError, N8nUnreachableError, ScopeMissingError } from '../errors';
import { findCopies, findInstalled, type Found } from '../flow/find-installed';
import { isOptional, projectOf, type InstalledFlow, type Template } from '../flow/flow';
import { FIELD_SINCE_ENGINE, installedVersion } from '../install/check-n8n';
import { planFlow, type FlowPlan } from '../install/plan-flow';
import { workflowIds } from '../install/workflow-ids';
import { planTables, type TablePlan } from '../install/plan-tables';
import type { Shipped } from '../shipped/shipped';

/** How a template stands in the n8n that is looked at. */
export interface FlowFacts {
	template: Template;
	found: Found;
	/** What the installer would do to it; absent when it is not there. */
	plan?: FlowPlan;
	/** Another company's, or a trial's: it stands beside the one of the set. */
	isCopy?: boolean;
}

export interface CredentialTest {
	type: string;
	credential: CredentialEntry | null;
	/** Id a node asks for, when there is no such credential. */
	wanted?: string;
	nodes: string[];
	/** Of nodes without one: they stand in a copy, which install fills only from itself. */
	isCopy?: boolean;
	result?: { status: 'OK' | 'Error'; message: string };
	/** Why n8n's test of it said nothing. */
	untested?: string;
}

/** Everything the doctor judges by, seen at one time. */
export interface Facts {
	address: string;
	version: string | null;
	packageKnown: boolean;
	/** Whether it has the steps the workflows call; told by a field of its credential. */
	packageHasEngine: boolean;
	/** Null = not visible to the key, or not installed on n8n's own page. */
	packageVersion: string | null;
	shipped: { packageName: string; version: string };
	flows: FlowFacts[];
	/** Ids of the workflows there are, to see whether a reference leads anywhere. */
	workflowIds: ReadonlySet<string>;
	tests: CredentialTest[];
	tables: TablePlan[];
	/** Rows by table, newest first, up to `ROWS_READ` each. */
	rows: Record<string, Row[]>;
	/** Last executions of the sync workflow, newest first. */
	executions: Execution[];
	/** What the newest of them that ended failed with; null when it did not, or does not say. */
	lastFailure: string | null;
}

export const ROWS_READ = 500;

const TABLES_READ = [
	'gpp_watermark',
	'gpp_project_crosswalk',
	'gpp_account_crosswalk',
	'gpp_parked',
	'gpp_lease',
	'gpp_journal',
	'gpp_request',
	'gpp_alert',
] as const;

/** Runs are many, and so are differences; the last ones of each company, and the totals, say how things are. */
const FEW: Record<string, { most: number; where?: Record<string, string> }> = {
	gpp_run: { most: 100 },
	gpp_reconciliation: { most: 50, where: { row_kind: 'total' } },
};

export async function gatherFacts(n8n: N8n, shipped: Shipped): Promise<Facts> {
	const version = await n8n.version();
	const fields = await n8n.credentialFields(GP_CREDENTIAL);
	const workflows = await n8n.workflows();
	const credentials = await n8n.credentials();
	const ours = findFlows(shipped, workflows);
	const present = await workflowIds(n8n, workflows, ours.flatMap(flowsOf));
	const flows = planFlows(shipped, ours, present);
	const set = ours
		.filter(({ isCopy }) => !isCopy)
		.flatMap((facts) => flowsOf(facts).map((flow) => ({ template: facts.template, flow })));
	const tables = planTables(shipped.tables, await n8n.tables(), projectOf(set));
	const rows: Facts['rows'] = {};
	for (const { definition, present } of tables) {
		const few = FEW[definition.name];
		const wanted = few || (TABLES_READ as readonly string[]).includes(definition.name);
		const { most, where } = few ?? { most: ROWS_READ };
		rows[definition.name] = present && wanted ? await n8n.rows(present.id, most, where) : [];
	}
	const sync = flows.find(({ template }) => template.id === 'gpp-sync')?.found;
	const executions = (sync?.kind === 'one' && (await n8n.executions(sync.flow.id, 20))) || [];
	const newest = newestEnded(executions);
	return {
		address: n8n.address,
		version,
		packageKnown: fields !== null,
		packageHasEngine: fields?.includes(FIELD_SINCE_ENGINE) ?? false,
		packageVersion: await installedVersion(n8n, shipped.packageName),
		shipped,
		flows,
		workflowIds: present,
		tests: await testCredentials(n8n, flows, credentials),
		tables,
		rows,
		executions,
		lastFailure: newest && hasFailed(newest) ? await n8n.failureOf(newest.id) : null,
	};
}

/** The newest execution that came to an end, however. */
export const newestEnded = (executions: readonly Execution[]): Execution | undefined =>
	executions.find(({ status }) => !['running', 'new', 'waiting'].includes(status));

export const hasFailed = ({ status }: Execution): boolean => ['error', 'crashed'].includes(status);

const flowsOf = ({ found }: FlowFacts): InstalledFlow[] =>
	found.kind === 'one' ? [found.flow] : [];

/** What the shipped workflows are in this n8n, each followed by its copies. */
function findFlows(shipped: Shipped, workflows: InstalledFlow[]): FlowFacts[] {
	const releasesOf = ({ id }: Template) => shipped.releases[id] ?? [];
	const all: FlowFacts[] = shipped.templates
		.map((template) => ({
			template,
			found: findInstalled(template, workflows, releasesOf(template)),
		}))
		.filter(({ template, found }) => found.kind !== 'none' || !isOptional(template));
	const taken = new Set(all.flatMap(flowsOf).map(({ id }) => id));
	return all.flatMap((facts) => {
		const { template, found } = facts;
		if (found.kind !== 'one') return [facts];
		const copies = findCopies(template, workflows, releasesOf(template), taken);
		for (const { id } of copies) taken.add(id);
		return [
			facts,
			...copies.map((flow) => ({ template, found: { kind: 'one' as const, flow }, isCopy: true })),
		];
	});
}

/** What the installer would do to each of them. */
function planFlows(
	shipped: Shipped,
	flows: readonly FlowFacts[],
	present: ReadonlySet<string>,
): FlowFacts[] {
	const ids = new Map(
		flows
			.filter(({ isCopy }) => !isCopy)
			.flatMap((facts) =>
				flowsOf(facts).map(({ id }): [string, string] => [facts.template.id, id]),
			),
	);
	return flows.map((facts) => {
		const { template, found, isCopy = false } = facts;
		if (found.kind !== 'one') return facts;
		const releases = shipped.releases[template.id] ?? [];
		const around = {
			ids,
			present,
			chosen: new Map(),
			existing: new Set<string>(),
			releases,
			isCopy,
		};
		return { ...facts, plan: planFlow(template, found.flow, around) };
	});
}

/** Presses Test on each credential of ours that a node uses, once. */
async function testCredentials(
	n8n: N8n,
	flows: readonly FlowFacts[],
	credentials: readonly CredentialEntry[],
): Promise<CredentialTest[]> {
	const tests = new Map<string, CredentialTest>();
	for (const { template, found, isCopy } of flows) {
		if (found.kind !== 'one') continue;
		const workflow = isCopy ? found.flow.name : template.name;
		for (const node of found.flow.nodes) {
			for (const type of credentialTypesOf(node)) {
				if (node.disabled) continue;
				const id = node.credentials?.[type]?.id;
				const credential = credentials.find((one) => one.id === id && one.type === type) ?? null;
				// What a copy lacks install leaves to people.
				const key = `${type} ${credential?.id ?? (isCopy ? found.flow.id : '')}`;
				const test = tests.get(key) ?? { type, credential, wanted: id, nodes: [], isCopy };
				test.nodes.push(`${workflow}: ${node.name}`);
				tests.set(key, test);
			}
		}
	}
	for (const test of tests.values()) {
		if (test.credential && [GP_CREDENTIAL, PROCORE_CREDENTIAL].includes(test.type))
			Object.assign(test, await tested(n8n, test.credential.id));
	}
	return [...tests.values()];
}

const NO_ANSWER = 'its test gave no answer in time: what it logs in to may be out of reach of n8n';

/** A test that does not end, because GP does not answer, or that n8n refuses, is a finding and not the doctor's end. */
async function tested(n8n: N8n, id: string): Promise<Pick<CredentialTest, 'result' | 'untested'>> {
	try {
		return { result: await n8n.testCredential(id) };
	} catch (error) {
		if (error instanceof N8nUnreachableError)
			return { result: { status: 'Error', message: NO_ANSWER } };
		if (error instanceof N8nRefusedError || error instanceof ScopeMissingError)
			return { untested: error.message };
		throw error;
	}
}
