import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

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
}

/** A client for the company of the node's credential; nodes with one app share one rate limiter. */
export async function connect(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	{ companyId, ...options }: ConnectOptions = {},
): Promise<ProcoreClient> {
	const credential = await context.getCredentials('procoreOAuth2Api');
	const apiBaseUrl = apiBaseUrlOf(credential);
	return createProcoreClient({
		transport: createN8nTransport(context),
		apiBaseUrl,
		companyId: companyId ?? String(credential.companyId ?? ''),
		effects: n8nEffects,
		// Procore counts the calls of an app.
		limiterKey: `${apiBaseUrl} ${String(credential.clientId ?? '')}`,
		...options,
		signal: 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		onProgress: progressLog(context.logger, 'Procore sync goes on'),
	});
}
