import type { ProcoreClient } from '../../procore/procore-client';
import type { ProcoreId } from '../../procore/wire';
import {
	eachDirectCostPage,
	listDirectCosts,
	readDirectCost,
	type ActualDirectCost,
} from '../../procore/resources/direct-costs';
import { OriginIndex } from '../engine/known';
import type { RunCache } from '../sync-run';

/** The direct costs of one project as far as they are known: all after `readAll`. */
export class ProjectDirectCosts {
	private readonly byId = new Map<ProcoreId, ActualDirectCost>();
	private readonly idsByOriginId = new OriginIndex<ProcoreId>();
	private readonly idsByInvoice = new Map<string, Set<ProcoreId>>();
	private readonly lookedUp = new Set<string>();
	isWhole = false;
	/** Vendors this sync has put into the project's directory. */
	readonly vendorsAdded = new Set<ProcoreId>();

	constructor(readonly projectId: ProcoreId) {}

	static of(cache: RunCache, projectId: ProcoreId, now: number): ProjectDirectCosts {
		return cache.get(`direct-costs ${projectId}`, now, () => new ProjectDirectCosts(projectId));
	}

	async readAll(client: ProcoreClient): Promise<void> {
		await eachDirectCostPage(client, this.projectId, (rows) => this.take(rows));
		this.isWhole = true;
	}

	/** The first page, and at most one more: the project is whole when it has no second. */
	async readFirstPage(client: ProcoreClient): Promise<void> {
		let pages = 0;
		await eachDirectCostPage(client, this.projectId, (rows) => {
			this.take(rows);
			return ++pages < 2;
		});
		this.isWhole = pages < 2;
	}

	async lookUpOriginId(
		client: ProcoreClient,
		record: { originId: string; formerOriginIds?: readonly string[] },
	): Promise<ActualDirectCost | undefined> {
		const { originId } = record;
		for (const spelling of [originId, ...(record.formerOriginIds ?? [])]) {
			this.take(await listDirectCosts(client, this.projectId, { originId: spelling }));
			if (this.withOriginId(originId)) break;
		}
		this.lookedUp.add(originId);
		return this.withOriginId(originId);
	}

	async lookUpInvoice(client: ProcoreClient, invoiceNumber: string): Promise<void> {
		this.take(await listDirectCosts(client, this.projectId, { invoiceNumber }));
	}

	put(cost: ActualDirectCost): void {
		this.remove(cost.id);
		this.byId.set(cost.id, cost);
		if (cost.originId) this.idsByOriginId.set(cost.originId, cost.id);
		const key = invoiceKey(cost.vendorId, cost.invoiceNumber);
		if (key) this.idsByInvoice.set(key, (this.idsByInvoice.get(key) ?? new Set()).add(cost.id));
	}

	remove(id: ProcoreId): void {
		const known = this.byId.get(id);
		if (!known) return;
		this.byId.delete(id);
		if (known.originId) this.idsByOriginId.delete(known.originId);
		this.idsByInvoice.get(invoiceKey(known.vendorId, known.invoiceNumber) ?? '')?.delete(id);
	}

	withOriginId(originId: string): ActualDirectCost | undefined {
		return this.byId.get(this.idsByOriginId.get(originId) ?? '');
	}

	/** Whether it is known what stands under this origin id, be it nothing. */
	knows(originId: string): boolean {
		return this.isWhole || this.lookedUp.has(originId) || this.idsByOriginId.has(originId);
	}

	withInvoice(vendorId: ProcoreId, invoiceNumber: string): ActualDirectCost[] {
		const ids = this.idsByInvoice.get(invoiceKey(vendorId, invoiceNumber) ?? '');
		return [...(ids ?? [])].flatMap((id) => this.byId.get(id) ?? []);
	}

	private take(rows: unknown[]): void {
		for (const row of rows) {
			const cost = readDirectCost(row);
			if (cost) this.put(cost);
		}
	}
}

/** Vendor and invoice number as one key, in any case; undefined when one of them is missing. */
export function invoiceKey(
	vendorId: ProcoreId | null,
	invoiceNumber: string | null | undefined,
): string | undefined {
	const number = invoiceNumber?.trim().toLowerCase();
	return vendorId && number ? `${vendorId} ${number}` : undefined;
}
