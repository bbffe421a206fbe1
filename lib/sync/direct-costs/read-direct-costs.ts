import { compare, toFixed } from '../../model/money';
import type { DesiredDirectCost } from '../../model/desired';
import type { AlsoWritten } from '../../model/outcome';
import { ProcoreError } from '../../procore/errors/procore-errors';
import type { ProcoreClient } from '../../procore/procore-client';
import { addVendorToProject } from '../../procore/resources/vendors';
import { alongTheWay } from '../outcomes';
import type { SyncOptions } from '../sync-run';
import type { VendorDirectory } from '../kinds/vendor-directory';
import { totalsAgree, type Written } from './apply-direct-costs';
import type { DirectCostPlan } from './direct-cost-plan';
import type { ProjectDirectCosts } from './project-direct-costs';

const FEW = 5;

/**
 * Reads as much of what stands in the project as planning needs, in the fewest calls. Nothing is
 * read for vendors that did not exist before this run: no direct cost of theirs can stand yet.
 */
export async function readKnown(
	client: ProcoreClient,
	known: ProjectDirectCosts,
	records: ReadonlyArray<
		Pick<DesiredDirectCost, 'originId' | 'formerOriginIds' | 'vendorOriginId' | 'vendorId'>
	>,
	vendors: Pick<VendorDirectory, 'madeThisRun'>,
): Promise<void> {
	const unknown = () =>
		records.filter(
			({ originId, vendorOriginId, vendorId }) =>
				!known.knows(originId) &&
				!(!vendorId && vendorOriginId && vendors.madeThisRun.has(vendorOriginId)),
		);
	if (known.isWhole || unknown().length === 0) return;
	if (unknown().length > FEW) return known.readAll(client);
	// One page often is the whole project, for the price of one lookup.
	if (unknown().length > 1) await known.readFirstPage(client);
	if (known.isWhole) return;
	for (const one of unknown()) await known.lookUpOriginId(client, one);
}

/** The plans to make anew, after reading what Procore's answers showed to be missing knowledge. */
export async function readMoreAbout(
	client: ProcoreClient,
	known: ProjectDirectCosts,
	plans: readonly DirectCostPlan[],
	written: ReadonlyMap<DirectCostPlan, Written>,
	options: Pick<SyncOptions, 'addVendorsToProjects'>,
	alongWith: (one: DesiredDirectCost, write: AlsoWritten) => void,
): Promise<Set<DirectCostPlan>> {
	const again = new Set<DirectCostPlan>();
	const taken: DirectCostPlan[] = [];
	const absent: DirectCostPlan[] = [];
	const doubtful: DirectCostPlan[] = [];
	for (const plan of plans) {
		const { fault, existed, total, unchanged } = written.get(plan) as Written;
		if (fault?.reason.code === 'duplicate-invoice') {
			if (!known.isWhole) taken.push(plan);
			// Known, but expected to leave with this batch: its void was refused.
			else if (holderOf(known, plan)) again.add(plan);
		} else if (fault?.reason.code === 'vendor-missing' && plan.row?.vendor_id) {
			if (options.addVendorsToProjects !== false) absent.push(plan);
		} else if (existed) again.add(plan);
		else if (!fault && !unchanged && WRITING.has(plan.action)) {
			if (totalsAgree(total, plan.desired.total) === true) settleTotal(known, plan);
			else doubtful.push(plan);
		}
	}
	if (taken.length > FEW) await known.readAll(client);
	else for (const { row } of taken) await known.lookUpInvoice(client, String(row?.invoice_number));
	for (const plan of taken) again.add(plan);
	for (const plan of absent) if (await addVendor(client, known, plan, alongWith)) again.add(plan);

	if (doubtful.length > FEW) await known.readAll(client);
	for (const plan of doubtful) {
		const { originId, total } = plan.desired;
		const standing =
			doubtful.length > FEW
				? known.withOriginId(originId)
				: await known.lookUpOriginId(client, plan.desired);
		const entry = written.get(plan) as Written;
		entry.total = standing?.total ?? entry.total;
		if (standing?.total != null && compare(standing.total, total) !== 0) again.add(plan);
	}
	return again;
}

function holderOf(known: ProjectDirectCosts, { row, actual }: DirectCostPlan): boolean {
	const holders = known.withInvoice(String(row?.vendor_id), String(row?.invoice_number));
	return holders.some(({ id }) => id !== actual?.id);
}

/** Whether the vendor now is in the project's directory, so that another try makes sense. */
async function addVendor(
	client: ProcoreClient,
	known: ProjectDirectCosts,
	{ row, desired }: DirectCostPlan,
	alongWith: (one: DesiredDirectCost, write: AlsoWritten) => void,
): Promise<boolean> {
	const id = String(row?.vendor_id);
	if (known.vendorsAdded.has(id)) return true;
	try {
		await addVendorToProject(client, known.projectId, id);
		known.vendorsAdded.add(id);
		const { projectId } = known;
		const change = { field: 'project directory', before: null, after: projectId };
		const vendor = { type: 'vendor', id, projectId } as const;
		alongWith(
			desired,
			alongTheWay(
				{ outcome: 'updated', procore: vendor, changes: [change] },
				`Vendor ${id} was put into the directory of project ${projectId}, which Procore asked for.`,
			),
		);
		return true;
	} catch (error) {
		// Not being allowed to is no reason to stop: the record keeps the fault it has.
		if (error instanceof ProcoreError && error.scope !== 'transport') return false;
		throw error;
	}
}

const WRITING = new Set<DirectCostPlan['action']>(['create', 'update', 'adopt']);

/** The header was answered before its lines were written: what is known is brought up to date. */
function settleTotal(known: ProjectDirectCosts, { desired }: DirectCostPlan): void {
	const standing = known.withOriginId(desired.originId);
	if (standing)
		known.put({
			...standing,
			total: toFixed(desired.total),
			lineCount: Math.max(standing.lineCount ?? 0, desired.lines.length),
		});
}
