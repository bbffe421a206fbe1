import type { INodeProperties } from 'n8n-workflow';

const RESOURCES = [
	{ resource: 'company', many: 'companies', syncs: false },
	{ resource: 'costCode', many: 'cost codes', syncs: true },
	{ resource: 'costType', many: 'cost types', syncs: false },
	{ resource: 'directCost', many: 'direct costs', syncs: true },
	{ resource: 'project', many: 'projects', syncs: false },
	{ resource: 'vendor', many: 'vendors', syncs: true },
];

export const operationDescription: INodeProperties[] = RESOURCES.map(
	({ resource, many, syncs }): INodeProperties => ({
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: `Get many ${many}`,
				description: `List the ${many} of Procore`,
			},
			...(syncs
				? [
						{
							name: 'Sync',
							value: 'sync',
							action: `Sync ${many}`,
							description: `Bring ${many} to the state the incoming items describe. Running it twice changes nothing.`,
						},
					]
				: []),
		],
		default: 'getAll',
	}),
);
