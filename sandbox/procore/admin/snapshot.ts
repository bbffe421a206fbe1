import Big from 'big.js';
import type { Call, World } from '../http/call';
import { showLine } from '../routes/direct-cost-lines';
import { showDirectCost } from '../routes/direct-costs';
import { flatCode } from '../routes/wbs-codes';
import { rails } from '../routes/line-amounts';
import type { DirectCost, Project } from '../state/records';
import { isDeleted } from '../sync';

/** Everything of a project a reader wants to compare with the books. */
export function projectSnapshot(world: World, project: Project) {
	const costs = world.store.directCosts.by('project', project.id).filter((one) => !isDeleted(one));
	return {
		id: project.id,
		project_number: project.project_number,
		name: project.name,
		/** All direct costs, drafts included. */
		total: sum(costs),
		/** What the budget shows: drafts do not count. */
		budgetTotal: sum(costs.filter((one) => one.status !== 'draft')),
		directCosts: costs.map((cost) => ({
			...showDirectCost(callOf(world), cost),
			line_items: world.store.directCostLines
				.by('directCost', cost.id)
				.map((line) => showLine(callOf(world), line)),
		})),
		budget: budget(world, project),
	};
}

export function snapshot(world: World) {
	const projects = world.store.projects.all().map((project) => projectSnapshot(world, project));
	return {
		company: world.company,
		projects,
		/** Over all projects. */
		total: rails(projects.reduce((total, one) => total.plus(one.total), new Big(0))),
		budgetTotal: rails(projects.reduce((total, one) => total.plus(one.budgetTotal), new Big(0))),
	};
}

/** Direct costs by WBS code, the way the budget's Direct Costs column has them. */
function budget(world: World, project: Project) {
	const { store } = world;
	const counted = new Map<number, Big>();
	for (const line of store.directCostLines.by('project', project.id)) {
		const header = store.directCosts.get(line.direct_cost_id)!;
		if (header.status === 'draft' || isDeleted(header)) continue;
		const before = counted.get(line.wbs_code_id) ?? new Big(0);
		counted.set(line.wbs_code_id, before.plus(line.amount));
	}
	return store.wbsCodes.by('project', project.id).map((wbs) => ({
		wbs_code_id: wbs.id,
		flat_code: flatCode(world, wbs),
		description: wbs.description,
		original_budget: '0.0',
		direct_costs: rails(counted.get(wbs.id) ?? new Big(0)),
	}));
}

const sum = (costs: DirectCost[]) =>
	rails(costs.reduce((total, cost) => total.plus(cost.grand_total), new Big(0)));

/** The serialisers take a call; outside a request there is none. */
export function callOf(world: World): Call {
	return { ...world, method: 'GET', origin: '', path: '', params: {}, query: {}, body: undefined };
}
