import type { INodeProperties } from 'n8n-workflow';

import { prepareBatch } from '../../../../lib/run/batch';
import { procoreProjects } from '../../../GpToProcore/descriptions/crosswalk.description';
import { givenProjects } from '../../../GpToProcore/actions/map/read-mapping-input';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { readState, stateProperty } from './state';

export const option: OperationOption = {
	name: 'Prepare Batch',
	value: 'prepareBatch',
	action: 'Prepare the next batch of a run',
	description: 'Put together what the execution that does one batch needs to know',
};

export const fields: INodeProperties[] = [stateProperty, procoreProjects];

export const execute: BatchOperation = async function () {
	return [[toItem({ ...prepareBatch(readState(this)), projects: givenProjects(this) }, 0)]];
};
