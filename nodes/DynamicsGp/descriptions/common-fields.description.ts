import type { INodeProperties } from 'n8n-workflow';

/** Documents of Payables Management. */
export const documentTypeOptions = [
	{ name: 'Credit Memo', value: 'creditMemo' },
	{ name: 'Finance Charge', value: 'financeCharge' },
	{ name: 'Invoice', value: 'invoice' },
	{ name: 'Miscellaneous Charge', value: 'miscellaneousCharge' },
	{ name: 'Payment', value: 'payment' },
	{ name: 'Return', value: 'return' },
];

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
	hint: 'Leaves out the fields only your site has. What the GP to Procore node needs is kept.',
};
