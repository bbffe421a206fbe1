import { updateDisplayOptions } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { GpRecord } from '../../../lib/model/gp-records';
import type { GpConnection } from '../transport/gp-connection';

/** What payables do not carry themselves and mapping may ask for. */
export const lookupsDescription: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['payable'], operation: ['get', 'getAll', 'getChanges'] } },
	[
		{
			displayName: 'Add Account Facts',
			name: 'addAccountFacts',
			type: 'boolean',
			default: true,
			description:
				'Whether to look up which accounts are on the balance sheet and which are inactive. Costs a few reads of GP in six hours.',
		},
		{
			displayName: 'Add Paid Date',
			name: 'addPaidDate',
			type: 'boolean',
			default: true,
			description:
				'Whether to look up the day an invoice was paid in full, where this door shows which payments were applied to it (SQL)',
		},
		{
			displayName: 'Add Receipt Lines',
			name: 'addReceiptLines',
			type: 'boolean',
			default: true,
			description:
				'Whether to look up which purchase receipt lines an invoice pays, where this door carries receipts (SQL, Web Services): the cost behind an accrual account stands on them',
		},
		{
			displayName: 'Add Vendor Class',
			name: 'addVendorClass',
			type: 'boolean',
			default: false,
			description:
				'Whether to look up the class of the vendor, for mapping rules that ask for it. Costs one more read of GP per vendor.',
		},
	],
);

/** The payables with what the fields ask for beside them. */
export async function withLookups(
	context: IExecuteFunctions,
	{ client }: GpConnection,
	records: readonly GpRecord[],
	itemIndex: number,
): Promise<readonly GpRecord[]> {
	if (!records.some(({ kind }) => kind === 'payable')) return records;
	const wanted = (name: string, byDefault: boolean) =>
		context.getNodeParameter(name, itemIndex, byDefault) as boolean;
	const matched = wanted('addReceiptLines', true)
		? await client.withReceiptLines(records)
		: records;
	const paid = wanted('addPaidDate', true) ? await client.withPaidDates(matched) : matched;
	const found = wanted('addAccountFacts', true) ? await client.withAccountFacts(paid) : paid;
	return wanted('addVendorClass', false) ? await client.withVendorClasses(found) : found;
}
