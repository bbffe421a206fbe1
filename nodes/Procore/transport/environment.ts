import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

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
	return (address ?? API_ADDRESSES.production).replace(/\/+$/, '');
}
