import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

import { connectionOptions } from './descriptions/connection-options.description';
import { credentialTest } from './methods';
import { poll } from './trigger/poll';
import { triggerDescription } from './trigger/trigger.description';

/** Starts a workflow with what was created or changed in Microsoft Dynamics GP since the last poll. */
export class DynamicsGpTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Dynamics GP Trigger',
		name: 'dynamicsGpTrigger',
		icon: { light: 'file:dynamicsGp.svg', dark: 'file:dynamicsGp.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["resource"] + " created or changed" }}',
		description:
			'Starts the workflow when vendors, GL accounts or payables invoices were created or changed in Microsoft Dynamics GP',
		defaults: { name: 'Dynamics GP Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'dynamicsGpApi', required: true, testedBy: 'dynamicsGpApiTest' }],
		properties: [...triggerDescription, connectionOptions],
	};

	methods = { credentialTest };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll.call(this);
	}
}
