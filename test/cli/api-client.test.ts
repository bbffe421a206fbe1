import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tidyAddress } from '../../cli/api/address';
import { ApiClient } from '../../cli/api/api-client';
import { N8n, versionFrom } from '../../cli/api/n8n';
import { checkN8n, FIELD_SINCE_ENGINE } from '../../cli/install/check-n8n';
import { DynamicsGpApi } from '../../credentials/DynamicsGpApi.credentials';

let stop: () => void = () => {};
afterEach(() => stop());

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
	const seen: string[] = [];
	const server = createServer((request, response) => {
		seen.push(`${request.method} ${request.url} ${request.headers['x-n8n-api-key'] ?? '-'}`);
		answer(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	stop = () => server.close();
	const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const client = new ApiClient({ address, apiKey: 'canary-key', fetch });
	return { address, client, n8n: new N8n(client), seen };
}

const json = (response: ServerResponse, status: number, body: unknown) =>
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** What n8n 2.41.1 puts into its pages. */
const SENTRY = (version: string) =>
	`<meta name="n8n:config:sentry" content="${Buffer.from(`{"dsn":"","environment":"development","release":"n8n@${version}"}`).toString('base64')}">`;

test.each([
	['localhost:5678', 'http://localhost:5678'],
	['https://n8n.example.com/home/workflows', 'https://n8n.example.com'],
	['https://example.com/n8n/', 'https://example.com/n8n'],
	['http://localhost:5678/api/v1', 'http://localhost:5678'],
])('the address %s means the n8n at %s', (given, meant) => {
	expect(tidyAddress(given)).toBe(meant);
});

test('a list is read page by page to its end', async () => {
	const { client, seen } = await serve((request, response) =>
		json(
			response,
			200,
			request.url!.includes('cursor=next')
				? { data: [3], nextCursor: null }
				: { data: [1, 2], nextCursor: 'next' },
		),
	);
	expect(await client.list('/things')).toEqual([1, 2, 3]);
	expect(seen).toHaveLength(2);
});

test('a wrong key is told from a key that may not, and neither is repeated in the message', async () => {
	for (const [status, code] of [
		[401, 'api-key-rejected'],
		[403, 'scope-missing'],
		[400, 'n8n-refused'],
	] as const) {
		const { client } = await serve((_request, response) =>
			json(response, status, { message: 'because' }),
		);
		const error = await client.get('/workflows').catch((error: Error) => error);
		expect(error).toMatchObject({ code });
		expect(
			JSON.stringify({ ...(error as object), message: (error as Error).message }),
		).not.toContain('canary-key');
		stop();
	}
});

test('the key does not follow a redirect to another address', async () => {
	const other = await serve((_request, response) => json(response, 200, { data: [] }));
	const stopOther = stop;
	const { client } = await serve((_request, response) =>
		response.writeHead(302, { location: `${other.address}/` }).end(),
	);
	await expect(client.list('/workflows')).rejects.toMatchObject({
		code: 'n8n-unreachable',
		message: expect.stringContaining(other.address),
	});
	expect(other.seen).toEqual([]);
	stopOther();
});

test('a web server that is no n8n is called so', async () => {
	const { client } = await serve((_request, response) => response.end('<html>hello</html>'));
	await expect(client.get('/workflows')).rejects.toMatchObject({ code: 'n8n-unreachable' });
});

test('the version is read from a page of n8n, without the key', async () => {
	const { n8n, seen } = await serve((_request, response) => response.end(SENTRY('2.41.1')));
	expect(await n8n.version()).toBe('2.41.1');
	expect(seen).toEqual(['GET /signin -']);
	expect(versionFrom('<html></html>')).toBeNull();
});

describe('before anything is changed', () => {
	const serveN8n = async (state: {
		version: string;
		scopes: string[] | null;
		installed: boolean;
		/** As n8n's page of packages has it; null: the key may not see that. */
		listed?: string | null;
		fields?: string[];
	}) =>
		(
			await serve((request, response) => {
				if (request.url === '/signin') return response.end(SENTRY(state.version));
				if (request.url!.endsWith('/discover'))
					return state.scopes
						? json(response, 200, { data: { scopes: state.scopes } })
						: json(response, 404, { message: 'not found' });
				if (request.url!.endsWith('/community-packages'))
					return state.listed === undefined
						? json(response, 403, { message: 'Forbidden' })
						: json(response, 200, [
								...[{ packageName: 'n8n-nodes-other', installedVersion: '9.9.9' }],
								...(state.listed === null
									? []
									: [{ packageName: OURS.packageName, installedVersion: state.listed }]),
							]);
				const fields = state.fields ?? ['serviceAddress', 'door', 'rowsWorkflow'];
				return state.installed
					? json(response, 200, {
							properties: Object.fromEntries(fields.map((name) => [name, {}])),
						})
					: json(response, 404, { message: 'Not Found' });
			})
		).n8n;
	const OURS = { packageName: 'n8n-nodes-dynamics-gp-procore', version: '0.4.0' };
	const all = ['workflow:list', 'credential:list', 'dataTable:list'];
	const check = async (n8n: N8n) => await checkN8n(n8n, OURS, { dryRun: true, publish: false });

	test('an n8n without public data tables is too old', async () => {
		await expect(
			check(await serveN8n({ version: '2.4.0', scopes: null, installed: true })),
		).rejects.toMatchObject({ code: 'n8n-too-old' });
	});

	test('scopes that the key lacks are named', async () => {
		await expect(
			check(await serveN8n({ version: '2.41.1', scopes: ['workflow:list'], installed: true })),
		).rejects.toMatchObject({
			code: 'scope-missing',
			remedy: expect.stringContaining('credential:list, dataTable:list'),
		});
	});

	test('a missing package is said, with where to install it', async () => {
		await expect(
			check(await serveN8n({ version: '2.41.1', scopes: all, installed: false })),
		).rejects.toMatchObject({
			code: 'package-missing',
			remedy: expect.stringMatching(/Community nodes/),
		});
	});

	const there = { version: '2.41.1', scopes: all, installed: true };

	test('an older package is said, and how to bring both to one version', async () => {
		await expect(check(await serveN8n({ ...there, listed: '0.3.0' }))).rejects.toMatchObject({
			code: 'package-version',
			message: expect.stringContaining('is 0.3.0, the workflows to install are of 0.4.0'),
			remedy: expect.stringMatching(/Update.*@0\.3\.0 install/),
		});
	});

	test('a newer package is said, and which installer to take', async () => {
		await expect(check(await serveN8n({ ...there, listed: '0.4.1' }))).rejects.toMatchObject({
			code: 'package-version',
			remedy: expect.stringContaining('npx n8n-nodes-dynamics-gp-procore@0.4.1 install'),
		});
	});

	test.each([undefined, null])(
		'a package of unknown version (%s) without the engine node is told by its credential',
		async (listed) => {
			const fields = ['serviceAddress', 'door'];
			const older = await serveN8n({ ...there, ...(listed === null ? { listed } : {}), fields });
			await expect(check(older)).rejects.toMatchObject({
				code: 'package-version',
				message: expect.stringContaining('is an older one'),
			});
			const same = await serveN8n({ ...there, ...(listed === null ? { listed } : {}) });
			await expect(check(same)).resolves.toBeUndefined();
		},
	);

	test('the field that tells it is one of the credential', () => {
		const names = new DynamicsGpApi().properties.map(({ name }) => name);
		expect(names).toContain(FIELD_SINCE_ENGINE);
	});

	test('all well is silent', async () => {
		await expect(
			check(await serveN8n({ version: '2.41.1', scopes: all, installed: true })),
		).resolves.toBeUndefined();
	});
});

test('a password that begins with "=" is the one that was typed, not an expression of n8n', async () => {
	let body = '';
	const { n8n } = await serve((request, response) => {
		request.on('data', (chunk: Buffer) => void (body += chunk.toString()));
		request.on('end', () => json(response, 200, { id: 'C1' }));
	});
	const login = { user: 'books', password: '=hunter2' };
	await n8n.createCredential('Page', 'httpBasicAuth', login);
	const { data } = JSON.parse(body) as { data: Record<string, string> };
	// n8n gives out what follows the first one.
	expect(data).toEqual({ user: 'books', password: '==hunter2' });
});
