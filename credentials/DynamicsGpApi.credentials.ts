import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** Rows of another workflow need no address and no login: that workflow has its own. */
const ofServers = { hide: { door: ['rows'] } };
const ofWindowsAccount = { show: { authentication: ['windows'] }, ...ofServers };

/**
 * How to reach one company of a Microsoft Dynamics GP service, and with which account.
 * Tested by the Dynamics GP node: a Windows login takes three messages on one connection, which
 * n8n's declarative credential test cannot do.
 */
export class DynamicsGpApi implements ICredentialType {
	name = 'dynamicsGpApi';

	displayName = 'Dynamics GP API';

	icon = {
		light: 'file:../nodes/DynamicsGp/dynamicsGp.svg',
		dark: 'file:../nodes/DynamicsGp/dynamicsGp.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-dynamics-gp-procore/n8n-nodes-dynamics-gp-procore#connect';

	properties: INodeProperties[] = [
		{
			displayName:
				'GP is read and never written. Give n8n a Windows account of its own that is mapped to a GP user who may see vendors, accounts and payables of this company. Saving it tests it, and says which part is wrong.',
			name: 'setUpNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Door',
			name: 'door',
			type: 'options',
			default: 'sba',
			description:
				'Which way into GP your site offers. All give the same records; <i>Which door do I have?</i> in the documentation asks five questions.',
			options: [
				{
					name: 'OData Service',
					value: 'odata',
					description: 'GP 2016 and later: tables published through the GP OData service',
				},
				{
					name: 'Rows of Another Workflow (SQL)',
					value: 'rows',
					description:
						'A workflow of yours gives the rows: by SQL with the shipped one, or from anywhere else. Also gives receipts and purchase orders.',
				},
				{
					name: 'Service Based Architecture',
					value: 'sba',
					description: 'The GP service itself (GP 2015 and later)',
				},
				{
					name: 'Web Services (SOAP)',
					value: 'soap',
					description:
						'The Dynamics GP Web Services, legacy endpoint (GP 9 and later): also gives receipts and purchase orders',
				},
			],
		},
		{
			displayName: 'Service Address',
			name: 'serviceAddress',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'https://gp.example.com',
			description:
				'Address of the server that runs the Dynamics GP Service: https, name and, if it is not the usual one, port. "…/GPService/Tenants(DefaultTenant)/help" under this address opens in a browser.',
			displayOptions: { hide: { door: ['soap', 'rows'] } },
		},
		{
			displayName: 'Service Address',
			name: 'serviceAddress',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'http://gp.example.com:48620',
			description:
				'Address of the legacy endpoint of the GP Web Services. Host and port are enough when the path is as installed: /DynamicsGPWebServices/DynamicsGPService.asmx. "/Dynamics/GPService" is the native endpoint, which is not spoken.',
			displayOptions: { show: { door: ['soap'] } },
		},
		{
			displayName: 'Rows Workflow',
			name: 'rowsWorkflow',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. sGFBnKFBZlLdo2Dz',
			description:
				'ID of the workflow that gives the rows: the last part of its address in the browser. The shipped one is <i>GP to Procore: rows of GP by SQL</i>. It has to be published.',
			hint: 'Test cannot call a workflow: run Service > Survey of the Dynamics GP node instead.',
			displayOptions: { show: { door: ['rows'] } },
		},
		{
			displayName: 'Tenant',
			name: 'tenant',
			type: 'string',
			required: true,
			default: 'DefaultTenant',
			description:
				'Tenant name in the service address. Nearly every site keeps DefaultTenant, which the Web Services are not told.',
			displayOptions: ofServers,
		},
		{
			displayName: 'Company Name',
			name: 'company',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'Fabrikam, Inc.',
			description:
				'Name of the company as GP shows it when people sign in, with its dots and commas',
			displayOptions: ofServers,
		},
		{
			displayName: 'Company Database ID',
			name: 'companyId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'TWO',
			description:
				'Database name of the company in GP (Administration > Company Setup), for example TWO',
			hint: 'This becomes part of every Procore origin ID. Never change it after the first run, or every record would be made a second time.',
		},
		{
			displayName: 'Company Number',
			name: 'companyNumber',
			type: 'number',
			default: 0,
			description:
				'Number of the company in GP (SY01500.CMPANYID), when the account may not list companies. 0 = looked up by the company name.',
			displayOptions: { show: { door: ['soap'] } },
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			displayOptions: ofServers,
			default: 'windows',
			options: [
				{
					name: 'Organizational Account Token',
					value: 'bearer',
					description: 'For sites installed with organizational (Microsoft Entra ID) accounts only',
				},
				{
					name: 'Windows Account',
					value: 'windows',
					description: 'The usual way: a domain or local Windows user, signed in with NTLM',
				},
			],
		},
		{
			displayName: 'Domain',
			name: 'domain',
			type: 'string',
			default: '',
			placeholder: 'FABRIKAM',
			displayOptions: ofWindowsAccount,
			description:
				'Windows domain of the user, or the name of the GP server for a user that exists only there',
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'svc-procore',
			displayOptions: ofWindowsAccount,
			description:
				'Windows user name without the domain. It must be mapped to a GP user (User Setup > Windows Account) that may open this company.',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: ofWindowsAccount,
			description: 'Password of the Windows user. It never leaves n8n: only proofs of it are sent.',
			hint: 'One that begins with "=" has to begin with "==" here: n8n takes what follows the first one for an expression.',
		},
		{
			displayName: 'Workstation',
			name: 'workstation',
			type: 'string',
			default: '',
			displayOptions: ofWindowsAccount,
			description:
				'Computer name to sign in from. Only needed when the account may sign in from certain computers only.',
		},
		{
			displayName: 'Allow Basic Authentication',
			name: 'allowBasic',
			type: 'boolean',
			default: false,
			displayOptions: ofWindowsAccount,
			description:
				'Whether the password may be sent as it is when the server offers nothing better. Only ever done over HTTPS.',
		},
		{
			displayName: 'Access Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { authentication: ['bearer'] }, ...ofServers },
			description:
				'Bearer token issued by Microsoft Entra ID for the GP service. It has to be renewed by you.',
		},
		{
			displayName: 'CA Certificate',
			name: 'trustedAuthority',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: '-----BEGIN CERTIFICATE-----',
			description:
				"Certificate (PEM) of your company's own certificate authority, or the server's self-signed certificate. Leave empty when browsers trust the address without being told.",
			displayOptions: ofServers,
		},
		{
			displayName: 'Ignore TLS Problems',
			name: 'ignoreTlsProblems',
			type: 'boolean',
			default: false,
			description:
				'Whether to connect even if the certificate of the server cannot be checked. Anyone between n8n and GP could then read what passes: prefer the CA certificate above. Basic and an access token are not sent then.',
			displayOptions: ofServers,
		},
		{
			displayName: 'Tax ID Matching Key',
			name: 'taxIdSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Optional. A long phrase, the same in the Procore credential: GP vendors then find their company in Procore by tax ID. No tax ID leaves GP, only a fingerprint made with this phrase.',
			hint: 'At least 20 characters, for example five words. Leave it empty in both credentials to match by vendor ID and name only.',
		},
	];
}
