import type { INodeProperties } from 'n8n-workflow';

interface Locator {
	displayName: string;
	name: string;
	/** Method of methods/list-search.ts. */
	list: string;
	/** What the ID names, for the message about a wrong one: "project". */
	what: string;
	description?: string;
	hint?: string;
	required?: boolean;
	placeholder?: string;
}

/** A record picked from the live account, or named by its Procore ID. */
function locator({
	displayName,
	name,
	list,
	what,
	description,
	hint,
	required = true,
	placeholder = 'e.g. 598134325841112',
}: Locator): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required,
		...(description ? { description } : {}),
		...(hint ? { hint } : {}),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select a ${what}…`,
				typeOptions: { searchListMethod: list, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder,
				validation: [
					{
						type: 'regex',
						properties: { regex: '^\\s*[0-9]+\\s*$', errorMessage: `A ${what} ID is a number` },
					},
				],
			},
		],
	};
}

type Choice = Partial<Pick<Locator, 'displayName' | 'name' | 'required' | 'description' | 'hint'>>;

const kind =
	(standard: Locator) =>
	(choice: Choice = {}) =>
		locator({ ...standard, ...choice });

export const projectLocator = kind({
	displayName: 'Project',
	name: 'project',
	list: 'searchProjects',
	what: 'project',
	description: 'The Procore project. Only projects the credential may see are in the list.',
});

export const vendorLocator = kind({
	displayName: 'Vendor',
	name: 'vendor',
	list: 'searchVendors',
	what: 'vendor',
	description: 'A company of the company directory',
});

export const costCodeLocator = kind({
	displayName: 'Cost Code',
	name: 'costCode',
	list: 'searchCostCodes',
	what: 'cost code',
	description: 'A cost code of the project chosen above',
});

export const costTypeLocator = kind({
	displayName: 'Cost Type',
	name: 'costType',
	list: 'searchCostTypes',
	what: 'cost type',
	description: 'Labor, materials and so on; Procore also calls them line item types',
});

export const commitmentLocator = kind({
	displayName: 'Commitment',
	name: 'commitment',
	list: 'searchCommitments',
	what: 'commitment',
	description: 'A subcontract or purchase order of the project chosen above',
});

export const billingPeriodLocator = kind({
	displayName: 'Billing Period',
	name: 'billingPeriod',
	list: 'searchBillingPeriods',
	what: 'billing period',
	description: 'A billing period of the project chosen above',
});

export const standardListLocator = kind({
	displayName: 'Standard Cost Code List',
	name: 'standardCostCodeList',
	list: 'searchStandardCostCodeLists',
	what: 'list',
	description: 'One of the lists of standard cost codes kept in Company Admin',
});

export const standardCostCodeLocator = kind({
	displayName: 'Standard Cost Code',
	name: 'standardCostCode',
	list: 'searchStandardCostCodes',
	what: 'standard cost code',
	description: 'A code of the list chosen above',
});

export const taxCodeLocator = kind({
	displayName: 'Tax Code',
	name: 'taxCode',
	list: 'searchTaxCodes',
	what: 'tax code',
	description: 'Procore works out the tax of the line from it',
});

export const directCostLocator = kind({
	displayName: 'Direct Cost',
	name: 'directCost',
	list: 'searchDirectCosts',
	what: 'direct cost',
	description: 'A direct cost of the project chosen above',
});

export const requisitionLocator = kind({
	displayName: 'Requisition',
	name: 'requisition',
	list: 'searchRequisitions',
	what: 'requisition',
	description: 'A subcontractor invoice of the project chosen above',
});

/** Beside every operation; empty means the company of the credential. */
export const companyLocator: INodeProperties = {
	...locator({
		displayName: 'Company',
		name: 'company',
		list: 'searchCompanies',
		what: 'company',
		required: false,
		description: 'The Procore company to work in',
		hint: 'Leave empty for the company of the credential',
	}),
	displayOptions: { hide: { resource: ['company'] } },
};
