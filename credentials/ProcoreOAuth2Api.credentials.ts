import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { LINK_PATTERNS, type LinkedType } from '../lib/model/outcome';

/**
 * Login addresses per environment (Procore, "Development Environments" and "Federal Zone"
 * pages). The expressions n8n resolves cannot call functions, hence the nested conditions.
 */
const LOGIN_ADDRESS = [
	'$self["environment"] === "sandbox" ? "https://login-sandbox.procore.com"',
	'$self["environment"] === "monthly" ? "https://login-sandbox-monthly.procore.com"',
	'$self["environment"] === "federal" ? "https://login.procoregov.com"',
	'$self["environment"] === "custom" ? $self["loginAddress"].trim().replace(/\\/+$/, "")',
	'"https://login.procore.com"',
].join(' : ');

/** The same for the API, as n8n resolves it in a test (nodes/Procore/transport/connect.ts has it in code). */
const API_ADDRESS = [
	'$credentials["environment"] === "sandbox" ? "https://sandbox.procore.com"',
	'$credentials["environment"] === "monthly" ? "https://api-monthly.procore.com"',
	'$credentials["environment"] === "federal" ? "https://api.procoregov.com"',
	'$credentials["environment"] === "custom" ? $credentials["apiAddress"].trim().replace(/\\/+$/, "")',
	'"https://api.procore.com"',
].join(' : ');

/** Pasted blanks are none of it. */
const COMPANY_ID = '={{ String($credentials["companyId"]).trim() }}';

const ofCustomEnvironment = { show: { environment: ['custom'] } };

const LINK_TITLES: Record<LinkedType, string> = {
	vendor: 'Link to a Vendor',
	costCode: 'Link to a Cost Code',
	directCost: 'Link to a Direct Cost',
	requisition: 'Link to a Subcontractor Invoice',
};

const LINKS = (Object.keys(LINK_PATTERNS) as LinkedType[]).map(
	(type): INodeProperties => ({
		displayName: LINK_TITLES[type],
		name: `${type}Link`,
		type: 'string',
		default: LINK_PATTERNS[type],
		displayOptions: { show: { ownLinks: [true] } },
		description: `What follows the web address; empty links nothing. {company}, {project} and {id} stand for the numbers of Procore${type === 'requisition' ? ', {contract} for the commitment, such as work_order_contracts/77' : ''}.`,
	}),
);

/**
 * Procore through OAuth 2.0. Client credentials are Procore's recommended way for data connections
 * (a Developer Managed Service Account); the authorization code grant acts as a person.
 */
export class ProcoreOAuth2Api implements ICredentialType {
	name = 'procoreOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Procore OAuth2 API';

	icon = {
		light: 'file:../nodes/Procore/procore.svg',
		dark: 'file:../nodes/Procore/procore.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-dynamics-gp-procore/n8n-nodes-dynamics-gp-procore#connect';

	/**
	 * What n8n does when the credential is saved, or tested by its API: log in and read one project. Without it
	 * n8n would only look whether a token was ever fetched, and a wrong secret ended in "Saved".
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ ${API_ADDRESS} }}`,
			url: '/rest/v1.0/projects',
			qs: { company_id: COMPANY_ID, per_page: 1 },
			headers: { 'Procore-Company-Id': COMPANY_ID },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Procore refused the login: check Client ID, Client Secret and Environment. In production the app has to be approved by Procore first.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Procore took the login, but not for this company: check Company ID, and that the app is installed there (Company Admin > App Management).',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'Procore took the login and knows no such company: check Company ID and Environment.',
				},
			},
		],
	};

	properties: INodeProperties[] = [
		{
			displayName:
				'In Procore three things have to be done once: <b>1.</b> make a data connection app in the developer portal, which gives client ID and client secret; <b>2.</b> install it in your company (Company Admin > App Management); <b>3.</b> permit its service account the projects it shall see. After every update of the app, check the projects again.',
			name: 'setUpNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'options',
			default: 'clientCredentials',
			description: 'As whom n8n works in Procore; what it may do there follows from it',
			options: [
				{
					name: 'Authorization Code',
					value: 'authorizationCode',
					description: "Acts as the person who connects, with that person's permissions",
				},
				{
					name: 'Client Credentials',
					value: 'clientCredentials',
					description: 'Acts as the service account of your Procore app: recommended for a sync',
				},
			],
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			default: 'production',
			description: 'Where the company is. Sandboxes of developers have keys of their own.',
			options: [
				{
					name: 'Custom Addresses',
					value: 'custom',
					description: 'Any other login and API address, for example of a test server',
				},
				{
					name: 'Developer Sandbox',
					value: 'sandbox',
					description: 'Sandbox.procore.com, with the sandbox keys of your app',
				},
				{
					name: 'Federal',
					value: 'federal',
					description: 'Procoregov.com, for customers in the federal zone',
				},
				{
					name: 'Monthly Sandbox',
					value: 'monthly',
					description: 'Api-monthly.procore.com, refreshed by Procore every month',
				},
				{
					name: 'Production',
					value: 'production',
					description: 'Api.procore.com, also for on-demand sandbox companies',
				},
			],
		},
		{
			displayName: 'Login Address',
			name: 'loginAddress',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'https://login.procore.com',
			displayOptions: ofCustomEnvironment,
			description: 'Address that issues the tokens, without "/oauth/token"',
		},
		{
			displayName: 'API Address',
			name: 'apiAddress',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'https://api.procore.com',
			displayOptions: ofCustomEnvironment,
			description: 'Address of the API, without "/rest"',
		},
		{
			displayName: 'Company ID',
			name: 'companyId',
			type: 'string',
			required: true,
			default: '',
			placeholder: '598134325841112',
			description:
				'Number of your company in Procore: it stands in the address bar after you sign in, as in app.procore.com/598134325841112/company/home',
			hint: 'The app has to be installed in this company, and its service account needs the projects it shall see.',
		},
		{
			displayName: 'Web Address',
			name: 'webAddress',
			type: 'string',
			default: '',
			placeholder: 'https://us02.procore.com',
			description:
				'Optional. Where your browser is when you are signed in to Procore, without what follows the name. The audit links to records there. Left empty it is worked out from environment and company.',
		},
		{
			displayName: 'Change Links to Records',
			name: 'ownLinks',
			type: 'boolean',
			default: false,
			description:
				'Whether you give the links from the audit to Procore yourself, should Procore have moved its pages',
		},
		...LINKS,
		{
			displayName: 'Largest Answer (MB)',
			name: 'largestAnswer',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 512 },
			default: 64,
			description:
				'Answers of more megabytes are refused, so that a broken proxy cannot fill the memory of n8n',
		},
		{
			displayName: 'Tax ID Matching Key',
			name: 'taxIdSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Optional. The same long phrase as in the Dynamics GP credential: companies that are in Procore already are then recognised by tax ID when vendors are synced',
			hint: 'At least 20 characters. Leave it empty in both credentials to match by vendor ID and name only.',
		},
		{
			displayName:
				'Rights the service account or person needs: company Directory (vendors), company Admin (cost types, standard cost codes), and in each project Admin (cost codes) and Direct Costs or Invoicing.',
			name: 'rightsNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `={{ (${LOGIN_ADDRESS}) + "/oauth/authorize" }}`,
			required: true,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ (${LOGIN_ADDRESS}) + "/oauth/token" }}`,
			required: true,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
	];
}
