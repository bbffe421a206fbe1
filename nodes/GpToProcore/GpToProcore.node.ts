import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import * as alert from './actions/alert/Alert.resource';
import * as audit from './actions/audit/Audit.resource';
import * as crosswalk from './actions/crosswalk/Crosswalk.resource';
import * as map from './actions/map/Map.resource';
import * as mapping from './actions/mapping/Mapping.resource';
import * as reconciliation from './actions/reconciliation/Reconciliation.resource';
import * as request from './actions/request/Request.resource';
import * as report from './actions/report/Report.resource';
import { router } from './actions/router';
import * as run from './actions/run/Run.resource';
import { INPUTS, OUTPUTS } from './descriptions/connections';
import { credentialTest, listSearch } from './methods';

/** Decides how GP records should stand in Procore, and keeps the books of a sync run. */
export class GpToProcore implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GP to Procore',
		name: 'gpToProcore',
		icon: { light: 'file:gpToProcore.svg', dark: 'file:gpToProcore.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Map Dynamics GP records to Procore and keep account of sync runs',
		defaults: { name: 'GP to Procore' },
		// Maps whole batches between two systems: nothing an AI agent would call by itself.
		usableAsTool: undefined,
		inputs: INPUTS,
		outputs: OUTPUTS,
		credentials: [
			{
				// One entry for all: n8n looks at the first of a name only. Opening a run can do without.
				name: 'dynamicsGpApi',
				required: false,
				testedBy: 'dynamicsGpApiTest',
				displayOptions: {
					show: {
						resource: ['crosswalk', 'reconciliation', 'run'],
						operation: ['compare', 'open', 'suggest'],
					},
				},
			},
			{
				// The mapping needs it only to fill its lists.
				name: 'procoreOAuth2Api',
				required: false,
				displayOptions: {
					show: {
						resource: ['crosswalk', 'mapping', 'reconciliation'],
						operation: ['compare', 'define', 'suggest'],
					},
				},
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Alert',
						value: 'alert',
						description: 'What is wrong now, told once and cleared by itself',
					},
					{
						name: 'Audit',
						value: 'audit',
						description: 'The audit trail: exported, checked, cleaned up',
					},
					{
						name: 'Crosswalk',
						value: 'crosswalk',
						description: 'The tables that say which job, account and vendor is what in Procore',
					},
					{ name: 'GL Account', value: 'account' },
					{
						name: 'Mapping',
						value: 'mapping',
						description: 'How GP is read into Procore, set once for all Map nodes of a workflow',
					},
					{ name: 'Payables Invoice', value: 'payable' },
					{
						name: 'Reconciliation',
						value: 'reconciliation',
						description: 'GP against Procore, each difference explained by its documents',
					},
					{
						name: 'Report',
						value: 'report',
						description: 'A page to look at: runs, records, what waits, and replay buttons',
					},
					{
						name: 'Request',
						value: 'request',
						description: 'Records to be read again: replays',
					},
					{
						name: 'Run',
						value: 'run',
						description: 'A run of the sync: opened, recorded batch by batch, closed',
					},
					{ name: 'Vendor', value: 'vendor' },
				],
				default: 'payable',
			},
			...alert.description,
			...audit.description,
			...crosswalk.description,
			...map.description,
			...mapping.description,
			...reconciliation.description,
			...report.description,
			...request.description,
			...run.description,
		],
	};

	methods = { credentialTest, listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
