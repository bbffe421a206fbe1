import type { ProcoreClient } from '../../procore-client';
import type { ProcoreId } from '../../procore-id';
import { listCostCodes, readCostCode, type ActualCostCode } from '../../resources/cost-codes';
import type { RunCache } from '../run-cache';

/** The cost codes of one project. */
export class ProjectCodes {
	private readonly byId = new Map<ProcoreId, ActualCostCode>();
	private reading?: Promise<void>;
	/** Full codes a dry run would make. */
	readonly wouldBeMade = new Set<string>();

	constructor(readonly projectId: ProcoreId) {}

	static of(cache: RunCache, projectId: ProcoreId, now: number): ProjectCodes {
		return cache.get(`cost-codes ${projectId}`, now, () => new ProjectCodes(projectId));
	}

	/** Whether they were read before, so that a missing one is worth a second look. */
	get isRead(): boolean {
		return this.reading !== undefined;
	}

	/** Reads the project's codes once; `again` reads them anew. */
	read(client: ProcoreClient, again = false): Promise<void> {
		if (again) this.reading = undefined;
		this.reading ??= (async () => {
			const rows = await listCostCodes(client, this.projectId);
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
		return this.find((code) => code.originId === originId)[0];
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
