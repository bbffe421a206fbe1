import type { INodeProperties } from 'n8n-workflow';

import * as beginBatch from './beginBatch.operation';
import * as claim from './claim.operation';
import * as close from './close.operation';
import * as fail from './fail.operation';
import * as loadParked from './loadParked.operation';
import * as open from './open.operation';
import * as recordOutcomes from './recordOutcomes.operation';
import * as resume from './resume.operation';

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['run'] } },
		options: [
			{
				name: 'Begin Batch',
				value: 'beginBatch',
				action: 'Begin a batch of a run',
				description: 'Name a batch, renew the lease, and find out what was cut off before it',
			},
			{
				name: 'Claim',
				value: 'claim',
				action: 'Claim the lease of a run',
				description: 'Go on if no other run of this company is at work, or leave it the field',
			},
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
				description: 'Begin a run: its state, and the lease it asks for',
			},
			{
				name: 'Record Outcomes',
				value: 'recordOutcomes',
				action: 'Record outcomes of a batch',
				description: 'Turn what became of a batch into table rows, and say how the run goes on',
			},
			{
				name: 'Resume',
				value: 'resume',
				action: 'Resume a run that failed',
				description: 'Fail with what went wrong; when the execution is retried, let the run go on',
			},
		],
		default: 'open',
	},
	...beginBatch.description,
	...claim.description,
	...close.description,
	...fail.description,
	...loadParked.description,
	...open.description,
	...recordOutcomes.description,
	...resume.description,
];
