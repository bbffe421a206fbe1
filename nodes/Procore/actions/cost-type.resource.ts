import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { contentHash } from '../../../lib/model/json-text';
import { listCostTypes } from '../../../lib/procore/resources/cost-codes';
import { type DesiredCostType, syncCostTypes } from '../../../lib/sync/kinds/cost-type';
import { toItem } from '../../shared/item-kinds';
import { resource, runPerItem } from '../../shared/operations';
import { readText } from '../../shared/read-values';
import { returnAllAndLimit } from '../../shared/return-all-and-limit';
import { toNodeError } from '../../shared/to-node-error';
import { filters, originIdFilter, originIdField } from '../descriptions/common-fields.description';
import { getMany } from '../parameters/get-many';
import type { ProcoreOperation } from './operation';
import { prepareSync } from './sync.operation';

const getAll: ProcoreOperation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many cost types',
		description: 'List the cost types of the company',
	},
	fields: [...returnAllAndLimit, filters(originIdFilter)],
	async execute(client, itemIndex) {
		return await getMany<{ originId?: string }>(this, itemIndex, null, ({ originId }, limit) =>
			listCostTypes(client, { originId }, limit),
		);
	},
};

const sync: ProcoreOperation = {
	option: {
		name: 'Sync',
		value: 'sync',
		action: 'Sync cost types',
		description: 'Bring cost types to the state given for each item, all items in one call',
	},
	fields: [
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. M',
			description:
				"Short code, as imports use it; capitals matter. Take it from each item's fields.",
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Materials',
			description: 'What the cost type is called',
		},
		{ ...originIdField, required: true, placeholder: 'e.g. GP:TWO:T:M' },
		{
			displayName: 'Base Type',
			name: 'baseType',
			type: 'options',
			default: '',
			description: 'What Procore takes the costs for in its own reports',
			options: [
				{ name: 'Commitment', value: 'commitment' },
				{ name: 'Equipment', value: 'equipment' },
				{ name: 'Labor', value: 'labor' },
				{ name: 'Leave as It Is', value: '' },
				{ name: 'Materials', value: 'materials' },
				{ name: 'Other', value: 'other' },
				{ name: 'Owner Cost', value: 'owner_cost' },
				{ name: 'Professional Services', value: 'professional_services' },
			],
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to do everything but write: the outcomes say what would happen',
		},
	],
	async executeAll() {
		const desired: DesiredCostType[] = [];
		const itemOf: number[] = [];
		// With Continue On Fail an item that cannot be written goes on by itself; the others are.
		const failed = await runPerItem.call(this, async (itemIndex) => {
			desired.push(desiredCostType(this, itemIndex));
			itemOf.push(itemIndex);
			return await Promise.resolve([]);
		});
		if (desired.length === 0) return failed;
		try {
			const { client, options } = await prepareSync(this, itemOf);
			const outcomes = await syncCostTypes(client, desired, options);
			const done = outcomes.map((outcome, index) => toItem(outcome, itemOf[index]));
			return [...done, ...failed].sort((left, right) => positionOf(left) - positionOf(right));
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	},
};

const positionOf = ({ pairedItem }: INodeExecutionData) => (pairedItem as { item: number }).item;

function desiredCostType(context: IExecuteFunctions, itemIndex: number): DesiredCostType {
	const [code, name, originId, baseType] = [
		readText(context, 'code', 'Code', itemIndex),
		readText(context, 'name', 'Name', itemIndex),
		readText(context, 'originId', 'Origin ID', itemIndex),
		readText(context, 'baseType', 'Base Type', itemIndex),
	];
	if (!code || !name || !originId) {
		throw new NodeOperationError(context.getNode(), 'A cost type needs code, name and origin ID', {
			description: "Fill in 'Code', 'Name' and 'Origin ID' from the fields of the items.",
			itemIndex,
		});
	}
	return {
		kind: 'costType',
		originId,
		source: {
			company: '',
			entity: 'account',
			key: code,
			label: `Cost type ${code}`,
			hash: contentHash({ code, name, baseType }),
		},
		code,
		name,
		...(baseType ? { baseType: baseType as DesiredCostType['baseType'] } : {}),
	};
}

export const costType = resource('costType', 'getAll', [getAll, sync]);
