import type { DesiredDirectCost, SourceReference } from '../../model/desired';
import type { Decimal } from '../../model/money';
import type { ProcoreClient } from '../../procore/procore-client';
import {
	type CommitmentKind,
	listCommitments,
	type RequisitionFields,
} from '../../procore/resources/commitments';
import { listProjectTools } from '../../procore/resources/projects';
import { type ProcoreId, readId } from '../../procore/wire';
import { isProjectBlock, type Reason } from '../outcomes';
import type { RunCache } from '../sync-run';

/** One amount of a subcontractor's invoice. */
export interface DesiredRequisitionLine {
	/** The commitment line billed, when it is known … */
	commitmentLineId?: string;
	/** … or its full cost code and, where that is not enough, cost type. */
	costCode?: string;
	costType?: string;
	/** Work completed this period, before retainage; two decimals. */
	amount: Decimal;
	/** Retainage kept back from it. */
	retainage?: Decimal;
	comment?: string;
}

/** How a subcontractor invoice (requisition) against a commitment should stand in Procore. */
export interface DesiredRequisition {
	kind: 'requisition';
	originId: string;
	/** Spellings an older version may have sent the document under. */
	formerOriginIds?: readonly string[];
	source: SourceReference;
	record?: unknown;
	projectId: string;
	commitmentId: string;
	commitmentKind: CommitmentKind;
	/** Without it the billing period that holds `billing_date` is taken. */
	periodId?: string;
	/** Origin id this document would have as direct cost: it must not stand as both. */
	directCostOriginId?: string;
	voided: boolean;
	header: Pick<
		RequisitionFields,
		| 'invoice_number'
		| 'billing_date'
		| 'requisition_start'
		| 'requisition_end'
		| 'status'
		| 'final'
		| 'payment_date'
	>;
	lines: DesiredRequisitionLine[];
	/** Sum of the lines' amounts. */
	total: Decimal;
}

/** Case and blanks do not count; everything else does: "PO-100-1" and "PO 1001" are two orders. */
function comparableNumber(number: string): string {
	return number.replace(/\s+/g, '').toUpperCase();
}

/** The same without the zeros before each run of digits: "PO-0007" is "PO-7", "PO-70" is not. */
function withoutLeadingZeros(number: string): string {
	return comparableNumber(number).replace(/(?<!\d)0+(?=\d)/g, '');
}

/**
 * Those with this number. Leading zeros are passed over only where nothing has the number as
 * written, and never to choose between two.
 */
export function withNumber<T extends { number: string }>(all: readonly T[], wanted: string): T[] {
	if (comparableNumber(wanted) === '') return [];
	const exact = all.filter(({ number }) => comparableNumber(number) === comparableNumber(wanted));
	return exact.length > 0
		? exact
		: all.filter(({ number }) => withoutLeadingZeros(number) === withoutLeadingZeros(wanted));
}

interface ActualCommitment {
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

/** Posted is approved, as with direct costs; a requisition's word for pending is "under review". */
const STATUS: Record<
	DesiredDirectCost['header']['status'],
	NonNullable<DesiredRequisition['header']['status']>
> = {
	draft: 'draft',
	pending: 'under_review',
	revise_and_resubmit: 'revise_and_resubmit',
	approved: 'approved',
};

/**
 * A payable as the subcontractor invoice it would be, under the same origin id (which Procore wants
 * unique among requisitions only). Lines find their contract item by cost code and cost type.
 */
export function requisitionOfCost(
	cost: DesiredDirectCost,
	commitment: Pick<ActualCommitment, 'id' | 'kind'>,
): DesiredRequisition {
	const { originId, formerOriginIds, source, record, projectId, voided, header, lines, total } =
		cost;
	const date = header.direct_cost_date ?? header.received_date;
	return {
		kind: 'requisition',
		originId,
		...(formerOriginIds ? { formerOriginIds } : {}),
		source,
		...(record === undefined ? {} : { record }),
		projectId,
		commitmentId: commitment.id,
		commitmentKind: commitment.kind,
		directCostOriginId: originId,
		voided,
		header: {
			status: STATUS[header.status],
			...(header.invoice_number === undefined ? {} : { invoice_number: header.invoice_number }),
			...(date === undefined ? {} : { billing_date: date }),
			...(header.payment_date === undefined ? {} : { payment_date: header.payment_date }),
		},
		lines: lines.map(({ costCode, costType, amount, description }) => ({
			costCode,
			costType,
			amount,
			...(description === undefined ? {} : { comment: description }),
		})),
		total,
	};
}

/** Where a document that may bill an order goes. Always to one place, so that it counts once. */
export type Route =
	| { to: 'directCost'; desired: DesiredDirectCost }
	| { to: 'requisition'; desired: DesiredRequisition }
	/** Left out; where it stands it is taken out. */
	| { to: 'nowhere'; reason: Reason }
	/** Cannot be decided. */
	| { to: 'conflict'; reason: Reason };

/**
 * Decides, without any I/O, by the commitments of the project. `vendorId`: the document's vendor in
 * Procore; without it nothing can match, and the direct cost sync tells what is missing.
 */
export function routeDocument(
	desired: DesiredDirectCost,
	commitments: Pick<ProjectCommitments, 'matching'>,
	vendorId: ProcoreId | undefined,
): Route {
	const { commitment } = desired;
	const hits = commitment && vendorId ? commitments.matching(commitment.number, vendorId) : [];
	if (!commitment || hits.length === 0) return { to: 'directCost', desired };
	if (hits.length > 1) return { to: 'conflict', reason: ambiguous(commitment.number, hits) };
	const [hit] = hits;
	switch (commitment.then) {
		case 'skip':
			return { to: 'nowhere', reason: skipped(hit) };
		case 'subcontractorInvoice':
			return {
				to: 'directCost',
				desired: {
					...desired,
					header: { ...desired.header, direct_cost_type: 'subcontractor_invoice' },
				},
			};
		case 'requisition':
			return hit.takesRequisitions
				? { to: 'requisition', desired: requisitionOfCost(desired, hit) }
				: { to: 'conflict', reason: takesNone(hit) };
	}
}

function ambiguous(number: string, hits: ActualCommitment[]): Reason {
	return {
		code: 'commitment-ambiguous',
		message: `${hits.length} commitments of this vendor go by number ${number} (${hits.map((hit) => `${hit.number}, id ${hit.id}`).join('; ')}).`,
		remedy: 'Give one of them another number in Procore, or correct the PO number in GP.',
	};
}

function skipped({ number }: ActualCommitment): Reason {
	return {
		code: 'commitment-skipped',
		message: `The document bills commitment ${number}; such documents are left out.`,
		remedy: 'Nothing to do. To send them, change the policy "Commitments" of the Mapping node.',
	};
}

function takesNone({ number }: ActualCommitment): Reason {
	return {
		code: 'requisitions-disabled',
		message: `Commitment ${number} takes no subcontractor invoices.`,
		remedy:
			'Enable invoices in the settings of the commitment in Procore, or have such documents sent as direct costs of type subcontractor invoice: policy "Commitments" of the Mapping node.',
	};
}
