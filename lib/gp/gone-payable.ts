import { contentHash } from '../base/content-hash';
import { DOCUMENT_TYPE_NUMBERS, type DocumentType, type GpPayable } from './records';

/**
 * A payables document GP has no more: deleted before posting, or voided for a vendor without
 * history. All that is left of it is its key, and it costs nothing, so it reads as voided.
 */
export function gonePayable(company: string, key: string): GpPayable {
	const [number = '', voucher = ''] = key.split(';', 2);
	const [documentType] = Object.entries(DOCUMENT_TYPE_NUMBERS).find(
		([, code]) => String(code) === number.trim(),
	) ?? ['invoice'];
	return {
		kind: 'payable',
		company,
		key,
		voucher: voucher.trim(),
		documentType: documentType as DocumentType,
		documentNumber: '',
		// GP does not tell any more whose it was; nothing is sent to Procore that would need it.
		vendorId: '?',
		vendorName: null,
		state: 'history',
		voided: true,
		documentDate: null,
		postingDate: null,
		dueDate: null,
		postedDate: null,
		description: null,
		purchaseOrderNumber: null,
		batch: null,
		paymentTermsId: null,
		currencyId: null,
		amounts: {
			document: '0',
			purchases: '0',
			tradeDiscount: '0',
			freight: '0',
			miscellaneous: '0',
			tax: '0',
			retainage: '0',
		},
		distributions: [],
		taxes: [],
		modified: null,
		hash: contentHash(['gone', company, key]),
		extra: { gone: true },
	};
}
