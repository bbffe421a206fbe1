import {
	createCostCode,
	listCostCodes,
	updateCostCode,
} from '../../../lib/procore/resources/cost-codes';
import {
	copyStandardCostCodesToProject,
	copyStandardListToProject,
} from '../../../lib/procore/resources/standard-cost-codes';
import { resource } from '../../shared/operations';
import { returnAllAndLimit } from '../../shared/return-all-and-limit';
import {
	changedCodeFields,
	codeField,
	moreCodeFields,
	nameField,
} from '../descriptions/cost-code-fields.description';
import {
	filters,
	originIdFilter,
	searchFilter,
	simplify,
} from '../descriptions/common-fields.description';
import {
	costCodeLocator,
	projectLocator,
	standardListLocator,
} from '../descriptions/locators.description';
import { codeFields } from '../parameters/vendor-and-code-input';
import { limitOf, idList, requiredId } from '../parameters/read-parameters';
import type { ProcoreOperation } from './operation';
import { simplified } from '../parameters/simplify';
import { executeSync } from './sync.operation';

/** The same here, where people look for it, and under Standard Cost Code. */
export const copyToProject = {
	option: {
		name: 'Copy to Project',
		value: 'copyToProject',
		action: 'Copy standard cost codes to a project',
		description: 'Copy codes of a standard list into a project; those already there stay',
	},
	alsoIn: ['standardCostCode'],
	fields: [
		projectLocator(),
		standardListLocator(),
		{
			displayName: 'Standard Cost Code IDs',
			name: 'standardCostCodes',
			type: 'string',
			default: '',
			placeholder: 'e.g. 4682, 4683',
			description:
				'Procore IDs of the codes to copy, with commas between them. Empty copies the whole list.',
			hint: 'Give the codes above them as well: a code goes nowhere without its parent',
		},
	],
	async execute(client, itemIndex) {
		const projectId = requiredId(this, 'project', itemIndex);
		const listId = requiredId(this, 'standardCostCodeList', itemIndex);
		const ids = idList(this, 'standardCostCodes', itemIndex);
		if (ids.length > 0) {
			return [await copyStandardCostCodesToProject(client, projectId, listId, ids)];
		}
		const copied = await copyStandardListToProject(client, projectId, listId);
		return Array.isArray(copied) ? copied : [copied];
	},
} satisfies ProcoreOperation;

const create: ProcoreOperation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a cost code',
		description: 'Add a cost code to a project',
	},
	fields: [
		projectLocator(),
		{ ...codeField, required: true },
		{ ...nameField, required: true },
		moreCodeFields(costCodeLocator),
	],
	async execute(client, itemIndex) {
		return [
			await createCostCode(client, requiredId(this, 'project', itemIndex), {
				code: String(this.getNodeParameter('code', itemIndex)).trim(),
				name: this.getNodeParameter('name', itemIndex) as string,
				...codeFields(this, 'additionalFields', itemIndex),
			}),
		];
	},
};

const getAll: ProcoreOperation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many cost codes',
		description: 'List the cost codes of a project',
	},
	fields: [
		projectLocator(),
		...returnAllAndLimit,
		simplify,
		filters(
			originIdFilter,
			searchFilter('Return only cost codes whose number or name contains this text'),
		),
	],
	async execute(client, itemIndex) {
		const { originId, search } = this.getNodeParameter('filters', itemIndex, {}) as {
			originId?: string;
			search?: string;
		};
		const rows = await listCostCodes(
			client,
			requiredId(this, 'project', itemIndex),
			{ originId: originId?.trim() || undefined, search },
			limitOf(this, itemIndex),
		);
		return simplified(this, itemIndex, 'costCode', rows);
	},
};

const update: ProcoreOperation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update a cost code',
		description: 'Change number, name or parent of a cost code',
	},
	fields: [projectLocator(), costCodeLocator(), changedCodeFields(costCodeLocator)],
	async execute(client, itemIndex) {
		const projectId = requiredId(this, 'project', itemIndex);
		const id = requiredId(this, 'costCode', itemIndex);
		return [
			await updateCostCode(client, projectId, id, codeFields(this, 'updateFields', itemIndex)),
		];
	},
};

const sync: ProcoreOperation = {
	option: {
		name: 'Sync',
		value: 'sync',
		action: 'Sync cost codes',
		description:
			'Bring cost codes to the state the incoming items describe; running it twice changes nothing',
	},
	executeAll: executeSync,
};

export const costCode = resource('costCode', 'getAll', [
	copyToProject,
	create,
	getAll,
	sync,
	update,
]);
