import type { DesiredDirectCost } from '../../model/desired';
import { PackedMap } from '../../model/json-text';
import { addTo } from '../../model/keys';
import { compare, type Decimal, toFixed } from '../../model/money';
import type { AlsoWritten, Outcome } from '../../model/outcome';
import type { ProcoreClient } from '../../procore/procore-client';
import {
	type ActualDirectCost,
	comparable,
	eachDirectCostPage,
	getDirectCost,
	listDirectCosts,
	readDirectCost,
	syncDirectCostRows,
} from '../../procore/resources/direct-costs';
import { type ProcoreId, toWireId } from '../../procore/wire';
import type { Kind, KindOf, Written } from '../engine/kind';
import { Known } from '../engine/known';
import { statusStands } from '../engine/plan';
import { syncRecords } from '../engine/run';
import { readOriginData, writeOriginData } from '../origin-data';
import { type RowFault, statusDiffers } from '../outcomes';
import { type RunCache, runCacheFor, type SyncOptions } from '../sync-run';
import { ProjectCodes } from './cost-code-lists';
import { CostTypes } from './cost-type';
import { type DirectCostPlan, directCostRules, isTakenOut } from './direct-cost';
import { type ResolvedLine, resolveLines } from './direct-cost-lines';
import {
	checkDirectCost,
	invoiceKey,
	type LineWork,
	totalsAgree,
	totalsDiffer,
	vendorMissing,
} from './direct-cost-state';
import { writeDirectCosts } from './direct-cost-write';
import { FEW, putIntoDirectory, VendorDirectory, VendorIds } from './vendor-directory';

/** It is to be taken out, and stood as a direct cost. */
function isOutOfCosts({ voided, sentAs }: DesiredDirectCost): boolean {
	return voided && sentAs !== undefined && sentAs.type === undefined;
}

/** The direct costs of one project. */
export class ProjectDirectCosts extends Known<ActualDirectCost, 'invoice'> {
	/** As they come they take a kilobyte each, and there may be a hundred thousand. */
	protected override readonly byId = new PackedMap<ProcoreId, ActualDirectCost>();
	/** Vendors this sync has put into the project's directory. */
	readonly vendorsAdded = new Set<ProcoreId>();

	private constructor(readonly projectId: ProcoreId) {
		super(({ vendorId, invoiceNumber }) => ({ invoice: invoiceKey(vendorId, invoiceNumber) }));
	}

	static of(cache: RunCache, projectId: ProcoreId, now: number): ProjectDirectCosts {
		return cache.get(`direct-costs ${projectId}`, now, () => new ProjectDirectCosts(projectId));
	}

	protected readRows(client: ProcoreClient, take: (rows: unknown[]) => void): Promise<void> {
		return eachDirectCostPage(client, this.projectId, take);
	}

	protected lookUp(client: ProcoreClient, originId: string): Promise<unknown[]> {
		return listDirectCosts(client, this.projectId, { originId });
	}

	protected lookUpId(client: ProcoreClient, id: ProcoreId): Promise<unknown> {
		return getDirectCost(client, this.projectId, id);
	}

	protected readRow(_client: ProcoreClient, row: unknown): ActualDirectCost | undefined {
		return readDirectCost(row);
	}

	/**
	 * Reads as much of what stands as planning needs, in the fewest calls. Nothing is read for vendors that did not exist
	 * before this run. Asked for by its id is what is to be taken out and was sent lately, and what is listed as counting
	 * though it became a subcontractor invoice: a list may lag.
	 */
	async readStanding(
		client: ProcoreClient,
		records: readonly DesiredDirectCost[],
		{ madeThisRun }: Pick<VendorDirectory, 'madeThisRun'>,
	): Promise<void> {
		const possible = records.filter(
			({ vendorOriginId, vendorId }) =>
				vendorId || !vendorOriginId || !madeThisRun.has(vendorOriginId),
		);
		const unknown = possible.filter(({ originId }) => !this.knows(originId)).length;
		// One page often is the whole project, for the price of one lookup.
		if (unknown > 1 && unknown <= FEW) await this.readFirstPage(client);
		await this.readThese(client, possible, FEW);
		await this.lookUpUnlisted(client, records.filter(isOutOfCosts), isTakenOut);
		const billed = records.flatMap(({ originId, sentAs }) => {
			const cost = sentAs?.type && this.withOriginId(originId);
			return !cost || isTakenOut(cost) ? [] : { originId, sentAs: { ...sentAs, id: cost.id } };
		});
		await this.lookUpUnlisted(client, billed, () => true);
	}

	/** The first page, and at most one more: the project is whole when it has no second. */
	private async readFirstPage(client: ProcoreClient): Promise<void> {
		let pages = 0;
		await eachDirectCostPage(client, this.projectId, (rows) => {
			this.take(client, rows);
			return ++pages < 2;
		});
		if (pages < 2) this.isAll();
	}

	async lookUpInvoice(client: ProcoreClient, invoiceNumber: string): Promise<void> {
		this.take(client, await listDirectCosts(client, this.projectId, { invoiceNumber }));
	}

	/** As it stood, marks of batches included, but for the mark of what was `tried` and why it was refused; whether that went. */
	async putBack(client: ProcoreClient, cost: ActualDirectCost, tried: string): Promise<boolean> {
		const { id, originId: origin_id, status, invoiceNumber } = cost;
		const marks = readOriginData(cost.originData);
		if (!origin_id || !marks || status === '') return false;
		const originData = writeOriginData({ ...marks, d: tried });
		const number = invoiceNumber === null ? {} : { invoice_number: invoiceNumber };
		const row = { id: toWireId(id), ...number, status, origin_id, origin_data: originData };
		const [{ entity }] = await syncDirectCostRows(client, this.projectId, [row]);
		if (entity) this.put({ ...cost, originData });
		return Boolean(entity);
	}

	withInvoice(vendorId: ProcoreId | undefined, invoiceNumber?: string): ActualDirectCost[] {
		return this.withKey('invoice', invoiceKey(vendorId ?? null, invoiceNumber) ?? '');
	}
}

/**
 * Brings direct costs with their lines to the desired state and checks the totals that then stand.
 * `vendorIds`: those found already, of documents that were routed.
 */
export async function syncDirectCosts(
	client: ProcoreClient,
	desired: readonly DesiredDirectCost[],
	options: SyncOptions,
	cache: RunCache = runCacheFor(client, options.cacheKey),
	vendorIds?: VendorIds,
): Promise<Outcome[]> {
	const directory = VendorDirectory.of(cache, client.effects.now());
	const vendors = vendorIds ?? new VendorIds(client, directory, options);
	const of: KindOf<DesiredDirectCost, ActualDirectCost, LineWork> = {
		label: 'direct costs',
		check: checkDirectCost,
		async prepare(open) {
			await vendors.resolve(open);
			const lacking = open.filter((one) => !one.voided && one.vendorOriginId && !vendors.of(one));
			return new Map(lacking.map((one) => [one, vendorMissing(one)]));
		},
		at: ({ projectId = '' }) => atProject(projectId),
	};
	return await syncRecords(client, of, desired, options, cache);

	function atProject(projectId: ProcoreId): Kind<DesiredDirectCost, ActualDirectCost, LineWork> {
		const known = ProjectDirectCosts.of(cache, projectId, client.effects.now());
		const lines = new Map<DesiredDirectCost, ResolvedLine[]>();
		const also = new Map<DesiredDirectCost, AlsoWritten[]>();
		const alongWith = (one: DesiredDirectCost, written: AlsoWritten) => addTo(also, one, written);
		return {
			...directCostRules(known, vendors, options),
			read: (records) => known.readStanding(client, records, directory),
			async complete(records) {
				const lacking = new Map<DesiredDirectCost, RowFault>();
				if (records.every(({ voided }) => voided)) return lacking;
				const codes = ProjectCodes.of(cache, projectId, client.effects.now());
				const types = CostTypes.of(cache, client.effects.now());
				const resolved = await resolveLines(client, codes, types, records, options, alongWith);
				for (const [one, found] of resolved) {
					if (Array.isArray(found)) lines.set(one, found);
					else lacking.set(one, { outcome: 'failed', reason: found });
				}
				return lacking;
			},
			write: (plans) => writeDirectCosts(client, known, plans, lines),
			verify: (_plans, written) => readMoreAbout(client, known, written, options, alongWith),
			also: (one) => also.get(one) ?? [],
			differs({ desired: one }, { total, wrote }) {
				const shown = (wrote && known.withOriginId(one.originId)?.status) ?? '';
				const wanted = one.voided ? 'draft' : one.header.status;
				if (!statusStands(shown, wanted)) return statusDiffers(shown, wanted);
				const wrong = !one.voided && totalsAgree(total, one.total) === false;
				return wrong ? totalsDiffer(one, total as Decimal) : undefined;
			},
		};
	}
}

/** The plans to make anew, after reading what Procore's answers showed to be missing knowledge. */
async function readMoreAbout(
	client: ProcoreClient,
	known: ProjectDirectCosts,
	written: ReadonlyMap<DirectCostPlan, Written>,
	options: Pick<SyncOptions, 'addVendorsToProjects'>,
	alongWith: (one: DesiredDirectCost, written: AlsoWritten) => void,
): Promise<Set<DirectCostPlan>> {
	const again = new Set<DirectCostPlan>();
	const taken: DirectCostPlan[] = [];
	const absent: DirectCostPlan[] = [];
	const doubtful: DirectCostPlan[] = [];
	for (const [plan, { fault, existed, total, unchanged }] of written) {
		if (fault?.reason.code === 'duplicate-invoice') {
			if (!known.isWhole) taken.push(plan);
			// Known, but expected to leave with this batch: its void was refused.
			else if (holderOf(known, plan)) again.add(plan);
		} else if (fault?.reason.code === 'vendor-missing' && plan.row?.vendor_id) {
			if (options.addVendorsToProjects !== false) absent.push(plan);
		} else if (existed) again.add(plan);
		else if (!fault && !unchanged && plan.outcome !== 'voided') {
			if (totalsAgree(total, plan.desired.total) === true) settleTotal(known, plan);
			else doubtful.push(plan);
		}
	}
	if (taken.length > FEW) await known.readAll(client);
	else for (const { row } of taken) await known.lookUpInvoice(client, String(row?.invoice_number));
	for (const plan of taken) again.add(plan);
	for (const plan of absent) {
		const note = (one: AlsoWritten) => alongWith(plan.desired, one);
		if (await putIntoDirectory(client, known, String(plan.row?.vendor_id), note)) again.add(plan);
	}

	if (doubtful.length > FEW) await known.readAll(client);
	for (const plan of doubtful) {
		const { originId, total } = plan.desired;
		if (doubtful.length <= FEW) await known.lookUpOriginId(client, plan.desired);
		const standing = comparable(known.withOriginId(originId), plan.desired);
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

/** The header was answered before its lines were written: what is known is brought up to date. */
function settleTotal(known: ProjectDirectCosts, { desired }: DirectCostPlan): void {
	const standing = known.withOriginId(desired.originId);
	if (!standing) return;
	// Left out, not undefined: as JSON does not keep that, none beside it would be packed.
	const { beforeTax: _, ...cost } = standing;
	const lineCount = Math.max(cost.lineCount ?? 0, desired.lines.length);
	known.put({ ...cost, total: toFixed(desired.total), lineCount });
}
