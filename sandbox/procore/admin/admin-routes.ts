import { ApiError, notFound } from '../http/api-error';
import { type Row, isRow, type World } from '../http/call';
import { fullCode, saveCostCode, showCostCode } from '../routes/cost-codes';
import { deleteDirectCost, saveDirectCost } from '../routes/direct-costs';
import { recalculate, saveLine } from '../routes/direct-cost-lines';
import { showLineItemType } from '../routes/line-item-types';
import { saveVendor, showVendor } from '../routes/vendors';
import type { FaultRule } from '../faults';
import type { ProcoreStandIn } from '../server';
import type { Project } from '../state/records';
import type { JournalEntry } from '../state/store';
import { page } from './page';
import { callOf, projectSnapshot } from './snapshot';

/**
 * What a test or a curious person may do besides calling the API. The edit routes act as a Procore
 * user in the web pages would: no token, no limits, no origin id unless given.
 */
export function answerAdmin(
	world: World,
	standIn: ProcoreStandIn,
	method: string,
	url: URL,
	body: unknown,
): unknown {
	const row = isRow(body) ? body : {};
	const parts = url.pathname.split('/').filter((part) => part !== '');
	if (parts.length === 0) return page(world, standIn, url.searchParams.get('project'));
	if (parts[0] !== 'admin') throw notFound();
	const [, what, id, sub] = parts;
	switch (`${method} ${what}`) {
		case 'GET state':
			return id === undefined ? standIn.snapshot() : projectSnapshot(world, projectOf(world, id));
		case 'GET vendors':
			return world.store.vendors.all().map((vendor) => showVendor(callOf(world), vendor));
		case 'GET cost-codes':
			return costCodes(world, url.searchParams.get('project'));
		case 'GET cost-types':
			return world.store.lineItemTypes.all().map(showLineItemType);
		case 'GET log':
			return standIn.log(Number(url.searchParams.get('since') ?? 0));
		case 'GET counters':
			return standIn.counters();
		case 'GET health':
			return standIn.health();
		case 'GET violations':
			return standIn.violations();
		case 'POST clear-traffic':
			return standIn.clearTraffic();
		case 'POST reset':
			return standIn.reset();
		case 'GET records':
			return world.store.all();
		case 'POST records':
			return world.store.restore(body as JournalEntry);
		case 'GET switches':
			return standIn.switches;
		case 'PATCH switches':
			return changeSwitches(standIn, row);
		case 'GET faults':
			return standIn.faults.all();
		case 'POST faults':
			return standIn.faults.add(row as unknown as FaultRule);
		case 'DELETE faults':
			return standIn.faults.clear(id === undefined ? undefined : Number(id));
		case 'POST expire-tokens':
			return standIn.tokens.expireAll();
		case 'POST vendors':
			return saveVendor(world, null, row);
		case 'PATCH vendors':
			return saveVendor(world, found(world.store.vendors.get(id)), row);
		case 'POST cost-codes':
			return saveCostCode(world, projectOf(world, row.project).id, null, row);
		case 'PATCH cost-codes':
			return editCostCode(world, id, row);
		case 'POST direct-costs':
			return createDirectCost(world, row);
		case 'PATCH direct-costs':
			return editDirectCost(world, id, row);
		case 'DELETE direct-costs':
			return deleteDirectCost(world, found(world.store.directCosts.get(id)));
		case 'POST lines':
			return saveLine(
				world,
				found(world.store.directCosts.get(row.direct_cost_id)).project_id,
				null,
				row,
			);
		case 'PATCH lines':
			return editLine(world, id, row);
		case 'DELETE lines':
			return deleteLine(world, id);
		case 'POST projects':
			return createProject(world, row);
		case 'PATCH projects':
			return editProject(world, id, row);
		default:
			throw new ApiError(404, { error: `No admin route ${method} /admin/${what}/${sub ?? ''}` });
	}
}

function found<T>(record: T | undefined): T {
	if (record === undefined) throw notFound();
	return record;
}

/** By id or by project number. */
function projectOf(world: World, id: unknown): Project {
	return found(
		world.store.projects
			.all()
			.find(
				(project) => String(project.id) === String(id) || project.project_number === String(id),
			),
	);
}

function costCodes(world: World, project: string | null) {
	const codes =
		project === null
			? world.store.costCodes.all()
			: world.store.costCodes.by('project', projectOf(world, project).id);
	return codes.map((code) => ({
		...showCostCode(callOf(world), code),
		project_id: code.project_id,
		active: code.active,
	}));
}

function changeSwitches(standIn: ProcoreStandIn, row: Row) {
	const unknown = Object.keys(row).filter((name) => !(name in standIn.switches));
	if (unknown.length > 0)
		throw new ApiError(400, { error: `No switch named ${unknown.join(', ')}` });
	return Object.assign(standIn.switches, row);
}

function editCostCode(world: World, id: string, row: Row) {
	const code = found(world.store.costCodes.get(id));
	const saved = saveCostCode(world, code.project_id, code, row);
	if (typeof row.active !== 'boolean') return saved;
	return world.store.put('costCodes', { ...saved, active: row.active });
}

/** `lines` name cost code (full code) and cost type (code) as a user would see them. */
function createDirectCost(world: World, row: Row) {
	const project = projectOf(world, row.project);
	const header = saveDirectCost(world, project.id, null, row);
	for (const line of Array.isArray(row.lines) ? row.lines.filter(isRow) : []) {
		const code = world.store.costCodes
			.by('project', project.id)
			.find((one) => fullCode(world, one) === line.cost_code);
		const type = world.store.lineItemTypes.all().find((one) => one.code === line.cost_type);
		saveLine(world, project.id, null, {
			...line,
			direct_cost_id: header.id,
			cost_code_id: code?.id,
			line_item_type_id: type?.id,
		});
	}
	return world.store.directCosts.get(header.id);
}

function editDirectCost(world: World, id: string, row: Row) {
	const cost = found(world.store.directCosts.get(id));
	return saveDirectCost(world, cost.project_id, cost, row);
}

function editLine(world: World, id: string, row: Row) {
	const line = found(world.store.directCostLines.get(id));
	return saveLine(world, line.project_id, line, row);
}

function deleteLine(world: World, id: string) {
	const line = found(world.store.directCostLines.get(id));
	world.store.remove('directCostLines', line.id);
	recalculate(world, line.direct_cost_id);
}

function createProject(world: World, row: Row) {
	return world.store.insert('projects', {
		name: String(row.name ?? 'New project'),
		project_number: String(row.project_number ?? ''),
		active: row.active !== false,
		city: null,
		state_code: null,
		vendor_ids: [],
		origin_id: null,
		origin_data: null,
		origin_code: null,
	});
}

function editProject(world: World, id: string, row: Row) {
	const project = projectOf(world, id);
	return world.store.put('projects', {
		...project,
		name: String(row.name ?? project.name),
		project_number: String(row.project_number ?? project.project_number),
		active: typeof row.active === 'boolean' ? row.active : project.active,
	});
}
