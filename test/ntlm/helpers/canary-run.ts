import { inspect } from 'node:util';
import {
	createWindowsHttpClient,
	type Authentication,
} from '../../../lib/ntlm/windows-http-client';
import { startNtlmServer, type NtlmServerOptions } from './ntlm-server';

/** Secrets made to be recognised. */
export const CANARY = {
	domain: 'CONTOSO',
	user: 'canary',
	password: 'C4nary-Pa55word-Sings',
	token: 'C4nary-T0ken-Sings',
	realm: 'C4nary-Realm-Sings',
	query: 'C4nary-Query-Sings',
};

const { domain, user, password } = CANARY;
const windows = { kind: 'windows', domain, user, password } as const;

/** Prints all there is to see of a value, as loggers, n8n and crash reports might. */
function show(value: unknown): void {
	console.log(
		inspect(value, { depth: null, showHidden: true, getters: true, maxArrayLength: null }),
	);
	console.log(JSON.stringify(value, Object.getOwnPropertyNames(value ?? {})));
	console.log(JSON.stringify(value));
	if (!(value instanceof Error)) return;
	console.log(`CODE ${(value as { code?: string }).code}`);
	console.log(String(value), value.stack, value.cause);
	console.error(value);
}

async function provoke(
	server: NtlmServerOptions,
	authentication: Authentication = windows,
	request: { url?: (url: string) => string; body?: string; timeoutMs?: number } & {
		signal?: AbortSignal;
		maxBodyBytes?: number;
		headers?: Record<string, string>;
	} = {},
): Promise<void> {
	const { url: urlFor, ...rest } = request;
	const running = await startNtlmServer({
		account: { domain, user, password },
		offers: `Basic realm="${CANARY.realm}", NTLM`,
		...server,
	});
	const address = `${running.url}/gp?key=${CANARY.query}`;
	try {
		const client = createWindowsHttpClient({ authentication });
		for (let attempt = 0; attempt < 3; attempt += 1) {
			try {
				const {
					body: _,
					url: __,
					...answer
				} = await client.request({
					method: rest.body === undefined ? 'GET' : 'POST',
					url: urlFor ? urlFor(address) : address,
					...rest,
				});
				show(answer);
			} catch (error) {
				show(error);
			}
		}
		show(client);
		client.close();
	} catch (error) {
		show(error);
	} finally {
		await running.close();
	}
}

async function main(): Promise<void> {
	process.on('warning', show);
	await provoke({});
	await provoke({ lasts: 'request' });
	await provoke({}, { ...windows, password: `${password}!` });
	await provoke({ offers: `Basic realm="${CANARY.realm}"` });
	await provoke({ offers: `Basic realm="${CANARY.realm}"` }, { ...windows, allowBasic: true });
	await provoke({ offers: `Bearer realm="${CANARY.realm}"` });
	await provoke({}, { kind: 'basic', user, password });
	await provoke({}, { kind: 'bearer', token: CANARY.token });
	await provoke({ challenge: () => 'TlRM' });
	await provoke({ challenge: () => `TlRMTVNTUAA${CANARY.realm}` });
	await provoke({ challenge: { flags: 0xe2898235 & ~0x00080000 } });
	for (const fault of [
		'close',
		'garbage',
		'half-answer',
		400,
		401,
		503,
		'connection-close',
	] as const) {
		for (const at of ['plain', 'type1', 'type3'] as const) {
			await provoke({ fault: (leg) => (leg === at ? fault : undefined) });
		}
	}
	await provoke({ fault: (leg) => (leg === 'type3' ? 'close' : undefined) }, windows, {
		body: 'x',
	});
	await provoke({
		serve: (_request, response) => {
			response.writeHead(302, { Location: `http://other.invalid/?key=${CANARY.query}` });
			response.end();
		},
	});
	await provoke({ serve: () => {} }, windows, { timeoutMs: 150 });
	await provoke({ serve: () => {} }, windows, { signal: AbortSignal.timeout(150) });
	await provoke({}, windows, { maxBodyBytes: 3 });
	await provoke({}, windows, { headers: { 'X-A': 'a\nb' } });
	await provoke({}, windows, { url: () => `http://127.0.0.1:1/?key=${CANARY.query}` });
	await provoke({}, windows, { url: () => `http://${user}:${password}@gp.invalid/` });
	await provoke({}, windows, { url: (url) => url.replace('http:', 'https:') });
	await provoke({}, windows, { url: () => CANARY.query });
	await provoke({}, { kind: 'windows', user: '', password });
}

if (require.main === module) void main();
