import { canonicalOriginId } from '../../model/keys';
import { compare, isZero, type Decimal } from '../../model/money';
import { toWireId, type ProcoreId } from '../../procore/procore-id';
import type { ActualLine } from '../../procore/resources/direct-cost-lines';
import { OriginIndex } from '../origin-index';
import type { SyncRow } from '../../procore/resources/sync-rows';
import { toWireAmount } from '../../procore/wire-money';

/** A desired line with the ids Procore wants. */
export interface ResolvedLine {
	originId: string;
	costCodeId: ProcoreId;
	costTypeId: ProcoreId;
	amount: Decimal;
	description?: string;
	taxCodeId?: string;
}

export interface LinePlan {
	/** Rows for the sync action, without direct_cost_id where the header is still to be made. */
	rows: SyncRow[];
	/** Lines that stand but are not wanted. */
	remove: ActualLine[];
	/** Lines of another integration under this direct cost: never touched. */
	foreign: ActualLine[];
	/** Wanted lines that do not stand yet. */
	missing: number;
}

/**
 * Decides, without any I/O, what has to happen to the lines of one direct cost. `standing` is
 * undefined when they were not read: then every line is sent by its origin id and none is removed.
 */
export function planLines(
	headerOriginId: string,
	directCostId: ProcoreId | undefined,
	wanted: readonly ResolvedLine[],
	standing: readonly ActualLine[] | undefined,
): LinePlan {
	const named = (standing ?? []).filter(({ originId }) => Boolean(originId));
	const byOriginId = new OriginIndex<ActualLine>();
	for (const line of named) byOriginId.set(line.originId as string, line);
	// Lines entered by hand are taken over where they say the same, the amount first.
	const unowned = new Set((standing ?? []).filter(({ originId }) => originId === null));
	const kept = new Map<ResolvedLine, ActualLine>();
	for (const line of wanted) {
		const own = byOriginId.get(line.originId);
		if (own) kept.set(line, own);
	}
	for (const sameAmount of [true, false]) {
		for (const line of wanted) {
			if (kept.has(line)) continue;
			const match = [...unowned].find(
				(one) =>
					one.costCodeId === line.costCodeId &&
					one.costTypeId === line.costTypeId &&
					(!sameAmount || (one.amount !== null && compare(one.amount, line.amount) === 0)),
			);
			if (match) {
				kept.set(line, match);
				unowned.delete(match);
			}
		}
	}
	const keptLines = new Set(kept.values());
	const others = named.filter((line) => !keptLines.has(line));
	// Lines of this record are named after it; anything else belongs to somebody else.
	const name = canonicalOriginId(headerOriginId);
	const isOurs = ({ originId }: ActualLine) =>
		canonicalOriginId(originId as string).startsWith(name);
	return {
		rows: wanted.map((line) => rowOf(line, kept.get(line), directCostId)),
		remove: [...others.filter(isOurs), ...unowned].filter(
			({ amount }) => amount === null || !isZero(amount),
		),
		foreign: others.filter((line) => !isOurs(line)),
		missing: wanted.length - kept.size,
	};
}

function rowOf(
	line: ResolvedLine,
	standing: ActualLine | undefined,
	directCostId: ProcoreId | undefined,
): SyncRow {
	return {
		...(standing ? { id: toWireId(standing.id) } : {}),
		origin_id: line.originId,
		...(directCostId ? { direct_cost_id: toWireId(directCostId) } : {}),
		cost_code_id: toWireId(line.costCodeId),
		line_item_type_id: toWireId(line.costTypeId),
		extended_type: 'manual',
		amount: toWireAmount(line.amount),
		...(line.description === undefined ? {} : { description: line.description }),
		...(line.taxCodeId === undefined ? {} : { tax_code_id: toWireId(line.taxCodeId) }),
	};
}
