import type { N8n } from '../api/n8n';
import { SeveralWorkflowsError } from '../errors';
import {
	credentialsOf,
	GP_CREDENTIAL,
	PAGE_CREDENTIAL,
	PROCORE_CREDENTIAL,
	type CredentialEntry,
} from '../flow/credentials';
import { findCopies, findInstalled, type Found } from '../flow/find-installed';
import { hasDraft, isOptional, projectOf, type InstalledFlow, type Template } from '../flow/flow';
import { unguardedNodes } from '../flow/guards';
import { calledFirst } from '../flow/publish-order';
import { isDefault } from '../flow/references';
import type { Shipped } from '../shipped/shipped';
import { checkN8n } from './check-n8n';
import { choose } from './choose-credential';
import { inProject } from './in-project';
import { type InstallOptions, Ledger } from './ledger';
import { planFlow, type FlowPlan, type Surroundings } from './plan-flow';
import { planTables, type TablePlan } from './plan-tables';
import { asSaved, publish } from './publish';
import { tag } from './tag';
import { workflowIds } from './workflow-ids';
import * as say from './wording';

export interface InstallResult {
	changes: number;
	/** What somebody has to look at; the rest was done all the same. */
	problems: string[];
	/** Template id → workflow id in this n8n. */
	workflows: Record<string, string>;
}

/**
 * Brings an n8n to the state this version ships: tables with all their columns, every workflow,
 * wired to each other and with credentials filled in. Run twice, it changes nothing.
 */
export async function install(
	n8n: N8n,
	shipped: Shipped,
	options: InstallOptions,
): Promise<InstallResult> {
	await checkN8n(n8n, shipped, options);
	const work = new Installation(n8n, shipped, options);
	await work.look();
	await work.tables();
	await work.credentials();
	await work.workflows();
	if (options.publish) await work.publish();
	return work.result();
}

class Installation {
	private readonly ledger: Ledger;
	private readonly flows = new Map<string, InstalledFlow>();
	private readonly ids = new Map<string, string>();
	private listed: readonly InstalledFlow[] = [];
	/** What stood there for each template before anything was done. */
	private readonly found = new Map<Template, Found>();
	private present: ReadonlySet<string> = new Set();
	/** Where the set stands: workflows see no tables of another project. */
	private home?: string;
	private copies: Array<{ template: Template; flow: InstalledFlow }> = [];
	private readonly chosen = new Map<string, CredentialEntry>();
	/** n8n kept "no time limit" of a saved workflow, which it leaves out where it has none itself. */
	private isLimited = false;
	private existing: ReadonlySet<string> = new Set();
	private templates: Template[];

	constructor(
		private readonly n8n: N8n,
		private readonly shipped: Shipped,
		private readonly options: InstallOptions,
	) {
		this.templates = calledFirst(shipped.templates);
		this.ledger = new Ledger(options);
	}

	async look(): Promise<void> {
		this.listed = await this.n8n.workflows();
		for (const template of this.templates) {
			const releases = this.shipped.releases[template.id] ?? [];
			this.found.set(template, findInstalled(template, this.listed, releases));
		}
		this.home = projectOf(this.installed());
	}

	async tables(): Promise<void> {
		const project = this.home ?? this.options.projectId;
		const plans = planTables(this.shipped.tables, await this.n8n.tables(), project);
		for (const plan of plans) {
			await this.table(plan);
			for (const line of say.tableProblems(plan)) this.ledger.problem(line);
		}
		const ready = plans.filter((plan) => plan.present && plan.missing.length === 0).length;
		if (ready > 0) this.options.tell(`${say.count(ready, 'table')} as they should be`);
	}

	private async table({ definition, present, missing }: TablePlan): Promise<void> {
		const { name, columns } = definition;
		if (!present) {
			await this.ledger.change(`Table ${name}: created`, () =>
				inProject(this.home ?? this.options.projectId, this.options, (project) =>
					this.n8n.createTable(name, columns, project),
				),
			);
		} else if (missing.length > 0) {
			const names = missing.map((column) => column.name).join(', ');
			await this.ledger.change(`Table ${name}: column ${names} added`, async () => {
				for (const column of missing) await this.n8n.addColumn(present.id, column);
			});
		}
	}

	async credentials(): Promise<void> {
		const entries = await this.n8n.credentials();
		this.existing = new Set(entries.map(({ id }) => id));
		const around = {
			n8n: this.n8n,
			options: this.options,
			flows: this.installed().map(({ flow }) => flow),
		};
		for (const type of [GP_CREDENTIAL, PROCORE_CREDENTIAL, PAGE_CREDENTIAL]) {
			const { choice, made, problem, unused } = await choose(type, entries, around);
			if (choice.kind === 'chosen') this.chosen.set(type, choice.credential);
			if (made) this.ledger.changes++;
			if (problem) this.ledger.problem(problem);
			const line = say.credentialChoice(type, choice);
			for (const one of [line, unused]) if (one) this.options.tell(one);
			if (this.options.credentials[type] !== undefined && choice.kind !== 'chosen')
				this.ledger.problems.push(line!);
		}
	}

	/** The workflows of the set that stand in this n8n already, as far as they are known for certain. */
	private installed(): Array<{ template: Template; flow: InstalledFlow }> {
		return [...this.found].flatMap(([template, found]) =>
			found.kind === 'one' ? [{ template, flow: found.flow }] : [],
		);
	}

	async workflows(): Promise<void> {
		const present = this.listed;
		const missing: Template[] = [];
		const { wanted = [] } = this.options;
		const unwanted = new Set<Template>();
		for (const template of this.templates) {
			const found = this.found.get(template)!;
			if (found.kind === 'none' && isOptional(template) && !wanted.includes(template.id)) {
				unwanted.add(template);
				continue;
			}
			if (found.kind === 'several') {
				const ids = found.flows.map((flow) => flow.id);
				throw new SeveralWorkflowsError(template.name, ids);
			}
			if (found.kind === 'none') missing.push(template);
			else this.remember(template, found.flow);
		}
		this.templates = this.templates.filter((template) => !unwanted.has(template));
		const copies = this.findCopies(present);
		const ours = [...this.flows.values(), ...copies.map(({ flow }) => flow)];
		this.present = await workflowIds(this.n8n, present, ours);
		for (const template of missing) await this.create(template);
		// Now every workflow has its id, so that all references can be wired.
		this.copies = copies;
		await this.bringAll(missing);
		const isUnder = ({ settings }: InstalledFlow) => isDefault(settings.executionTimeout);
		if (this.isLimited) await this.bringAll(missing, isUnder);
		for (const template of this.templates) {
			const flow = this.flows.get(template.id);
			if (flow) await tag(this.n8n, this.ledger, template, flow);
		}
	}

	private async bringAll(
		missing: readonly Template[],
		isMeant: (flow: InstalledFlow) => boolean = () => true,
	): Promise<void> {
		for (const template of this.templates) {
			const current = this.flows.get(template.id);
			if (!current || !isMeant(current)) continue;
			const isNew = missing.includes(template);
			this.remember(template, await this.bring(template, current, this.around(template), isNew));
		}
		for (const [index, { template, flow }] of this.copies.entries()) {
			if (!isMeant(flow)) continue;
			// It belongs to another company: what it lacks is filled from itself, or is left to people.
			const around = { ...this.around(template), chosen: credentialsOf(flow), isCopy: true };
			this.copies[index] = { template, flow: await this.bring(template, flow, around) };
		}
	}

	/** Workflows made from the templates for a second company or a trial. */
	private findCopies(present: readonly InstalledFlow[]): typeof this.copies {
		const taken = new Set(this.ids.values());
		return this.templates.flatMap((template) =>
			findCopies(template, present, this.shipped.releases[template.id] ?? [], taken).map((flow) => {
				taken.add(flow.id);
				return { template, flow };
			}),
		);
	}

	private async create(template: Template): Promise<void> {
		const { flow, filled } = planFlow(template, null, this.around(template));
		await this.ledger.change(
			`Workflow "${template.name}": created${say.filledIn(filled)}`,
			async () => {
				const project = this.options.projectId ?? this.home;
				const make = async (id?: string) => await this.n8n.createWorkflow(flow, id);
				const made = await inProject(project, this.options, make);
				this.remember(template, made);
			},
		);
	}

	/** Brings one workflow up to its template; gives it as it stands then. */
	private async bring(
		template: Template,
		current: InstalledFlow,
		around: Surroundings,
		isNew = false,
	): Promise<InstalledFlow> {
		const plan = planFlow(template, current, around);
		const what = `Workflow "${isNew ? template.name : current.name}"`;
		if (!plan.differs) {
			if (!isNew) this.tellKept(plan, `${what}: up to date`);
			return current;
		}
		// What somebody has not published yet is not published for them.
		const mayPublish = this.options.publish && unguardedNodes(plan.flow.nodes).length === 0;
		const onlyDraft = hasDraft(current) && !mayPublish;
		const line = isNew
			? `${what}: wired to the others`
			: `${what}: brought up to date${say.changedNodes(plan)}`;
		let saved = this.options.dryRun ? asSaved(current, plan.flow, onlyDraft) : current;
		try {
			await this.ledger.change(line, async () => {
				saved = await this.n8n.updateWorkflow(current.id, plan.flow, onlyDraft);
				this.isLimited ||= saved.settings.executionTimeout === -1;
			});
			if (onlyDraft) this.options.tell(say.DRAFT_LEFT);
		} catch (error) {
			// A published workflow that n8n will not publish again is saved as a draft.
			this.ledger.problem(onlyDraft ? say.draftRefused(what, error) : say.failed(what, error));
		}
		this.tellKept(plan);
		return saved;
	}

	private tellKept(plan: FlowPlan, line?: string): void {
		if (line) this.options.tell(line);
		for (const detail of say.keptDetails(plan)) this.options.tell(detail);
	}

	async publish(): Promise<void> {
		for (const { flow } of this.copies) {
			// One that never ran is a trial, which nobody asked to publish.
			if (flow.active) await publish(this.n8n, this.ledger, flow.name, flow);
		}
		for (const template of this.templates) {
			const flow = this.flows.get(template.id) ?? null;
			const published = await publish(this.n8n, this.ledger, template.name, flow);
			if (published) this.remember(template, published);
		}
	}

	result(): InstallResult {
		const unpublished = this.templates.filter(({ id }) => !this.flows.get(id)?.active);
		const { changes, problems } = this.ledger;
		for (const line of say.ending(changes, problems, unpublished, this.options)) {
			this.options.tell(line);
		}
		return {
			changes,
			problems,
			workflows: Object.fromEntries([...this.flows].map(([id, flow]) => [id, flow.id])),
		};
	}

	private around(template: Template): Surroundings {
		return {
			ids: this.ids,
			present: new Set([...this.present, ...this.ids.values()]),
			chosen: this.chosen,
			existing: this.existing,
			isLimited: this.isLimited,
			releases: this.shipped.releases[template.id] ?? [],
		};
	}

	private remember(template: Template, flow: InstalledFlow): void {
		const { tags = this.flows.get(template.id)?.tags } = flow;
		this.flows.set(template.id, { ...flow, tags });
		this.ids.set(template.id, flow.id);
	}
}
