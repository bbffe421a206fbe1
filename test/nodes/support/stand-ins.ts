import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { SANDBOX_ACCOUNT } from '../../../sandbox/gp/ntlm/directory';
import { startGpServer, type GpServerOptions } from '../../../sandbox/gp/server/start-gp-server';
import { startProcoreServer, type ProcoreStandIn } from '../../../sandbox/procore/server';

/** The smallest GP company there is: enough for every shape, quick to read. */
export async function startSmallGp(options: GpServerOptions = {}) {
	return await startGpServer({ company: { vendorCount: 150, documentCount: 600 }, ...options });
}

/** What a user types into the *Dynamics GP API* credential. */
export function gpCredential(
	url: string,
	change: ICredentialDataDecryptedObject = {},
): ICredentialDataDecryptedObject {
	return {
		serviceAddress: url,
		tenant: 'DefaultTenant',
		company: 'Fabrikam, Inc.',
		companyId: 'TWO',
		authentication: 'windows',
		domain: SANDBOX_ACCOUNT.domain,
		user: SANDBOX_ACCOUNT.user,
		password: SANDBOX_ACCOUNT.password,
		workstation: '',
		allowBasic: false,
		trustedAuthority: '',
		ignoreTlsProblems: false,
		...change,
	};
}

export { startProcoreServer };

/** What n8n hands to a node for the *Procore OAuth2 API* credential, its expressions resolved. */
export function procoreCredential(
	procore: ProcoreStandIn,
	change: ICredentialDataDecryptedObject = {},
): ICredentialDataDecryptedObject {
	return {
		grantType: 'clientCredentials',
		environment: 'custom',
		loginAddress: procore.url,
		apiAddress: procore.url,
		companyId: String(procore.companyId),
		authUrl: `${procore.url}/oauth/authorize`,
		accessTokenUrl: `${procore.url}/oauth/token`,
		clientId: procore.clientId,
		clientSecret: procore.clientSecret,
		scope: '',
		authQueryParameters: '',
		authentication: 'body',
		...change,
	};
}
