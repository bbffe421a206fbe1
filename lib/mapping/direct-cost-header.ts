import { type GpPayable, isExpense } from '../model/gp-records';
import type { DesiredDirectCost } from '../model/desired';
import { text } from './crosswalk-index';
import type { DescriptionPart } from './policies.types';
import type { CheckedSettings } from './settings-check';

/** What stands above the lines: type, number, status, dates, terms and description. */
export function directCostHeader(
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
export function costDateOf(
	{ documentDate, postingDate }: Pick<GpPayable, 'documentDate' | 'postingDate'>,
	{ costDate }: Pick<CheckedSettings, 'costDate'>,
): string | null {
	return costDate === 'posting' ? (postingDate ?? documentDate) : (documentDate ?? postingDate);
}

/** The order a document bills, where it names one and the policy asks for it. */
export function commitmentOf(
	payable: GpPayable,
	settings: CheckedSettings,
): Pick<DesiredDirectCost, 'commitment'> {
	if (settings.commitments === 'ignore' || isExpense(payable.documentType)) return {};
	const number = settings.commitmentNumber(text(payable.purchaseOrderNumber));
	return number === null ? {} : { commitment: { number, then: settings.commitments } };
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
