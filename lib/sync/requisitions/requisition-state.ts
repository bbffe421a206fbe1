import { contentHash } from '../../model/content-hash';
import { add, compare, type Decimal, isZero, subtract, toFixed } from '../../model/money';
import type { RequisitionItem } from '../../procore/resources/commitments';
import { isCalendarDate, type ProcoreId, readAmount, readId, toWireId } from '../../procore/wire';
import type { DesiredRequisition, DesiredRequisitionLine } from '../commitments/route-document';
import { type Reason, withoutNoDate } from '../outcomes';

/** A line of a commitment's schedule of values. */
export interface CommitmentLine {
	id: ProcoreId;
	fullCode: string;
	costType: string;
	amount: Decimal;
}

export function readCommitmentLine(wire: unknown): CommitmentLine | undefined {
	const line = wire as Record<string, unknown>;
	const id = readId(line?.id);
	if (!id) return undefined;
	const code = (line.cost_code ?? {}) as Record<string, unknown>;
	const type = (line.line_item_type ?? {}) as Record<string, unknown>;
	return {
		id,
		fullCode: String(code.full_code ?? code.code ?? ''),
		costType: String(type.code ?? ''),
		amount: readAmount(line.amount) ?? readAmount(line.total_amount) ?? '0',
	};
}

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
 */
export function allocateToContract(
	desired: DesiredRequisition,
	contract: readonly CommitmentLine[],
): Billed[] | Reason {
	const billed = new Map<ProcoreId, Billed>();
	for (const line of desired.lines) {
		const fitting = fittingLines(line, contract);
		if (fitting.length === 0) return missing(desired, line);
		let rest = line.amount;
		fitting.forEach((target, index) => {
			const last = index === fitting.length - 1;
			const room = subtract(target.amount, billed.get(target.id)?.amount ?? '0');
			const share = last || compare(rest, room) <= 0 ? rest : compare(room, '0') > 0 ? room : '0';
			rest = subtract(rest, share);
			if (isZero(share) && !(last && line.retainage)) return;
			const before = billed.get(target.id);
			billed.set(target.id, {
				lineId: target.id,
				amount: toFixed(add(before?.amount ?? '0', share)),
				retainage: toFixed(add(before?.retainage ?? '0', last ? (line.retainage ?? '0') : '0')),
				...(line.comment || before?.comment
					? { comment: [before?.comment, line.comment].filter(Boolean).join('; ') }
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

/** Every commitment line once: those billed, and those of an earlier state back at zero. */
export function itemsOf(
	billed: readonly Billed[],
	standing: Record<string, unknown> | undefined,
): RequisitionItem[] {
	const before = new Map(
		readItems(standing).flatMap((item) => {
			const lineId = readId(item.line_item_id);
			return lineId ? [[lineId, item] as const] : [];
		}),
	);
	const items = billed.map(({ lineId, amount, retainage, comment }): RequisitionItem => {
		const itemId = readId(before.get(lineId)?.id);
		return {
			...(itemId ? { id: toWireId(itemId) } : {}),
			line_item_id: toWireId(lineId),
			item_type: 'contract_item',
			work_completed_this_period: amount,
			...(isZero(retainage) ? {} : { work_completed_retainage_retained_this_period: retainage }),
			...(comment ? { comment } : {}),
		};
	});
	for (const [lineId, item] of before) {
		const itemId = readId(item.id);
		if (
			!itemId ||
			billed.some((one) => one.lineId === lineId) ||
			isZero(readAmount(item.work_completed_this_period) ?? '0')
		)
			continue;
		items.push({
			id: toWireId(itemId),
			line_item_id: toWireId(lineId),
			item_type: 'contract_item',
			work_completed_this_period: '0.00',
		});
	}
	return items;
}

function readItems(
	requisition: Record<string, unknown> | undefined,
): Array<Record<string, unknown>> {
	return Array.isArray(requisition?.items)
		? (requisition.items as Array<Record<string, unknown>>)
		: [];
}

/** Work billed this period; null when the answer does not list the items. */
export function claimed(requisition: Record<string, unknown>): Decimal | null {
	if (!Array.isArray(requisition?.items)) return null;
	return toFixed(
		add(
			'0',
			...readItems(requisition).map((item) => readAmount(item.work_completed_this_period) ?? '0'),
		),
	);
}

/** Whether what is billed is what GP has; undefined when the answer does not tell. */
export function agrees(requisition: Record<string, unknown>, total: Decimal): boolean | undefined {
	const sum = claimed(requisition);
	return sum === null ? undefined : compare(sum, total) === 0;
}

/** What Procore would refuse, or store otherwise than meant. */
export function checkRequisition({
	voided,
	header,
	lines,
	total,
}: DesiredRequisition): Reason | undefined {
	if (voided) return undefined;
	for (const field of [
		'billing_date',
		'requisition_start',
		'requisition_end',
		'payment_date',
	] as const) {
		const date = header[field];
		if (date === '' && field === 'payment_date') continue;
		if (date !== undefined && !isCalendarDate(date)) {
			return {
				code: 'bad-date',
				message: `${field} "${date}" is not a date; Procore would silently store none.`,
				remedy: 'Correct the date of the document in GP.',
			};
		}
	}
	const sum = add('0', ...lines.map(({ amount }) => amount));
	if (compare(sum, total) === 0) return undefined;
	return {
		code: 'lines-do-not-add-up',
		message: `The lines add up to ${sum}, the document to ${total}.`,
		remedy: 'Report this as a fault of the mapping.',
	};
}

/** Over everything GP decides. */
export function hashOf({
	voided,
	header,
	lines,
	total,
	commitmentId,
	periodId,
}: DesiredRequisition): string {
	return voided
		? contentHash({ voided })
		: contentHash({
				header: withoutNoDate(header),
				lines,
				total: toFixed(total),
				commitmentId,
				periodId,
			});
}

/** Whether the day of payment is all that differs from what was sent. */
export function onlyPaymentDiffers(
	desired: DesiredRequisition,
	sentHash: string | undefined,
	shownDate: unknown,
): boolean {
	const sent = typeof shownDate === 'string' ? shownDate.slice(0, 10) : '';
	const header = { ...desired.header, payment_date: sent };
	return !desired.voided && sentHash === hashOf({ ...desired, header });
}

/** What a subcontractor invoice shows of what was sent: its head, and what it bills of each commitment line. */
export interface ShownRequisition {
	status?: unknown;
	invoice_number?: unknown;
	billing_date?: unknown;
	billed: ReadonlyArray<{ lineId: string; amount: Decimal }>;
}

/** Kept beside it when it is sent, so that an equal one shows later that nobody edited it. */
export function hashOfShown({
	status,
	invoice_number,
	billing_date,
	billed,
}: ShownRequisition): string {
	const text = (value: unknown) => (typeof value === 'string' ? value : '');
	return contentHash({
		status: text(status),
		number: text(invoice_number),
		date: text(billing_date).slice(0, 10),
		billed: billed
			.filter(({ amount }) => !isZero(amount))
			.map(({ lineId, amount }) => `${lineId} ${toFixed(amount)}`)
			.sort(),
	});
}

export function periodMissing({ header, projectId }: DesiredRequisition): Reason {
	return {
		code: 'billing-period-missing',
		message: `Project ${projectId} has no billing period that holds ${header.billing_date ?? 'the invoice, which has no billing date'}.`,
		remedy: "Add the billing period in the project's Invoicing tool in Procore, then run again.",
	};
}

export function totalsDiffer(desired: DesiredRequisition, answer: Record<string, unknown>): Reason {
	return {
		code: 'totals-differ',
		message: `Procore shows ${claimed(answer)} billed after writing; GP has ${toFixed(desired.total)}.`,
		remedy:
			'Open the subcontractor invoice in Procore and compare its items; it is written again on the next run.',
	};
}

export const NEVER_SENT: Reason = {
	code: 'void-never-sent',
	message: 'The document is void in GP and was never in Procore.',
	remedy: 'Nothing to do.',
};
