import { add, isZero, subtract, type Decimal } from '../model/money';
import { allocate } from './allocate';
import type { MappingContext } from './mapping-context';
import { RETAINAGE } from './payable-reasons';
import type { SharedLine } from './shared-line';

/**
 * Takes what is held back from the vendor out of the lines, in proportion, and adds it beside them:
 * as lines of its own, or as lines left out. The sum stays what it was.
 */
export function withRetainage(
	lines: SharedLine[],
	retainage: Decimal,
	context: MappingContext,
): SharedLine[] {
	const policy = context.settings.retainage;
	if (policy === 'cost' || isZero(retainage) || lines.length === 0) return lines;
	const shares = allocate(
		retainage,
		lines.map((line, index) => ({ key: String(index), weight: line.amount })),
	);
	const reduced = lines.map((line, index) => ({
		...line,
		amount: subtract(line.amount, shares[index].amount),
	}));
	const own = new Map<string, SharedLine>();
	lines.forEach((line, index) => {
		const { amount } = shares[index];
		if (isZero(amount)) return;
		const held = heldBack(line, context);
		const key =
			held.decision.kind === 'send'
				? `${held.decision.projectId} ${held.decision.costCode} ${held.decision.costType}`
				: held.sequence;
		const known = own.get(key);
		if (known) known.amount = add(known.amount, amount);
		else own.set(key, { ...held, amount });
	});
	return [...reduced, ...own.values()];
}

/** The line's part of the retainage: named after the first line of its project and code. */
function heldBack(line: SharedLine, context: MappingContext): SharedLine {
	const { decision } = line;
	const sequence = `R${line.sequence}`;
	if (decision.kind !== 'send') return { ...line, sequence };
	if (context.settings.retainage === 'leaveOut') {
		return { ...line, sequence, decision: { kind: 'leave', reason: RETAINAGE } };
	}
	const { costCode, costType } = context.settings.ownLines.retainage ?? {};
	return {
		...line,
		sequence,
		decision: {
			...decision,
			costCode: costCode?.trim() || decision.costCode,
			costType: costType?.trim() || decision.costType,
			description: 'Retainage',
		},
	};
}
