import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { ENTITIES, STREAMS } from '../../lib/streams/streams';
import { resourceProperty } from '../shared/operations';
import { recordDescription } from './actions/record.resource';
import { runGpOperation } from './actions/run-operation';
import { service } from './actions/service.resource';
import { connectionOptions } from './descriptions/connection-options.description';
import { credentialTest, listSearch } from './methods';
import { tellingCaller } from '../shared/to-node-error';

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
			resourceProperty('vendor', [
				...ENTITIES.map((entity) => ({ name: STREAMS[entity].option, value: entity })),
				{ name: 'Service', value: 'service' },
			]),
			...recordDescription,
			...service.description,
			connectionOptions,
		],
	};

	methods = { credentialTest, listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await tellingCaller(this, async () => await runGpOperation(this));
	}
}
