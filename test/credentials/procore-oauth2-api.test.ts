import { Workflow } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, INodeTypes } from 'n8n-workflow';

import { ProcoreOAuth2Api } from '../../credentials/ProcoreOAuth2Api.credentials';
import { LINK_PATTERNS } from '../../lib/model/outcome';
import { apiBaseUrlOf, linkSiteOf, readableAddress } from '../../nodes/Procore/transport/connect';

const credential = new ProcoreOAuth2Api();

const node = {
	id: '',
	name: 'Temp',
	type: '',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};
const nodeTypes = {
	getByNameAndVersion: () => ({ description: { properties: [] } }),
} as unknown as INodeTypes;
const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });

/** Resolves the hidden fields as n8n does before it fetches a token. */
function addresses(filledIn: ICredentialDataDecryptedObject) {
	const data = {
		...Object.fromEntries(credential.properties.map(({ name, default: value }) => [name, value])),
		...filledIn,
	} as ICredentialDataDecryptedObject;
	const resolved = workflow.expression.getComplexParameterValue(
		node,
		data as never,
		'internal',
		{},
		undefined,
		undefined,
		data as never,
	) as unknown as ICredentialDataDecryptedObject;
	return { login: resolved.authUrl, token: resolved.accessTokenUrl, api: apiBaseUrlOf(data) };
}

test.each([
	['production', 'https://login.procore.com', 'https://api.procore.com'],
	['sandbox', 'https://login-sandbox.procore.com', 'https://sandbox.procore.com'],
	['monthly', 'https://login-sandbox-monthly.procore.com', 'https://api-monthly.procore.com'],
	['federal', 'https://login.procoregov.com', 'https://api.procoregov.com'],
])('%s logs in and calls where Procore says', (environment, login, api) => {
	expect(addresses({ environment })).toEqual({
		login: `${login}/oauth/authorize`,
		token: `${login}/oauth/token`,
		api,
	});
});

test('custom addresses are taken as typed, without a slash at the end', () => {
	const typed = {
		environment: 'custom',
		loginAddress: ' https://login.test/ ',
		apiAddress: ' https://api.test:8443/ ',
	};
	expect(addresses(typed)).toEqual({
		login: 'https://login.test/oauth/authorize',
		token: 'https://login.test/oauth/token',
		api: 'https://api.test:8443',
	});
});

test('the test of the credential asks for the company without blanks that were pasted along', () => {
	const $credentials = {
		environment: 'custom',
		apiAddress: ' https://api.test/ ',
		companyId: ' 8906\n',
	};
	const { baseURL, qs, headers } = workflow.expression.getComplexParameterValue(
		node,
		credential.test.request as never,
		'internal',
		{ $credentials } as never,
	) as { baseURL: string; qs: object; headers: object };
	expect(baseURL).toBe('https://api.test');
	expect(qs).toEqual({ company_id: '8906', per_page: 1 });
	expect(headers).toEqual({ 'Procore-Company-Id': '8906' });
});

test('nothing filled in means production with client credentials in the body', () => {
	expect(addresses({}).api).toBe('https://api.procore.com');
	const defaults = Object.fromEntries(
		credential.properties.map(({ name, default: value }) => [name, value]),
	);
	expect(defaults).toMatchObject({
		grantType: 'clientCredentials',
		authentication: 'body',
		scope: '',
	});
});

test('records are looked at where the environment says, by patterns the credential shows', () => {
	expect(linkSiteOf({}, '8906')).toEqual({ origin: 'https://app.procore.com', companyId: '8906' });
	const shown = Object.fromEntries(
		credential.properties.map(({ name, default: value }) => [name, value as string]),
	);
	expect(linkSiteOf({ ...shown, ownLinks: true }, '8906').patterns).toEqual(LINK_PATTERNS);
	const changed = { ...shown, ownLinks: true, vendorLink: '', directCostLink: '/costs/{id}' };
	expect(linkSiteOf(changed, '8906').patterns).toEqual({
		...LINK_PATTERNS,
		vendor: '',
		directCost: '/costs/{id}',
	});
	// Without the switch they are not read, whatever stands there.
	expect(linkSiteOf({ ...changed, ownLinks: false }, '8906')).not.toHaveProperty('patterns');
});

test.each([
	['http://login.procore.com', 'https://api.procore.com', 'Login Address'],
	['https://login.procore.com', 'http://API.procoregov.com./', 'API Address'],
	['http://gp-test.example', 'http://procore:4000', undefined],
	['http://127.0.0.1:1', 'http://notprocore.com', undefined],
	['', 'api.procore.com', undefined],
])('%s and %s: what everybody could read is refused for Procore itself', (login, api, field) => {
	const given = { environment: 'custom', accessTokenUrl: `${login}/oauth/token`, apiAddress: api };
	expect(readableAddress(given)?.field).toBe(field);
});
