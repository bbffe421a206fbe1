import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { SHORTEST_TAX_ID_KEY, taxIdKeyOf } from '../../../lib/model/same-firm';
import { rememberSecret } from '../../../lib/model/redact';
import { answerCap, DEFAULT_MAX_ANSWER_MB } from '../../../lib/http/read-body';
import { createProcoreClient, type ProcoreClient } from '../../../lib/procore/procore-client';
import { n8nEffects } from '../../shared/effects';
import { progressLog } from '../../shared/progress-log';
import { apiBaseUrlOf } from './environment';
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
		}),
		apiBaseUrl,
		companyId: companyId ?? String(credential.companyId ?? ''),
		effects: n8nEffects,
		...(taxIdKey ? { taxIdKey } : {}),
		// Procore counts the calls of an app.
		limiterKey: `${apiBaseUrl} ${String(credential.clientId ?? '')}`,
		...options,
		signal: 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		onProgress: progressLog(context.logger, 'Procore sync goes on'),
	});
}
