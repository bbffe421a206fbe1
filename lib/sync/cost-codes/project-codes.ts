import { canonicalOriginId } from '../../model/keys';
import type { ProcoreClient } from '../../procore/procore-client';
import {
	type ActualCostCode,
	listCostCodes,
	readCostCode,
	syncCostCodeRows,
} from '../../procore/resources/cost-codes';
import {
	listStandardCostCodes,
	syncStandardCostCodeRows,
} from '../../procore/resources/standard-cost-codes';
import type { RowResult, SyncRow } from '../../procore/resources/sync-rows';
import type { ProcoreId } from '../../procore/wire';
import type { RunCache } from '../sync-run';

/** Where a set of cost codes lives: in a project, or in a standard list of the company. */
interface CodePlace {
	list(client: ProcoreClient): Promise<unknown[]>;
	write(client: ProcoreClient, rows: SyncRow[]): Promise<RowResult[]>;
}

/** The cost codes of one project, or of one standard list. */
export class ProjectCodes {
	private readonly byId = new Map<ProcoreId, ActualCostCode>();
	private reading?: Promise<void>;
	/** Full codes a dry run would make. */
	readonly wouldBeMade = new Set<string>();

	private constructor(
		/** Empty for a standard list. */
		readonly projectId: ProcoreId,
		private readonly place: CodePlace,
	) {}

	static of(cache: RunCache, projectId: ProcoreId, now: number): ProjectCodes {
		return cache.get(`cost-codes ${projectId}`, now, () => {
			return new ProjectCodes(projectId, {
				list: (client) => listCostCodes(client, projectId),
				write: (client, rows) => syncCostCodeRows(client, projectId, rows),
			});
		});
	}

	static ofStandardList(cache: RunCache, listId: ProcoreId, now: number): ProjectCodes {
		return cache.get(`standard cost-codes ${listId}`, now, () => {
			return new ProjectCodes('', {
				list: (client) => listStandardCostCodes(client, listId),
				write: (client, rows) => syncStandardCostCodeRows(client, listId, rows),
			});
		});
	}

	write(client: ProcoreClient, rows: SyncRow[]): Promise<RowResult[]> {
		return this.place.write(client, rows);
	}

	/** Whether they were read before, so that a missing one is worth a second look. */
	get isRead(): boolean {
		return this.reading !== undefined;
	}

	/** Reads the project's codes once; `again` reads them anew. */
	read(client: ProcoreClient, again = false): Promise<void> {
		if (again) this.reading = undefined;
		this.reading ??= (async () => {
			const rows = await this.place.list(client);
			this.byId.clear();
			for (const row of rows) {
				const code = readCostCode(row);
				if (code) this.byId.set(code.id, code);
			}
		})().catch((error) => {
			this.reading = undefined;
			throw error;
		});
		return this.reading;
	}

	put(code: ActualCostCode): void {
		this.byId.set(code.id, code);
	}

	withId(id: ProcoreId): ActualCostCode | undefined {
		return this.byId.get(id);
	}

	withOriginId(originId: string): ActualCostCode | undefined {
		const same = this.find(
			(code) =>
				code.originId !== null && canonicalOriginId(code.originId) === canonicalOriginId(originId),
		);
		return same.find((code) => code.originId === originId) ?? same[0];
	}

	/** The code with this number directly under `parentId` (null: at the top). */
	under(parentId: ProcoreId | null, code: string): ActualCostCode | undefined {
		return this.find((one) => one.parentId === parentId && sameNumber(one.code, code))[0];
	}

	/**
	 * The code a line names: by full code as Procore shows it ("03-300"), else the only code of the
	 * project with that own number ("300").
	 */
	resolve(costCode: string): ActualCostCode | undefined {
		const byFullCode = this.find((one) => sameNumber(one.fullCode, costCode));
		if (byFullCode.length > 0) return byFullCode[0];
		const byOwnCode = this.find((one) => sameNumber(one.code, costCode));
		return byOwnCode.length === 1 ? byOwnCode[0] : undefined;
	}

	private find(matches: (code: ActualCostCode) => boolean): ActualCostCode[] {
		return [...this.byId.values()].filter(matches);
	}
}

function sameNumber(left: string, right: string): boolean {
	return left.trim().toLowerCase() === right.trim().toLowerCase();
}
