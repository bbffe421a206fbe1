/** One signed-in session with n8n: its internal REST API by cookie, its public API by key. */
export class N8nClient {
	private cookie = '';
	/** Key of the public API, with every scope; blank before signing in. */
	apiKey = '';

	constructor(readonly url: string) {}

	/** Makes the owner of a fresh n8n, or signs in when there is one already, and obtains an API key. */
	async signIn(owner: { email: string; password: string }): Promise<void> {
		const setUp = await this.fetch('POST', '/rest/owner/setup', {
			email: owner.email,
			firstName: 'Sandbox',
			lastName: 'Owner',
			password: owner.password,
		});
		if (!setUp.ok) {
			const login = { emailOrLdapLoginId: owner.email, password: owner.password };
			await read(await this.fetch('POST', '/rest/login', login), 'POST /rest/login');
		}
		const scopes = await this.rest<string[]>('GET', '/rest/api-keys/scopes');
		const key = await this.rest<{ rawApiKey: string }>('POST', '/rest/api-keys', {
			label: `sandbox ${Date.now()}`,
			expiresAt: null,
			scopes,
		});
		this.apiKey = key.rawApiKey;
	}

	/** The API of the editor: answers are wrapped in `data`. */
	async rest<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await read(await this.fetch(method, path, body), `${method} ${path}`);
		return (answer as { data: T }).data;
	}

	/** The documented public API, below /api/v1. */
	async api<T>(method: string, path: string, body?: unknown): Promise<T> {
		return (await read(await this.fetch(method, `/api/v1${path}`, body), `${method} ${path}`)) as T;
	}

	/** A page as the signed-in browser gets it. */
	async page(path: string): Promise<string> {
		return await (await this.fetch('GET', path)).text();
	}

	private async fetch(method: string, path: string, body?: unknown): Promise<Response> {
		const ask = async () =>
			await fetch(this.url + path, {
				method,
				headers: {
					...(body !== undefined && { 'content-type': 'application/json' }),
					...(this.cookie && { cookie: this.cookie }),
					...(this.apiKey && path.startsWith('/api/v1') && { 'x-n8n-api-key': this.apiKey }),
					// n8n ties a session to the browser it began in.
					'browser-id': 'sandbox-driver',
				},
				body: body === undefined ? undefined : JSON.stringify(body),
			});
		// A busy n8n closes a kept connection just as it is used again: what only reads is asked once more.
		const response = await (method === 'GET' ? ask().catch(ask) : ask());
		const set = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (set) this.cookie = set.split(';')[0];
		return response;
	}
}

async function read(response: Response, call: string): Promise<unknown> {
	const text = await response.text();
	if (!response.ok)
		throw new Error(`n8n answered ${response.status} to ${call}: ${text.slice(0, 500)}`);
	return text === '' ? undefined : JSON.parse(text);
}
