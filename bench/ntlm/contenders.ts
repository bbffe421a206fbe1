import https from 'node:https';
import { NtlmClient } from 'axios-ntlm';
import httpntlm from 'httpntlm';
import { createWindowsHttpClient, type Authentication } from '../../lib/ntlm/windows-http-client';

/** Something that can fetch an address once; `requests` counts what it sent, where it can tell. */
export interface Contender {
	get(): Promise<void>;
	requests(): number;
	close(): void;
}

interface Account {
	domain: string;
	user: string;
	password: string;
}

export function thisClient(authentication: Authentication, url: string, ca?: string): Contender {
	const client = createWindowsHttpClient({ authentication, tls: { ca }, maxSockets: 1 });
	return {
		async get() {
			const { status } = await client.request({ method: 'GET', url });
			if (status !== 200) throw new Error(`${url} answered ${status}`);
		},
		requests: () => client.counters.requests,
		close: () => client.close(),
	};
}

/** httpntlm as its manual shows it: a call makes its own connection and its own login. */
export function httpntlmClient(account: Account, url: string, ca?: string): Contender {
	const { domain, user: username, password } = account;
	let calls = 0;
	return {
		get: () =>
			new Promise((resolve, reject) => {
				calls += 1;
				httpntlm.get({ url, domain, username, password, ca }, (error, response) => {
					if (error) reject(error);
					else if (response.statusCode === 200) resolve();
					else reject(new Error(`${url} answered ${response.statusCode} to httpntlm`));
				});
			}),
		requests: () => calls * 2,
		close: () => {},
	};
}

/** axios-ntlm as its manual shows it: an instance that logs in whenever it is told to. */
export function axiosNtlmClient(account: Account, url: string, ca?: string): Contender {
	const { domain, user: username, password } = account;
	const agent = ca === undefined ? undefined : new https.Agent({ ca, keepAlive: true });
	const client = NtlmClient({ domain, username, password }, { httpsAgent: agent });
	let calls = 0;
	return {
		async get() {
			calls += 1;
			const { status } = await client.get(url);
			if (status !== 200) throw new Error(`${url} answered ${status} to axios-ntlm`);
		},
		// It begins each call without a login.
		requests: () => calls * 3,
		close: () => agent?.destroy(),
	};
}
