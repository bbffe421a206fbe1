import type { DesiredDirectCost } from '../../model/desired';
import { withNumber } from '../../model/keys';
import { add, compare, type Decimal, isZero, subtract, toFixed } from '../../model/money';
import type { ProcoreClient } from '../../procore/procore-client';
import {
	listCommitmentLines,
	listCommitments,
	type RequisitionItem,
} from '../../procore/resources/commitments';
import {
	type ActualCommitment,
	type CommitmentLine,
	listBillingPeriods,
	listProjectTools,
	readCommitment,
	readCommitmentLine,
} from '../../procore/resources/projects';
import { type ProcoreId, readId, readStatus, toWireId } from '../../procore/wire';
import type {
	ActualRequisition,
	BilledWhere,
	DesiredRequisition,
	DesiredRequisitionLine,
} from '../kinds/requisition-state';
import { isProjectBlock, type Reason } from '../outcomes';
import type { RunCache } from '../sync-run';

/** What one commitment line is billed. */
export interface Billed {
	lineId: ProcoreId;
	amount: Decimal;
	retainage: Decimal;
	comment?: string;
}

/**
 * Spreads the invoice over the commitment's lines: by line id, else by cost code and type. Where
 * several lines fit, each is filled up to its scheduled value in order and the last takes the rest,
 * so that the shares always add up to the invoice.
 *
 * @param before what other invoices of the commitment bill, by line
 */
export function allocateToContract(
	desired: DesiredRequisition,
	contract: readonly CommitmentLine[],
	before: ReadonlyMap<ProcoreId, Decimal> = new Map(),
): Billed[] | Reason {
	const billed = new Map<ProcoreId, Billed>();
	for (const line of desired.lines) {
		const fitting = fittingLines(line, contract);
		if (fitting.length === 0) return missing(desired, line);
		let rest = line.amount;
		fitting.forEach((target, index) => {
			const last = index === fitting.length - 1;
			const taken = add(before.get(target.id) ?? '0', billed.get(target.id)?.amount ?? '0');
			const room = subtract(target.amount, taken);
			const share = last || compare(rest, room) <= 0 ? rest : compare(room, '0') > 0 ? room : '0';
			rest = subtract(rest, share);
			if (isZero(share) && !(last && line.retainage)) return;
			const own = billed.get(target.id);
			billed.set(target.id, {
				lineId: target.id,
				amount: toFixed(add(own?.amount ?? '0', share)),
				retainage: toFixed(add(own?.retainage ?? '0', last ? (line.retainage ?? '0') : '0')),
				...(line.comment || own?.comment
					? { comment: [own?.comment, line.comment].filter(Boolean).join('; ') }
					: {}),
			});
		});
	}
	return [...billed.values()];
}

function fittingLines(
	line: DesiredRequisitionLine,
	contract: readonly CommitmentLine[],
): CommitmentLine[] {
	if (line.commitmentLineId) return contract.filter(({ id }) => id === line.commitmentLineId);
	const byCode = contract.filter(({ fullCode }) => fullCode !== '' && fullCode === line.costCode);
	const byType = byCode.filter(({ costType }) => costType === line.costType);
	return line.costType && byType.length > 0 ? byType : byCode;
}

function missing(desired: DesiredRequisition, line: DesiredRequisitionLine): Reason {
	return {
		code: 'contract-line-missing',
		message: `Commitment ${desired.commitmentId} has no line for ${line.commitmentLineId ?? `cost code ${line.costCode}`}.`,
		remedy:
			'Add the line to the schedule of values of the commitment in Procore, or send this invoice as a direct cost.',
	};
}

/** Items of these types can be written; others sum those up. */
const WRITABLE = ['contract_item', 'contract_detail_item', 'change_order_item'] as const;

/** Every commitment line once; those of an earlier state back at zero, as what somebody billed of change orders. */
export function itemsOf(
	billed: readonly Billed[],
	standing: ActualRequisition | undefined,
): RequisitionItem[] {
	const all = standing?.items ?? [];
	const before = new Map(all.flatMap((item) => (item.type ? [] : [[item.lineId, item]])));
	const items = billed.map(({ lineId, amount, retainage, comment }): RequisitionItem => {
		const itemId = before.get(lineId)?.id;
		return {
			...(itemId ? { id: toWireId(itemId) } : {}),
			line_item_id: toWireId(lineId),
			item_type: 'contract_item',
			work_completed_this_period: amount,
			...(isZero(retainage) ? {} : { work_completed_retainage_retained_this_period: retainage }),
			...(comment ? { comment } : {}),
		};
	});
	for (const { id, type = 'contract_item', lineId, amount } of all) {
		const item_type = WRITABLE.find((one) => one === type);
		if (!id || !item_type || isZero(amount)) continue;
		if (item_type === 'contract_item' && (!lineId || billed.some((one) => one.lineId === lineId)))
			continue;
		items.push({
			id: toWireId(id),
			...(lineId ? { line_item_id: toWireId(lineId) } : {}),
			item_type,
			work_completed_this_period: '0.00',
		});
	}
	return items;
}

/** What was found out for one that is to be written. */
export interface Ready extends BilledWhere {
	billed: Billed[];
	periodId: ProcoreId;
}

/**
 * What of each commitment line is billed, and in which period; or why that cannot be told. `billedBefore` is
 * asked where several lines fit. One that stands stays in its period while that holds its day.
 */
export async function findOut(
	client: ProcoreClient,
	cache: RunCache,
	desired: DesiredRequisition,
	billedBefore: () => Promise<ReadonlyMap<ProcoreId, Decimal>>,
	standing?: Pick<ActualRequisition, 'periodId'>,
): Promise<Ready | Reason> {
	const { projectId, commitmentKind, commitmentId, header } = desired;
	const now = client.effects.now();
	const lines = await cache.get(`commitment lines ${commitmentId}`, now, () =>
		listCommitmentLines(client, projectId, commitmentKind, commitmentId),
	);
	const contract = lines.flatMap((row) => readCommitmentLine(row) ?? []);
	const chooses = desired.lines.some((line) => fittingLines(line, contract).length > 1);
	const before = chooses ? await billedBefore() : undefined;
	const billed = allocateToContract(desired, contract, before);
	if (!Array.isArray(billed)) return billed;
	const commitment = ProjectCommitments.of(cache, projectId, now).withId(commitmentId);
	const day = header.billing_date ?? header.requisition_end;
	if (desired.periodId) return { billed, commitment, periodId: desired.periodId };
	if (!day) return periodMissing(desired);
	const periods = await cache.get(`billing periods ${projectId}`, now, () =>
		listBillingPeriods(client, projectId),
	);
	const holding = (periods as Array<Record<string, unknown>>).filter(
		({ start_date, end_date }) => String(start_date) <= day && day <= String(end_date),
	);
	const isClosed = ({ status }: Record<string, unknown>) => readStatus(status) === 'closed';
	const row =
		holding.find(({ id }) => standing?.periodId && readId(id) === standing.periodId) ??
		holding.find((one) => !isClosed(one)) ??
		holding[0];
	const periodId = readId(row?.id);
	if (!row || !periodId) return periodMissing(desired);
	const period = { from: String(row.start_date), to: String(row.end_date), closed: isClosed(row) };
	return { billed, commitment, periodId, period };
}

function periodMissing({ header, projectId }: DesiredRequisition): Reason {
	return {
		code: 'billing-period-missing',
		message: `Project ${projectId} has no billing period that holds ${header.billing_date ?? 'the invoice, which has no billing date'}.`,
		remedy: "Add the billing period in the project's Invoicing tool in Procore, then run again.",
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

	/** It was seen that there are none. */
	get isEmpty(): boolean {
		return this.reading !== undefined && this.all.length === 0;
	}

	/** As far as they were read. */
	withId(id: ProcoreId): ActualCommitment | undefined {
		return this.all.find((one) => one.id === id);
	}

	/** The orders of this vendor with this number; of several the one that the document is `billed` on already. */
	matching(number: string, vendorId: ProcoreId, billed?: ProcoreId): ActualCommitment[] {
		const all = withNumber(
			this.all.filter((one) => one.vendorId === vendorId),
			number,
		);
		// One that was given up does not stand in the way of the one made in its place.
		const live = all.filter(({ status }) => !/void|terminated/i.test(status));
		const own = all.filter(({ id }) => id === billed);
		return [own, live].find(({ length }) => length > 0) ?? all;
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
	const { originId, formerOriginIds, source, record, projectId, sentAs } = cost;
	const { voided, header, lines, total } = cost;
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
		...(sentAs ? { sentAs } : {}),
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
