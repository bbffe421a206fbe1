import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeBaseDescription,
	INodeTypeDescription,
} from 'n8n-workflow';

import { portsOf, resourceProperty, runChosen } from '../../shared/operations';
import { mapFieldsV2 } from '../actions/map/map.resource';
import { RESOURCE_OPTIONS, RESOURCES } from '../actions/resources';
import { CREDENTIALS } from '../descriptions/credentials';
import { credentialTest, listSearch, loadOptions } from '../methods';
import { tellingCaller } from '../../shared/to-node-error';

/** What people put into workflows of their own. */
export class GpToProcoreV2 implements INodeType {
	description: INodeTypeDescription;

	constructor(base: INodeTypeBaseDescription) {
		this.description = {
			...base,
			version: 2,
			subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
			defaults: { name: 'GP to Procore' },
			// Maps whole batches between two systems: nothing an AI agent would call by itself.
			usableAsTool: undefined,
			inputs: portsOf(RESOURCES, 'inputs'),
			outputs: portsOf(RESOURCES, 'outputs'),
			credentials: CREDENTIALS,
			properties: [
				resourceProperty('payable', RESOURCE_OPTIONS),
				...Object.values(RESOURCES).flatMap(({ description }) => description),
				...mapFieldsV2,
			],
		};
	}

	methods = { credentialTest, listSearch, loadOptions };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await tellingCaller(this, async () => await runChosen(this, RESOURCES));
	}
}
