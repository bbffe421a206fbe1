import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeBaseDescription,
	INodeTypeDescription,
} from 'n8n-workflow';

import { ENGINE, ENGINE_OPTIONS } from '../../GpToProcoreEngine/actions/resources';
import { joined, portsOf, resourceProperty, runChosen } from '../../shared/operations';
import { mapFieldsV1 } from '../actions/map/map.resource';
import { RESOURCE_OPTIONS, RESOURCES } from '../actions/resources';
import { CREDENTIALS_V1 } from '../descriptions/credentials';
import { credentialTest, listSearch, loadOptions } from '../methods';

/** All there was in one node: an operation runs the same code in either. */
const ALL = joined(RESOURCES, ENGINE);
const people = new Set(RESOURCE_OPTIONS.map(({ value }) => value));

/**
 * The node as workflows of releases up to 0.3.0 have it: the steps of the shipped workflows were
 * operations of this node too. New nodes are of version 2, so nobody is offered them here.
 */
export class GpToProcoreV1 implements INodeType {
	description: INodeTypeDescription;

	constructor(base: INodeTypeBaseDescription) {
		this.description = {
			...base,
			version: 1,
			subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
			defaults: { name: 'GP to Procore' },
			usableAsTool: undefined,
			inputs: portsOf(ALL, 'inputs'),
			outputs: portsOf(ALL, 'outputs'),
			credentials: CREDENTIALS_V1,
			properties: [
				resourceProperty('payable', [
					...RESOURCE_OPTIONS,
					...ENGINE_OPTIONS.filter(({ value }) => !people.has(value)),
				]),
				...Object.values(ALL).flatMap(({ description }) => description),
				...mapFieldsV1,
			],
		};
	}

	methods = { credentialTest, listSearch, loadOptions };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runChosen(this, ALL);
	}
}
