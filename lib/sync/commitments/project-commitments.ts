import type { ProcoreClient } from '../../procore/procore-client';
import { readId, type ProcoreId } from '../../procore/procore-id';
import { listCommitments, type CommitmentKind } from '../../procore/resources/commitments';
import { listProjectTools } from '../../procore/resources/projects';
import { isProjectBlock } from '../outcomes';
import type { RunCache } from '../run-cache';
import { withNumber } from './commitment-number';

export interface ActualCommitment {
	id: ProcoreId;
	kind: CommitmentKind;
	number: string;
	vendorId: ProcoreId | null;
	/** False where the order takes no subcontractor invoices. */
	takesRequisitions: boolean;
}

function readCommitment(wire: unknown, kind: CommitmentKind): ActualCommitment | undefined {
	const row = wire as Record<string, unknown>;
	const id = readId(row?.id);
	if (!id || row.deleted_at) return undefined;
	const vendor = row.vendor as { id?: unknown } | null | undefined;
	return {
		id,
		kind,
		number: String(row.number ?? ''),
		vendorId: readId(vendor?.id) ?? readId(row.vendor_id) ?? null,
		takesRequisitions: row.requisitions_are_enabled !== false,
	};
}

/** The subcontracts and purchase orders of one project, read once per run and only when asked for. */
export class ProjectCommitments {
	private all: ActualCommitment[] = [];
	private reading?: Promise<void>;

	private constructor(private readonly projectId: ProcoreId) {}

	static of(cache: RunCache, projectId: ProcoreId, now: number): ProjectCommitments {
		return cache.get(`commitments ${projectId}`, now, () => new ProjectCommitments(projectId));
	}

	read(client: ProcoreClient): Promise<void> {
		this.reading ??= this.readBoth(client).catch((error) => {
			this.reading = undefined;
			throw error;
		});
		return this.reading;
	}

	private async readBoth(client: ProcoreClient): Promise<void> {
		const all: ActualCommitment[] = [];
		try {
			for (const kind of ['subcontract', 'purchaseOrder'] as const) {
				const rows = await listCommitments(client, this.projectId, kind);
				all.push(...rows.flatMap((row) => readCommitment(row, kind) ?? []));
			}
		} catch (error) {
			// Refused: either the project does without the tool, and so without orders, or the account may
			// not look, and then nothing can be said.
			if (!isProjectBlock(error) || (await this.toolIsActive(client))) throw error;
		}
		this.all = all;
	}

	private async toolIsActive(client: ProcoreClient): Promise<boolean> {
		const tools = (await listProjectTools(client, this.projectId)) as Array<
			Record<string, unknown>
		>;
		const named = tools.filter((tool) =>
			/commitment|contract/i.test(`${String(tool.engine_name)} ${String(tool.title)}`),
		);
		return named.length === 0 || named.some(({ is_active }) => is_active !== false);
	}

	get isEmpty(): boolean {
		return this.all.length === 0;
	}

	/** The orders of this vendor with this number. */
	matching(number: string, vendorId: ProcoreId): ActualCommitment[] {
		return withNumber(
			this.all.filter((one) => one.vendorId === vendorId),
			number,
		);
	}
}
