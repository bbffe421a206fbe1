import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { credentialTest } from '../DynamicsGp/methods';
import { portsOf, resourceProperty, runChosen } from '../shared/operations';
import { ENGINE, ENGINE_OPTIONS } from './actions/resources';
import { tellingCaller } from '../shared/to-node-error';

/**
 * The steps of the shipped workflows: they keep the books of a run in Data Tables. Of no use by
 * themselves, so n8n does not offer the node; workflows that have it run and open as any other.
 */
export class GpToProcoreEngine implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GP to Procore Engine',
		name: 'gpToProcoreEngine',
		icon: {
			light: 'file:../GpToProcore/gpToProcore.svg',
			dark: 'file:../GpToProcore/gpToProcore.dark.svg',
		},
		group: ['transform'],
		version: 1,
		hidden: true,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Steps of the shipped GP to Procore workflows: runs, requests, alerts, pages',
		defaults: { name: 'GP to Procore Engine' },
		usableAsTool: undefined,
		inputs: portsOf(ENGINE, 'inputs'),
		outputs: portsOf(ENGINE, 'outputs'),
		credentials: [
			{
				// Opening a run can do without.
				name: 'dynamicsGpApi',
				required: false,
				testedBy: 'dynamicsGpApiTest',
				displayOptions: {
					show: { resource: ['connection', 'run'], operation: ['check', 'open'] },
				},
			},
			{
				// Without it the page lets people type what it cannot list.
				name: 'procoreOAuth2Api',
				required: false,
				displayOptions: {
					show: { resource: ['connection', 'crosswalk'], operation: ['check', 'choices'] },
				},
			},
		],
		properties: [
			resourceProperty('run', ENGINE_OPTIONS),
			...Object.values(ENGINE).flatMap(({ description }) => description),
		],
	};

	methods = { credentialTest };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await tellingCaller(this, async () => await runChosen(this, ENGINE));
	}
}
