import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import {
	listBillingPeriods,
	listCompanies,
	listProjects,
	listTaxCodes,
} from '../../../lib/procore/resources/projects';
import {
	type CommitmentKind,
	listCommitments,
	listRequisitions,
} from '../../../lib/procore/resources/commitments';
import { listCostCodes, listCostTypes } from '../../../lib/procore/resources/cost-codes';
import { listDirectCosts } from '../../../lib/procore/resources/direct-costs';
import {
	listStandardCostCodeLists,
	listStandardCostCodes,
} from '../../../lib/procore/resources/standard-cost-codes';
import { listVendors } from '../../../lib/procore/resources/vendors';
import { chosen, label, needed, search, type PickerSource } from './search';

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** A picker of one list. */
const picker = (source: (context: ILoadOptionsFunctions) => PickerSource): ListSearch =>
	async function (filter, token) {
		return await search(this, () => [source(this)], { filter, token });
	};

const project = (context: ILoadOptionsFunctions) => needed(context, 'project', 'project');

const numbered: PickerSource['name'] = (row) => label(row.full_code ?? row.code, row.name);

export const searchCompanies = picker(() => ({
	list: async (client) => await listCompanies(client),
	name: ({ name }) => label(name),
}));

export const searchProjects = picker(() => ({
	list: async (client) => await listProjects(client),
	name: ({ project_number, name }) => label(project_number, name),
}));

/** Procore itself looks for the text, in names, keywords and origin codes. */
export const searchVendors: ListSearch = async function (filter, token) {
	const text = filter?.trim() || undefined;
	const source: PickerSource = {
		list: async (client) => await listVendors(client, { search: text }),
		name: ({ name, origin_code }) => label(name, origin_code),
	};
	return await search(this, () => [source], { filter, token, searched: true });
};

export const searchCostCodes = picker((context) => ({
	list: async (client) => await listCostCodes(client, project(context)),
	name: numbered,
}));

export const searchCostTypes = picker(() => ({
	list: async (client) => await listCostTypes(client),
	name: numbered,
}));

/** Both kinds, unless the node has one chosen. */
export const searchCommitments: ListSearch = async function (filter, token) {
	const kind = this.getCurrentNodeParameter('commitmentKind') as
		| CommitmentKind
		| 'both'
		| undefined;
	const kinds: CommitmentKind[] =
		kind === 'subcontract' || kind === 'purchaseOrder' ? [kind] : ['subcontract', 'purchaseOrder'];
	const sources = kinds.map(
		(one): PickerSource => ({
			list: async (client) => await listCommitments(client, project(this), one),
			name: ({ number, title, vendor }) =>
				label(number, title, (vendor as { company?: unknown } | null)?.company),
		}),
	);
	return await search(this, () => sources, { filter, token });
};

export const searchBillingPeriods = picker((context) => ({
	list: async (client) => await listBillingPeriods(client, project(context)),
	name: ({ start_date, end_date, status }) => label(start_date, end_date, status),
}));

export const searchStandardCostCodeLists = picker(() => ({
	list: async (client) => await listStandardCostCodeLists(client),
	name: ({ name }) => label(name),
}));

export const searchStandardCostCodes = picker((context) => ({
	list: async (client) =>
		await listStandardCostCodes(
			client,
			needed(context, 'standardCostCodeList', 'standard cost code list'),
		),
	name: numbered,
}));

export const searchTaxCodes = picker(() => ({
	list: async (client) => await listTaxCodes(client),
	name: ({ code, description }) => label(code, description),
}));

export const searchDirectCosts = picker((context) => ({
	list: async (client) => await listDirectCosts(client, project(context)),
	name: ({ invoice_number, vendor_name, direct_cost_date, description }) =>
		label(invoice_number ?? description, vendor_name, direct_cost_date),
}));

export const searchRequisitions: ListSearch = async function (filter, token) {
	const commitmentId = chosen(this, 'commitment');
	const source: PickerSource = {
		list: async (client) => await listRequisitions(client, project(this), { commitmentId }),
		name: ({ invoice_number, number, vendor_name, billing_date }) =>
			label(invoice_number ?? number, vendor_name, billing_date),
	};
	return await search(this, () => [source], { filter, token });
};
