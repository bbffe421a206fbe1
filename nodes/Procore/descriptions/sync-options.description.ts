import type { INodeProperties } from 'n8n-workflow';

const batchId: INodeProperties = {
	displayName: 'Batch ID',
	name: 'batchId',
	type: 'string',
	default: '',
	description:
		'Is kept with each record written, so that a batch that was cut off before it was recorded can be recognised',
};

const batchSize: INodeProperties = {
	displayName: 'Batch Size',
	name: 'batchSize',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1000 },
	default: 500,
	description: 'How many records go into one call; Procore takes 1,000 at most',
};

const drift: INodeProperties = {
	displayName: 'Edited in Procore',
	name: 'drift',
	type: 'options',
	default: 'overwrite',
	description: 'What becomes of a field that GP decides and somebody edited in Procore',
	options: [
		{ name: 'Leave as Edited', value: 'keep' },
		{ name: 'Set Back', value: 'overwrite' },
	],
};

const leaseUntil: INodeProperties = {
	displayName: 'Lease Until',
	name: 'leaseUntil',
	type: 'string',
	default: '',
	placeholder: 'e.g. 2026-01-31T06:05:00.000Z',
	description:
		'End of the lease of the run, as it was renewed just before: nothing is written to Procore from shortly before it on. Empty writes without end.',
};

const rewrite: INodeProperties = {
	displayName: 'Rewrite',
	name: 'rewrite',
	type: 'boolean',
	default: false,
	description:
		'Whether to write direct costs with their lines even where nothing seems to have changed: lines edited in Procore may have kept the sum',
};

const projectConcurrency: INodeProperties = {
	displayName: 'Projects in Parallel',
	name: 'projectConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 6 },
	default: 5,
	description:
		'How many projects are worked on at once; within one project writes are never parallel',
};

const runId: INodeProperties = {
	displayName: 'Run ID',
	name: 'runId',
	type: 'string',
	default: '',
	description:
		'The same text in every sync of one run lets them share what was read from Procore, which saves calls',
};

const unrecordedBatches: INodeProperties = {
	displayName: 'Unrecorded Batches',
	name: 'unrecordedBatches',
	type: 'string',
	default: '',
	description:
		'IDs of batches that were cut off before they were recorded: a list, or text with commas. What they wrote gets its outcome now.',
};

const unrecordedPlaces: INodeProperties = {
	displayName: 'Unrecorded Places',
	name: 'unrecordedPlaces',
	type: 'string',
	default: '',
	description:
		'Where those batches wrote: IDs of projects, and of standard cost code lists as "list 5", with commas. Empty looks through every project.',
};

const OPTIONS: Record<string, INodeProperties[]> = {
	costCode: [
		batchId,
		batchSize,
		drift,
		{
			displayName: 'Inactive in GP',
			name: 'inactiveCostCodes',
			type: 'options',
			default: 'leave',
			description: 'What becomes of the cost code of an account that is inactive in GP',
			options: [
				{ name: 'Deactivate', value: 'deactivate' },
				{ name: 'Leave Usable', value: 'leave' },
			],
		},
		leaseUntil,
		projectConcurrency,
		runId,
		unrecordedBatches,
		unrecordedPlaces,
	],
	directCost: [
		{
			displayName: 'Add Vendors to Projects',
			name: 'addVendorsToProjects',
			type: 'boolean',
			default: true,
			description:
				'Whether to put a vendor into the directory of a project where Procore refuses a cost without that',
		},
		batchId,
		batchSize,
		{
			displayName: 'Create Missing Cost Codes',
			name: 'createMissingCostCodes',
			type: 'boolean',
			default: false,
			description:
				'Whether to make cost codes the project lacks, named by their number. Otherwise such an invoice is parked.',
		},
		drift,
		leaseUntil,
		projectConcurrency,
		rewrite,
		runId,
		unrecordedBatches,
		unrecordedPlaces,
		{
			displayName: 'Voided in GP',
			name: 'voidPolicy',
			type: 'options',
			default: 'draft',
			description: 'What becomes of the direct cost of an invoice voided in GP',
			options: [
				{ name: 'Delete', value: 'delete' },
				{
					name: 'Keep as Draft',
					value: 'draft',
					description: 'Takes it out of the budget and keeps the trail',
				},
			],
		},
	],
	costType: [batchSize],
	standardCostCode: [batchId, batchSize, drift, leaseUntil, runId, unrecordedBatches],
	vendor: [
		batchId,
		batchSize,
		drift,
		{
			displayName: 'Inactive in GP',
			name: 'inactivePolicy',
			type: 'options',
			default: 'create',
			description: 'What becomes of a vendor that is inactive in GP and not in Procore yet',
			options: [
				{ name: 'Create as Inactive', value: 'create' },
				{ name: 'Leave Out', value: 'skip' },
			],
		},
		leaseUntil,
		runId,
		unrecordedBatches,
		unrecordedPlaces,
	],
};

export const syncOptionsDescription: INodeProperties[] = Object.entries(OPTIONS).map(
	([resource, options]): INodeProperties => ({
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { resource: [resource], operation: ['sync'] } },
		options,
	}),
);
