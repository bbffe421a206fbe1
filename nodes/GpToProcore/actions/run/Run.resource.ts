import type { INodeProperties } from 'n8n-workflow';

import * as close from './close.operation';
import * as fail from './fail.operation';
import * as loadParked from './loadParked.operation';
import * as open from './open.operation';
import * as recordOutcomes from './recordOutcomes.operation';

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['run'] } },
		options: [
			{
				name: 'Close',
				value: 'close',
				action: 'Close a run',
				description: 'Sum up a finished run as a row for the runs table',
			},
			{
				name: 'Fail',
				value: 'fail',
				action: 'Close the run of a failed execution',
				description:
					'Close the run that a failed execution left open, and say which lease to release',
			},
			{
				name: 'Load Parked',
				value: 'loadParked',
				action: 'Load parked records of a run',
				description: 'Turn rows of the parked table back into GP records, to try them again',
			},
			{
				name: 'Open',
				value: 'open',
				action: 'Open a run',
				description: 'Begin a run: its state, and a row for the runs table',
			},
			{
				name: 'Record Outcomes',
				value: 'recordOutcomes',
				action: 'Record outcomes of a batch',
				description: 'Turn what became of a batch into table rows, and say how the run goes on',
			},
		],
		default: 'open',
	},
	...close.description,
	...fail.description,
	...loadParked.description,
	...open.description,
	...recordOutcomes.description,
];
