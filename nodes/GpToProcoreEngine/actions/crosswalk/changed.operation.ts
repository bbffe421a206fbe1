import { NodeOperationError } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { crosswalkChanges, type SeenDecision } from '../../../../lib/mapping/crosswalk-changes';
import { mappingVersion } from '../../../../lib/mapping/settings-check';
import { toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import {
	crosswalkTables,
	procoreProjects,
} from '../../../GpToProcore/descriptions/crosswalk.description';
import { lastMapping, mappingRowsProperty } from '../../../GpToProcore/actions/map/mapping-rows';
import { readMappingInput } from '../../../GpToProcore/actions/map/read-mapping-input';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const companyProperty: INodeProperties = {
	displayName: 'Company Database ID',
	name: 'company',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. TWO',
	description: 'GP company whose rows are looked at',
};

export const option: OperationOption = {
	name: 'Find Changed',
	value: 'changed',
	action: 'Find changed crosswalk rows',
	description: 'Tell which rows people edited, added or deleted since the last run',
};

export const outputs = ['Changed', 'Remember', 'Forget'] as const;

export const fields: INodeProperties[] = [
	companyProperty,
	mappingRowsProperty,
	procoreProjects,
	...crosswalkTables('projects', 'accounts', 'vendors'),
	{
		displayName: 'Seen Rows',
		name: 'seenRows',
		type: 'json',
		default: '[]',
		description: 'Rows of the table gpp_decision: what the crosswalks decided at the last run',
		hint: 'Usually an expression that hands over all rows of a Data Table read before',
	},
];

export const execute: BatchOperation = async function () {
	const company = String(this.getNodeParameter('company', 0, '') ?? '').trim();
	if (company === '') {
		throw new NodeOperationError(this.getNode(), 'The GP company is not known', {
			description: "Fill in 'Company Database ID'.",
		});
	}
	const settings = lastMapping(this, company);
	const { changed, remember, forget } = crosswalkChanges({
		...readMappingInput(this),
		settings,
		mappingVersion: mappingVersion(settings),
		company,
		seen: readList<SeenDecision>(this, 'seenRows'),
	});
	return [
		changed.map((one) => toItem({ ...one, gp_company: company, pattern: `%${one.token}%` }, 0)),
		remember.map(({ id: _id, ...row }) => toItem(row, 0)),
		forget.map((row_id) => toItem({ row_id }, 0)),
	];
};
