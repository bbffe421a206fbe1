import { createRequire } from 'node:module';
import path from 'node:path';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { answerCap } from '../../../lib/http/read-body';
import { rememberSecret } from '../../../lib/model/redact';
import { createProcoreClient } from '../../../lib/procore/procore-client';
import { readPage } from '../../../lib/procore/list-pages';
import { apiRequest } from '../../../lib/procore/resources/api-request';
import { listVendors } from '../../../lib/procore/resources/vendors';
import { createN8nTransport } from '../../../nodes/Procore/transport/procore-transport';
import { CANARY, type Kind } from '../case.types';
import { clock } from '../fast-clock';

interface ProcoreInput {
	call?: 'list' | 'vendors' | 'page' | 'get' | 'write' | 'path';
	path?: string;
	basePath?: string;
	megabytes?: number;
	timeoutMs?: number;
}

/** n8n's own HTTP code; its package does not offer these files by name. */
const axiosOfN8n = (file: string) => {
	const folder = path.join(process.cwd(), 'node_modules/@n8n/backend-network/dist/http/axios');
	return createRequire(path.join(folder, 'x.js'))(`./${file}`) as Record<
		string,
		(...args: unknown[]) => unknown
	>;
};

/** A call to Procore through the node's transport and n8n's own HTTP code, which puts the token on. */
export const procore: Kind = async ({ url, input }) => {
	const at = input as ProcoreInput;
	for (const secret of [CANARY.token, CANARY.clientSecret]) rememberSecret(secret);
	const context = {
		helpers: {
			async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions) {
				return (await axiosOfN8n('request.js').httpRequest!({
					...options,
					headers: { ...options.headers, Authorization: `Bearer ${CANARY.token}` },
				})) as unknown;
			},
		},
	} as unknown as IExecuteFunctions;
	const client = createProcoreClient({
		transport: createN8nTransport(context, { maxBytes: answerCap(at.megabytes) }),
		apiBaseUrl: url + (at.basePath ?? ''),
		companyId: '1',
		effects: clock,
	});
	const timeoutMs = at.timeoutMs ?? 2_000;
	const path = at.path ?? '/rest/v1.0/companies';
	const retry = { attempts: 2, faultAttempts: 2, rateLimitAttempts: 3 };
	switch (at.call ?? 'list') {
		case 'list':
			return (await client.list({ path, what: 'list the companies', timeoutMs, retry })).length;
		case 'vendors':
			return (await listVendors(client)).length;
		case 'page':
			return (await readPage(client, 1, 100, (one) => listVendors(one))).rows.length;
		case 'get':
			return await client.call({ method: 'GET', path, what: 'get one', timeoutMs, retry });
		case 'write':
			return await client.call({
				method: 'POST',
				path,
				body: { a: 1 },
				what: 'write one',
				timeoutMs,
				retry,
			});
		case 'path':
			return await apiRequest(client, { method: 'GET', path });
	}
};

procore.prepare = () => void axiosOfN8n('config.js').configureGlobalAxiosDefaults!();
