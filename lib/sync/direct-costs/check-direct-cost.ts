import { add, compare } from '../../model/money';
import { isCalendarDate } from '../../procore/calendar-date';
import type { DesiredDirectCost } from '../../model/desired';
import { toWireAmount } from '../../procore/wire-money';
import type { Reason } from '../outcomes';

/** What Procore would refuse, or store otherwise than meant, told before anything is sent. */
export function checkDirectCost(desired: DesiredDirectCost): Reason | undefined {
	if (desired.voided) return undefined;
	const { header, lines } = desired;
	for (const field of ['direct_cost_date', 'received_date', 'payment_date'] as const) {
		const date = header[field];
		if (date === '' && field === 'payment_date') continue;
		if (date !== undefined && !isCalendarDate(date)) {
			return reason(
				'bad-date',
				`${field} "${date}" is not a date; Procore would silently store none.`,
				'Correct the date of the document in GP.',
			);
		}
	}
	if (header.direct_cost_type === 'invoice' && !header.invoice_number?.trim()) {
		return reason(
			'invoice-number-missing',
			'A direct cost of type invoice needs an invoice number.',
			'Enter the document number in GP.',
		);
	}
	if (header.direct_cost_type === 'invoice' && !desired.vendorId && !desired.vendorOriginId) {
		return reason(
			'vendor-missing',
			'A direct cost of type invoice needs a vendor.',
			'Send the vendor first.',
		);
	}
	const unsendable = lines.find(({ amount }) => toWireAmount(amount) === undefined);
	if (unsendable) {
		return reason(
			'bad-amount',
			`The amount ${unsendable.amount} of line ${unsendable.originId} cannot be sent exactly.`,
			'Correct the distribution in GP.',
		);
	}
	const originIds = new Set(lines.map(({ originId }) => originId));
	if (originIds.size !== lines.length) {
		return reason(
			'lines-not-distinct',
			'Two lines have the same origin id, so one would overwrite the other.',
			'Report this as a fault of the mapping.',
		);
	}
	const sum = add('0', ...lines.map(({ amount }) => amount));
	if (compare(sum, desired.total) !== 0) {
		return reason(
			'lines-do-not-add-up',
			`The lines add up to ${sum}, the document to ${desired.total}.`,
			'Report this as a fault of the mapping.',
		);
	}
	return undefined;
}

function reason(code: string, message: string, remedy: string): Reason {
	return { code, message, remedy };
}
