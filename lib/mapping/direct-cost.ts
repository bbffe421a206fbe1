import { add, toFixed } from '../model/money';
import type { DesiredDirectCost, DesiredLine, SourceReference } from '../model/desired';
import { DOCUMENT_TYPES, type GpPayable } from '../model/gp-records';
import { costCodeName } from './cost-code-names';
import { text } from './crosswalk-index';
import type { LineDecision } from './decide-line';
import { commitmentOf, directCostHeader } from './direct-cost-header';
import { jobOfAccount } from './find-job';
import type { MappingContext } from './mapping-context';
import {
	directCostOriginId,
	formerDirectCostOriginIds,
	formerVendorOriginIds,
	lineOriginId,
	vendorOriginId,
} from '../model/keys';
import type { SharedLine } from './shared-line';
import { slim } from './verdict';

/** One project's part of a payable. `source.amount` becomes that part. */
export function directCost(input: {
	payable: GpPayable;
	source: SourceReference;
	projectId: string;
	lines: SharedLine[];
	voided: boolean;
	context: MappingContext;
}): DesiredDirectCost {
	const { payable, projectId, context, voided } = input;
	const { number } = DOCUMENT_TYPES[payable.documentType];
	const originId = directCostOriginId(context.company, number, payable.voucher, projectId);
	const former = formerDirectCostOriginIds(context.company, number, payable.voucher, projectId);
	const lines = voided ? [] : input.lines.map((line) => desiredLine(line, originId));
	const total = toFixed(add(...lines.map((line) => line.amount)));
	const rules = new Set(input.lines.map((line) => sent(line).rule));
	return {
		kind: 'directCost',
		originId,
		...(former.length > 0 ? { formerOriginIds: former } : {}),
		source: { ...input.source, amount: total, rule: [...rules].slice(0, 3).join(' | ') },
		record: slim(payable),
		projectId,
		...vendorOf(payable, context),
		...inactiveCodes(voided ? [] : input.lines, context),
		voided,
		header: directCostHeader(payable, context.settings),
		...commitmentOf(payable, context.settings),
		lines,
		total,
	};
}

function desiredLine(line: SharedLine, directCost: string): DesiredLine {
	const { costCode, costType, description } = sent(line);
	const { account, reference } = line.distribution;
	return {
		originId: lineOriginId(directCost, line.sequence),
		costCode,
		costType,
		amount: toFixed(line.amount),
		// The GL account is what an accountant looks a line up by.
		description: description ?? (reference?.trim() ? `${reference.trim()} (${account})` : account),
		...(line.taxCodeId === undefined ? {} : { taxCodeId: line.taxCodeId }),
	};
}

/** Codes that are missing in Procore, if they are, because the account behind them is inactive in GP. */
function inactiveCodes(
	lines: SharedLine[],
	context: MappingContext,
): Pick<DesiredDirectCost, 'inactiveCodes'> {
	const codes = new Map<string, NonNullable<DesiredDirectCost['inactiveCodes']>[number]>();
	for (const line of lines) {
		const { account, accountFacts } = line.distribution;
		if (accountFacts?.active !== false) continue;
		const { costCode } = sent(line);
		if (codes.has(costCode)) continue;
		const found = jobOfAccount(account, context);
		const job = { number: found?.job ?? '', name: '' };
		codes.set(costCode, {
			costCode,
			account,
			name:
				text(context.crosswalk.account(account).row?.cost_code_name) ||
				costCodeName([accountFacts.description], job, costCode),
			make: context.settings.inactiveCostCodes === 'make',
		});
	}
	return codes.size === 0 ? {} : { inactiveCodes: [...codes.values()] };
}

function vendorOf(payable: GpPayable, context: MappingContext) {
	const { vendorId } = payable;
	const procoreId = text(context.crosswalk.vendor(vendorId).row?.procore_vendor_id);
	const former = formerVendorOriginIds(context.company, vendorId);
	return {
		vendorOriginId: vendorOriginId(context.company, vendorId),
		...(former.length > 0 ? { formerVendorOriginIds: former } : {}),
		...(procoreId === '' ? {} : { vendorId: procoreId }),
	};
}

function sent(line: SharedLine): Extract<LineDecision, { kind: 'send' }> {
	return line.decision as Extract<LineDecision, { kind: 'send' }>;
}
