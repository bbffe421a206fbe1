import { PARTS_IN_ORDER } from '../../../../lib/streams/streams';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import * as loadParked from './loadParked.operation';
import { readState } from './state';

export const option: OperationOption = {
	name: 'Load Parked by Stream',
	value: 'loadParkedByStream',
	action: 'Load parked records of a run by stream',
	description: 'Turn rows of the parked table back into GP records, on the output of their stream',
};

export const outputs = ['Vendors', 'GL Accounts', 'Payables'] as const;

export const { fields } = loadParked;

export const execute: BatchOperation = async function () {
	const [records] = await loadParked.execute.call(this);
	const { step } = readState(this);
	return PARTS_IN_ORDER.map((part) => (part === step?.part ? records : []));
};
