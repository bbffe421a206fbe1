import type { INodeProperties } from 'n8n-workflow';

/** How to read this site; the same for every operation. */
export const connectionOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Door',
			name: 'siteProfile',
			type: 'options',
			default: 'sba',
			description:
				'Which way into GP this node takes, if another than the credential says. All give the same records.',
			options: [
				{
					name: 'OData Service',
					value: 'odata',
					description: 'GP 2016 and later: tables published through the GP OData service',
				},
				{
					name: 'Rows of Another Workflow',
					value: 'rows',
					description: 'By SQL or by anything else: a workflow of yours gives the rows',
				},
				{
					name: 'Service Based Architecture',
					value: 'sba',
					description: 'The GP service itself (GP 2015 and later)',
				},
				{
					name: 'Web Services (SOAP)',
					value: 'soap',
					description: 'The Dynamics GP Web Services, legacy endpoint (GP 9 and later)',
				},
			],
		},
		{
			displayName: 'Include Raw Record',
			name: 'includeRaw',
			type: 'boolean',
			default: false,
			description:
				'Whether to add each record as GP sent it, without secrets, as the field "raw". Makes items several times larger.',
		},
		{
			displayName: 'Largest Answer (MB)',
			name: 'largestAnswer',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 512 },
			default: 64,
			description:
				'Answers of more megabytes are refused, so that a broken server cannot fill the memory of n8n. Raise it only for a site that gives very long lists at once.',
		},
		{
			displayName: 'Parallel Requests',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 5 },
			default: 1,
			description:
				'How many requests may be under way at once. People work on the same server: start with 1.',
		},
		{
			displayName: 'Pause Between Requests (Ms)',
			name: 'pauseMs',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 60000 },
			default: 200,
			description:
				'Rest given to the server between two requests, in milliseconds. If not set: 200; for Rows of Another Workflow as long as the last answer took, at most 200.',
		},
		{
			displayName: 'Profile Override (JSON)',
			name: 'profileOverride',
			type: 'json',
			default: '{}',
			description:
				'What differs at your site from the chosen site profile: paths, names of fields and parameters, page size, change stamp. The Survey operation suggests one to paste here.',
		},
		{
			displayName: 'Rows Workflow',
			name: 'rowsWorkflow',
			type: 'string',
			default: '',
			placeholder: 'e.g. sGFBnKFBZlLdo2Dz',
			description:
				'ID of the workflow that gives the rows, if another than the credential says. Only for the door Rows of Another Workflow.',
		},
		{
			displayName: 'Started By',
			name: 'startedBy',
			type: 'string',
			default: '',
			placeholder: 'e.g. schedule',
			description:
				'What started the run: after "schedule" a login that GP refused before is not tried again, so that the account is not locked; after anything else it is. Empty goes by how n8n started this execution.',
		},
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeoutSeconds',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 600 },
			default: 120,
			description:
				'How long to wait for one answer, in seconds. The first request after a quiet hour may take more than a minute.',
		},
	],
};
