import {
	createStandardCostCode,
	listStandardCostCodes,
	updateStandardCostCode,
} from '../../../lib/procore/resources/standard-cost-codes';
import { resource } from '../../shared/operations';
import { returnAllAndLimit } from '../../shared/return-all-and-limit';
import { changedCodeFields } from '../descriptions/cost-code-fields.description';
import { filters, originIdFilter, searchFilter } from '../descriptions/common-fields.description';
import { standardCostCodeLocator, standardListLocator } from '../descriptions/locators.description';
import { codeFields } from '../parameters/vendor-and-code-input';
import { requiredId } from '../parameters/read-parameters';
import { type CodeFilters, copyToProject, createCode } from './cost-code.resource';
import { getMany } from '../parameters/get-many';
import type { ProcoreOperation } from './operation';
import { executeSync } from './sync.operation';

const create = createCode(
	{
		action: 'Create a standard cost code',
		description: 'Add a code to a standard list of the company',
	},
	standardListLocator(),
	standardCostCodeLocator,
	createStandardCostCode,
);

const getAll: ProcoreOperation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many standard cost codes',
		description: 'List the codes of a standard list',
	},
	fields: [
		standardListLocator(),
		...returnAllAndLimit,
		filters(
			originIdFilter,
			searchFilter('Return only codes whose number or name contains this text'),
		),
	],
	async execute(client, itemIndex) {
		const listId = requiredId(this, 'standardCostCodeList', itemIndex);
		return await getMany<CodeFilters>(this, itemIndex, null, ({ originId, search }, limit) =>
			listStandardCostCodes(client, listId, { originId, search }, limit),
		);
	},
};

const update: ProcoreOperation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update a standard cost code',
		description: 'Change number, name or parent of a standard cost code',
	},
	fields: [
		standardListLocator(),
		standardCostCodeLocator(),
		changedCodeFields(standardCostCodeLocator),
	],
	async execute(client, itemIndex) {
		const listId = requiredId(this, 'standardCostCodeList', itemIndex);
		const id = requiredId(this, 'standardCostCode', itemIndex);
		const fields = codeFields(this, 'updateFields', itemIndex);
		return [await updateStandardCostCode(client, listId, id, fields)];
	},
};

/** Its parameters stand with Cost Code, for both. */
const copyHere: ProcoreOperation = {
	...copyToProject,
	option: { ...copyToProject.option, action: 'Copy a standard list to a project' },
	fields: [],
};

const sync: ProcoreOperation = {
	option: {
		name: 'Sync',
		value: 'sync',
		action: 'Sync standard cost codes',
		description:
			'Bring a standard list to the state the incoming items describe; running it twice changes nothing',
	},
	executeAll: executeSync,
};

export const standardCostCode = resource('standardCostCode', 'getAll', [
	copyHere,
	create,
	getAll,
	sync,
	update,
]);
