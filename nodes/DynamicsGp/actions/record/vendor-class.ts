import { updateDisplayOptions } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { GpRecord } from '../../../../lib/gp/records';
import type { GpConnection } from '../../transport/gp-connection';

export const vendorClassDescription: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['payable'], operation: ['get', 'getAll', 'getChanges'] } },
	[
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

/** The payables with their vendors' classes, where the field asks for them. */
export async function addVendorClasses(
	context: IExecuteFunctions,
	{ client }: GpConnection,
	records: readonly GpRecord[],
	itemIndex: number,
): Promise<readonly GpRecord[]> {
	const wanted = context.getNodeParameter('addVendorClass', itemIndex, false) as boolean;
	return wanted ? await client.withVendorClasses(records) : records;
}
