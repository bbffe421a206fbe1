import type { INodeProperties } from 'n8n-workflow';

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
import { readRequiredText } from '../../shared/read-values';
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
import { idList, requiredId } from '../parameters/read-parameters';
import { getMany } from '../parameters/get-many';
import type { ProcoreOperation } from './operation';
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

/** Create, of a code of a project or of a standard list; a parent is found by `parent`. */
export function createCode(
	said: { action: string; description: string },
	place: INodeProperties,
	parent: typeof costCodeLocator,
	create: typeof createCostCode,
): ProcoreOperation {
	return {
		option: { name: 'Create', value: 'create', ...said },
		fields: [
			place,
			{ ...codeField, required: true },
			{ ...nameField, required: true },
			moreCodeFields(parent),
		],
		async execute(client, itemIndex) {
			return [
				await create(client, requiredId(this, place.name, itemIndex), {
					code: readRequiredText(this, 'code', 'Code', itemIndex),
					name: readRequiredText(this, 'name', 'Name', itemIndex),
					...codeFields(this, 'additionalFields', itemIndex),
				}),
			];
		},
	};
}

const create = createCode(
	{ action: 'Create a cost code', description: 'Add a cost code to a project' },
	projectLocator(),
	costCodeLocator,
	createCostCode,
);

/** Filters of codes, of either kind. */
export interface CodeFilters {
	originId?: string;
	search?: string;
}

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
		const projectId = requiredId(this, 'project', itemIndex);
		return await getMany<CodeFilters>(this, itemIndex, 'costCode', ({ originId, search }, limit) =>
			listCostCodes(client, projectId, { originId, search }, limit),
		);
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
