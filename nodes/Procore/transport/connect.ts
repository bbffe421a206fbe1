import { NodeOperationError } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { SHORTEST_TAX_ID_KEY, taxIdKeyOf } from '../../../lib/model/same-firm';
import { LINK_PATTERNS, type LinkedType } from '../../../lib/model/outcome';
import { rememberSecret } from '../../../lib/model/redact';
import { answerCap, DEFAULT_MAX_ANSWER_MB } from '../../../lib/http/read-body';
import { createProcoreClient, type ProcoreClient } from '../../../lib/procore/procore-client';
import { type LinkSite, webOriginOf } from '../../../lib/procore/wire';
import { n8nEffects } from '../../shared/effects';
import { progressLog } from '../../shared/tell';
import { createN8nTransport } from './procore-transport';

export interface ConnectOptions {
	/** Another company than the one of the credential. */
	companyId?: string;
	batchSize?: number;
	projectConcurrency?: number;
	/** No write is sent from this moment on, epoch milliseconds. */
	writesUntil?: number;
}

/** A client for the company of the node's credential; nodes with one app share one rate limiter. */
export async function connect(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	{ companyId, ...options }: ConnectOptions = {},
): Promise<ProcoreClient> {
	const credential = await context.getCredentials('procoreOAuth2Api');
	const readable = readableAddress(credential);
	if (readable !== null) {
		throw new NodeOperationError(context.getNode(), `${readable.said} Nothing was sent`, {
			description: readable.remedy,
		});
	}
	const apiBaseUrl = apiBaseUrlOf(credential);
	const tokens = (credential.oauthTokenData ?? {}) as Record<string, unknown>;
	for (const secret of [
		credential.clientSecret,
		credential.taxIdSecret,
		tokens.access_token,
		tokens.refresh_token,
	])
		rememberSecret(secret);
	const taxIdKey = taxIdKeyOf(credential.taxIdSecret);
	if (taxIdKey === null) {
		throw new NodeOperationError(context.getNode(), 'The Tax ID Matching Key is too short', {
			description: `Open the "Procore OAuth2 API" credential and make it at least ${SHORTEST_TAX_ID_KEY} characters long, the same as in the "Dynamics GP API" credential; or leave both empty.`,
		});
	}
	return createProcoreClient({
		transport: createN8nTransport(context, {
			maxBytes: answerCap(Number(credential.largestAnswer ?? DEFAULT_MAX_ANSWER_MB)),
			credentialId: context.getNode().credentials?.procoreOAuth2Api?.id ?? undefined,
		}),
		apiBaseUrl,
		companyId: (companyId ?? String(credential.companyId ?? '')).trim(),
		effects: n8nEffects,
		...(taxIdKey ? { taxIdKey } : {}),
		// Procore counts the calls of an app.
		limiterKey: `${apiBaseUrl} ${String(credential.clientId ?? '')}`,
		...options,
		signal: 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		onProgress: progressLog(context.logger, 'Procore sync goes on'),
		onDoubt: (why) =>
			context.logger.warn(`A list of Procore is not proven to have come whole: ${why}.`),
	});
}

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

/** Procore's own servers, which nobody has to reach without encryption; a test server may have to be. */
const OF_PROCORE = /(?:^|\.)procore(?:gov)?\.com\.?$/;

/** The address at which everybody on the way could read secret or token; null where there is none. */
export function readableAddress(
	credential: ICredentialDataDecryptedObject,
): { field: string; said: string; remedy: string } | null {
	const addresses = {
		'Login Address': String(credential.accessTokenUrl ?? ''),
		'API Address': apiBaseUrlOf(credential),
	};
	for (const [field, address] of Object.entries(addresses)) {
		const url = URL.canParse(address.trim()) ? new URL(address.trim()) : null;
		if (url?.protocol === 'http:' && OF_PROCORE.test(url.hostname))
			return {
				field,
				said: `The ${field} of Procore begins with http, so everybody on the way could read what is sent.`,
				remedy: `Open the "Procore OAuth2 API" credential and write the ${field} with https://, or choose the environment by its name.`,
			};
	}
	return null;
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
