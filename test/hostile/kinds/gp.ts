import { EMPTY_WATERMARK } from '../../../lib/model/gp-changes';
import { rememberSecret } from '../../../lib/model/redact';
import { createGpClient } from '../../../lib/gp/gp-client';
import type { GpSite } from '../../../lib/gp/site';
import { answerCap } from '../../../lib/http/read-body';
import { createWindowsHttpClient } from '../../../lib/ntlm/windows-http-client';
import { CANARY, type Kind } from '../case.types';
import { clock } from '../fast-clock';

interface GpInput {
	/** Method of the client, called as in the nodes; default list of vendors. */
	call?:
		| 'list'
		| 'get'
		| 'changes'
		| 'request'
		| 'discover'
		| 'survey'
		| 'probe'
		| 'many'
		| 'second'
		| 'keys';
	entity?: 'vendor' | 'account' | 'payable';
	path?: string;
	profile?: GpSite['profile'];
	profileName?: GpSite['profileName'];
	serviceAddress?: string;
	company?: string;
	user?: string;
	megabytes?: number;
	timeoutMs?: number;
	retries?: number;
	allowBasic?: boolean;
}

/** A reading of Dynamics GP with a Windows login, as the node does it. */
export const gp: Kind = async ({ url, input }) => {
	const at = input as GpInput;
	rememberSecret(CANARY.password);
	const http = createWindowsHttpClient({
		authentication: {
			kind: 'windows',
			domain: 'CONTOSO',
			user: at.user ?? 'gpsvc',
			password: CANARY.password,
			allowBasic: at.allowBasic ?? false,
		},
	});
	try {
		const client = createGpClient({
			site: {
				serviceAddress: at.serviceAddress ?? url,
				tenant: 'DefaultTenant',
				company: at.company ?? 'Fabrikam, Inc.',
				companyId: 'TWO',
				...(at.profileName === 'soap' ? { companyNumber: 1 } : {}),
				...(at.profileName ? { profileName: at.profileName } : {}),
				...(at.profile ? { profile: at.profile } : {}),
			},
			http,
			effects: clock,
			throttle: {
				gapMs: 0,
				concurrency: at.call === 'many' ? 5 : 1,
				timeoutMs: at.timeoutMs ?? 3_000,
				retries: at.retries ?? 1,
				maxBodyBytes: answerCap(at.megabytes),
			},
		});
		const entity = at.entity ?? 'vendor';
		switch (at.call ?? 'list') {
			case 'list':
				return (await client.list(entity)).length;
			case 'get':
				return await client.get(entity, entity === 'payable' ? '1;00417' : 'ACME0001');
			case 'changes':
				return await client.readChanges(entity, {
					watermark: EMPTY_WATERMARK,
					limit: 100,
					cursor: null,
				});
			case 'request':
				return await client.request(at.path ?? 'Purchasing/Vendors');
			case 'discover':
				return await client.discover();
			case 'second':
				return (await client.secondLook(entity)).keys.size;
			case 'keys':
				return (await client.listKeys(entity)).keys.length;
			case 'survey':
				return await client.survey();
			case 'probe':
				return await client.probe();
			case 'many': {
				const all = await Promise.allSettled(
					Array.from({ length: 10 }, () => client.get('vendor', 'ACME0001')),
				);
				const failed = all.find((one) => one.status === 'rejected');
				if (failed) throw failed.reason;
				return all.length;
			}
		}
	} finally {
		http.close();
	}
};
