import type { ProcoreClient } from '../../procore/procore-client';
import type { ProcoreId } from '../../procore/procore-id';
import { listRequisitions } from '../../procore/resources/requisitions';
import { OriginIndex, spellingsOf } from '../origin-index';
import type { RunCache } from '../run-cache';

type Row = Record<string, unknown>;

/** Up to this many are looked up one by one instead of reading the project's list. */
const FEW = 3;

/** The subcontractor invoices of one project that have an origin id, as far as they are known. */
export class ProjectRequisitions {
	private readonly byOriginId = new OriginIndex<Row>();
	private readonly lookedUp = new Set<string>();
	private isWhole = false;

	private constructor(private readonly projectId: ProcoreId) {}

	static of(cache: RunCache, projectId: ProcoreId, now: number): ProjectRequisitions {
		return cache.get(`requisitions ${projectId}`, now, () => new ProjectRequisitions(projectId));
	}

	/** Reads what stands under these origin ids, in the fewest calls. */
	async readKnown(
		client: ProcoreClient,
		records: ReadonlyArray<{ originId: string; formerOriginIds?: readonly string[] }>,
	): Promise<void> {
		const unknown = records.filter(
			({ originId }) => !this.byOriginId.has(originId) && !this.lookedUp.has(originId),
		);
		if (this.isWhole || unknown.length === 0) return;
		if (unknown.length > FEW) {
			this.take(await listRequisitions(client, this.projectId, {}, undefined, 'items'));
			this.isWhole = true;
			return;
		}
		for (const one of unknown) {
			for (const originId of spellingsOf(one)) {
				this.take(await listRequisitions(client, this.projectId, { originId }, undefined, 'items'));
				if (this.byOriginId.has(one.originId)) break;
			}
			this.lookedUp.add(one.originId);
		}
	}

	private take(rows: unknown[]): void {
		for (const row of rows) this.put(row as Row);
	}

	put(row: Row): void {
		if (typeof row?.origin_id === 'string' && row.origin_id)
			this.byOriginId.set(row.origin_id, row);
	}

	withOriginId(originId: string): Row | undefined {
		return this.byOriginId.get(originId);
	}
}
