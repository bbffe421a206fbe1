import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { resourceProperty } from '../shared/operations';
import { RESOURCE_OPTIONS, RESOURCES } from './actions/resources';
import { runProcoreOperation } from './actions/run-operation';
import { syncDescription } from './actions/sync.operation';
import { companyLocator } from './descriptions/locators.description';
import { listSearch, loadOptions } from './methods';
import { tellingCaller } from '../shared/to-node-error';

/** Reads and writes Procore record by record, and brings many records to a desired state at once. */
export class Procore implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Procore',
		name: 'procore',
		icon: { light: 'file:procore.svg', dark: 'file:procore.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read and write Procore, and sync vendors, cost codes and direct costs into it',
		defaults: { name: 'Procore' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'procoreOAuth2Api', required: true }],
		properties: [
			resourceProperty('vendor', RESOURCE_OPTIONS),
			...Object.values(RESOURCES).flatMap(({ description }) => description),
			...syncDescription,
			companyLocator,
		],
	};

	methods = { listSearch, loadOptions };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await tellingCaller(this, async () => await runProcoreOperation(this));
	}
}
