import type { DesiredDirectCost } from '../../model/desired';
import { addTo } from '../../model/keys';
import { add, compare, toFixed, type Decimal } from '../../model/money';
import type { ProcoreClient } from '../../procore/procore-client';
import { ProcoreNotFoundError } from '../../procore/errors/procore-errors';
import { type ProcoreId, toWireId } from '../../procore/wire';
import {
	type ActualDirectCost,
	comparable,
	deleteDirectCost,
	readDirectCost,
	syncDirectCostRows,
} from '../../procore/resources/direct-costs';
import {
	amountTold,
	deleteLine,
	listLines,
	readLine,
	syncLineRows,
	type ActualLine,
} from '../../procore/resources/direct-cost-lines';
import type { WrittenOutcome } from '../origin-data';
import { faultOf, faultOfRecord } from '../outcomes';
import { NOT_ACKNOWLEDGED, type RowResult, type SyncRow } from '../../procore/resources/sync-rows';
import type { Written } from '../engine/kind';
import type { Known } from '../engine/known';
import { statusStands } from '../engine/plan';
import { type DirectCostPlan, freesANumber } from './direct-cost';
import { foreignLines, type LinePlan, planLines, type ResolvedLine } from './direct-cost-lines';

/** Up to this many lines are deleted one by one; more are set to zero in the line sync. */
const FEW_REMOVALS = 10;
/** Up to this many direct costs have their lines read one by one instead of the whole project's. */
const FEW_READS = 3;

/** What is known of the project's direct costs, to be kept up to date. */
type KnownCosts = Pick<Known<ActualDirectCost>, 'put' | 'remove'> & { projectId: ProcoreId };

/**
 * Writes the plans of one project. New headers go before their lines; existing headers after, since
 * a header carries the content hash and must not claim lines that were never written.
 */
export async function writeDirectCosts(
	client: ProcoreClient,
	known: KnownCosts,
	plans: readonly DirectCostPlan[],
	lines: ReadonlyMap<DesiredDirectCost, ResolvedLine[]>,
): Promise<Map<DirectCostPlan, Written>> {
	const { projectId } = known;
	const written = new Map<DirectCostPlan, Written>(
		plans.map((plan) => [plan, { procoreId: plan.actual?.id }]),
	);
	const of = (plan: DirectCostPlan) => written.get(plan) as Written;
	/** Of which Procore took a line, or the deletion of one. */
	const linesSent = new Set<DirectCostPlan>();

	const deletions = plans.filter(({ detail }) => detail?.deletes);
	await writeHeaders(deletions.filter(({ row }) => row));
	for (const plan of deletions) if (!of(plan).fault) await remove(plan);
	const linePlans = await planAllLines();
	const creates = plans.filter(({ outcome }) => outcome === 'created');
	const voids = plans.filter(({ outcome, detail }) => outcome === 'voided' && !detail?.deletes);
	const updates = plans.filter(
		(plan) =>
			(plan.outcome === 'updated' || plan.outcome === 'adopted') &&
			!of(plan).unchanged &&
			!of(plan).fault,
	);
	const first = freesANumber(voids, [...creates, ...updates]);
	if (first) await writeHeaders(voids);
	const early = !first && creates.length > 0 && updates.length === 0;
	await writeHeaders([...creates, ...(early ? voids : [])]);
	await writeLines(linePlans);
	// A record whose lines were refused keeps its old hash and is done again next time; a new one
	// leaves the budget until it is complete. Where some lines were taken, the header says that it
	// stands for neither state: going back to the old one in GP must not look like nothing to do.
	const halfMade = creates.filter((plan) => of(plan).fault && of(plan).procoreId);
	const halfWritten = updates.filter((plan) => of(plan).fault && linesSent.has(plan));
	await writeHeaders(
		[...updates.filter((plan) => !of(plan).fault), ...(early || first ? [] : voids)],
		[
			...halfMade.map((plan) => ({ plan, row: draftOf(plan, of(plan)) })),
			...halfWritten.flatMap((plan) => (plan.partRow ? [{ plan, row: plan.partRow }] : [])),
		],
	);
	for (const plan of linesSent) if (!of(plan).wrote) of(plan).unmarked = { outcome: 'updated' };
	return written;

	async function remove(plan: DirectCostPlan): Promise<void> {
		const id = plan.actual?.id as ProcoreId;
		try {
			await deleteDirectCost(client, projectId, id);
		} catch (error) {
			// Gone is what was wanted; it also is the answer to a repeated DELETE.
			if (!(error instanceof ProcoreNotFoundError)) {
				of(plan).fault = faultOfRecord(error);
				return;
			}
		}
		known.remove(id);
		of(plan).wrote = 'voided';
		of(plan).total = '0.00';
	}

	async function planAllLines(): Promise<Map<DirectCostPlan, LinePlan>> {
		const reading = plans.filter(({ detail, actual }) => detail?.readLines && actual);
		const standing = await readStanding(
			reading.map(({ actual }) => (actual as { id: ProcoreId }).id),
		);
		const result = new Map<DirectCostPlan, LinePlan>();
		for (const plan of plans) {
			if (!plan.detail?.withLines) continue;
			const before =
				plan.detail.readLines && plan.actual ? (standing.get(plan.actual.id) ?? []) : undefined;
			const linePlan = planLines(
				plan.desired.originId,
				plan.actual?.id,
				lines.get(plan.desired) ?? [],
				before,
			);
			if (linePlan.foreign.length > 0)
				of(plan).fault = { outcome: 'conflict', reason: foreignLines(linePlan.foreign) };
			else if (plan.detail.onlyIfIncomplete && linePlan.missing === 0) of(plan).unchanged = true;
			else result.set(plan, linePlan);
		}
		return result;
	}

	async function readStanding(ids: ProcoreId[]): Promise<Map<ProcoreId, ActualLine[]>> {
		const byCost = new Map<ProcoreId, ActualLine[]>();
		const rows: unknown[] = [];
		if (ids.length > FEW_READS) rows.push(...(await listLines(client, projectId)));
		else for (const id of ids) rows.push(...(await listLines(client, projectId, id)));
		for (const row of rows) {
			const line = readLine(row);
			if (line?.directCostId) addTo(byCost, line.directCostId, line);
		}
		return byCost;
	}

	async function writeHeaders(
		batch: DirectCostPlan[],
		faulty: Array<{ plan: DirectCostPlan; row: SyncRow }> = [],
	): Promise<void> {
		const rows = [...batch.map(({ row }) => row as SyncRow), ...faulty.map(({ row }) => row)];
		if (rows.length === 0) return;
		const results = await syncDirectCostRows(client, projectId, rows);
		batch.forEach((plan, index) => takeHeader(plan, results[index]));
		faulty.forEach(({ plan, row }, index) => {
			const header = readDirectCost(results[batch.length + index].entity);
			if (!header) return;
			const originData = String(row.origin_data ?? plan.row?.origin_data);
			known.put({ ...header, originId: plan.desired.originId, originData });
			of(plan).wrote ??= plan.outcome === 'adopted' ? 'adopted' : 'updated';
			of(plan).total = row.status === 'draft' ? '0.00' : comparable(header, plan.desired).total;
		});
	}

	function takeHeader(plan: DirectCostPlan, result: RowResult): void {
		const entry = of(plan);
		entry.fault = faultOf(result);
		const header = result.entity && readDirectCost(result.entity);
		if (!header) {
			entry.fault ??= faultOf({ row: plan.row ?? {}, errors: { base: [NOT_ACKNOWLEDGED] } });
			return;
		}
		known.put({
			...header,
			originId: plan.desired.originId,
			originData: String(plan.row?.origin_data),
		});
		entry.procoreId = header.id;
		entry.wrote = plan.outcome as WrittenOutcome;
		const isOut = plan.outcome === 'voided' && statusStands(header.status, 'draft');
		entry.total = isOut ? '0.00' : comparable(header, plan.desired).total;
		if (plan.outcome === 'created')
			entry.existed =
				(header.lineCount ?? 0) > 0 || (header.total !== null && compare(header.total, '0') !== 0);
	}

	async function writeLines(linePlans: Map<DirectCostPlan, LinePlan>): Promise<void> {
		const ready = [...linePlans].filter(
			([plan]) => of(plan).procoreId && !of(plan).fault && !of(plan).existed,
		);
		const removals = ready.flatMap(([plan, { remove: gone }]) =>
			gone.map((line) => ({ plan, line })),
		);
		const byDelete = removals.length <= FEW_REMOVALS;
		const rows: Array<{ plan: DirectCostPlan; row: SyncRow }> = ready.flatMap(
			([plan, { rows: all, remove: gone }]) => [
				...all.map((row) => ({
					plan,
					row: { ...row, direct_cost_id: toWireId(of(plan).procoreId as ProcoreId) },
				})),
				...(byDelete
					? []
					: gone.map(({ id }) => ({
							plan,
							row: {
								id: toWireId(id),
								direct_cost_id: toWireId(of(plan).procoreId as ProcoreId),
								extended_type: 'manual',
								amount: 0,
							},
						}))),
			],
		);
		const results = await syncLineRows(
			client,
			projectId,
			rows.map(({ row }) => row),
		);
		const sums = new Map<DirectCostPlan, Decimal | null>();
		results.forEach((result, index) => {
			const { plan, row } = rows[index];
			const fault = faultOf(result);
			if (!fault) linesSent.add(plan);
			else
				of(plan).fault ??= {
					...fault,
					reason: {
						...fault.reason,
						message: `Line ${row.origin_id ?? row.id}: ${fault.reason.message}`,
					},
				};
			const amount = amountTold(result);
			const progress = sums.get(plan) === undefined ? '0' : (sums.get(plan) as Decimal | null);
			sums.set(plan, progress === null || amount === null ? null : add(progress, amount));
		});
		for (const [plan, sum] of sums)
			if (plan.outcome === 'created') of(plan).total = sum === null ? null : toFixed(sum);
		if (!byDelete) return;
		for (const { plan, line } of removals) {
			try {
				await deleteLine(client, projectId, of(plan).procoreId as ProcoreId, line.id);
				linesSent.add(plan);
			} catch (error) {
				if (!(error instanceof ProcoreNotFoundError)) of(plan).fault ??= faultOfRecord(error);
			}
		}
	}
}

function draftOf(plan: DirectCostPlan, { procoreId }: Written): SyncRow {
	return {
		id: toWireId(procoreId as ProcoreId),
		origin_id: plan.desired.originId,
		status: 'draft',
	};
}
