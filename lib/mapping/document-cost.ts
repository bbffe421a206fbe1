import { toFixed, type Decimal } from '../model/money';
import type { GpPayable } from '../model/gp-records';
import { costDateOf } from './direct-cost-header';
import { contextFor } from './mapping-context';
import { vendorOriginId } from '../model/keys';
import { costOfPayable } from './payable-cost';
import { payableLabel } from './source-of';
import type { MappingInput } from './types';

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
