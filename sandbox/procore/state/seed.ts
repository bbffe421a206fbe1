import type { World } from '../http/call';
import { saveCostCode } from '../routes/cost-codes';
import { saveDirectCost } from '../routes/direct-costs';
import { saveLine } from '../routes/direct-cost-lines';
import { saveVendor } from '../routes/vendors';
import {
	defaultCommitments,
	defaultCostCodes,
	defaultCostTypes,
	defaultProjects,
	defaultVendors,
	type SeedOptions,
	standardDivisions,
	taxCodes,
} from './default-seed';
import type { LineItemType, Project } from './records';

/** Fills an empty store. */
export function seed(world: World, options: SeedOptions = {}): void {
	const { store } = world;
	const projects = new Map<string, Project>();
	for (const { number, name, active = true, originId } of options.projects ?? defaultProjects) {
		const project = store.insert('projects', {
			name,
			project_number: number,
			active,
			city: 'Chicago',
			state_code: 'IL',
			vendor_ids: [],
			origin_id: originId ?? null,
			origin_data: null,
			origin_code: null,
		});
		projects.set(number, project);
	}
	const types = new Map<string, LineItemType>();
	for (const { code, name, baseType } of options.costTypes ?? defaultCostTypes) {
		const own = { code, name, base_type: baseType, origin_id: null, origin_data: null };
		types.set(code, store.insert('lineItemTypes', own));
	}
	for (const vendor of options.vendors ?? defaultVendors) saveVendor(world, null, vendor);
	const codes = options.costCodes ?? defaultCostCodes.filter((code) => projects.has(code.project));
	for (const code of codes) seedCostCode(world, projects, code);
	for (const [code, description, rate1] of taxCodes) {
		const own = { code, description, rate1, archived: false, origin_id: null, origin_data: null };
		store.insert('taxCodes', own);
	}
	seedStandardCodes(world);
	const find = finder(world, projects, types);
	for (const cost of options.directCosts ?? []) {
		const project = find.project(cost.project);
		const header = saveDirectCost(world, project.id, null, {
			direct_cost_type: 'invoice',
			invoice_number: cost.invoiceNumber,
			vendor_id: find.vendor(cost.vendor).id,
			status: 'approved',
			direct_cost_date: cost.date,
			description: cost.description,
		});
		for (const { costCode, costType, amount, description } of cost.lines) {
			saveLine(world, project.id, null, {
				direct_cost_id: header.id,
				cost_code_id: find.costCode(project, costCode).id,
				line_item_type_id: find.type(costType).id,
				amount,
				description,
			});
		}
	}
	for (const one of options.commitments ?? ownOr(options, defaultCommitments)) {
		const project = find.project(one.project);
		const commitment = store.insert('commitments', {
			kind: one.kind,
			project_id: project.id,
			number: one.number,
			title: one.title,
			vendor_id: find.vendor(one.vendor).id,
			status: one.status ?? 'Approved',
			requisitions_are_enabled: true,
			origin_code: null,
			origin_id: null,
			origin_data: null,
		});
		one.lines.forEach(({ costCode, costType, amount, description }, index) =>
			store.insert('commitmentLines', {
				commitment_id: commitment.id,
				cost_code_id: find.costCode(project, costCode).id,
				line_item_type_id: find.type(costType).id,
				amount,
				description,
				position: index + 1,
				origin_id: null,
				origin_data: null,
			}),
		);
	}
	for (const project of projects.values()) seedBillingPeriods(world, project);
	store.commit();
}

/** The default commitments need the default projects, vendors and codes. */
function ownOr<T>(options: SeedOptions, standard: T[]): T[] {
	return options.projects || options.vendors || options.costCodes || options.costTypes
		? []
		: standard;
}

function finder(world: World, projects: Map<string, Project>, types: Map<string, LineItemType>) {
	const must = <T>(found: T | undefined, what: string): T => {
		if (!found) throw new Error(`The seed names ${what}, which it does not define`);
		return found;
	};
	return {
		project: (number: string) => must(projects.get(number), `project ${number}`),
		type: (code: string) => must(types.get(code), `cost type ${code}`),
		vendor: (name: string) =>
			must(
				world.store.vendors.all().find((vendor) => vendor.name === name),
				`vendor ${name}`,
			),
		costCode: (project: Project, code: string) =>
			must(
				world.store.costCodes.by('project', project.id).find((one) => one.code === code),
				`cost code ${code} of project ${project.project_number}`,
			),
	};
}

function seedCostCode(
	world: World,
	projects: Map<string, Project>,
	code: NonNullable<SeedOptions['costCodes']>[number],
): void {
	const project = projects.get(code.project);
	if (!project) throw new Error(`The seed names project ${code.project}, which it does not define`);
	const parent = world.store.costCodes
		.by('project', project.id)
		.find((one) => one.parent_id === null && one.code === code.parent);
	saveCostCode(world, project.id, null, {
		code: code.code,
		name: code.name,
		origin_id: code.originId ?? null,
		...(parent ? { parent_id: parent.id } : {}),
	});
}

function seedStandardCodes({ store }: World): void {
	const list = store.insert('standardCostCodeLists', {
		name: 'Fabrikam Standard',
		is_erp_list: false,
	});
	const common = { standard_cost_code_list_id: list.id, origin_id: null, origin_data: null };
	for (const [code, name, children] of standardDivisions) {
		const parent = store.insert('standardCostCodes', { ...common, code, name, parent_id: null });
		for (const [childCode, childName] of children) {
			const own = { code: childCode, name: childName, parent_id: parent.id };
			store.insert('standardCostCodes', { ...common, ...own });
		}
	}
}

/** Twelve months up to now, of which the last is open. */
function seedBillingPeriods({ store, now }: World, project: Project): void {
	const today = new Date(now());
	for (let back = 11; back >= 0; back--) {
		const start = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1));
		const end = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back + 1, 0));
		store.insert('billingPeriods', {
			project_id: project.id,
			start_date: start.toISOString().slice(0, 10),
			end_date: end.toISOString().slice(0, 10),
			due_date: end.toISOString().slice(0, 10),
			status: back === 0 ? 'open' : 'closed',
			position: 12 - back,
		});
	}
}
