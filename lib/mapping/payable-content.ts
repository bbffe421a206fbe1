import { contentHash } from '../model/content-hash';
import type { GpPayable } from '../model/gp-records';

/** Letters of the hash that are kept: enough to tell two states of one document apart. */
const LENGTH = 12;

/** What of a document the mapping looks at, as a short hash: see `SourceReference.content`. */
export function payableContent(payable: GpPayable): string {
	const { documentNumber, vendorId, vendorName, documentDate, postingDate, dueDate } = payable;
	const { postedDate, description, purchaseOrderNumber, batch, paymentTermsId } = payable;
	const { currencyId, amounts, voided } = payable;
	const content = {
		...{ documentNumber, vendorId, vendorName, documentDate, postingDate, dueDate, postedDate },
		...{ description, purchaseOrderNumber, batch, paymentTermsId, currencyId, voided },
		retainage: amounts?.retainage ?? '0',
		posted: payable.state !== 'unposted',
		...(payable.paidOn ? { paidOn: payable.paidOn } : {}),
		taxes: (payable.taxes ?? []).map(({ taxDetailId }) => taxDetailId),
		distributions: Array.isArray(payable.distributions)
			? payable.distributions.map(
					({ sequence, type, account, debit, credit, reference, job, costCode, costType }) => ({
						...{ sequence, type, account, debit, credit, reference },
						...(job === undefined ? {} : { job, costCode, costType }),
					}),
				)
			: null,
	};
	return contentHash(content).slice(0, LENGTH);
}
