import type { INodeProperties } from 'n8n-workflow';

export const operationDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['company'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many companies',
				description: 'List the companies of the account',
			},
		],
		default: 'getAll',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['costCode'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many cost codes',
				description: 'List the cost codes of a project',
			},
			{
				name: 'Sync',
				value: 'sync',
				action: 'Sync cost codes',
				description:
					'Bring cost codes to the state the incoming items describe; running it twice changes nothing',
			},
		],
		default: 'getAll',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['costType'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many cost types',
				description: 'List the cost types of the company',
			},
		],
		default: 'getAll',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['directCost'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many direct costs',
				description: 'List the direct costs of a project',
			},
			{
				name: 'Sync',
				value: 'sync',
				action: 'Sync direct costs',
				description:
					'Bring direct costs to the state the incoming items describe; running it twice changes nothing',
			},
		],
		default: 'getAll',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['project'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many projects',
				description: 'List the projects of the company',
			},
		],
		default: 'getAll',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['vendor'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many vendors',
				description: 'List the vendors of the company',
			},
			{
				name: 'Sync',
				value: 'sync',
				action: 'Sync vendors',
				description:
					'Bring vendors to the state the incoming items describe; running it twice changes nothing',
			},
		],
		default: 'getAll',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['billingPeriod'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many billing periods',
				description: 'List the billing periods of a project',
			},
		],
		default: 'getAll',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['requisition'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many requisitions',
				description: 'List the subcontractor invoices of a project',
			},
		],
		default: 'getAll',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['taxCode'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many tax codes',
				description: 'List the tax codes of the company',
			},
		],
		default: 'getAll',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['unitOfMeasure'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many units of measure',
				description: 'List the units of measure of the company',
			},
		],
		default: 'getAll',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['wbsCode'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many WBS codes',
				description: 'List the budget codes of a project',
			},
		],
		default: 'getAll',
	},
];
