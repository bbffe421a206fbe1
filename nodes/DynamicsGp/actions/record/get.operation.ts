import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import type { Entity } from '../../../../lib/model/desired';
import { DOCUMENT_TYPE_NUMBERS } from '../../../../lib/model/gp-records';
import { toItem } from '../../../shared/item-kinds';
import type { GpOperation } from '../operation.types';
import { withLookups } from './lookups';

const locator = (
	displayName: string,
	name: string,
	searchListMethod: string,
	placeholder: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod, searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder },
	],
});

export const description: INodeProperties[] = [
	...updateDisplayOptions({ show: { resource: ['vendor'], operation: ['get'] } }, [
		locator('Vendor', 'vendor', 'searchVendors', 'e.g. ACME0001'),
	]),
	...updateDisplayOptions({ show: { resource: ['account'], operation: ['get'] } }, [
		locator('GL Account', 'account', 'searchAccounts', 'e.g. 300-5110-02'),
	]),
	...updateDisplayOptions({ show: { resource: ['payable'], operation: ['get'] } }, [
		{
			displayName: 'Document Type',
			name: 'documentType',
			type: 'options',
			default: 'invoice',
			description: 'GP numbers its vouchers per document type',
			options: [
				{ name: 'Credit Memo', value: 'creditMemo' },
				{ name: 'Finance Charge', value: 'financeCharge' },
				{ name: 'Invoice', value: 'invoice' },
				{ name: 'Miscellaneous Charge', value: 'miscellaneousCharge' },
				{ name: 'Payment', value: 'payment' },
				{ name: 'Return', value: 'return' },
			],
		},
		{
			displayName: 'Voucher Number',
			name: 'voucher',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 00000000000000417',
			description: "GP's own number of the document, not the invoice number of the vendor",
		},
	]),
];

export const execute: GpOperation = async function (connection, itemIndex) {
	const entity = this.getNodeParameter('resource', itemIndex) as Entity;
	let key: string;
	if (entity === 'payable') {
		const type = this.getNodeParameter(
			'documentType',
			itemIndex,
		) as keyof typeof DOCUMENT_TYPE_NUMBERS;
		const voucher = this.getNodeParameter('voucher', itemIndex) as string;
		key = `${DOCUMENT_TYPE_NUMBERS[type]};${voucher.trim()}`;
	} else {
		key = String(this.getNodeParameter(entity, itemIndex, '', { extractValue: true })).trim();
	}
	const record = await connection.client.get(entity, key);
	const [found] = await withLookups(this, connection, [record], itemIndex);
	return [toItem(found)];
};
