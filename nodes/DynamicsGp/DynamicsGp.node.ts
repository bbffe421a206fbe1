import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { ENTITIES, STREAMS } from '../../lib/streams/streams';
import { router } from './actions/router';
import * as record from './actions/record/Record.resource';
import * as service from './actions/service/Service.resource';
import { connectionOptions } from './descriptions/connection-options.description';
import { credentialTest, listSearch } from './methods';

/** Reads Microsoft Dynamics GP. It cannot write: GP stays the books. */
export class DynamicsGp implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Dynamics GP',
		name: 'dynamicsGp',
		icon: { light: 'file:dynamicsGp.svg', dark: 'file:dynamicsGp.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read vendors, GL accounts and payables invoices from Microsoft Dynamics GP',
		defaults: { name: 'Dynamics GP' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'dynamicsGpApi', required: true, testedBy: 'dynamicsGpApiTest' }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					...ENTITIES.map((entity) => ({ name: STREAMS[entity].option, value: entity })),
					{ name: 'Service', value: 'service' },
				].sort((left, right) => (left.name < right.name ? -1 : 1)),
				default: 'vendor',
			},
			...record.description,
			...service.description,
			connectionOptions,
		],
	};

	methods = { credentialTest, listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
