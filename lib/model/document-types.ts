import type { DocumentType } from './gp-records';

/** GP's number (DOCTYPE) and a person's name for each payables document type. */
export const DOCUMENT_TYPES: Readonly<Record<DocumentType, { number: number; name: string }>> = {
	invoice: { number: 1, name: 'Invoice' },
	financeCharge: { number: 2, name: 'Finance charge' },
	miscellaneousCharge: { number: 3, name: 'Miscellaneous charge' },
	return: { number: 4, name: 'Return' },
	creditMemo: { number: 5, name: 'Credit memo' },
	payment: { number: 6, name: 'Payment' },
};

/** Documents that are direct costs of type expense: Procore wants invoice numbers of invoices only. */
export function isExpense(type: DocumentType | undefined): boolean {
	return type === 'financeCharge' || type === 'miscellaneousCharge' || type === 'payment';
}
