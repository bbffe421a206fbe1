import {
	listBillingPeriods,
	listCompanies,
	listTaxCodes,
	listUnitsOfMeasure,
} from '../../../lib/procore/resources/projects';
import { resource } from '../../shared/operations';
import { limitOf, returnAllAndLimit } from '../../shared/return-all-and-limit';
import { filters } from '../descriptions/common-fields.description';
import { projectLocator } from '../descriptions/locators.description';
import { requiredId } from '../parameters/read-parameters';
import type { ProcoreOperation } from './operation';

/** Lists that people only read: billing periods, companies, tax codes, units of measure. */
const getMany = (
	what: string,
	description: string,
	list: NonNullable<ProcoreOperation['execute']>,
	fields = returnAllAndLimit,
): ProcoreOperation => ({
	option: { name: 'Get Many', value: 'getAll', action: `Get many ${what}`, description },
	fields,
	execute: list,
});

export const billingPeriod = resource('billingPeriod', 'getAll', [
	getMany(
		'billing periods',
		'List the billing periods of a project',
		async function (client, itemIndex) {
			const { status } = this.getNodeParameter('filters', itemIndex, {}) as {
				status?: 'open' | 'closed';
			};
			const projectId = requiredId(this, 'project', itemIndex);
			return await listBillingPeriods(client, projectId, { status }, limitOf(this, itemIndex));
		},
		[
			projectLocator(),
			...returnAllAndLimit,
			filters({
				displayName: 'Status',
				name: 'status',
				type: 'options',
				default: 'open',
				description: 'Return only billing periods of this status',
				options: [
					{ name: 'Closed', value: 'closed' },
					{ name: 'Open', value: 'open' },
				],
			}),
		],
	),
]);

export const company = resource('company', 'getAll', [
	getMany('companies', 'List the companies of the account', async function (client, itemIndex) {
		return await listCompanies(client, limitOf(this, itemIndex));
	}),
]);

export const taxCode = resource('taxCode', 'getAll', [
	getMany('tax codes', 'List the tax codes of the company', async function (client, itemIndex) {
		return await listTaxCodes(client, limitOf(this, itemIndex));
	}),
]);

export const unitOfMeasure = resource('unitOfMeasure', 'getAll', [
	getMany(
		'units of measure',
		'List the units of measure of the company',
		async function (client, itemIndex) {
			return await listUnitsOfMeasure(client, limitOf(this, itemIndex));
		},
	),
]);
