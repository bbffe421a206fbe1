import type { INodeProperties } from 'n8n-workflow';

import { canonicalKey } from '../../../../lib/model/keys';
import { deletedRequests } from '../../../../lib/run/requests/make-requests';
import type { RequestRow } from '../../../../lib/run/requests/requests';
import type { AuditEventRow } from '../../../../lib/audit/types';
import { toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Ask for Deleted',
	value: 'askForDeleted',
	action: 'Ask for documents deleted in GP',
	description:
		'Documents that GP no longer lists, as rows of the requests table: the next run takes them out of Procore',
};

export const fields: INodeProperties[] = [
	rowsProperty(
		'Deleted Records',
		'deletedRecords',
		'What the operation Find Deleted of the Dynamics GP node put out',
	),
	rowsProperty('Event Rows', 'eventRows', 'Every event of these documents'),
	rowsProperty('Known Rows', 'knownRows', 'The rows whose keys GP was asked for'),
	rowsProperty('Request Rows', 'requestRows', 'Rows that wait in the requests table already'),
	{
		displayName: 'Most Deleted',
		name: 'mostDeletedPercent',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 5,
		description:
			'Highest percentage of the documents looked for that may be gone. More is taken for a broken list, and the node fails instead of asking.',
	},
	{
		displayName: 'Always Believed',
		name: 'alwaysBelieved',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 10,
		description: 'So many deleted documents are believed whatever the percentage',
	},
];

/** One item per request, to be inserted into the requests table. */
export const execute: BatchOperation = async function () {
	const deleted = readList<{ company: string; key: string }>(this, 'deletedRecords');
	const company = deleted[0]?.company ?? '';
	const known = readList<AuditEventRow>(this, 'knownRows').filter(
		(row) => row.gp_company === company,
	);
	const rows = deletedRequests({
		gone: deleted.map(({ key }) => key),
		events: readList<AuditEventRow>(this, 'eventRows'),
		known: new Set(known.map(({ gp_key }) => canonicalKey(gp_key))).size,
		mostShare: Number(this.getNodeParameter('mostDeletedPercent', 0, 5)) / 100,
		alwaysBelieved: Number(this.getNodeParameter('alwaysBelieved', 0, 10)),
		waiting: readList<RequestRow>(this, 'requestRows'),
		company,
		now: new Date().toISOString(),
	});
	return [rows.map((row) => toItem(row, 0))];
};
