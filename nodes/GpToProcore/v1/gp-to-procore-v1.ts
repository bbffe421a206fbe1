import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeBaseDescription,
	INodeTypeDescription,
} from 'n8n-workflow';

import { ADDED_AFTER_0_3 } from '../../../lib/tables/tables';
import { ENGINE, ENGINE_OPTIONS } from '../../GpToProcoreEngine/actions/resources';
import { joined, portsOf, resourceProperty, runChosen } from '../../shared/operations';
import { mapFieldsV1 } from '../actions/map/map.resource';
import { RESOURCE_OPTIONS, RESOURCES } from '../actions/resources';
import { CREDENTIALS_V1 } from '../descriptions/credentials';
import { credentialTest, listSearch, loadOptions } from '../methods';
import { tellingCaller } from '../../shared/to-node-error';

/** All there was in one node: an operation runs the same code in either. */
const ALL = joined(RESOURCES, ENGINE);
const people = new Set(RESOURCE_OPTIONS.map(({ value }) => value));

/** Operations whose items are rows that a workflow writes into its tables as they are. */
const GIVE_ROWS = ['claim', 'close', 'compare', 'recordOutcomes'];

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
		const outputs = await tellingCaller(this, async () => await runChosen(this, ALL));
		if (!GIVE_ROWS.includes(this.getNodeParameter('operation', 0, '') as string)) return outputs;
		return outputs.map((items) => items.map((item) => ({ ...item, json: rowOfThen(item.json) })));
	}
}

/** Between the update of the package and the installer the tables are those of the old release. */
function rowOfThen(row: IDataObject): IDataObject {
	const added: readonly string[] = ADDED_AFTER_0_3;
	return Object.fromEntries(Object.entries(row).filter(([column]) => !added.includes(column)));
}
