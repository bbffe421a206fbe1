import type { GpPayable } from '../model/gp-records';
import { keyOf } from './crosswalk-index';
import { taxCodeMissing } from './payable-reasons';
import type { InvoicePolicies } from './policies.types';
import type { Reason } from './verdict';

/**
 * The one Procore tax code for all tax details of a document: a line takes no more than one. The
 * code set for "" serves details not named, and documents whose details the site does not hand over.
 */
export function taxCodeOf(
	payable: GpPayable,
	taxCodes: InvoicePolicies['taxCodes'],
): { taxCodeId: string } | { reason: Reason } {
	const codeOf = (detail: string) =>
		(Object.hasOwn(taxCodes, detail) ? taxCodes[detail] : (taxCodes[''] ?? '')).trim();
	const details = [...new Set((payable.taxes ?? []).map((tax) => keyOf(tax.taxDetailId)))];
	const codes = new Set(details.length === 0 ? [codeOf('')] : details.map(codeOf));
	const [taxCodeId] = codes;
	return codes.size === 1 && taxCodeId !== ''
		? { taxCodeId }
		: { reason: taxCodeMissing(details.filter((detail) => detail !== '')) };
}
