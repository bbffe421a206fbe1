import type { FieldChange } from '../model/outcome';
import { fieldChanges } from '../model/field-changes';
import type { StandingDirectCost } from '../sync/standing/read-standing';
import type { ExpectedCost } from './reconcile.types';

const NAMES: Record<string, string> = {
	direct_cost_type: 'type',
	invoice_number: 'invoice number',
	status: 'status',
	direct_cost_date: 'date',
	billing_date: 'billing date',
	received_date: 'received date',
	terms: 'terms',
	description: 'description',
	vendor: 'vendor',
	cost_type: 'cost type of a line',
};
/** A subcontractor invoice shows these alone; its date is the billing date. */
const OF_INVOICE = ['invoice_number', 'billing_date'];
/** As long as texts are cut at the earliest. */
const LONG = 100;

/**
 * What was sent of a document beside its amounts and shows otherwise in Procore. `before`: Procore, `after`:
 * GP. A field Procore does not show says nothing; descriptions of lines are not among those compared.
 */
export function headerChanges(
	cost: ExpectedCost,
	actual: StandingDirectCost,
	vendor: string,
): FieldChange[] {
	if (cost.voided || cost.header.status === 'draft') return [];
	const { invoiceNumberSuffix, ...header } = cost.header;
	const shown: Record<string, unknown> = { ...actual.fields };
	const isInvoice = actual.kind === 'requisition';
	const all: Record<string, unknown> = isInvoice
		? { ...header, billing_date: header.direct_cost_date ?? header.received_date }
		: header;
	const wanted = Object.fromEntries(
		Object.entries(all).filter(
			([field]) =>
				field in NAMES && shown[field] !== undefined && (!isInvoice || OF_INVOICE.includes(field)),
		),
	);
	for (const field of Object.keys(wanted))
		if (field.endsWith('_date') && shown[field]) shown[field] = String(shown[field]).slice(0, 10);
	const suffixed = `${header.invoice_number ?? ''}${invoiceNumberSuffix ?? ''}`;
	if (shown.invoice_number === suffixed) delete wanted.invoice_number;
	const changes = fieldChanges(shown, wanted).filter(({ field, before, after }) => {
		// To approve is a step of Procore's own where documents come for approval.
		if (field === 'status' && before === 'approved') return false;
		return !isCut(String(before ?? ''), String(after ?? ''));
	});
	const named = fieldChanges({ vendor: actual.vendor }, { vendor });
	return [...(vendor === '' ? [] : named), ...changes, ...lineChanges(cost, actual)];
}

/** Cost types: the place of a line in the books is its cost code alone. */
function lineChanges({ lines }: ExpectedCost, actual: StandingDirectCost): FieldChange[] {
	if (actual.kind === 'requisition') return [];
	const standing = new Map(actual.lines.map((line) => [line.originId, line.costType]));
	return lines.flatMap(({ originId, costType }) => {
		const there = standing.get(originId);
		if (there === undefined || there === '') return [];
		return fieldChanges({ cost_type: there.toUpperCase() }, { cost_type: costType.toUpperCase() });
	});
}

/** Procore kept the beginning of a long text: that shows no change of anybody. */
function isCut(shown: string, wanted: string): boolean {
	return shown.length >= LONG && wanted.startsWith(shown.trimEnd());
}

/** "invoice number 88 in Procore, 89 in GP; terms blank in Procore, Net 30 in GP". */
export function inWords(changes: readonly FieldChange[]): string {
	const text = (value: unknown) => {
		const plain = String(value ?? '').trim();
		return plain === '' ? 'blank' : `"${plain.slice(0, 60)}"`;
	};
	return changes
		.map(
			({ field, before, after }) =>
				`${NAMES[field]} ${text(before)} in Procore, ${text(after)} in GP`,
		)
		.join('; ');
}
