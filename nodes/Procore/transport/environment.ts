import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { LINK_PATTERNS, type LinkedType } from '../../../lib/model/outcome';
import { type LinkSite, webOriginOf } from '../../../lib/procore/wire';

/** API addresses per environment (Procore, "Development Environments" and "Federal Zone" pages). */
const API_ADDRESSES: Record<string, string> = {
	production: 'https://api.procore.com',
	sandbox: 'https://sandbox.procore.com',
	monthly: 'https://api-monthly.procore.com',
	federal: 'https://api.procoregov.com',
};

/** Base address of the API the credential is for, without a trailing slash. */
export function apiBaseUrlOf(credential: ICredentialDataDecryptedObject): string {
	const environment = String(credential.environment ?? 'production');
	const address =
		environment === 'custom'
			? String(credential.apiAddress ?? '').trim()
			: API_ADDRESSES[environment];
	return (address ?? API_ADDRESSES.production).replace(/\/{1,9}$/, '');
}

/** Where the records of the credential's company, or of another one, are to be looked at. */
export function linkSiteOf(
	credential: ICredentialDataDecryptedObject,
	companyId: string,
): LinkSite {
	const text = (name: string) => String(credential[name] ?? '');
	const types = Object.keys(LINK_PATTERNS) as LinkedType[];
	return {
		origin: webOriginOf(text('environment') || 'production', companyId, text('webAddress')),
		companyId,
		...(credential.ownLinks === true
			? {
					patterns: Object.fromEntries(
						types.map((type) => [type, String(credential[`${type}Link`] ?? LINK_PATTERNS[type])]),
					),
				}
			: {}),
	};
}
