import type { INodeProperties } from 'n8n-workflow';

import { anotherMapping, type MappingRow } from '../../../../lib/run/may-have-moved';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { readList, readRequired } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';
import { mappingProperty, readState, stateProperty } from './state';

export const option: OperationOption = {
	name: 'Compare Mapping',
	value: 'compareMapping',
	action: 'Compare the mapping with the one used last',
	description: 'Give a row for the mappings table when it is not the one the company used last',
};

export const outputs = ['Another', 'The Same'] as const;

export const fields: INodeProperties[] = [
	stateProperty,
	mappingProperty,
	rowsProperty('Mapping Rows', 'mappingRows', 'Rows of the mappings table for this company'),
];

export const execute: BatchOperation = async function () {
	const row = anotherMapping({
		company: readState(this).company,
		mapping: readRequired(this, 'mapping'),
		used: readList<MappingRow>(this, 'mappingRows'),
		now: new Date().toISOString(),
	});
	return row ? [[toItem(row, 0)], []] : [[], [toItem({}, 0)]];
};
