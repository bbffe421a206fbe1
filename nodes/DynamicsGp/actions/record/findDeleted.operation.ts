import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { sameGpKey } from '../../../../lib/model/keys';
import type { Entity } from '../../../../lib/model/desired';
import { deletedKeys } from '../../../../lib/gp/reading/read-records';
import { toItem } from '../../../shared/item-kinds';
import { rowOf } from '../../../shared/read-list';
import type { GpOperation } from '../operation.types';

const properties: INodeProperties[] = [
	{
		displayName: 'Known Keys',
		name: 'knownKeys',
		type: 'json',
		default: '[]',
		placeholder: "={{ $('Read events').all() }}",
		description:
			'Keys handled before: vendor IDs, account numbers, or for payables the document type number and voucher such as 1;00417. Rows with gp_key and gp_company do as well: those of other companies are left out.',
		hint: 'Usually an expression that hands over the audit events read before',
	},
	{
		displayName: 'Most Deleted',
		name: 'mostDeletedPercent',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 5,
		description:
			'Highest percentage of the known keys that may be gone. More is taken for a broken list, and the node fails instead of reporting deletions.',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['account', 'payable', 'vendor'], operation: ['findDeleted'] } },
	properties,
);

export const execute: GpOperation = async function (connection, itemIndex) {
	const entity = this.getNodeParameter('resource', itemIndex) as Entity;
	const given = this.getNodeParameter('knownKeys', itemIndex, []) as unknown;
	const { client } = connection;
	const handled = keysOf(given, connection.companyId);
	if (handled === null) {
		throw new NodeOperationError(
			this.getNode(),
			"The parameter 'Known Keys' is not a list of keys",
			{
				description: 'Give it a JSON array of texts, or an expression that yields one.',
				itemIndex,
			},
		);
	}
	// What this door never lists, payments over SOAP, is not deleted because it is not there.
	const known = handled.filter((key) => client.door.knows(entity, key));
	if (known.length === 0) return [];
	const mostShare = (this.getNodeParameter('mostDeletedPercent', itemIndex, 5) as number) / 100;
	const present = await client.listKeys(entity);
	return deletedKeys(entity, known, present, mostShare).map((key) =>
		toItem({ kind: 'deleted', entity, company: connection.companyId, key }),
	);
};

function keysOf(value: unknown, company: string): string[] | null {
	if (Array.isArray(value)) return value.flatMap((entry) => keyOf(rowOf(entry), company));
	if (typeof value !== 'string') return null;
	try {
		return keysOf(JSON.parse(value || '[]') as object, company);
	} catch {
		return null;
	}
}

/** The key of a text or of an audit event; none where the event is another company's. */
function keyOf(entry: unknown, company: string): string[] {
	if (typeof entry !== 'object' || entry === null) return [String(entry)];
	const { gp_key: key, gp_company: of } = entry as { gp_key?: string; gp_company?: string };
	return key && sameGpKey(of ?? company, company) ? [key] : [];
}
