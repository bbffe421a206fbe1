import { add, compare, isZero, subtract, toFixed, type Decimal } from '../../model/money';
import type { DesiredRequisition, DesiredRequisitionLine } from '../desired-requisition';
import { readId, type ProcoreId } from '../../procore/procore-id';
import { readAmount } from '../../procore/wire-money';
import type { Reason } from '../outcomes';

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
