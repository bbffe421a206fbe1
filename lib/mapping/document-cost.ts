import { toFixed, type Decimal } from '../base/money';
import type { GpPayable } from '../gp/records';
import { contextFor } from './mapping-context';
import { vendorOriginId } from './origin-ids';
import { costOfPayable } from './payable-cost';
import { payableLabel } from './source-of';
import type { MappingInput } from './types';

/** What a payables document is in GP's own books, before anything is decided about it. */
export interface DocumentCost {
	label: string;
	/** Cost by its distributions, to the cent; null when an amount is no number. */
	cost: Decimal | null;
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
		return {
			label: payableLabel(payable),
			cost: cost === null ? null : toFixed(cost.total),
			vendorOriginId: vendorOriginId(company, payable.vendorId.trim()),
		};
	};
}
