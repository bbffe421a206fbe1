import type { Outcome, OutcomeKind } from '../../model/outcome';
import type { DesiredVendor } from '../../model/desired';
import type { ProcoreClient } from '../../procore/procore-client';
import {
	eachInactiveVendorPage,
	listVendors,
	reactivateVendor,
	readVendor,
	syncVendorRows,
} from '../../procore/resources/vendors';
import { readOriginData, unrecordedMarks, withFound } from '../origin-data';
import { faultOf, outcomeOf } from '../outcomes';
import { runCacheFor, type SyncOptions } from '../sync-run';
import type { RowResult } from '../../procore/resources/sync-rows';
import { planVendors, type VendorPlan } from './plan-vendors';
import { VendorDirectory } from './vendor-directory';

/** Up to this many records are looked up one by one instead of reading the whole directory. */
const FEW = 5;

const OUTCOME: Record<Exclude<VendorPlan['action'], 'sameAs'>, OutcomeKind> = {
	create: 'created',
	update: 'updated',
	adopt: 'adopted',
	reactivate: 'reactivated',
	unchanged: 'unchanged',
	skip: 'skipped',
	conflict: 'conflict',
	failed: 'failed',
};

/**
 * Brings the company's vendors to the desired state. One outcome per desired record, in order.
 * Throws a ConnectorError when Procore as a whole cannot be worked with; a fault of one vendor is its outcome.
 */
export async function syncVendors(
	client: ProcoreClient,
	desired: DesiredVendor[],
	options: SyncOptions,
): Promise<Outcome[]> {
	if (desired.length === 0) return [];
	const directory = VendorDirectory.of(runCacheFor(client, options.cacheKey), client.effects.now());
	await read(client, directory, desired);
	const plans = planVendors(desired, directory, options);
	const results = options.dryRun ? new Map<VendorPlan, RowResult>() : await apply(client, plans);
	const outcomes = new Map<DesiredVendor, Outcome>();
	for (const plan of plans) {
		const found = plan.action === 'sameAs' ? {} : unrecordedMarks(plan.actual?.originData, options);
		const outcome = conclude(plan, results.get(plan), directory, outcomes, options);
		outcomes.set(plan.desired, withFound(outcome, found, plan.completes));
	}
	return desired.map((one) => outcomes.get(one) as Outcome);
}

async function read(
	client: ProcoreClient,
	directory: VendorDirectory,
	desired: DesiredVendor[],
): Promise<void> {
	if (directory.isWhole || desired.length > FEW) return directory.readAll(client);
	for (const { originId, formerOriginIds, procoreId, taxIdMatch, vendor } of desired) {
		await directory.lookUpOriginId(client, originId, formerOriginIds);
		if (directory.withOriginId(originId)) continue;
		// The list may leave out inactive vendors, and creating one anew would double it.
		await directory.readInactive(client);
		if (directory.withOriginId(originId)) continue;
		if (procoreId) {
			await directory.lookUpId(client, procoreId);
			continue;
		}
		if (vendor.origin_code.trim()) await directory.search(client, vendor.origin_code.trim());
		// Found by its code, it may turn out to be the one, sent under another spelling.
		if (directory.withOriginId(originId)) continue;
		const byCode = directory.withCode(vendor.origin_code);
		const decided = byCode.length === 1 && !readOriginData(byCode[0].originData);
		// Procore cannot be asked for a vendor by what stands for its tax id: all have to be looked at.
		if (!decided && taxIdMatch && client.taxIdKey) return directory.readAll(client);
		if (!decided && vendor.name.trim()) {
			await directory.search(client, searchWord(vendor.name));
		}
	}
}

/** The first telling word of a name: how the rest is spelled and spaced there is not known. */
function searchWord(name: string): string {
	const words = name
		.trim()
		.split(/\s+/)
		.map((word) => word.replace(/^\P{L}+|[^\p{L}\p{N}]+$/gu, ''));
	return words.find((word) => word.length > 3) ?? name.trim();
}

async function apply(
	client: ProcoreClient,
	plans: VendorPlan[],
): Promise<Map<VendorPlan, RowResult>> {
	const writing = plans.filter((plan) => plan.row !== undefined);
	let done = 0;
	const rows = writing.map((plan) => plan.row as NonNullable<VendorPlan['row']>);
	const results = await syncVendorRows(client, rows, (count) =>
		client.progress('vendors', (done += count), rows.length),
	);
	const byPlan = new Map(writing.map((plan, index) => [plan, results[index]]));
	await reactivateWhereSyncDidNot(client, byPlan);
	await recogniseWritten(client, byPlan);
	return byPlan;
}

/** Whether the sync action reaches inactive vendors is not documented; the inactive list's own route does. */
async function reactivateWhereSyncDidNot(
	client: ProcoreClient,
	results: Map<VendorPlan, RowResult>,
): Promise<void> {
	const stillInactive = [...results].filter(
		([plan, result]) =>
			plan.action === 'reactivate' &&
			(result.entity?.is_active === false ||
				/not found/i.test(JSON.stringify(result.errors ?? ''))),
	);
	if (stillInactive.length === 0) return;
	for (const [plan] of stillInactive) await reactivateVendor(client, plan.actual?.id ?? '');
	const again = await syncVendorRows(
		client,
		stillInactive.map(([{ row }]) => row as NonNullable<typeof row>),
	);
	stillInactive.forEach(([plan], index) => results.set(plan, again[index]));
}

/**
 * An answer that was lost makes the call be sent again, and the repetition may be refused because of
 * what the first one made: an inactive vendor, which the sync action need not see. A record that stands
 * with the very `origin_data` that was sent is the one that was written.
 */
async function recogniseWritten(
	client: ProcoreClient,
	results: Map<VendorPlan, RowResult>,
): Promise<void> {
	const refused = [...results].filter(
		([, result]) => faultOf(result)?.reason.code === 'origin-conflict',
	);
	if (refused.length === 0) return;
	const standing = new Map<unknown, Record<string, unknown>>();
	const take = (rows: unknown[]) => {
		for (const row of rows as Array<Record<string, unknown>>) standing.set(row.origin_data, row);
	};
	await eachInactiveVendorPage(client, take);
	for (const [{ desired }] of refused.slice(0, FEW))
		take(await listVendors(client, { originId: desired.originId }));
	for (const [plan, { row }] of refused) {
		const entity = standing.get(row.origin_data);
		if (entity && row.origin_data) results.set(plan, { row, entity });
	}
}

function conclude(
	plan: VendorPlan,
	result: RowResult | undefined,
	directory: VendorDirectory,
	outcomes: ReadonlyMap<DesiredVendor, Outcome>,
	{ dryRun }: SyncOptions,
): Outcome {
	const { desired, reason } = plan;
	if (plan.action === 'sameAs') {
		const first = plan.decidedBy && outcomes.get(plan.decidedBy);
		const wrong =
			first?.outcome === 'failed' || first?.outcome === 'conflict' || first?.outcome === 'locked';
		return outcomeOf(desired, wrong ? first.outcome : 'unchanged', dryRun, {
			procoreId: first?.procore?.id,
			...(wrong ? { reason: first.reason } : {}),
		});
	}
	const fault = result && faultOf(result);
	if (fault)
		return outcomeOf(desired, fault.outcome, dryRun, {
			procoreId: plan.actual?.id,
			reason: fault.reason,
		});
	const written = result?.entity && readVendor(result.entity);
	if (written) {
		// Some answers leave out what was just sent; what was sent is then what stands.
		directory.put({
			...written,
			originId: desired.originId,
			originData: plan.row?.origin_data as string,
			originCode: desired.vendor.origin_code,
			fields: { ...desired.vendor, ...written.fields },
		});
		if (plan.action === 'create') directory.madeThisRun.add(desired.originId);
	} else if (dryRun && plan.row) {
		directory.wouldBeLinked.set(desired.originId, plan.actual?.id);
	}
	return outcomeOf(desired, OUTCOME[plan.action], dryRun, {
		procoreId: written?.id ?? plan.actual?.id,
		reason,
		...(plan.row ? { changes: plan.changes } : {}),
	});
}
