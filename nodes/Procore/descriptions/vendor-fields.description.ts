import type { INodeProperties } from 'n8n-workflow';

import { vendorLocator } from './locators.description';
import { originDataField, originIdField } from './common-fields.description';

const text = (
	displayName: string,
	name: string,
	description: string,
	more: Partial<INodeProperties> = {},
): INodeProperties => ({ displayName, name, type: 'string', default: '', description, ...more });

/** What can be written to a company vendor beside its name (Procore's "Create Company Vendor" page). */
export const vendorFields: INodeProperties[] = [
	text('Abbreviated Name', 'abbreviatedName', 'Short form of the name, at most 10 characters'),
	{
		displayName: 'Active',
		name: 'isActive',
		type: 'boolean',
		default: true,
		description: 'Whether the company can be chosen; otherwise it is among the inactive companies',
	},
	text('Address', 'address', 'Street and number, in one line'),
	{
		displayName: 'Authorized Bidder',
		name: 'authorizedBidder',
		type: 'boolean',
		default: false,
		description: 'Whether the company may be invited to bid',
	},
	text('Business Phone', 'businessPhone', 'Main phone number'),
	text('City', 'city', 'City of the address'),
	text('Country Code', 'countryCode', 'Two capital letters, as in US or CA', {
		placeholder: 'e.g. US',
	}),
	text('Email', 'emailAddress', 'Main email address', { placeholder: 'name@email.com' }),
	text('Fax', 'faxNumber', 'Fax number'),
	{
		displayName: 'Labor Union',
		name: 'laborUnion',
		type: 'string',
		default: '',
		description: 'Name of the union the company belongs to',
	},
	text('License Number', 'licenseNumber', 'Number of its contractor license'),
	text('Mobile Phone', 'mobilePhone', 'Mobile phone number'),
	text('Notes', 'notes', 'Shown in the directory', { typeOptions: { rows: 3 } }),
	text(
		'Origin Code',
		'originCode',
		'ID of the vendor in the accounting system; people see it in the directory',
		{ placeholder: 'e.g. ACME0001' },
	),
	originDataField,
	originIdField,
	vendorLocator({
		displayName: 'Parent Company',
		name: 'parent',
		required: false,
		description: 'The company this one is a part of; Procore knows two levels',
	}),
	{
		displayName: 'Prequalified',
		name: 'prequalified',
		type: 'boolean',
		default: false,
		description: 'Whether the company is prequalified',
	},
	text('State Code', 'stateCode', 'Capital letters, as in ND; it has to belong to the country', {
		placeholder: 'e.g. ND',
	}),
	text('Trade Name', 'tradeName', 'The name it does business as'),
	{
		displayName: 'Union Member',
		name: 'unionMember',
		type: 'boolean',
		default: false,
		description: 'Whether the company is a union member',
	},
	text('Website', 'website', 'Address of its website'),
	text('ZIP or Postal Code', 'zip', 'ZIP or postal code of the address'),
];
