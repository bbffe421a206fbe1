import type { ProcoreTransport } from '../../../lib/procore/transport';

export interface Login {
	loginUrl: string;
	clientId: string;
	clientSecret: string;
}

/**
 * A transport over real HTTP with client credentials, as a service account would: a token when
 * needed, one new one for all waiting requests when it is refused.
 */
export function fetchTransport({ loginUrl, clientId, clientSecret }: Login): ProcoreTransport {
	let token: Promise<string> | undefined;
	const logIn = async () => {
		const body = new URLSearchParams({
			grant_type: 'client_credentials',
			client_id: clientId,
			client_secret: clientSecret,
		});
		const answer = await fetch(`${loginUrl}/oauth/token`, { method: 'POST', body });
		return ((await answer.json()) as { access_token: string }).access_token;
	};
	const send: ProcoreTransport = async ({ method, url, headers, body, timeoutMs, signal }) => {
		const used = (token ??= logIn());
		const response = await fetch(url, {
			method,
			headers: { ...headers, Authorization: `Bearer ${await used}` },
			body: body === undefined ? undefined : JSON.stringify(body),
			signal: signal
				? AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
				: AbortSignal.timeout(timeoutMs),
		});
		if (response.status === 401 && token === used) token = undefined;
		const text = await response.text();
		let parsed: unknown = text;
		try {
			parsed = text === '' ? '' : JSON.parse(text);
		} catch {
			// Not JSON: the text itself is the answer.
		}
		return { status: response.status, headers: Object.fromEntries(response.headers), body: parsed };
	};
	return async (request) => {
		const before = token;
		const answer = await send(request);
		return answer.status === 401 && before !== undefined ? send(request) : answer;
	};
}
