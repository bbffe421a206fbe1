import type { DesiredDirectCost, DesiredLine, SourceReference } from '../model/desired';
import { DOCUMENT_TYPES, type GpPayable, isExpense } from '../model/gp-records';
import {
	directCostOriginId,
	formerDirectCostOriginIds,
	formerVendorOriginIds,
	lineOriginId,
	vendorOriginId,
} from '../model/keys';
import { add, type Decimal, toFixed } from '../model/money';
import type { SharedLine } from './allocate';
import { costCodeName } from './cost-codes';
import { text } from './crosswalk-index';
import type { LineDecision } from './decide-line';
import { bringsCode, madeWhereNeeded } from './map-accounts';
import { contextFor, jobOfAccount, type MappingContext, payableLabel } from './mapping-context';
import { costOfPayable } from './payable-cost';
import type { DescriptionPart } from './policies.types';
import { type CheckedSettings, commitmentOf } from './settings-check';
import { type MappingInput, slim } from './types';

/** What stands above the lines: type, number, status, dates, terms and description. */
function directCostHeader(
	payable: GpPayable,
	settings: CheckedSettings,
): DesiredDirectCost['header'] {
	const expense = isExpense(payable.documentType);
	const number = payable.documentNumber.trim();
	const received = {
		none: null,
		document: payable.documentDate,
		posting: payable.postingDate,
		posted: payable.postedDate,
	}[settings.receivedDate];
	const description = descriptionOf(payable, settings, expense);
	return {
		direct_cost_type: expense ? 'expense' : 'invoice',
		// Procore wants numbers of invoices only, and each once per vendor and project.
		...(expense
			? {}
			: {
					invoice_number: number || payable.voucher,
					...(settings.duplicateNumbers === 'suffix'
						? { invoiceNumberSuffix: ` (${payable.voucher})` }
						: {}),
				}),
		status: payable.state === 'unposted' ? 'draft' : settings.postedStatus,
		...given({
			direct_cost_date: costDateOf(payable, settings),
			received_date: received,
			terms: payable.paymentTermsId,
			description,
		}),
		...(payable.paidOn === undefined ? {} : { payment_date: payable.paidOn ?? '' }),
	};
}

/** The day a document counts in. */
function costDateOf(
	{ documentDate, postingDate }: Pick<GpPayable, 'documentDate' | 'postingDate'>,
	{ costDate }: Pick<CheckedSettings, 'costDate'>,
): string | null {
	return costDate === 'posting' ? (postingDate ?? documentDate) : (documentDate ?? postingDate);
}

const LABELS: Record<DescriptionPart, string> = {
	description: '',
	vendorName: '',
	documentNumber: 'document',
	voucher: 'voucher',
	purchaseOrder: 'PO',
	batch: 'batch',
	terms: 'terms',
	dueDate: 'due',
	currency: 'currency',
};

/**
 * "Rebar delivery (PO 300-PO17, batch AP0115)": free texts first, what needs a name in brackets.
 * Each in the order of the setting. An expense has no number of its own in Procore, so it stands here.
 */
function descriptionOf(payable: GpPayable, settings: CheckedSettings, expense: boolean): string {
	const parts: DescriptionPart[] = expense
		? ['documentNumber', ...settings.descriptionParts.filter((part) => part !== 'documentNumber')]
		: settings.descriptionParts;
	const texts: string[] = [];
	const details: string[] = [];
	for (const part of parts) {
		const value = partOf(payable, part);
		if (value === '') continue;
		if (LABELS[part] === '') texts.push(value);
		else details.push(`${LABELS[part]} ${value}`);
	}
	const plain = texts.join(', ');
	if (details.length === 0) return plain;
	return plain ? `${plain} (${details.join(', ')})` : details.join(', ');
}

function partOf(payable: GpPayable, part: DescriptionPart): string {
	const values: Record<DescriptionPart, string | null> = {
		description: payable.description,
		vendorName: payable.vendorName,
		documentNumber: payable.documentNumber,
		voucher: payable.voucher,
		purchaseOrder: payable.purchaseOrderNumber,
		batch: payable.batch,
		terms: payable.paymentTermsId,
		dueDate: payable.dueDate,
		currency: payable.currencyId,
	};
	return text(values[part]);
}

/** Only what has a value: an absent field stays as it is in Procore. */
function given<Field extends string>(
	fields: Record<Field, string | null | undefined>,
): Partial<Record<Field, string>> {
	return Object.fromEntries(
		Object.entries(fields).filter(([, value]) => Boolean(value)),
	) as Partial<Record<Field, string>>;
}

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
		...codesOfLines(voided ? [] : input.lines, context),
		...codeAccounts(voided ? [] : input.lines, projectId, context),
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

/**
 * Codes that no sync of accounts makes, and that may be missing in Procore therefore: the account behind them
 * is inactive in GP, or belongs to no project by itself.
 */
function codesOfLines(
	lines: SharedLine[],
	context: MappingContext,
): Pick<DesiredDirectCost, 'codesOfLines'> {
	const codes = new Map<string, NonNullable<DesiredDirectCost['codesOfLines']>[number]>();
	for (const line of lines) {
		const { account, accountFacts } = line.distribution;
		const { costCode } = sent(line);
		if (codes.has(costCode)) continue;
		const inactive = accountFacts?.active === false;
		if (!inactive && !madeWhereNeeded(account, costCode, context)) continue;
		const found = jobOfAccount(account, context);
		const job = { number: found?.job ?? '', name: '' };
		const { row } = context.crosswalk.account(account);
		const described = accountFacts?.description ?? row?.gp_description ?? null;
		codes.set(costCode, {
			costCode,
			account,
			name: text(row?.cost_code_name) || costCodeName([described], job, costCode),
			make: !inactive || context.settings.inactiveCostCodes === 'make',
		});
	}
	return codes.size === 0 ? {} : { codesOfLines: [...codes.values()] };
}

/** Where a code goes missing in Procore, its account is what brings it back. */
function codeAccounts(
	lines: SharedLine[],
	projectId: string,
	context: MappingContext,
): Pick<DesiredDirectCost, 'codeAccounts'> {
	const accounts = new Map<string, string>();
	for (const line of lines) {
		const { account, accountFacts } = line.distribution;
		const { costCode } = sent(line);
		if (accounts.has(costCode) || accountFacts?.active === false) continue;
		if (bringsCode(account, { costCode, projectId }, context)) accounts.set(costCode, account);
	}
	if (accounts.size === 0) return {};
	return { codeAccounts: [...accounts].map(([costCode, account]) => ({ costCode, account })) };
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

/** What a payables document is in GP's own books, before anything is decided about it. */
export interface DocumentCost {
	label: string;
	/** Cost by its distributions, to the cent, zero once voided; null when an amount is not a number. */
	cost: Decimal | null;
	/** `YYYY-MM` it counts in; blank when it has no date. */
	month: string;
	/** Origin id its vendor has in Procore. */
	vendorOriginId: string;
}

/** @throws MappingSettingsError */
export function documentCosts(
	company: string,
	input: Omit<MappingInput, 'records'>,
): (payable: GpPayable) => DocumentCost {
	const context = contextFor(company, { ...input, records: [] });
	return (payable) => {
		const cost = costOfPayable(payable, context.accounts.isJobCost);
		const isPayment = payable.documentType === 'payment' && context.settings.payments === 'skip';
		return {
			label: payableLabel(payable),
			cost: payable.voided || isPayment ? '0' : cost && toFixed(cost.total),
			month: monthOf(payable, context.settings),
			vendorOriginId: vendorOriginId(company, payable.vendorId),
		};
	};
}

/** `YYYY-MM` a document counts in; blank when it has no date. */
export function monthOf(
	payable: Pick<GpPayable, 'documentDate' | 'postingDate'>,
	settings: Pick<MappingInput['settings'], 'costDate'>,
): string {
	return costDateOf(payable, settings)?.slice(0, 7) ?? '';
}
